//! Where features go: hashed for reading, by name for learning and explaining.

use svodka_pack::Feature;

/// Takes features, each given as the pieces of its name.
pub trait Sink {
    /// Takes the feature whose name is these pieces joined. The same feature may come more than once and counts once.
    fn add(&mut self, pieces: &[&str]);
}

impl Sink for Vec<Feature> {
    fn add(&mut self, pieces: &[&str]) {
        self.push(Feature::of(pieces));
    }
}

impl Sink for Vec<String> {
    fn add(&mut self, pieces: &[&str]) {
        self.push(pieces.concat());
    }
}

/// Each feature once, in an order that does not depend on how it was found.
pub fn once<T: Ord>(mut features: Vec<T>) -> Vec<T> {
    features.sort_unstable();
    features.dedup();
    features
}
