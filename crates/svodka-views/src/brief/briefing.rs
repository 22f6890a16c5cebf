//! What a briefing says, before it has a form.

use jiff::civil::Date;
use svodka_model::{Certainty, Cited, ClaimOut, Edtf, Filed, Polarity};

use crate::{ExportError, Job, Telling};

/// How claims are put into a briefing.
pub trait BriefingWords: Telling {
    /// What is claimed, and nothing else: neither when, nor on whose word, nor whether it is denied.
    fn said(&self, claim: &ClaimOut) -> String;
    /// Where claims of a kind stand among the others.
    fn rank(&self, kind: &str) -> usize;
}

/// A briefing of what reports say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Briefing {
    /// What it is about.
    pub title: String,
    /// That claims are no facts, and who is named.
    pub notice: String,
    /// By what sort of thing is claimed.
    pub sections: Vec<Section>,
    /// The footnotes, in the order of the sentences.
    pub notes: Vec<Note>,
    /// The reports that are quoted, the earliest first.
    pub works: Vec<Work>,
}

/// What is said of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What these claims are called together.
    pub heading: String,
    /// The sentences of each month, in the order of time.
    pub paragraphs: Vec<Vec<Sentence>>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, with the full stop.
    pub text: String,
    /// Its footnote, from 0.
    pub note: usize,
}

/// On what a sentence rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The report, by its place in [`Briefing::works`].
    pub work: usize,
    /// The line of the report's text in which the quotation begins, from 1.
    pub line: usize,
    /// The words of the report.
    pub quotation: String,
    /// On whose word the report has it, how sure it is, and what readers said of it.
    pub standing: String,
    /// The claim's name in the project.
    pub claim: String,
}

/// A report that is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Its number in the project.
    pub number: i64,
    /// Its path.
    pub label: String,
    /// What it is called, if it is known.
    pub title: Option<String>,
    /// EDTF.
    pub date: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Which archive keeps it.
    pub repository: Option<String>,
    /// Under what shelf mark.
    pub reference: Option<String>,
    /// BCP 47.
    pub language: String,
}

impl Work {
    /// What it is called in a sentence.
    pub fn called(&self) -> String {
        let name = match &self.title {
            Some(title) => format!("“{title}”"),
            None => self.label.clone(),
        };
        match &self.date {
            Some(date) => format!("{name} ({date})"),
            None => format!("{name} (undated)"),
        }
    }
}

/// A claim on its way into the briefing.
struct Entry {
    rank: usize,
    heading: String,
    /// The day by which it is put in order, its own or else the report's.
    day: Option<Date>,
    work: usize,
    ordinal: usize,
    /// On whose word.
    voices: Vec<String>,
    /// "calls it probable".
    verb: &'static str,
    said: String,
    note: Note,
}

impl Briefing {
    /// Of all claims that a job gives, but those that a reader rejected.
    ///
    /// # Errors
    ///
    /// If the reports cannot be read.
    pub fn of(
        title: &str,
        job: &Job<'_>,
        words: &dyn BriefingWords,
    ) -> Result<Briefing, ExportError> {
        let mut works = Vec::new();
        let mut entries = Vec::new();
        for filed in job.source.readings().map_err(ExportError::Source)? {
            let filed = filed.map_err(ExportError::Source)?;
            let before = entries.len();
            let lines = Lines::of(&filed.contract.text);
            for (cited, claim) in filed.cited() {
                if cited.judged().is_none_or(|it| it.verdict != "reject") {
                    entries.push(entry(&filed, cited, claim, works.len(), &lines, words));
                }
            }
            if entries.len() > before {
                works.push(work(&filed));
            }
        }
        // The earliest report first; numbers that entries have of them follow.
        let mut order: Vec<usize> = (0..works.len()).collect();
        order.sort_by_key(|&it| (first_day(works[it].date.as_deref()), it));
        let mut place = vec![0; works.len()];
        for (at, &work) in order.iter().enumerate() {
            place[work] = at;
        }
        let works: Vec<Work> = order.iter().map(|&it| works[it].clone()).collect();
        for entry in &mut entries {
            entry.work = place[entry.work];
            entry.note.work = entry.work;
        }
        entries.sort_by(|a, b| {
            let key = |it: &Entry| (it.rank, it.day.is_none(), it.day, it.work, it.ordinal);
            (key(a).0, &a.heading)
                .cmp(&(key(b).0, &b.heading))
                .then_with(|| key(a).cmp(&key(b)))
        });
        let mut briefing = Briefing {
            title: title.to_owned(),
            notice: job.about.notice(),
            works,
            ..Briefing::default()
        };
        briefing.put(entries);
        Ok(briefing)
    }

    /// A footnote in words: report and line, quotation, on whose word, how sure, what readers said of it.
    pub fn footnote(&self, note: &Note) -> String {
        let report = self
            .works
            .get(note.work)
            .map(Work::called)
            .unwrap_or_default();
        format!(
            "{report}, line {}: “{}” — {}. Claim {}.",
            note.line, note.quotation, note.standing, note.claim
        )
    }

    fn put(&mut self, entries: Vec<Entry>) {
        let mut before: Option<(Option<(i16, i8)>, usize)> = None;
        for entry in entries {
            if self.sections.last().map(|it| &it.heading) != Some(&entry.heading) {
                self.sections.push(Section {
                    heading: entry.heading.clone(),
                    paragraphs: Vec::new(),
                });
                before = None;
            }
            let Some(section) = self.sections.last_mut() else {
                continue;
            };
            let month = entry.day.map(|day| (day.year(), day.month()));
            let goes_on = before.is_some_and(|(its, _)| its == month);
            if !goes_on {
                section.paragraphs.push(Vec::new());
            }
            let same_report = goes_on && before.is_some_and(|(_, work)| work == entry.work);
            before = Some((month, entry.work));
            let report = match same_report {
                true => "the same report".to_owned(),
                false => self.works[entry.work].called(),
            };
            let lead = match entry.voices.is_empty() {
                true => format!("{report} {}", entry.verb),
                false => format!(
                    "on the word of {}, {report} {}",
                    entry.voices.join(", from "),
                    entry.verb
                ),
            };
            if let Some(paragraph) = section.paragraphs.last_mut() {
                paragraph.push(Sentence {
                    text: format!(
                        "{}: {}.",
                        capitalised(&lead),
                        entry.said.trim_end_matches('.')
                    ),
                    note: self.notes.len(),
                });
            }
            self.notes.push(entry.note);
        }
    }
}

fn entry(
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    work: usize,
    lines: &Lines,
    words: &dyn BriefingWords,
) -> Entry {
    let voices: Vec<String> = claim.sources.iter().map(|it| one_line(&it.text)).collect();
    let mut said = words.said(claim);
    let when = claim.when.as_ref();
    if let Some(when) = when {
        let written = one_line(&when.text);
        said += &match written.is_empty() || written == when.edtf {
            true => format!(", {}", when.edtf),
            false => format!(", {written} [{}]", when.edtf),
        };
    }
    let own = when.and_then(|when| first_day(Some(&when.edtf)));
    let mut standing: Vec<String> = Vec::new();
    standing.push(match voices.is_empty() {
        true => "the report's own word".to_owned(),
        false => format!("on the word of {}", voices.join(", from ")),
    });
    standing.push(match claim.polarity {
        Polarity::Positive => claim.certainty.word().to_owned(),
        Polarity::Negative => format!("denied, {}", claim.certainty.word()),
    });
    standing.push(format!("grade {}", cited.last("grade").unwrap_or("F6")));
    standing.push(match cited.judged() {
        None => "not reviewed".to_owned(),
        Some(decided) if decided.verdict == "correct" => {
            format!("corrected by {}", decided.author)
        }
        Some(decided) => format!("accepted by {}", decided.author),
    });
    Entry {
        rank: words.rank(&claim.kind),
        heading: words.heading(&claim.kind),
        day: own.or_else(|| first_day(filed.contract.report.date.as_deref())),
        work,
        ordinal: cited.ordinal,
        voices,
        verb: verb(claim),
        said,
        note: Note {
            work,
            line: lines.of_point(claim.evidence.place.start),
            quotation: one_line(&claim.evidence.text),
            standing: standing.join("; "),
            claim: cited.key.clone(),
        },
    }
}

/// How a report says something: never that it is so.
fn verb(claim: &ClaimOut) -> &'static str {
    match (claim.polarity, claim.certainty) {
        (Polarity::Positive, Certainty::Asserted) => "says",
        (Polarity::Positive, Certainty::Probable) => "calls it probable",
        (Polarity::Positive, Certainty::Possible) => "calls it possible",
        (Polarity::Positive, Certainty::Unestablished) => "leaves it open",
        (Polarity::Negative, Certainty::Asserted) => "says that it is not so",
        (Polarity::Negative, Certainty::Probable) => "calls it probable that it is not so",
        (Polarity::Negative, Certainty::Possible) => "calls it possible that it is not so",
        (Polarity::Negative, Certainty::Unestablished) => "leaves it open whether it is not so",
    }
}

fn work(filed: &Filed) -> Work {
    let info = &filed.contract.report;
    Work {
        number: filed.number,
        label: filed.label.clone(),
        title: info.title.as_deref().map(one_line),
        date: info.date.clone(),
        authors: info.compiler.clone(),
        repository: info.repository.clone(),
        reference: info.reference.clone(),
        language: info.language.clone(),
    }
}

fn first_day(edtf: Option<&str>) -> Option<Date> {
    let date: Edtf = edtf?.parse().ok()?;
    let (first, last) = date.bounds();
    first.or(last)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first: Vec<char> = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first.into_iter().chain(letters).collect()
}

/// In which line a code point of a text stands.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        let breaks = text.chars().enumerate().filter(|(_, c)| *c == '\n');
        Lines(breaks.map(|(at, _)| at).collect())
    }

    /// From 1.
    fn of_point(&self, point: usize) -> usize {
        self.0.partition_point(|&at| at < point) + 1
    }
}
