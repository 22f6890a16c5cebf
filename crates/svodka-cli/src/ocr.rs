//! Text for scans: runs ocrmypdf, where it is installed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::files;
use crate::problem::{Problem, Status};

/// How often it is looked whether it has ended.
const STEP: Duration = Duration::from_millis(50);

/// How scans are read.
#[derive(Debug, Clone)]
pub struct Ocr {
    /// The languages, as Tesseract names them: `eng`, `rus+eng`.
    pub language: String,
    /// How long one file may take.
    pub limit: Duration,
}

/// A file that is taken away again.
struct Scratch(PathBuf);

impl Scratch {
    fn new(ending: &str) -> Scratch {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("svodka-ocr-{}-{number}.{ending}", std::process::id());
        Scratch(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What was not made cannot be taken away.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Ocr {
    /// The scan at `path` with a layer of text, as the bytes of a PDF.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        let name = path.display();
        let failed = |what: String| Problem::new(Status::Data, format!("{name}: {what}"));
        let (read, said) = (Scratch::new("pdf"), Scratch::new("log"));
        let errors = std::fs::File::create(&said.0)
            .map_err(|error| failed(format!("nothing can be written beside it: {error}")))?;
        let mut command = Command::new("ocrmypdf");
        command
            .args([
                "--quiet",
                "--skip-text",
                "--output-type",
                "pdf",
                "-l",
                &self.language,
            ])
            .arg(path)
            .arg(&read.0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors);
        // Whatever it starts itself ends with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed("--ocr needs ocrmypdf, which is not installed".to_owned())
                .with_remedy("install it (`apt install ocrmypdf`, `brew install ocrmypdf` or `pip install ocrmypdf`), or add a PDF that has a text layer"),
            _ => failed(format!("ocrmypdf cannot be started: {error}")),
        })?;
        let mut waited = Duration::ZERO;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if waited >= self.limit => {
                    end(&mut child);
                    return Err(failed(format!(
                        "ocrmypdf did not end within {} s",
                        self.limit.as_secs()
                    ))
                    .with_remedy("give it more with --ocr-time SECONDS, or divide the file"));
                }
                Ok(None) => {
                    std::thread::sleep(STEP);
                    waited += STEP;
                }
                Err(error) => {
                    return Err(failed(format!("ocrmypdf cannot be waited for: {error}")));
                }
            }
        };
        if !status.success() {
            let said = std::fs::read(&said.0).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let last = said.lines().rev().find(|line| !line.trim().is_empty());
            return Err(failed(format!(
                "ocrmypdf could not read it: {}",
                last.unwrap_or("it does not say why").trim()
            ))
            .with_remedy("see whether it opens in a viewer, and whether Tesseract has the language of --ocr-language"));
        }
        files::bytes(&read.0)
    }
}

/// Ends a process with all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        // If it is gone already, so much the better.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}
