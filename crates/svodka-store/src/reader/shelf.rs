//! Readings that were opened a moment ago, for programs with many readers. A reading never changes, so it is known by its digest; nothing on the
//! shelf is shielded or corrected, and only readers that would read the same take from it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use svodka_model::{ClaimOut, EntityOut};

/// How many claims there is room for: some 40 MB.
const ROOM: usize = 30_000;

/// Readings that several readers share.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// How often something was taken.
    taken: u64,
    claims: usize,
    /// By digest, each with when it was taken last.
    readings: BTreeMap<String, (u64, Arc<Shelved>)>,
}

/// What of a reading is asked most.
#[derive(Debug, Deserialize)]
pub(super) struct Shelved {
    #[serde(default)]
    pub claims: Vec<ClaimOut>,
    #[serde(default)]
    pub entities: Vec<EntityOut>,
}

impl Shelf {
    pub(super) fn take(&self, digest: &str) -> Option<Arc<Shelved>> {
        // Whoever panicked left it whole: a reading is put there with one call.
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.taken += 1;
        let now = held.taken;
        let (last, reading) = held.readings.get_mut(digest)?;
        *last = now;
        Some(Arc::clone(reading))
    }

    pub(super) fn put(&self, digest: String, reading: &Arc<Shelved>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = reading.claims.len() + 1;
        while held.claims + size > ROOM
            && let Some(oldest) = held.oldest()
        {
            if let Some((_, gone)) = held.readings.remove(&oldest) {
                held.claims = held.claims.saturating_sub(gone.claims.len() + 1);
            }
        }
        let now = held.taken;
        if held
            .readings
            .insert(digest, (now, Arc::clone(reading)))
            .is_none()
        {
            held.claims += size;
        }
    }
}

impl Held {
    fn oldest(&self) -> Option<String> {
        let each = self.readings.iter();
        let oldest = each.min_by_key(|(_, (last, _))| *last)?;
        Some(oldest.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_taken_for_longest_makes_room() {
        let reading = |claims: usize| {
            let claim = serde_json::json!({"id": "c", "kind": "office", "roles": {}, "polarity": "positive", "certainty": "asserted",
                "evidence": {"start": 0, "end": 1, "text": "x"}});
            let whole = serde_json::json!({"claims": vec![claim; claims]});
            Arc::new(serde_json::from_value::<Shelved>(whole).expect("a reading"))
        };
        let shelf = Shelf::default();
        let large = reading(ROOM / 3);
        for name in ["a", "b"] {
            shelf.put(name.to_owned(), &large);
        }
        assert!(shelf.take("a").is_some());
        shelf.put("c".to_owned(), &large);
        assert!(shelf.take("b").is_none());
        assert!(shelf.take("a").is_some() && shelf.take("c").is_some());
    }
}
