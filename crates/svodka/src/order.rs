//! Many at once, in the order given.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

/// How many items for each thread are begun before the first of them is given.
const AHEAD: usize = 4;

/// Does `work` on every item, several at once, and gives the results, on the calling thread, in the order of the items.
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
    let ahead = AHEAD * rayon::current_num_threads();
    let mut items = items.into_iter();
    let (done, results) = mpsc::channel();
    let work = &work;
    rayon::in_place_scope(|scope| {
        let (mut begun, mut given) = (0_usize, 0_usize);
        let mut waiting = BTreeMap::new();
        loop {
            while begun - given < ahead
                && let Some(item) = items.next()
            {
                let (done, index) = (done.clone(), begun);
                scope.spawn(move |_| {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    // Whoever would have taken it has left.
                    let _ = done.send((index, result));
                });
                begun += 1;
            }
            if given == begun {
                return;
            }
            let result = loop {
                if let Some(result) = waiting.remove(&given) {
                    break result;
                }
                let Ok((index, result)) = results.recv() else {
                    return;
                };
                waiting.insert(index, result);
            };
            given += 1;
            match result {
                Ok(result) => {
                    if give(result).is_break() {
                        return;
                    }
                }
                Err(panic) => resume_unwind(panic),
            }
        }
    });
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
