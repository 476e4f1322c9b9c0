//! Wrong solutions of the exercise `slow_clients`.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

use crate::catalog::Wrong;
use crate::realtime::{Batch, JoinError, SlowClients, SlowPolicy, Update, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 15] = [
    of::<TakesNothingOut>(
        "TakesNothingOut",
        "`take` leaves the queue as it is, so a client gets everything once more.",
        "fan-out",
    ),
    of::<NewestFirst>("NewestFirst", "Updates come from new to old.", "fan-out"),
    of::<NoBound>(
        "NoBound",
        "The queue has no bound: the slowest client fills the memory.",
        "drop-oldest",
    ),
    of::<DropsNewest>(
        "DropsNewest",
        "A full queue refuses the new update, and keeps what nobody wants to know any more.",
        "drop-oldest",
    ),
    of::<SilentLoss>(
        "SilentLoss",
        "It does not count what it gives up, so the client never learns that it has a gap.",
        "drop-oldest",
    ),
    of::<CountsForEver>(
        "CountsForEver",
        "What is lost is counted from the beginning instead of from the last batch.",
        "drop-oldest",
    ),
    of::<CutsOffWhenFull>(
        "CutsOffWhenFull",
        "A client is cut off as soon as its queue is full; that much it was promised.",
        "disconnect",
    ),
    of::<CutsOffAll>(
        "CutsOffAll",
        "One slow client has all others cut off, too.",
        "disconnect",
    ),
    of::<CutsOffInSecret>(
        "CutsOffInSecret",
        "It takes the client out without naming it, so its connection stays open and is never written to again.",
        "disconnect",
    ),
    of::<InItsPlace>(
        "InItsPlace",
        "The newer value takes the place of the older one, and comes before updates that were published earlier.",
        "coalesce",
    ),
    of::<ReplacedIsLost>(
        "ReplacedIsLost",
        "An update that a newer one replaces is counted as lost; the client has the newer one, and misses nothing.",
        "coalesce",
    ),
    of::<OnlyWhenFull>(
        "OnlyWhenFull",
        "It looks for the key only when the queue is full, so until then a key is there twice.",
        "coalesce",
    ),
    of::<EmptiesOnJoin>(
        "EmptiesOnJoin",
        "A second join is let in, and empties the queue.",
        "joining",
    ),
    of::<GoesOnPublishing>(
        "GoesOnPublishing",
        "It publishes while it closes, so closing never ends.",
        "closing",
    ),
    of::<ForgetsDebts>(
        "ForgetsDebts",
        "Closing throws away what is queued: clients lose what they were owed.",
        "closing",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::slow_clients::all::<Flawed<F>>,
    }
}

/// What a wrong hub does otherwise; the default of each part is right.
struct Parts {
    keeps_when_taken: bool,
    reverses: bool,
    is_bounded: bool,
    drops_newest: bool,
    counts: bool,
    starts_count_anew: bool,
    cuts_off_when_full: bool,
    cuts_off_all: bool,
    names_cut_off: bool,
    in_its_place: bool,
    replaced_is_lost: bool,
    only_when_full: bool,
    refuses_twice: bool,
    publishes_while_closing: bool,
    forgets_debts: bool,
}

const RIGHT: Parts = Parts {
    keeps_when_taken: false,
    reverses: false,
    is_bounded: true,
    drops_newest: false,
    counts: true,
    starts_count_anew: true,
    cuts_off_when_full: false,
    cuts_off_all: false,
    names_cut_off: true,
    in_its_place: false,
    replaced_is_lost: false,
    only_when_full: false,
    refuses_twice: true,
    publishes_while_closing: false,
    forgets_debts: false,
};

trait Flaw {
    const PARTS: Parts;
}

/// A hub with this flaw.
struct Flawed<F> {
    policy: SlowPolicy,
    queue: usize,
    max_clients: usize,
    is_closing: bool,
    clients: BTreeMap<u64, Batch>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    /// Whether the client must go.
    fn push(batch: &mut Batch, update: &Update, policy: SlowPolicy, limit: usize) -> bool {
        let parts = F::PARTS;
        let Batch { updates, lost } = batch;
        let is_full = updates.len() >= limit;
        if policy == SlowPolicy::Coalesce && (is_full || !parts.only_when_full) {
            let place = updates.iter().position(|queued| queued.key == update.key);
            if let Some(place) = place {
                *lost += u64::from(parts.replaced_is_lost);
                if parts.in_its_place {
                    updates[place] = update.clone();
                    return false;
                }
                updates.remove(place);
            }
        }
        if updates.len() >= limit && parts.is_bounded {
            if policy == SlowPolicy::Disconnect {
                return true;
            }
            *lost += u64::from(parts.counts);
            if parts.drops_newest {
                return false;
            }
            updates.remove(0);
        }
        updates.push(update.clone());
        let is_now_full = updates.len() >= limit;
        policy == SlowPolicy::Disconnect && parts.cuts_off_when_full && is_now_full
    }
}

impl<F: Flaw> SlowClients for Flawed<F> {
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self {
        Self {
            policy,
            queue: queue.get(),
            max_clients: clients,
            is_closing: false,
            clients: BTreeMap::new(),
            flaw: PhantomData,
        }
    }

    fn join(&mut self, client: u64) -> Result<(), JoinError> {
        if self.is_closing {
            return Err(JoinError::Closing);
        }
        if F::PARTS.refuses_twice && self.clients.contains_key(&client) {
            return Err(JoinError::Twice);
        }
        if self.clients.len() >= self.max_clients {
            return Err(JoinError::Full);
        }
        self.clients.insert(client, Batch::default());
        Ok(())
    }

    fn leave(&mut self, client: u64) {
        self.clients.remove(&client);
    }

    fn publish(&mut self, update: &Update) -> Vec<u64> {
        let parts = F::PARTS;
        if self.is_closing && !parts.publishes_while_closing {
            return Vec::new();
        }
        let mut slow = Vec::new();
        for (client, batch) in &mut self.clients {
            if Self::push(batch, update, self.policy, self.queue) {
                slow.push(*client);
            }
        }
        if parts.cuts_off_all && !slow.is_empty() {
            slow = self.clients.keys().copied().collect();
        }
        self.clients.retain(|client, _| !slow.contains(client));
        if parts.names_cut_off {
            slow
        } else {
            Vec::new()
        }
    }

    fn take(&mut self, client: u64) -> Option<Batch> {
        let parts = F::PARTS;
        let batch = self.clients.get_mut(&client)?;
        let mut taken = batch.clone();
        if !parts.keeps_when_taken {
            batch.updates.clear();
        }
        if parts.starts_count_anew {
            batch.lost = 0;
        }
        if parts.reverses {
            taken.updates.reverse();
        }
        if self.is_closing {
            self.clients.remove(&client);
        }
        Some(taken)
    }

    fn len(&self) -> usize {
        self.clients.len()
    }

    fn close(&mut self) {
        self.is_closing = true;
        if F::PARTS.forgets_debts {
            self.clients.clear();
        }
    }
}

/// Tells that `$name` is right but for these parts.
macro_rules! flaws {
    ($($name:ident { $($part:ident: $value:expr),* })*) => {
        $(
            struct $name;
            impl Flaw for $name {
                const PARTS: Parts = Parts { $($part: $value,)* ..RIGHT };
            }
        )*
    };
}

flaws! {
    TakesNothingOut { keeps_when_taken: true }
    NewestFirst { reverses: true }
    NoBound { is_bounded: false }
    DropsNewest { drops_newest: true }
    SilentLoss { counts: false }
    CountsForEver { starts_count_anew: false }
    CutsOffWhenFull { cuts_off_when_full: true }
    CutsOffAll { cuts_off_all: true }
    CutsOffInSecret { names_cut_off: false }
    InItsPlace { in_its_place: true }
    ReplacedIsLost { replaced_is_lost: true }
    OnlyWhenFull { only_when_full: true }
    EmptiesOnJoin { refuses_twice: false }
    GoesOnPublishing { publishes_while_closing: true }
    ForgetsDebts { forgets_debts: true }
}
