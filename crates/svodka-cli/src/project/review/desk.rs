//! The desk: the queue of claims, the one that lies on top, and what becomes of it. It knows no screen.

use std::collections::BTreeSet;

use svodka::store::{
    ClaimFilter, ClaimKey, Decided, Reader, Relation, ReportRow, StoreError, Told, Verdict, Writer,
};
use svodka::{Contract, NameType, Pack};

use super::super::args::Sieve;
use super::card::{Card, Row, judged};
use super::command::{Command, HELP};
use super::correct;

/// Why a judgement was made, where nothing is said.
const REASON: &str = "seen in review";

/// Opens the project anew: what others do meanwhile shows in nothing that was opened before.
pub type Open<'a> = &'a dyn Fn() -> Result<Reader, StoreError>;

/// Who does something now.
pub type Now<'a> = &'a dyn Fn() -> svodka::store::Stamp;

/// A claim in the queue: its report and its name.
type Item = (i64, ClaimKey);

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something to read, and the same claim still.
    Said(String),
    /// Another claim lies on top; what was done before, if anything.
    Next(String),
    /// The end.
    End,
}

/// The claim on top.
struct Top {
    told: Told,
    contract: Contract,
    /// The last entry of the log about it that was seen.
    seen: i64,
}

/// See the module.
pub struct Desk<'a> {
    open: Open<'a>,
    now: Now<'a>,
    reader: Option<Reader>,
    writer: Writer,
    pack: &'a Pack,
    rows: Vec<ReportRow>,
    sieve: Sieve,
    queue: Vec<Item>,
    at: usize,
    top: Option<Top>,
    /// What was done here: the entry of the log, and the claim that it took out of the queue.
    done: Vec<(i64, Option<Item>)>,
    judged: usize,
}

impl<'a> Desk<'a> {
    /// A desk with the claims that fit and that nobody has judged.
    pub fn new(
        open: Open<'a>,
        now: Now<'a>,
        writer: Writer,
        pack: &'a Pack,
        sieve: Sieve,
    ) -> Result<Desk<'a>, StoreError> {
        let mut desk = Desk {
            open,
            now,
            reader: None,
            writer,
            pack,
            rows: Vec::new(),
            sieve: Sieve::default(),
            queue: Vec::new(),
            at: 0,
            top: None,
            done: Vec::new(),
            judged: 0,
        };
        desk.sift(sieve)?;
        Ok(desk)
    }

    /// Leaves the project in order.
    pub fn close(self) -> Result<(), StoreError> {
        drop(self.reader);
        self.writer.close()
    }

    /// How many claims were judged here.
    pub fn judged(&self) -> usize {
        self.judged
    }

    /// Where one is in the queue, in words.
    pub fn place(&self) -> String {
        let sieve = [
            ("kind", &self.sieve.kind),
            ("about", &self.sieve.about),
            ("report", &self.sieve.report),
        ];
        let only = sieve.iter().filter_map(|(what, value)| {
            value
                .as_ref()
                .map(|value| format!(" · only {what} {value}"))
        });
        let only: String = only.collect();
        match &self.top {
            Some(_) => format!("Claim {} of {}{only}", self.at + 1, self.queue.len()),
            None => format!("No claim is left to judge{only}"),
        }
    }

    /// The claim on top in lines.
    pub fn card(&self, width: usize) -> Vec<Row> {
        let Some(top) = &self.top else {
            return Vec::new();
        };
        let card = Card {
            told: &top.told,
            report: &top.contract,
            row: self.rows.iter().find(|row| row.id == top.told.report),
            words: &self.pack.kind_words,
        };
        card.rows(width)
    }

    /// Does what was said.
    pub fn act(&mut self, command: Command) -> Result<Answer, StoreError> {
        match command {
            Command::Help => Ok(Answer::Said(HELP.to_owned())),
            Command::Quit => Ok(Answer::End),
            Command::Filter(sieve) => {
                let old = self.sieve.clone();
                match self.sift(sieve) {
                    Ok(()) => Ok(Answer::Next(String::new())),
                    Err(error @ (StoreError::Unknown { .. } | StoreError::Ambiguous { .. })) => {
                        self.sift(old)?;
                        Ok(Answer::Said(error.to_string()))
                    }
                    Err(error) => Err(error),
                }
            }
            Command::Undo => self.undo(),
            Command::Back => {
                if self.at == 0 {
                    return Ok(Answer::Said("this is the first".to_owned()));
                }
                self.at -= 1;
                self.lay(true)?;
                Ok(Answer::Next(String::new()))
            }
            Command::Skip if self.top.is_some() => {
                self.at += 1;
                Ok(Answer::Next(self.lay(false)?))
            }
            Command::Accept(why) => self.judge(Verdict::Accept, &why),
            Command::Reject(why) => self.judge(Verdict::Reject, &why),
            Command::Correct(typed) => self.correct(&typed),
            Command::Grade(grade, why) => self.judge(Verdict::Grade(grade), &why),
            Command::Note(words) => self.judge(Verdict::Note(words), ""),
            Command::Merge(a, b, why) => self.relate(a, &b, Relation::Same, &why),
            Command::Split(a, b, why) => self.relate(a, &b, Relation::Distinct, &why),
            Command::Skip => Ok(Answer::Said(
                "no claim is left; filter shows others, quit ends".to_owned(),
            )),
        }
    }

    /// Takes the claims that fit, from the project as it is now.
    fn sift(&mut self, sieve: Sieve) -> Result<(), StoreError> {
        self.sieve = sieve;
        let filter = ClaimFilter {
            kind: self.sieve.kind.clone(),
            about: self.sieve.about.clone(),
            report: self.sieve.report.clone(),
            ..ClaimFilter::default()
        };
        let reader = self.reread()?;
        let (_, queue) = reader.unjudged(&filter, 0, usize::MAX)?;
        let rows = reader.reports()?;
        (self.queue, self.rows, self.at) = (queue, rows, 0);
        self.lay(false)?;
        Ok(())
    }

    /// The project as it is now.
    fn reread(&mut self) -> Result<&Reader, StoreError> {
        // What is old goes before what is new comes, so that the file is never held open twice.
        self.reader = None;
        let reader = (self.open)()?;
        Ok(self.reader.insert(reader))
    }

    /// Lays the claim at this place of the queue on top, or the next one that nobody has judged since; says which were passed over.
    /// `judged_too` shows it whatever was judged.
    fn lay(&mut self, judged_too: bool) -> Result<String, StoreError> {
        let mut passed = String::new();
        self.top = None;
        while let Some(&(report, key)) = self.queue.get(self.at) {
            let decisions = self.writer.decisions(key)?;
            let seen = decisions.last().map_or(0, |it| it.operation);
            let by = decisions.iter().find(|it| it.verdict.judges());
            let mine = |operation: i64| self.done.iter().any(|(done, _)| *done == operation);
            if let Some(by) = by.filter(|by| !judged_too && !mine(by.operation)) {
                passed += &format!("{key} has been judged meanwhile: {}\n", judged(by));
                self.queue.remove(self.at);
                continue;
            }
            let stale = self.reader.is_none();
            let reader = if stale {
                self.reread()?
            } else {
                self.reader.as_ref().ok_or_else(|| {
                    StoreError::Damaged("the project is not open for reading".to_owned())
                })?
            };
            let told = match reader.claim(report, key) {
                Ok(told) => told,
                // Its report was changed or read anew.
                Err(StoreError::Unknown { .. }) => {
                    self.queue.remove(self.at);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let contract = reader.report(&report.to_string())?;
            self.top = Some(Top {
                told,
                contract,
                seen,
            });
            break;
        }
        Ok(passed)
    }

    /// Judges, and lays the next claim on top if that was a judgement.
    fn judge(&mut self, verdict: Verdict, why: &str) -> Result<Answer, StoreError> {
        let Some(top) = &mut self.top else {
            return Ok(Answer::Said("no claim is left".to_owned()));
        };
        let (report, key) = (top.told.report, top.told.key);
        let (judges, word) = (verdict.judges(), verdict.word());
        let reason = if why.is_empty() { REASON } else { why };
        // A remark or grade stands beside what others judge.
        let seen = judges.then_some(top.seen);
        let decided =
            self.writer
                .decide_unless_judged(key, verdict, reason, seen, &(self.now)())?;
        match decided {
            Decided::Kept(id) if judges => {
                self.done.push((id, Some((report, key))));
                self.judged += 1;
                self.queue.remove(self.at);
                // A correction may bring new names; the claims after it may show them.
                if word == "correct" {
                    self.reader = None;
                }
                let passed = self.lay(false)?;
                Ok(Answer::Next(format!(
                    "{word}ed {key}; u takes it back\n{passed}"
                )))
            }
            Decided::Kept(id) => {
                self.done.push((id, None));
                self.reader = None;
                self.lay(true)?;
                Ok(Answer::Said(format!("{word} kept; u takes it back")))
            }
            Decided::Meanwhile(others) => {
                let told: Vec<String> = others.iter().map(judged).collect();
                top.seen = others.last().map_or(top.seen, |it| it.operation);
                Ok(Answer::Said(format!(
                    "nothing was kept, for this claim has been judged meanwhile: {}\nsay it again to judge it all the same",
                    told.join("; ")
                )))
            }
        }
    }

    fn correct(&mut self, typed: &str) -> Result<Answer, StoreError> {
        let Some(top) = &self.top else {
            return Ok(Answer::Said("no claim is left".to_owned()));
        };
        let kind = self
            .pack
            .kinds
            .iter()
            .find(|kind| kind.name == top.told.claim.kind);
        let known = |name: &str| {
            let folded = svodka::store::fold(name);
            let entities = top.contract.entities.iter().filter(|entity| {
                let mut names = entity.names.iter().chain([&entity.name]);
                names.any(|name| svodka::store::fold(name) == folded)
            });
            let mut kinds: Vec<NameType> = entities.map(|entity| entity.kind).collect();
            for kind in NameType::ALL {
                if self.writer.find(&format!("{}:{name}", kind.code())).is_ok() {
                    kinds.push(kind);
                }
            }
            kinds
        };
        match correct::typed(typed, &top.told.claim, kind, &known) {
            Ok(correction) => self.judge(Verdict::Correct(correction.written()), ""),
            Err(wrong) => Ok(Answer::Said(wrong)),
        }
    }

    /// Judges whether two names name one thing; the first is the claim's own if it is not said.
    fn relate(
        &mut self,
        a: Option<String>,
        b: &str,
        verdict: Relation,
        why: &str,
    ) -> Result<Answer, StoreError> {
        let a = match a {
            Some(a) => a,
            None => match self.names().as_slice() {
                [one] => one.clone(),
                names => {
                    return Ok(Answer::Said(format!(
                        "say which name is meant, as NAME = {b}; this claim has {}",
                        match names.len() {
                            0 => "none".to_owned(),
                            _ => names.join(", "),
                        }
                    )));
                }
            },
        };
        let reason = if why.is_empty() { REASON } else { why };
        let found = self.writer.find(&a).and_then(|a| {
            let b = self.writer.find(b)?;
            Ok((a, b))
        });
        let (of_a, of_b) = match found {
            Ok(found) => found,
            Err(error @ (StoreError::Unknown { .. } | StoreError::Ambiguous { .. })) => {
                return Ok(Answer::Said(error.to_string()));
            }
            Err(error) => return Err(error),
        };
        let id = self
            .writer
            .relate(&of_a, &of_b, verdict, reason, &(self.now)())?;
        self.done.push((id, None));
        self.reader = None;
        self.lay(true)?;
        Ok(Answer::Said(format!(
            "{a} and {b}: {}; u takes it back",
            verdict.word()
        )))
    }

    /// The names in the claim on top.
    fn names(&self) -> Vec<String> {
        let claim = self.top.as_ref().map(|top| &top.told.claim);
        let fillers = claim
            .into_iter()
            .flat_map(|claim| claim.roles.values().flatten());
        let names: BTreeSet<String> = fillers
            .filter(|filler| filler.entity.is_some())
            .map(|filler| filler.text.clone())
            .collect();
        names.into_iter().collect()
    }

    fn undo(&mut self) -> Result<Answer, StoreError> {
        let Some((id, item)) = self.done.pop() else {
            return Ok(Answer::Said(
                "nothing was done here yet; `svodka log` and `svodka undo` know the rest"
                    .to_owned(),
            ));
        };
        match self.writer.undo(id, "", &(self.now)()) {
            Ok(_) => {}
            Err(error @ StoreError::NotUndoable { .. }) => {
                return Ok(Answer::Said(error.to_string()));
            }
            Err(error) => return Err(error),
        }
        if let Some(item) = item {
            self.queue.insert(self.at.min(self.queue.len()), item);
            self.at = self.at.min(self.queue.len() - 1);
            self.judged -= 1;
        }
        self.reader = None;
        self.lay(true)?;
        Ok(Answer::Next("undone\n".to_owned()))
    }
}
