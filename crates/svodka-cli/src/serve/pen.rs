//! Changes, one after the other: a thread of its own has the project open for writing while there is something to write, and leaves it whole
//! after.

use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use svodka::store::{StoreError, Writer};

use super::failure::Failure;
use crate::project;

/// How long a change waits for other programs.
const PATIENCE: Duration = Duration::from_secs(10);

/// After how long without a change the project is left.
const IDLE: Duration = Duration::from_secs(3);

type Change = Box<dyn FnOnce(Result<&mut Writer, StoreError>) + Send>;

/// What changes the project.
pub struct Pen {
    changes: Sender<Change>,
    thread: JoinHandle<()>,
}

impl Pen {
    /// Begins the thread.
    pub fn new(path: PathBuf) -> Pen {
        let (changes, waiting) = mpsc::channel::<Change>();
        let thread = std::thread::spawn(move || {
            // While nobody writes, it waits without the file.
            while let Ok(first) = waiting.recv() {
                let mut writer = match Writer::open(&path, &project::session("serving"), PATIENCE) {
                    Ok(writer) => writer,
                    Err(error) => {
                        first(Err(error));
                        continue;
                    }
                };
                first(Ok(&mut writer));
                let left = loop {
                    match waiting.recv_timeout(IDLE) {
                        Ok(change) => change(Ok(&mut writer)),
                        Err(left) => break left,
                    }
                };
                // What was changed is kept all the same.
                let _ = writer.close();
                if left == RecvTimeoutError::Disconnected {
                    break;
                }
            }
        });
        Pen { changes, thread }
    }

    /// Does one change when its turn comes.
    pub async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Writer) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let change: Change = Box::new(move |writer| {
            let done = writer.map_err(Failure::from).and_then(change);
            // Whoever asked may have gone; what was changed stays.
            let _ = tell.send(done);
        });
        self.changes.send(change).map_err(|_| Failure::broken())?;
        told.await.map_err(|_| Failure::broken())?
    }

    /// Waits for the changes that are under way and leaves the project.
    pub fn leave(self) {
        drop(self.changes);
        // If it panicked, there is nobody left to wait for.
        let _ = self.thread.join();
    }
}
