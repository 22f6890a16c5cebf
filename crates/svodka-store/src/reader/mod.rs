//! The one door by which anything comes out of a project. A reader is opened with a [`Policy`]; what it gives to others has no name
//! of anybody who may be alive in it, whichever function is asked.

mod accounts;
mod ask;
mod dossier;
mod filed;
mod judgements;
mod named;
mod queue;
mod search;
mod select;
mod shelf;
mod status;
mod table;
mod things;
mod whereabouts;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;
use svodka_model::{Contract, EntityOut, NameType};

use self::shelf::Shelved;
use crate::correction::Corrected;
use crate::identity::Clusters;
use crate::living::Living;
use crate::shield::{self, Shield};
use crate::state::{State, folded_name};
use crate::{StoreError, Unit, content, file};

pub use ask::{ClaimFilter, ReportRow};
pub use dossier::{Dossier, Review, Standing, TakesPart, Told};
pub use judgements::{Judgement, Side};
pub use named::Named;
pub use search::{Found, Hit, Query};
pub use select::{Counts, Judged, Selection, Tied};
pub use shelf::Shelf;
pub use status::{Entry, PolicyStatus, Status};
pub use table::Table;
pub use things::{ThingRow, UnitRow};
pub use whereabouts::Whereabouts;

/// For whom a project is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Its owner, at the screen: people who may be alive are marked.
    Owner,
    /// Anybody else, whatever leaves the machine: they are shielded.
    Others,
}

/// What a reader may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// For whom it is.
    pub audience: Audience,
    /// The day from which years are counted.
    pub today: Date,
}

/// A project opened for reading, as it was at that moment.
#[derive(Debug)]
pub struct Reader {
    conn: Connection,
    clusters: Clusters,
    living: Living,
    /// What hides names; nothing for the owner, or if the project's rule is off.
    shield: Option<Shield>,
    /// All claims in memory, once they were needed.
    table: OnceCell<Arc<Table>>,
    decided: OnceCell<Arc<table::Decided>>,
    /// By number, whether readers said that all who are called so are one.
    judged: RefCell<BTreeMap<i64, bool>>,
    shelf: Option<Arc<Shelf>>,
}

impl Reader {
    /// Opens a project under a policy.
    ///
    /// # Errors
    ///
    /// If there is no project of a known schema there, or it cannot be read.
    pub fn open(path: &Path, policy: Policy) -> Result<Reader, StoreError> {
        let conn = file::open_to_read(path, Duration::from_secs(10))?;
        // One moment for all that is asked: whoever is added later is not shielded yet, and must not be seen either.
        conn.execute_batch("BEGIN")?;
        let clusters = Clusters::load(&conn)?;
        let living = Living::load(&conn, &clusters, policy.today)?;
        let shielded = policy.audience == Audience::Others && living.rule.shield;
        let shield = shielded
            .then(|| Shield::load(&conn, &clusters, &living.people))
            .transpose()?;
        Ok(Reader {
            conn,
            clusters,
            living,
            shield,
            table: OnceCell::new(),
            decided: OnceCell::new(),
            judged: RefCell::default(),
            shelf: None,
        })
    }

    /// Takes readings from a shelf that others have opened, and puts there what it opens.
    pub fn sharing(self, shelf: Arc<Shelf>) -> Reader {
        Reader {
            shelf: Some(shelf),
            ..self
        }
    }

    /// A string that is not from a report, or of which no more is known.
    fn string(&self, text: &str) -> String {
        match &self.shield {
            Some(shield) => shield.string(text),
            None => text.to_owned(),
        }
    }

    /// What a thing of some number is called.
    fn name(&self, number: i64, kind: &str, label: &str) -> String {
        match &self.shield {
            Some(shield) if shield.covers(number) => shield::label(number),
            // The name of somebody else may be made of the same words.
            Some(_) if kind == NameType::Person.code() => label.to_owned(),
            _ => self.string(label),
        }
    }

    /// What a name is called wherever it stands: by its own number if anybody who bears it is shielded.
    fn name_of_all(&self, thing: i64, kind: &str, label: &str) -> String {
        let numbers = self.clusters.all(thing);
        let covered = |number: &&i64| {
            let shield = self.shield.as_ref();
            shield.is_some_and(|shield| shield.covers(**number))
        };
        match (numbers.as_slice(), numbers.iter().find(covered)) {
            ([number], _) => self.name(*number, kind, label),
            (_, Some(_)) => shield::label(thing),
            (_, None) => self.name(thing, kind, label),
        }
    }

    /// How many of the people that reports name may be alive.
    fn living_named(&self) -> Result<usize, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id FROM thing WHERE kind = 'PERSON' AND reports > 0")?;
        let mut people = BTreeSet::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            people.extend(self.numbers_now(row.get(0)?)?);
        }
        Ok(people.intersection(&self.living.people).count())
    }

    /// The numbers of all that a name means in the reports that are there.
    fn numbers_now(&self, thing: i64) -> Result<BTreeSet<i64>, StoreError> {
        if let Some(number) = self.clusters.whole(thing) {
            return Ok(BTreeSet::from([number]));
        }
        let mut query = self
            .conn
            .prepare_cached("SELECT report FROM appearance WHERE thing = ?1")?;
        let rows = query.query_map([thing], |row| {
            let report = row.get(0)?;
            Ok(self.clusters.of(Unit { thing, report }))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether somebody may be alive.
    fn may_live(&self, number: i64) -> bool {
        self.living.people.contains(&number)
    }

    /// The current reading of a report, corrected, as the policy lets it be seen.
    fn contract(&self, report: i64) -> Result<Option<Contract>, StoreError> {
        Ok(self.corrected(report)?.map(|reading| reading.contract))
    }

    /// The same, with the claims that were corrected as the machine had read them.
    fn corrected(&self, report: i64) -> Result<Option<Corrected>, StoreError> {
        let reading = self.unshielded(report)?;
        match (&self.shield, reading) {
            (Some(shield), Some(reading)) => {
                let things = self.things_in(report, &reading.contract.entities)?;
                Ok(Some(shielded(shield, reading, &things)))
            }
            (_, reading) => Ok(reading),
        }
    }

    /// The same, before anybody is shielded.
    fn unshielded(&self, report: i64) -> Result<Option<Corrected>, StoreError> {
        let state = State {
            conn: &self.conn,
            contents: &self.conn,
            now: i64::MAX,
        };
        state.corrected(report)
    }

    /// Some of the lists of a reading as it was read, before anybody is shielded: a third of what reading the whole would take.
    fn lists<T: DeserializeOwned>(&self, report: i64) -> Result<T, StoreError> {
        let digest = self.digest(report)?;
        Ok(serde_json::from_slice(&content::get(&self.conn, &digest)?)?)
    }

    /// What is asked most of a reading, as it was read, before anybody is shielded.
    fn shelved(&self, report: i64) -> Result<Arc<Shelved>, StoreError> {
        let digest = self.digest(report)?;
        if let Some(known) = self.shelf.as_ref().and_then(|shelf| shelf.take(&digest)) {
            return Ok(known);
        }
        let opened: Arc<Shelved> =
            Arc::new(serde_json::from_slice(&content::get(&self.conn, &digest)?)?);
        if let Some(shelf) = &self.shelf {
            shelf.put(digest, &opened);
        }
        Ok(opened)
    }

    /// By what a report's reading is kept.
    fn digest(&self, report: i64) -> Result<String, StoreError> {
        let digest = self
            .conn
            .prepare_cached(
                "SELECT o.payload ->> 'reading' FROM report r JOIN operation o ON o.id = r.reading WHERE r.id = ?1",
            )?
            .query_row([report], |row| row.get(0))?;
        Ok(digest)
    }

    /// The number of each entity of a report's reading.
    fn things_in(
        &self,
        report: i64,
        entities: &[EntityOut],
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?;
        let mut things = BTreeMap::new();
        for entity in entities {
            let mut rows = query.query(params![entity.kind.code(), folded_name(&entity.name)])?;
            if let Some(row) = rows.next()? {
                let thing = row.get(0)?;
                things.insert(entity.id.clone(), self.clusters.of(Unit { thing, report }));
            }
        }
        Ok(things)
    }
}

/// A reading without the names of shielded people, given the number of each entity.
fn shielded(shield: &Shield, mut reading: Corrected, things: &BTreeMap<String, i64>) -> Corrected {
    // Behind the others, what was read is shielded with them.
    let claims = &mut reading.contract.claims;
    let number = claims.len();
    claims.extend(reading.read.values().cloned());
    reading.contract = shield.contract(&reading.contract, things);
    let read = reading.contract.claims.split_off(number);
    for (claim, shielded) in reading.read.values_mut().zip(read) {
        *claim = shielded;
    }
    reading
}
