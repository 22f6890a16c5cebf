//! How long each stage of reading took.

#![expect(
    clippy::disallowed_methods,
    reason = "the clock is the binary's, and this is where it looks at it"
)]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use svodka::Stage;

/// Adds up what the stages took over all files. Files that are read at the same time add up to more than passed by the
/// clock.
#[derive(Debug)]
pub struct Timings {
    begun: Instant,
    taken: Mutex<Vec<(&'static str, Duration)>>,
}

impl Timings {
    /// Begins to count.
    pub fn begin() -> Timings {
        Timings {
            begun: Instant::now(),
            taken: Mutex::new(Vec::new()),
        }
    }

    /// Adds what `step` took.
    pub fn add(&self, step: &'static str, duration: Duration) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.iter_mut().find(|(known, _)| *known == step) {
            Some((_, sum)) => *sum += duration,
            None => taken.push((step, duration)),
        }
    }

    /// Does `work` and adds what it took.
    pub fn step<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(step, start.elapsed());
        result
    }

    /// Something to call after each stage, from now on.
    pub fn stages(&self) -> impl FnMut(Stage) + '_ {
        let mut start = Instant::now();
        move |stage| {
            let name = match stage {
                Stage::Layout => "layout",
                Stage::Parse => "parse",
                Stage::Names => "names",
                Stage::Dates => "dates",
                Stage::Claims => "claims",
            };
            self.add(name, start.elapsed());
            start = Instant::now();
        }
    }

    /// A table of all steps in the order in which they were first taken.
    pub fn table(&self) -> String {
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let sum: Duration = taken.iter().map(|(_, duration)| *duration).sum();
        let mut table = String::new();
        for (step, duration) in taken.iter() {
            let share = 100.0 * duration.as_secs_f64() / sum.as_secs_f64().max(f64::EPSILON);
            table += &format!(
                "{step:<8} {:>10.1} ms {share:>4.0} %\n",
                milliseconds(*duration)
            );
        }
        table
            + &format!(
                "{:<8} {:>10.1} ms by the clock\n",
                "in all",
                milliseconds(self.begun.elapsed())
            )
    }
}
