//! `--propose`: a language model of the reader's own proposes claims beside those that were read; what stands is kept, marked as its
//! proposal. The only place of this program that sends anything off the machine, and only when it is asked to.

mod endpoint;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::Args;
use svodka::propose::{Question, Refusal, judge, proposals};
use svodka::{BlockKind, CodePoints, Contract, Engine, Place, Reading};

use self::endpoint::{Endpoint, Failure};
use crate::problem::{Problem, Status};

/// What the options of `--propose` say.
#[derive(Debug, Args)]
pub struct Propose {
    /// Have a language model of your own propose further claims: the address of a service that speaks as OpenAI's does, such as http://localhost:11434/v1; the text of the reports is sent there
    #[arg(
        long = "propose",
        value_name = "URL",
        requires = "model_name",
        display_order = 100
    )]
    pub url: Option<String>,
    /// Which of its models; a key is taken from the environment, SVODKA_PROPOSE_KEY
    #[arg(
        long = "propose-model",
        id = "model_name",
        value_name = "NAME",
        requires = "url",
        display_order = 100
    )]
    pub model: Option<String>,
    /// How long it may take for one paragraph
    #[arg(long = "propose-time", value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400), requires = "url", display_order = 100)]
    pub seconds: u64,
}

/// How many characters are sent at once; longer paragraphs are sent sentence by sentence, several together.
const PIECE: usize = 4_000;

/// A sentence longer than this is not sent.
const LONGEST: usize = 16_000;

/// A model that is asked, and what came of it.
#[derive(Debug)]
pub struct Proposer {
    endpoint: Endpoint,
    model: String,
    tally: Mutex<Tally>,
}

/// What came of asking.
#[derive(Debug, Default)]
struct Tally {
    pieces: usize,
    asked: usize,
    accepted: usize,
    refused: BTreeMap<Refusal, usize>,
    failures: BTreeMap<Failure, usize>,
    /// Why nothing more was asked.
    ended: Option<Failure>,
}

impl Proposer {
    /// The model that the options name; none if they name none.
    ///
    /// # Errors
    ///
    /// If it is at an address to which nothing may be sent.
    pub fn new(options: &Propose) -> Result<Option<Proposer>, Problem> {
        let (Some(url), Some(model)) = (&options.url, &options.model) else {
            return Ok(None);
        };
        let endpoint = Endpoint::new(url, options.seconds)?;
        anstream::eprintln!(
            "svodka: what is read is sent to {}, paragraph by paragraph, with nobody shielded",
            endpoint.place()
        );
        Ok(Some(Proposer {
            endpoint,
            model: model.clone(),
            tally: Mutex::default(),
        }))
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        // Counting cannot break off half way.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the claims that the model proposes and that stand to those that were read.
    pub fn extend(&self, reading: &Reading, engine: &Engine, contract: &mut Contract) {
        let pieces = pieces(reading, contract);
        self.tally().pieces += pieces.len();
        for piece in pieces {
            if self.tally().ended.is_some() {
                return;
            }
            let kinds = &engine.pack().kinds;
            let question = Question::new(kinds, contract, piece);
            let answer = self.endpoint.ask(&self.model, &question);
            let answer = answer.and_then(|said| proposals(&said).map_err(|_| Failure::NoAnswer));
            let mut tally = self.tally();
            tally.asked += 1;
            match answer {
                Ok(proposed) => {
                    let judged = judge(kinds, contract, piece, &self.model, &proposed);
                    tally.accepted += judged.accepted.len();
                    for (refusal, number) in judged.refused {
                        *tally.refused.entry(refusal).or_default() += number;
                    }
                    contract.claims.extend(judged.accepted);
                }
                Err(failure) => {
                    *tally.failures.entry(failure).or_default() += 1;
                    if failure.ends() {
                        tally.ended = Some(failure);
                    }
                }
            }
        }
    }

    /// Says what came of it; the exit status.
    pub fn tell(&self) -> u8 {
        let tally = self.tally();
        let refused: usize = tally.refused.values().sum();
        let reasons: Vec<String> = tally
            .refused
            .iter()
            .map(|(refusal, number)| format!("{number} {refusal}"))
            .collect();
        let reasons = match reasons.is_empty() {
            true => String::new(),
            false => format!(" ({})", reasons.join(", ")),
        };
        anstream::eprintln!(
            "svodka: claims that {} proposed: {}; kept, to be reviewed: {}; refused: {refused}{reasons}",
            self.model,
            tally.accepted + refused,
            tally.accepted,
        );
        for (failure, number) in &tally.failures {
            let what = format!("{}: {failure}", self.endpoint.place());
            let times = match number {
                1 => String::new(),
                number => format!("{number} times; "),
            };
            let remedy = format!(
                "{times}{} of {} paragraphs were asked about; what was read without it is whole",
                tally.asked, tally.pieces
            );
            Problem::new(Status::Service, what)
                .with_code(failure.code())
                .with_remedy(remedy)
                .tell();
        }
        match tally.failures.is_empty() {
            true => 0,
            false => Status::Service as u8,
        }
    }
}

/// The paragraphs and list items of a report, in code points; long ones in pieces of whole sentences.
fn pieces(reading: &Reading, contract: &Contract) -> Vec<Place> {
    let points = CodePoints::new(&contract.text);
    let mut pieces = Vec::new();
    for block in &reading.layout.blocks {
        let claims = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let words = block.span.of(&contract.text).split_whitespace();
        if !claims || words.take(3).count() < 3 {
            continue;
        }
        let block = Place::of(&points, block.span);
        if block.end - block.start <= PIECE {
            pieces.push(block);
            continue;
        }
        let inside = |it: &&Place| it.start >= block.start && it.end <= block.end;
        let mut piece: Option<Place> = None;
        for &sentence in contract.sentences.iter().filter(inside) {
            piece = match piece {
                Some(begun) if sentence.end - begun.start <= PIECE => Some(Place {
                    end: sentence.end,
                    ..begun
                }),
                begun => {
                    pieces.extend(begun);
                    Some(sentence)
                }
            };
        }
        pieces.extend(piece);
    }
    pieces.retain(|piece| piece.end - piece.start <= LONGEST);
    pieces
}
