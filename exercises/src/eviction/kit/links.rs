//! Doubly linked lists whose nodes are slot numbers.
//!
//! One [`Links`] holds the links of all slots, in an array; any number of [`List`]s
//! thread through it, a slot being in at most one of them. A link is a number of 4 bytes where
//! a pointer would take 8, nothing is allocated for a node, and there is nothing
//! `unsafe` in it.

use std::num::NonZeroUsize;

use crate::eviction::Slot;

/// Stands for "nobody": behind a list's last slot and before its first.
const NOBODY: Slot = Slot::MAX;

#[derive(Debug, Clone, Copy)]
struct Link {
    /// The neighbour towards the front.
    newer: Slot,
    /// The neighbour towards the back.
    older: Slot,
}

/// The links of all slots of a cache.
///
/// # Examples
///
/// See [`List`].
#[derive(Debug, Clone)]
pub struct Links(Box<[Link]>);

impl Links {
    /// Links for this many slots, none of which is in a list.
    pub fn new(slots: NonZeroUsize) -> Self {
        let alone = Link {
            newer: NOBODY,
            older: NOBODY,
        };
        Self(vec![alone; slots.get()].into())
    }

    /// The neighbour of `slot` towards the front of its list.
    #[inline]
    pub fn newer(&self, slot: Slot) -> Option<Slot> {
        some(self.0[slot as usize].newer)
    }

    /// The neighbour of `slot` towards the back of its list.
    #[inline]
    pub fn older(&self, slot: Slot) -> Option<Slot> {
        some(self.0[slot as usize].older)
    }
}

/// A list of slots, the newest in front.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::kit::{Links, List};
///
/// let mut links = Links::new(NonZeroUsize::new(3).expect("3 is not 0"));
/// let mut list = List::default();
/// for slot in [0, 1, 2] {
///     list.push_front(&mut links, slot);
/// }
/// list.move_to_front(&mut links, 0);
/// assert_eq!(list.iter(&links).collect::<Vec<_>>(), [0, 2, 1]);
/// assert_eq!(list.pop_back(&mut links), Some(1));
/// ```
///
/// # Time complexity
///
/// O(1) for everything but [`iter`](List::iter) and [`validate`](List::validate).
#[derive(Debug, Clone)]
pub struct List {
    front: Slot,
    back: Slot,
    len: u32,
}

impl Default for List {
    fn default() -> Self {
        Self {
            front: NOBODY,
            back: NOBODY,
            len: 0,
        }
    }
}

impl List {
    /// How many slots are in it.
    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether no slot is in it.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The newest slot.
    #[inline]
    pub fn front(&self) -> Option<Slot> {
        some(self.front)
    }

    /// The oldest slot.
    #[inline]
    pub fn back(&self) -> Option<Slot> {
        some(self.back)
    }

    /// Puts a slot that is in no list in front.
    #[inline]
    pub fn push_front(&mut self, links: &mut Links, slot: Slot) {
        links.0[slot as usize] = Link {
            newer: NOBODY,
            older: self.front,
        };
        match some(self.front) {
            Some(front) => links.0[front as usize].newer = slot,
            None => self.back = slot,
        }
        self.front = slot;
        self.len += 1;
    }

    /// Puts a slot that is in no list next to one of this list, on the side of the front.
    #[inline]
    pub fn insert_newer(&mut self, links: &mut Links, than: Slot, slot: Slot) {
        let Some(newer) = links.newer(than) else {
            return self.push_front(links, slot);
        };
        links.0[slot as usize] = Link { newer, older: than };
        links.0[newer as usize].older = slot;
        links.0[than as usize].newer = slot;
        self.len += 1;
    }

    /// Puts a slot that is in no list at the back.
    #[inline]
    pub fn push_back(&mut self, links: &mut Links, slot: Slot) {
        links.0[slot as usize] = Link {
            newer: self.back,
            older: NOBODY,
        };
        match some(self.back) {
            Some(back) => links.0[back as usize].older = slot,
            None => self.front = slot,
        }
        self.back = slot;
        self.len += 1;
    }

    /// Takes out the oldest slot.
    #[inline]
    pub fn pop_back(&mut self, links: &mut Links) -> Option<Slot> {
        let back = self.back()?;
        self.unlink(links, back);
        Some(back)
    }

    /// Takes out the newest slot.
    #[inline]
    pub fn pop_front(&mut self, links: &mut Links) -> Option<Slot> {
        let front = self.front()?;
        self.unlink(links, front);
        Some(front)
    }

    /// Takes out a slot that is in this list.
    #[inline]
    pub fn unlink(&mut self, links: &mut Links, slot: Slot) {
        let Link { newer, older } = links.0[slot as usize];
        match some(newer) {
            Some(newer) => links.0[newer as usize].older = older,
            None => self.front = older,
        }
        match some(older) {
            Some(older) => links.0[older as usize].newer = newer,
            None => self.back = newer,
        }
        self.len -= 1;
    }

    /// Moves a slot of this list to its front.
    #[inline]
    pub fn move_to_front(&mut self, links: &mut Links, slot: Slot) {
        if self.front == slot {
            return;
        }
        self.unlink(links, slot);
        self.push_front(links, slot);
    }

    /// Puts slot `to`, which is in no list, where slot `from` of this list is.
    pub fn rename(&mut self, links: &mut Links, from: Slot, to: Slot) {
        let link = links.0[from as usize];
        links.0[to as usize] = link;
        match some(link.newer) {
            Some(newer) => links.0[newer as usize].older = to,
            None => self.front = to,
        }
        match some(link.older) {
            Some(older) => links.0[older as usize].newer = to,
            None => self.back = to,
        }
    }

    /// The slots from the newest to the oldest.
    pub fn iter<'a>(&self, links: &'a Links) -> impl Iterator<Item = Slot> + 'a {
        std::iter::successors(self.front(), |slot| links.older(*slot)).take(self.len())
    }

    /// Checks that the list reads the same from both ends, and has the length that it says.
    ///
    /// # Panics
    ///
    /// If not.
    ///
    /// # Time complexity
    ///
    /// O(length).
    pub fn validate(&self, links: &Links) {
        let slots: Vec<Slot> = self.iter(links).collect();
        let backwards = std::iter::successors(self.back(), |slot| links.newer(*slot));
        let backwards: Vec<Slot> = backwards.take(self.len() + 1).collect();
        assert!(
            slots.iter().eq(backwards.iter().rev()),
            "from the front {slots:?}, from the back {backwards:?}"
        );
        assert_eq!(slots.len(), self.len(), "length of the list {slots:?}");
    }
}

#[inline]
fn some(slot: Slot) -> Option<Slot> {
    (slot != NOBODY).then_some(slot)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_is_a_sequence_of_slots(steps in prop::collection::vec((0..6, 0..8_u32, 0..8_u32), 1..60)) {
            let mut links = Links::new(NonZeroUsize::new(8).expect("8 is not 0"));
            let (mut list, mut model) = (List::default(), Vec::<Slot>::new());
            for (step, slot, other) in steps {
                let place = model.iter().position(|held| *held == slot);
                match (step, place) {
                    (0, Some(place)) => {
                        list.unlink(&mut links, slot);
                        model.remove(place);
                    }
                    (1, Some(place)) => {
                        list.move_to_front(&mut links, slot);
                        model.remove(place);
                        model.insert(0, slot);
                    }
                    (2, Some(place)) if !model.contains(&other) => {
                        list.rename(&mut links, slot, other);
                        model[place] = other;
                    }
                    (4, Some(place)) if !model.contains(&other) => {
                        list.insert_newer(&mut links, slot, other);
                        model.insert(place, other);
                    }
                    (5, None) => {
                        list.push_back(&mut links, slot);
                        model.push(slot);
                    }
                    (3, _) => prop_assert_eq!(list.pop_back(&mut links), model.pop()),
                    (_, None) => {
                        list.push_front(&mut links, slot);
                        model.insert(0, slot);
                    }
                    _ => {}
                }
                list.validate(&links);
                prop_assert_eq!(&list.iter(&links).collect::<Vec<_>>(), &model);
            }
        }
    }
}
