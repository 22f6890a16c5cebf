//! `svodka publish`: the project as a site that needs no Svodka, for others to read. The page is the workbench's own; what it asks of the
//! server elsewhere it reads from files here. People who may be alive are shielded in it, whatever the project's owner sees.

mod about;
mod data;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry};
use jiff::civil::Date;
use serde_json::json;
use svodka::views::{Folder, Format, Shape, Sink, Stream, zipped};

use self::about::About;
use self::data::Tree;
use crate::args::Means;
use crate::problem::{Problem, Status};
use crate::project;
use crate::serve::{Inside, PAGE};

/// What the help says at its end.
pub const EXAMPLES: &str = "\
The folder can be put on any web server, in whatever place: nothing is computed there and nobody else is asked. To look at it on this \
machine, run `python3 -m http.server` in it; browsers do not run such pages straight from a disk. People who may be alive are numbers in \
it, as the project's rule says (`svodka policy`). A folder of an earlier publication is replaced; any other that is not empty is left \
alone. The same project always gives the same files. docs/publish.md says more.

Examples:
  svodka publish site
  svodka publish site --title 'Strikes of 1923' --creator 'Olga Petrova 0000-0002-1825-0097' --licence CC-BY-4.0
  svodka publish site --with tei --with ipif";

/// The file by which a publication is known.
const MARK: &str = "data/site.json";

/// Nothing but what lies in the folder is asked for, and no script but its own is run.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
                      worker-src 'self' blob:; base-uri 'none'; form-action 'none'";

/// `svodka publish`
#[derive(Debug, Args)]
pub struct Publish {
    /// The folder to write
    #[arg(value_name = "DIR")]
    pub output: PathBuf,
    /// What it is called [default: the project's name]
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// Who made it, with an ORCID behind the name if there is one; can be given again
    #[arg(long, value_name = "NAME")]
    pub creator: Vec<String>,
    /// Under what licence, by its SPDX name such as CC-BY-4.0, or an address where it stands
    #[arg(long, value_name = "NAME|URL")]
    pub licence: Option<String>,
    /// The day of publication [default: that of the newest entry of the project's log]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
    /// A format of `svodka export` to be had there too; can be given again
    #[arg(long = "with", value_name = "FORMAT", default_value = "csv")]
    pub formats: Vec<String>,
    /// The project's file [default: the only .svodka file here]
    #[arg(long, value_name = "FILE", env = "SVODKA_PROJECT")]
    pub project: Option<PathBuf>,
}

/// Publishes.
pub fn run(arguments: &Publish) -> Result<u8, Problem> {
    let formats = arguments.formats.iter().map(|name| {
        Format::named(name).ok_or_else(|| {
            Problem::new(Status::Usage, format!("'{name}' is no format"))
                .with_remedy("`svodka export --list` tells which there are")
        })
    });
    let formats: Vec<Format> = formats.collect::<Result<_, _>>()?;
    if PAGE.get_file("index.html").is_none() {
        let what = "this svodka was built without its page";
        return Err(Problem::new(Status::Usage, what)
            .with_remedy("`make web` builds the page; build svodka again after it"));
    }
    let output = &arguments.output;
    free(output)?;
    let named = project::named(arguments.project.as_deref())?;
    let means = Means {
        model: None,
        pack: None,
        threads: None,
    };
    let inside = Inside::open(&named, &means)?;
    let beside = output.parent().filter(|it| !it.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    let unwritten = |error: std::io::Error| {
        Problem::new(Status::Output, format!("{}: {error}", output.display()))
    };
    fs::create_dir_all(beside).map_err(unwritten)?;
    // What is written half is nobody's publication.
    let new = tempfile::Builder::new()
        .prefix(".svodka-publish-")
        .tempdir_in(beside)
        .map_err(unwritten)?;
    let root = new.path().join("site");
    let about = write(arguments, &inside, &root, &formats, &named)?;
    let old = new.path().join("old");
    if output.exists() {
        fs::rename(output, &old).map_err(unwritten)?;
    }
    fs::rename(&root, output).map_err(unwritten)?;
    let mut told = crate::output::Output::new(crate::output::Sink::Plain);
    told.write(&format!(
        "{}: {} reports, {} claims{}\n",
        output.display(),
        about.reports,
        about.claims,
        match about.shielded {
            true => "; people who may be alive are numbers in it",
            false => "; people who may be alive are NAMED in it: the project's rule shields nobody",
        }
    ))?;
    told.finish()?;
    Ok(0)
}

/// Refuses a folder that holds anything but an earlier publication.
fn free(output: &Path) -> Result<(), Problem> {
    let held = match fs::read_dir(output) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => {
            return Err(Problem::new(
                Status::Output,
                format!("{}: {error}", output.display()),
            ));
        }
    };
    if held && !output.join(MARK).is_file() {
        let what = format!(
            "{} is not empty and no earlier publication",
            output.display()
        );
        return Err(
            Problem::new(Status::Usage, what).with_remedy("name a new folder, or empty this one")
        );
    }
    Ok(())
}

/// Writes everything.
fn write(
    arguments: &Publish,
    inside: &Inside,
    root: &Path,
    formats: &[Format],
    named: &Path,
) -> Result<About, Problem> {
    let tree = Tree { inside, root };
    let log = inside.json("/api/log?limit=1")?;
    let newest = log[0]["at"].as_str().unwrap_or_default();
    let about = About::of(arguments, &inside.json("/api/project")?, newest);
    let (words, kinds) = tree.write()?;
    let downloads = download(root, formats, named)?;
    let mut listed: Vec<_> = [
        ("index.html", "The site", "text/html"),
        (
            "data/reports.json",
            "The list of reports",
            "application/json",
        ),
        ("data/report/", "Each report with its claims", ""),
        (
            "data/things.json",
            "The list of people, bodies, places, works and events",
            "application/json",
        ),
        ("data/thing/", "All that is claimed of each", ""),
        ("data/claims/", "All claims in the order of time", ""),
        ("download/claims.csv", "All claims as a table", "text/csv"),
    ]
    .map(|(path, what, media)| (path.to_owned(), what.to_owned(), media))
    .to_vec();
    listed.extend(downloads.iter().map(|(file, format)| {
        let media = if file.ends_with(".zip") {
            "application/zip"
        } else {
            "application/octet-stream"
        };
        (format!("download/{file}"), format.title.to_owned(), media)
    }));
    let exports = downloads
        .iter()
        .map(|(file, format)| json!({"name": format.name, "title": format.title, "file": file}));
    let site = json!({
        "title": about.title, "date": about.date, "licence": about.licence, "program": about.program,
        "creators": about.creators.iter().map(|it| &it.name).collect::<Vec<_>>(),
        "kinds": kinds, "words": words, "exports": exports.collect::<Vec<_>>(),
    });
    tree.put(MARK, site.to_string().as_bytes())?;
    let metadata = serde_json::to_string_pretty(&about.crate_metadata(&listed));
    tree.put(
        "ro-crate-metadata.json",
        metadata.unwrap_or_default().as_bytes(),
    )?;
    tree.put("CITATION.cff", about.citation().as_bytes())?;
    tree.put("README.txt", about.readme().as_bytes())?;
    page(&tree, &PAGE)?;
    Ok(about)
}

/// Copies the page; its first file says that it is published, and what may be asked for.
fn page(tree: &Tree<'_>, folder: &Dir<'_>) -> Result<(), Problem> {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => page(tree, folder)?,
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if path == "index.html" {
                    let html = String::from_utf8_lossy(file.contents());
                    let head = format!(
                        "<head>\n  <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n  <meta name=\"svodka-site\" content=\"published\" />"
                    );
                    let html = html.replacen("<head>", &head, 1);
                    let html = html.replace(
                        "Svodka's page needs JavaScript, all of which comes from your own machine.",
                        "This page needs JavaScript, all of which lies beside it. download/claims.csv has all claims as a table.",
                    );
                    tree.put(&path, html.as_bytes())?;
                } else {
                    tree.put(&path, file.contents())?;
                }
            }
        }
    }
    Ok(())
}

/// Exports to be had there; gives what each file is called.
fn download(
    root: &Path,
    formats: &[Format],
    named: &Path,
) -> Result<Vec<(String, Format)>, Problem> {
    let mut made: Vec<(String, Format)> = Vec::new();
    let failed = |error: std::io::Error| Problem::new(Status::Output, error.to_string());
    let folder = root.join("download");
    fs::create_dir_all(&folder).map_err(failed)?;
    for format in formats {
        if made.iter().any(|(_, known)| known.name == format.name) {
            continue;
        }
        let file = match format.shape {
            Shape::File(name) => name.to_owned(),
            Shape::Folder | Shape::Either(_) => format!("{}.zip", format.name),
        };
        let path = folder.join(&file);
        let parts = tempfile::tempdir_in(root).map_err(failed)?;
        let mut sink: Box<dyn Sink> = match format.shape {
            Shape::File(_) => Box::new(Stream::new(std::io::BufWriter::new(
                fs::File::create(&path).map_err(failed)?,
            ))),
            Shape::Folder | Shape::Either(_) => Box::new(Folder(parts.path().to_owned())),
        };
        project::export_shielded(format, named, sink.as_mut(), &path)?;
        drop(sink);
        if !matches!(format.shape, Shape::File(_)) {
            let file = fs::File::create(&path).map_err(failed)?;
            zipped(parts.path(), file).map_err(failed)?;
        }
        made.push((file, *format));
    }
    Ok(made)
}
