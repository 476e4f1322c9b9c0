//! A cache with any policy, for keys and values of any type.
//!
//! Entries lie side by side in one array, and a [table](super::kit::Index) of hashes leads to
//! them; who goes when it is full, the [`Replacer`] says. All memory is taken when the cache is
//! made. It is for one thread; behind a `Mutex`, or sharded by hash, it serves several.
//! It does not expire entries by age: that is invalidation, not eviction.

use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroUsize;

use super::kit::{FastHash, Gap, Index};
use super::{Access, Policy, Replacer, Slot};

/// The cache that simulations use: keys are numbers, and there are no values.
///
/// # Examples
///
/// See [`Policy`].
pub type Simulated<R> = Cache<R, u64, (), FastHash>;

#[derive(Debug, Clone)]
struct Entry<K, V> {
    key: K,
    value: V,
}

/// At most `capacity` entries, of which the [`Replacer`] `R` says who goes for a new one.
///
/// The hash is the standard library's by default, which resists chosen keys.
/// [`FastHash`] is several times quicker, where keys are one's own.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Cache, Insertion, Lru};
///
/// let mut cache = Cache::<Lru, &str, u32>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// cache.insert("a", 1);
/// cache.insert("b", 2);
/// assert_eq!(cache.get("a"), Some(&mut 1));
/// assert_eq!(cache.insert("c", 3), Insertion::Evicted { key: "b", value: 2 });
/// ```
///
/// # Time complexity
///
/// O(1) expected for each operation, and what the replacer needs; all of this course's
/// need O(1), some amortised.
#[derive(Debug, Clone)]
pub struct Cache<R, K, V, S = RandomState> {
    capacity: NonZeroUsize,
    entries: Vec<Entry<K, V>>,
    index: Index,
    replacer: R,
    hasher: S,
}

/// What [`Cache::insert`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion<K, V> {
    /// There was room.
    Added,
    /// The key was there: it has the new value, and this was the old one.
    Replaced {
        /// The key's former value.
        value: V,
    },
    /// There was no room, and this entry went.
    Evicted {
        /// Key of the entry that went.
        key: K,
        /// Its value.
        value: V,
    },
}

/// What [`Cache::get_or_insert_with`] found.
#[derive(Debug, PartialEq, Eq)]
pub enum Fetched<'a, K, V> {
    /// The key was there, with this value.
    Hit(&'a mut V),
    /// The key was not there; now it is.
    Miss {
        /// The new value.
        value: &'a mut V,
        /// The entry that had to go.
        evicted: Option<(K, V)>,
    },
}

impl<R: Replacer, K: Hash + Eq, V, S: BuildHasher + Default> Cache<R, K, V, S> {
    /// An empty cache for at most `capacity` entries.
    ///
    /// # Panics
    ///
    /// If `capacity` is above [`Index::MAX_ENTRIES`].
    ///
    /// # Time complexity
    ///
    /// O(`capacity`).
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self::with_parts(capacity, R::new(capacity), S::default())
    }
}

impl<R: Replacer, K: Hash + Eq, V, S: BuildHasher> Cache<R, K, V, S> {
    /// Like [`Cache::new`], with a replacer that was made for this capacity, and a hash.
    ///
    /// # Panics
    ///
    /// If `capacity` is above [`Index::MAX_ENTRIES`].
    ///
    /// # Time complexity
    ///
    /// O(`capacity`).
    pub fn with_parts(capacity: NonZeroUsize, replacer: R, hasher: S) -> Self {
        Self {
            capacity,
            entries: Vec::with_capacity(capacity.get()),
            index: Index::for_entries(capacity.get()),
            replacer,
            hasher,
        }
    }

    /// Most entries that it can hold.
    pub fn capacity(&self) -> NonZeroUsize {
        self.capacity
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key. Not a use.
    pub fn peek<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let slot = self.find(self.hasher.hash_one(key), key)?;
        Some(&self.entries[slot as usize].value)
    }

    /// The value of a key, which counts as used.
    #[inline]
    pub fn get<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hasher.hash_one(key);
        let slot = self.find(hash, key)?;
        self.replacer.used(slot, hash);
        Some(&mut self.entries[slot as usize].value)
    }

    /// The value of a key, which counts as used; if it is not there, `make` makes it.
    #[inline]
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> Fetched<'_, K, V> {
        let hash = self.hasher.hash_one(&key);
        match self.find_or_gap(hash, &key) {
            Ok(slot) => {
                self.replacer.used(slot, hash);
                Fetched::Hit(&mut self.entries[slot as usize].value)
            }
            Err(gap) => {
                let (slot, evicted) = self.admit(hash, gap, key, make());
                Fetched::Miss {
                    value: &mut self.entries[slot as usize].value,
                    evicted,
                }
            }
        }
    }

    /// Gives a key a value. If the key is there already, that counts as a use.
    #[inline]
    pub fn insert(&mut self, key: K, value: V) -> Insertion<K, V> {
        let hash = self.hasher.hash_one(&key);
        match self.find_or_gap(hash, &key) {
            Ok(slot) => {
                self.replacer.used(slot, hash);
                let held = &mut self.entries[slot as usize].value;
                Insertion::Replaced {
                    value: std::mem::replace(held, value),
                }
            }
            Err(gap) => match self.admit(hash, gap, key, value).1 {
                Some((key, value)) => Insertion::Evicted { key, value },
                None => Insertion::Added,
            },
        }
    }

    /// Takes a key out, and answers its value.
    pub fn remove<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hasher.hash_one(key);
        let slot = self.find(hash, key)?;
        self.index.remove(hash, slot);
        self.replacer.remove(slot);
        let removed = self.entries.swap_remove(slot as usize);
        if let Some(moved) = self.entries.get(slot as usize) {
            // The last entry has taken the free place, so that there are never holes.
            let last = self.entries.len() as Slot;
            let hash = self.hasher.hash_one(&moved.key);
            self.index.rename(hash, last, slot);
            self.replacer.rename(last, slot);
        }
        Some(removed.value)
    }

    /// Keys and values, in no particular order. Not a use.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|entry| (&entry.key, &entry.value))
    }

    /// The policy's own view.
    pub fn replacer(&self) -> &R {
        &self.replacer
    }

    /// Checks that table, entries and policy agree.
    ///
    /// # Panics
    ///
    /// If they do not; the message says what is wrong.
    ///
    /// # Time complexity
    ///
    /// O(capacity).
    pub fn validate(&self) {
        assert!(
            self.len() <= self.capacity.get(),
            "{} entries in a cache for {}",
            self.len(),
            self.capacity
        );
        self.index.validate(self.len());
        for (slot, entry) in (0..).zip(&self.entries) {
            let found = self.find(self.hasher.hash_one(&entry.key), &entry.key);
            assert_eq!(found, Some(slot), "slot that the index gives for a key");
        }
        self.replacer.validate(self.len());
    }

    #[inline]
    fn find<Q>(&self, hash: u64, key: &Q) -> Option<Slot>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + ?Sized,
    {
        self.find_or_gap(hash, key).ok()
    }

    #[inline]
    fn find_or_gap<Q>(&self, hash: u64, key: &Q) -> Result<Slot, Gap>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + ?Sized,
    {
        let is_it = |slot: Slot| self.entries[slot as usize].key.borrow() == key;
        self.index.find_or_gap(hash, is_it)
    }

    /// Lets in a key that is not there.
    #[inline]
    fn admit(&mut self, hash: u64, gap: Gap, key: K, value: V) -> (Slot, Option<(K, V)>) {
        let entry = Entry { key, value };
        let free = (self.len() < self.capacity.get()).then_some(self.len() as Slot);
        let slot = self.replacer.admit(hash, free);
        // First in, then out: the search has found the gap already, and taking out moves gaps.
        self.index.fill(gap, slot);
        if free.is_some() {
            self.entries.push(entry);
            return (slot, None);
        }
        let gone = std::mem::replace(&mut self.entries[slot as usize], entry);
        self.index.remove(self.hasher.hash_one(&gone.key), slot);
        (slot, Some((gone.key, gone.value)))
    }
}

impl<R: Replacer> Policy for Simulated<R> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self::new(capacity)
    }

    #[inline]
    fn access(&mut self, key: u64) -> Access {
        match self.get_or_insert_with(key, || ()) {
            Fetched::Hit(()) => Access::Hit,
            Fetched::Miss { evicted, .. } => Access::Miss {
                evicted: evicted.map(|(key, ())| key),
            },
        }
    }

    fn contains(&self, key: u64) -> bool {
        self.peek(&key).is_some()
    }

    fn len(&self) -> usize {
        self.len()
    }
}
