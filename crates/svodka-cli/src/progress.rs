//! How far along, for those who wait.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing is shown: most readings are done by then.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error. It appears only for several files, after a second, and if a person looks on.
pub struct Progress {
    bar: ProgressBar,
    wanted: bool,
}

impl Progress {
    /// For so many files. `page_on_screen` says that the output itself goes to the screen and would be disturbed.
    pub fn new(files: usize, page_on_screen: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:30} {pos} of {len} reports, {per_sec:.1}, {eta} left",
        ) {
            bar.set_style(style);
        }
        let wanted = files > 1 && !page_on_screen && std::io::stderr().is_terminal();
        Progress { bar, wanted }
    }

    /// One file more is done.
    pub fn step(&mut self) {
        if self.wanted && self.bar.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.wanted = false;
        }
        self.bar.inc(1);
    }

    /// Prints without tearing the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
