//! Many at once, in the order given.

use std::ops::ControlFlow;

use rayon::prelude::*;

/// Does `work` on every item, several at once, and gives the results in the order of the items.
///
/// Not more than a few items for each thread are in memory at any time. Breaking from `give` ends it.
pub fn in_order<T, R>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut give: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Send,
    R: Send,
{
    let at_once = match rayon::current_num_threads() {
        1 => 1,
        threads => 2 * threads,
    };
    let mut items = items.into_iter();
    loop {
        let batch: Vec<T> = items.by_ref().take(at_once).collect();
        if batch.is_empty() {
            return;
        }
        let results: Vec<R> = batch.into_par_iter().map(&work).collect();
        for result in results {
            if give(result).is_break() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_and_stop_when_told() {
        let mut seen = Vec::new();
        in_order(
            0..100,
            |number| number * 2,
            |number| {
                seen.push(number);
                if number == 60 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(seen, (0..=30).map(|number| number * 2).collect::<Vec<_>>());
    }
}
