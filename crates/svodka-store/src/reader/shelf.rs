//! What was opened of reports a moment ago, for programs with many readers. A reading never changes, so it is known by its digest; nothing on
//! the shelf is shielded or corrected, and only readers that would read the same take from it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hashlink::LruCache;
use serde::Deserialize;
use svodka_model::{ClaimOut, EntityOut};

use super::accounts::Packed;

/// For how many claims there is room: some 40 MB.
const CLAIMS: usize = 30_000;

/// For how many bytes of drafts there is room: those of some ten thousand reports of a page or two.
const DRAFTS: usize = 96 << 20;

/// What several readers share.
#[derive(Debug)]
pub struct Shelf {
    readings: Mutex<Held<Shelved>>,
    drafts: Mutex<Held<Packed>>,
}

/// By digest, with their sizes; those that were not taken for longest first.
#[derive(Debug)]
struct Held<T> {
    room: usize,
    taken: usize,
    all: LruCache<String, (usize, Arc<T>)>,
}

/// What of a reading is asked most.
#[derive(Debug, Deserialize)]
pub(super) struct Shelved {
    #[serde(default)]
    pub claims: Vec<ClaimOut>,
    #[serde(default)]
    pub entities: Vec<EntityOut>,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf {
            readings: Mutex::new(Held::new(CLAIMS)),
            drafts: Mutex::new(Held::new(DRAFTS)),
        }
    }
}

impl Shelf {
    pub(super) fn take(&self, digest: &str) -> Option<Arc<Shelved>> {
        locked(&self.readings).take(digest)
    }

    pub(super) fn put(&self, digest: String, reading: &Arc<Shelved>) {
        let size = reading.claims.len() + 1;
        locked(&self.readings).put(digest, size, Arc::clone(reading));
    }

    /// What is compared of a report, by the digests of its reading and its text.
    pub(super) fn draft(&self, digests: &str) -> Option<Arc<Packed>> {
        locked(&self.drafts).take(digests)
    }

    pub(super) fn keep(&self, digests: String, draft: Packed) {
        let size = draft.size() + digests.len();
        locked(&self.drafts).put(digests, size, Arc::new(draft));
    }

    /// Lets go of what was put there to be compared.
    pub fn clear(&self) {
        *locked(&self.drafts) = Held::new(DRAFTS);
    }
}

/// Whoever panicked under a lock left it whole: everything is put there with one call.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Held<T> {
    fn new(room: usize) -> Held<T> {
        Held {
            room,
            taken: 0,
            all: LruCache::new_unbounded(),
        }
    }

    fn take(&mut self, name: &str) -> Option<Arc<T>> {
        self.all.get(name).map(|(_, it)| Arc::clone(it))
    }

    fn put(&mut self, name: String, size: usize, it: Arc<T>) {
        if let Some((gone, _)) = self.all.remove(&name) {
            self.taken -= gone;
        }
        while self.taken + size > self.room
            && let Some((_, (gone, _))) = self.all.remove_lru()
        {
            self.taken -= gone;
        }
        self.taken += size;
        self.all.insert(name, (size, it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_taken_for_longest_makes_room() {
        let mut held = Held::new(10);
        for name in ["a", "b", "b"] {
            held.put(name.to_owned(), 4, Arc::new(()));
        }
        assert!(held.take("a").is_some());
        held.put("c".to_owned(), 4, Arc::new(()));
        assert!(held.take("b").is_none());
        assert!(held.take("a").is_some() && held.take("c").is_some());
        held.put("larger than the room".to_owned(), 11, Arc::new(()));
        assert!(held.take("a").is_none());
    }
}
