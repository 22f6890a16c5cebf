//! `svodka export`: what a project knows, in the forms that other programs read.

use std::cell::LazyCell;
use std::fs;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use svodka::resolve::Gazetteer;
use svodka::store::{ClaimFilter, Reader};
use svodka::views::ipif::{IpifError, Prosopography};
use svodka::views::{
    About, ExportError, Folder, Format, Job, Living, Located, Shape, Sink, Stream, Telling,
};
use svodka::{ClaimOut, Crm, Kin, KindWords, Link, Vocabularies, Wanted};

use super::args::{Eyes, Filters, Which};
use super::{places, problem, reader};
use crate::page::sentence;
use crate::problem::{Problem, Status};
use crate::setup;

/// `svodka export`
#[derive(Debug, Args)]
pub struct Export {
    /// The format; `svodka export --list` tells which there are
    #[arg(value_name = "FORMAT", required_unless_present = "list")]
    pub format: Option<String>,
    /// List the formats
    #[arg(long)]
    pub list: bool,
    /// The file to write, or the folder for a format of several files [default: standard output]
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// What the names of everything in it begin with, where the format has such names [default: urn:svodka:PROJECT:]
    #[arg(long, value_name = "IRI")]
    pub base: Option<String>,
    /// Which claims.
    #[command(flatten)]
    pub filters: Filters,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// What the help says at its end.
pub const EXAMPLES: &str = "\
Formats (docs/formats.md says what each carries and what it cannot say):
  csv           tables, with descriptions for Frictionless and CSVW; needs -o DIR
  xlsx parquet  the same tables as a workbook; as a folder of Parquet files
  capture       people × lists, 0 or 1, for multiple-systems estimation; needs -o DIR
  annotations   W3C Web Annotation; with the texts if -o is a folder
  gexf graphml  the network of people, bodies and places
  places        Linked Places: places with their names, times and coordinates
  ftm           FollowTheMoney entities, one a line
  gedcom        GEDCOM 7: who is told to be kin
  ipif          factoids of people and bodies, as prosopographies exchange them; needs -o DIR
  turtle jsonld nquads  RDF by CIDOC CRM and CRMinf; a graph for each report in the last two
  tei           TEI P5; a document for each report if -o is a folder, else one teiCorpus

Examples:
  svodka export csv -o tables
  svodka export gexf -o network.gexf --about Orlov
  svodka export csv -o strikes --kind strike --from 1923 --certainty probable+";

/// Writes the export.
pub fn run(arguments: &Export) -> Result<u8, Problem> {
    let Some(name) = arguments.format.as_deref().filter(|_| !arguments.list) else {
        return list();
    };
    let format = Format::named(name).ok_or_else(|| {
        Problem::new(Status::Usage, format!("'{name}' is no format"))
            .with_remedy("`svodka export --list` tells which there are")
    })?;
    let filter = arguments.filters.filter();
    // Exports leave the machine, also by way of a screen.
    let reader = reader(&arguments.which, &arguments.eyes, true)?;
    let about = about(&reader, &arguments.eyes, arguments.base.as_deref())?;
    let output = arguments.output.as_deref();
    let mut sink = sink(&format, output)?;
    write(&format, &reader, &filter, &about, sink.as_mut(), output)?;
    Ok(0)
}

/// Writes the claims that fit in a format; `output` is where the sink writes to, for what is said if it cannot.
pub fn write(
    format: &Format,
    reader: &Reader,
    filter: &ClaimFilter,
    about: &About,
    sink: &mut dyn Sink,
    output: Option<&Path>,
) -> Result<(), Problem> {
    let words = Pack::read()?;
    let source = Wanted { reader, filter };
    let job = Job {
        source: &source,
        telling: &words,
        about,
    };
    let written = format.write(&job, sink);
    written.map_err(|error| failed(&error, output))
}

/// Writes a whole project in a format, for others; `output` is where the sink writes to.
pub fn shielded(
    format: &Format,
    project: &Path,
    sink: &mut dyn Sink,
    output: &Path,
) -> Result<(), Problem> {
    let eyes = Eyes { owner: false };
    let which = Which {
        project: Some(project.to_owned()),
    };
    let reader = reader(&which, &eyes, true)?;
    let about = about(&reader, &eyes, None)?;
    let filter = ClaimFilter::default();
    write(format, &reader, &filter, &about, sink, Some(output))
}

/// Why an export could not be written to `output`, a file or folder or else standard output.
fn failed(error: &ExportError, output: Option<&Path>) -> Problem {
    match error {
        ExportError::Source(error) => match error.downcast_ref() {
            Some(error) => problem(error),
            None => Problem::new(Status::Data, error.to_string()),
        },
        ExportError::Write(error) => match output {
            None => Problem::unwritable(error),
            Some(path) => Problem::new(Status::Output, format!("{}: {error}", path.display())),
        },
    }
}

/// The factoids that the claims that fit make; not more than `most` statements.
pub fn factoids(
    reader: &Reader,
    filter: &ClaimFilter,
    eyes: &Eyes,
    most: usize,
) -> Result<Prosopography, Problem> {
    let about = about(reader, eyes, None)?;
    let job = Job {
        source: &Wanted { reader, filter },
        telling: &Pack::read()?,
        about: &about,
    };
    Prosopography::of(&job, most).map_err(|error| match error {
        IpifError::Export(error) => failed(&error, None),
        error => Problem::new(Status::Data, error.to_string()),
    })
}

fn list() -> Result<u8, Problem> {
    let mut out = anstream::stdout();
    for format in Format::ALL {
        writeln!(out, "{:<12} {}", format.name, format.title)
            .map_err(|error| Problem::unwritable(&error))?;
    }
    Ok(0)
}

/// What an export of this project says of itself.
pub fn about(reader: &Reader, eyes: &Eyes, base: Option<&str>) -> Result<About, Problem> {
    let status = reader.status().map_err(|error| problem(&error))?;
    let policy = reader.policy().map_err(|error| problem(&error))?;
    let living = match policy.rule.shield && !eyes.owner {
        true => Living::Shielded,
        false => Living::Named,
    };
    let slug = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let base = match base {
        Some(base) if base.ends_with(['/', '#', ':']) && base.contains(':') => base.to_owned(),
        Some(base) => {
            return Err(
                Problem::new(Status::Usage, format!("'{base}' cannot begin names")).with_remedy(
                    "give an address that ends in / or #, such as https://example.org/strikes/",
                ),
            );
        }
        None => format!(
            "urn:svodka:{}:",
            status.name.chars().map(slug).collect::<String>()
        ),
    };
    Ok(About {
        title: status.name,
        program: format!("svodka {}", env!("CARGO_PKG_VERSION")),
        base,
        living,
    })
}

/// Where it is written to.
fn sink(format: &Format, output: Option<&Path>) -> Result<Box<dyn Sink>, Problem> {
    let file = |name: &str, path: &Path| -> Result<Box<dyn Sink>, Problem> {
        let path = if path.is_dir() {
            path.join(name)
        } else {
            path.to_owned()
        };
        let file = fs::File::create(&path).map_err(|error| {
            Problem::new(Status::Output, format!("{}: {error}", path.display()))
        })?;
        Ok(Box::new(Stream::new(BufWriter::with_capacity(
            1 << 16,
            file,
        ))))
    };
    let several = |problem: Problem| problem.with_remedy("name a folder with -o DIR");
    match (format.shape, output) {
        (Shape::Folder, Some(path)) if path.is_file() => {
            let what = format!(
                "{} is a file, and {} is several",
                path.display(),
                format.name
            );
            Err(several(Problem::new(Status::Usage, what)))
        }
        (Shape::Folder, None) => {
            let what = format!("{} is several files", format.name);
            Err(several(Problem::new(Status::Usage, what)))
        }
        (Shape::Folder, Some(path)) => Ok(Box::new(Folder(path.to_owned()))),
        (Shape::Either(_), Some(path)) if path.extension().is_none() => {
            Ok(Box::new(Folder(path.to_owned())))
        }
        (Shape::File(name) | Shape::Either(name), Some(path)) => file(name, path),
        (Shape::File(_) | Shape::Either(_), None) => {
            let out = std::io::stdout();
            if out.is_terminal() && format.binary {
                return Err(
                    Problem::new(Status::Usage, format!("{} is no text", format.name))
                        .with_remedy("name a file with -o FILE"),
                );
            }
            Ok(Box::new(Stream::new(BufWriter::with_capacity(
                1 << 16,
                out,
            ))))
        }
    }
}

/// What the pack says of claims and places.
pub struct Pack {
    words: Words,
    /// Read only if a format asks for it, as is the next.
    vocabularies: LazyCell<Vocabularies>,
    gazetteer: LazyCell<Gazetteer>,
}

impl Pack {
    /// The pack that is built in.
    pub fn read() -> Result<Pack, Problem> {
        Ok(Pack {
            words: Words(setup::words()?),
            vocabularies: LazyCell::new(|| {
                setup::built_in().map_or_else(|_| Vocabularies::default(), |pack| pack.vocabularies)
            }),
            gazetteer: LazyCell::new(|| places::gazetteer().unwrap_or_default()),
        })
    }
}

impl Telling for Pack {
    fn sentence(&self, claim: &ClaimOut) -> String {
        self.words.sentence(claim)
    }

    fn heading(&self, kind: &str) -> String {
        self.words.heading(kind)
    }

    fn called(&self, kind: &str, role: &str) -> String {
        self.words.called(kind, role)
    }

    fn link(&self, kind: &str) -> Option<&Link> {
        self.vocabularies.followthemoney.get(kind)
    }

    fn kin(&self) -> Option<&Kin> {
        Some(&self.vocabularies.gedcom)
    }

    fn crm(&self) -> Option<&Crm> {
        Some(&self.vocabularies.crm)
    }

    fn located(&self, forms: &mut dyn Iterator<Item = &str>) -> Option<Located> {
        let meant = self.gazetteer.find(forms);
        let place = meant.one()?;
        Some(Located {
            geonames: place.id,
            name: place.name.clone(),
            country: place.country.clone(),
            latitude: place.latitude,
            longitude: place.longitude,
            guessed: meant.candidates.len() > 1,
        })
    }
}

/// How the pack words claims.
pub struct Words(pub KindWords);

impl Telling for Words {
    fn sentence(&self, claim: &ClaimOut) -> String {
        sentence(claim, self.0.get(claim.kind.as_str()))
    }

    fn heading(&self, kind: &str) -> String {
        let wording = self.0.get(kind);
        wording.map_or_else(|| kind.to_owned(), |wording| wording.heading.clone())
    }

    fn called(&self, kind: &str, role: &str) -> String {
        let wording = self.0.get(kind);
        wording.map_or_else(|| role.to_owned(), |wording| wording.called(role))
    }
}
