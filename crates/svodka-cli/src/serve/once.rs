//! What is worked out once for all who ask: who asks for it meanwhile waits for the same.

use std::sync::{Arc, Mutex};

use super::failure::Failure;
use super::moment::locked;

/// How many results are kept.
const KEPT: usize = 32;

type Slot<V> = Arc<Mutex<Option<Arc<V>>>>;

/// Results by what was asked.
#[derive(Debug)]
pub struct Once<K, V>(Mutex<Vec<(K, Slot<V>)>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Once<K, V> {
        Once(Mutex::default())
    }
}

impl<K: PartialEq + Clone, V> Once<K, V> {
    /// The result of what was asked; worked out if nobody has asked it before. A failure is not kept.
    pub fn get(
        &self,
        asked: &K,
        work: impl FnOnce() -> Result<V, Failure>,
    ) -> Result<Arc<V>, Failure> {
        let slot = self.slot(asked);
        let mut held = locked(&slot);
        if let Some(result) = held.as_ref() {
            return Ok(Arc::clone(result));
        }
        let result = Arc::new(work()?);
        *held = Some(Arc::clone(&result));
        Ok(result)
    }

    /// The result of what was asked, if it is there.
    pub fn ready(&self, asked: &K) -> Option<Arc<V>> {
        let known = locked(&self.0);
        let (_, slot) = known.iter().find(|(key, _)| key == asked)?;
        // Whoever works it out holds it.
        let held = slot.try_lock().ok()?;
        held.as_ref().map(Arc::clone)
    }

    fn slot(&self, asked: &K) -> Slot<V> {
        let mut known = locked(&self.0);
        if let Some((_, slot)) = known.iter().find(|(key, _)| key == asked) {
            return Arc::clone(slot);
        }
        // The oldest goes first.
        if known.len() >= KEPT {
            known.remove(0);
        }
        let slot = Slot::default();
        known.push((asked.clone(), Arc::clone(&slot)));
        slot
    }
}
