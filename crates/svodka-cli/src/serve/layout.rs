//! Where the nodes of a network stand: attraction along ties, repulsion between all (Fruchterman and Reingold 1991). Sums and square roots alone, from
//! fixed beginnings: the same ties give the same places on every machine.

/// How much work is done: pairs of nodes looked at.
const WORK: usize = 60_000_000;

/// How strongly everything is drawn to the middle.
const PULL: f64 = 3.0;

/// Places for `nodes` nodes, about −1 to 1, tied as given.
pub fn layout(nodes: usize, ties: &[(usize, usize)]) -> Vec<(f64, f64)> {
    // The plastic number spreads them evenly without sine and cosine, which differ between machines.
    let spread = |index: usize, step: f64| ((index as f64 + 0.5) * step).fract() * 2.0 - 1.0;
    let mut places: Vec<(f64, f64)> = (0..nodes)
        .map(|index| {
            (
                spread(index, 0.754_877_666_246_692_7),
                spread(index, 0.569_840_290_998_053_3),
            )
        })
        .collect();
    if nodes < 2 {
        return places;
    }
    let rounds = (WORK / (nodes * nodes)).clamp(15, 300);
    let ideal = (4.0 / nodes as f64).sqrt();
    for round in 0..rounds {
        let mut moves = vec![(0.0, 0.0); nodes];
        for a in 0..nodes {
            for b in a + 1..nodes {
                let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
                let push = ideal * ideal / (dx * dx + dy * dy).max(1e-9);
                let (x, y) = (dx * push, dy * push);
                moves[a] = (moves[a].0 + x, moves[a].1 + y);
                moves[b] = (moves[b].0 - x, moves[b].1 - y);
            }
        }
        for &(a, b) in ties {
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            let pull = (dx * dx + dy * dy).sqrt() / ideal;
            let (x, y) = (dx * pull, dy * pull);
            moves[a] = (moves[a].0 - x, moves[a].1 - y);
            moves[b] = (moves[b].0 + x, moves[b].1 + y);
        }
        let warmth = 0.12 * (1.0 - round as f64 / rounds as f64) + 0.002;
        for (place, (dx, dy)) in places.iter_mut().zip(moves) {
            // A pull to the middle keeps what is tied to nothing else in sight, and the whole together.
            let (dx, dy) = (dx - place.0 * PULL * ideal, dy - place.1 * PULL * ideal);
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = length.min(warmth) / length;
            *place = (place.0 + dx * step, place.1 + dy * step);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(places: &[(f64, f64)], a: usize, b: usize) -> f64 {
        let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
        (dx * dx + dy * dy).sqrt()
    }

    #[test]
    fn who_is_tied_stands_nearer_than_who_is_not() {
        let places = layout(6, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]);
        assert!(apart(&places, 0, 1) < apart(&places, 0, 3));
        assert!(apart(&places, 4, 5) < apart(&places, 2, 5));
        assert_eq!(
            places,
            layout(6, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)])
        );
    }

    #[test]
    fn no_number_of_nodes_breaks_it() {
        assert!(layout(0, &[]).is_empty());
        for nodes in [1, 2, 300] {
            assert!(
                layout(nodes, &[])
                    .iter()
                    .all(|(x, y)| x.is_finite() && y.is_finite())
            );
        }
    }
}
