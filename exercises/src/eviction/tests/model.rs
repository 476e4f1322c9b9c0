//! What the models answer: who goes?

/// A policy written for reading: vectors of keys, searched from end to end.
///
/// It hears of keys, not of slots, so that it shares no idea with what it judges.
pub(super) trait Model {
    /// A key that is held was asked for.
    fn used(&mut self, key: u64);

    /// A key that is not held comes in; if the cache is full, answers who goes for it.
    fn admit(&mut self, key: u64, full: bool) -> Option<u64>;

    /// A key was removed.
    fn remove(&mut self, key: u64);
}

/// Takes a key out of a list, and says whether it was in it.
pub(super) fn take(list: &mut Vec<u64>, key: u64) -> bool {
    let place = list.iter().position(|held| *held == key);
    if let Some(place) = place {
        list.remove(place);
    }
    place.is_some()
}

/// Takes out the first, which is the oldest in all lists here.
pub(super) fn oldest(list: &mut Vec<u64>) -> Option<u64> {
    (!list.is_empty()).then(|| list.remove(0))
}
