//! Checks of the exercise `slow_clients`: calls, against a model that keeps all that was
//! published since a client's last batch, and works out what should be left of it.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;

use super::draw::Draw;
use super::script::agree;
use crate::grade::{Check, Seed, Verdict};
use crate::realtime::{Batch, JoinError, SlowClients, SlowPolicy, Update};

/// The checks of a solution of [`SlowClients`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{Hub, checks};
///
/// for check in checks::slow_clients::all::<Hub>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SlowClients>() -> Vec<Check> {
    vec![
        Check::new(
            "fan-out",
            "Every client that is there gets every update, in order, and once.",
            |seed| tried(play::<T>, seed, &EACH, &[Kind::Join, Kind::Publish, Kind::Publish, Kind::Take], (100, 9)),
        )
        .hints([
            "What does a client get that joins after an update?",
            "Nothing of it. Each client has a queue of its own, and `take` leaves it empty.",
            "`for queue in self.clients.values_mut() { queue.push_back(update.clone()); }`",
        ]),
        Check::new(
            "drop-oldest",
            "With `DropOldest` a full queue gives up its oldest update, and the next batch says how many went.",
            |seed| tried(play::<T>, seed, &[SlowPolicy::DropOldest], &[Kind::Join, Kind::Publish, Kind::Publish, Kind::Publish, Kind::Take], (3, 9)),
        )
        .points(2)
        .hints([
            "How many updates are in the queue after each `publish`?",
            "Never more than fit. The number of those that went begins anew with each batch.",
            "`if queue.len() == limit { queue.pop_front(); lost += 1; }` before the new one is put in",
        ]),
        Check::new(
            "disconnect",
            "With `Disconnect` a client whose queue is full is cut off by the next update, and no other one is.",
            |seed| tried(play::<T>, seed, &[SlowPolicy::Disconnect], &[Kind::Join, Kind::Publish, Kind::Publish, Kind::Take, Kind::Len], (3, 9)),
        )
        .points(2)
        .hints([
            "Is a client cut off when its queue becomes full, or when there is one too many?",
            "When there is one too many. It is gone then: `take` knows it no more, and it may join again.",
            "`self.clients.retain(|client, queue| …)`, with the names of those that go put aside",
        ]),
        Check::new(
            "coalesce",
            "With `Coalesce` only the newest update of a key is kept, in the order of publishing, and what it replaces is not lost.",
            |seed| tried(play::<T>, seed, &[SlowPolicy::Coalesce], &[Kind::Join, Kind::Publish, Kind::Publish, Kind::Publish, Kind::Publish, Kind::Take], (3, 9)),
        )
        .points(2)
        .hints([
            "Is an update of `a` in the queue when a newer one of `a` comes?",
            "Take it out, and put the new one at the end. Only if the queue is still full does the oldest go, and that one is lost.",
            "`queue.retain(|queued| queued.key != update.key);` before you look at the length",
        ]),
        Check::new(
            "joining",
            "A client may not join twice, or above the limit; who has left is gone, with its queue.",
            |seed| tried(play::<T>, seed, &EACH, &[Kind::Join, Kind::Join, Kind::Leave, Kind::Publish, Kind::Take, Kind::Len], (9, 2)),
        )
        .hints([
            "What if a client is there already, and the hub is full as well?",
            "The first error that applies: closing, twice, full. A refusal changes nothing, least of all a queue.",
            "Look at `contains_key` before `len() >= limit`, and insert last.",
        ]),
        Check::new(
            "closing",
            "A hub that closes owes each client its queue, once, and takes nothing new.",
            |seed| tried(play::<T>, seed, &EACH, &[Kind::Join, Kind::Publish, Kind::Publish, Kind::Close, Kind::Take, Kind::Take, Kind::Len], (5, 3)),
        )
        .points(2)
        .hints([
            "When may the process end?",
            "When every client has taken what was queued for it when the hub began to close. Its last batch takes it out.",
            "`if self.is_closing { self.clients.remove(&client)? }`, else `mem::take`",
        ]),
    ]
}

const EACH: [SlowPolicy; 3] = [
    SlowPolicy::DropOldest,
    SlowPolicy::Disconnect,
    SlowPolicy::Coalesce,
];

/// A call.
#[derive(Debug, Clone)]
enum Call {
    Join(u64),
    Leave(u64),
    Publish(Update),
    Take(u64),
    Len,
    Close,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Join(client) => write!(f, "hub.join({client});"),
            Self::Leave(client) => write!(f, "hub.leave({client});"),
            Self::Publish(Update { key, value }) => {
                write!(
                    f,
                    "hub.publish(&Update {{ key: {key:?}.into(), value: {value} }});"
                )
            }
            Self::Take(client) => write!(f, "hub.take({client});"),
            Self::Len => write!(f, "hub.len();"),
            Self::Close => write!(f, "hub.close();"),
        }
    }
}

/// What a call is drawn for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Join,
    Leave,
    Publish,
    Take,
    Len,
    Close,
}

type Settings = (SlowPolicy, NonZeroUsize, usize);
type Play = fn(Settings, &[Call]) -> Vec<String>;

fn play<T: SlowClients>((policy, queue, clients): Settings, calls: &[Call]) -> Vec<String> {
    let mut hub = T::new(policy, queue, clients);
    let answer = |call: &Call| match call {
        Call::Join(client) => format!("{:?}", hub.join(*client)),
        Call::Publish(update) => format!("{:?}", hub.publish(update)),
        Call::Take(client) => format!("{:?}", hub.take(*client)),
        Call::Len => hub.len().to_string(),
        Call::Leave(client) => {
            hub.leave(*client);
            String::new()
        }
        Call::Close => {
            hub.close();
            String::new()
        }
    };
    calls.iter().map(answer).collect()
}

/// Scripts of these kinds of calls, short ones first, with queues and rooms up to `sizes`.
fn tried(
    solution: Play,
    seed: Seed,
    policies: &[SlowPolicy],
    kinds: &[Kind],
    (queue, clients): (usize, usize),
) -> Verdict {
    let mut draw = Draw::new(seed);
    for size in (2..30).flat_map(|size| [size; 18]) {
        let policy = *draw.one_of(policies);
        let queue = NonZeroUsize::new(1 + draw.below(queue)).expect("it is not 0");
        let clients = 1 + draw.below(clients);
        let calls: Vec<Call> = (1..=size)
            .map(|value| drawn(&mut draw, kinds, value))
            .collect();
        let settings = (policy, queue, clients);
        agree(
            &format!(
                "let mut hub = Mine::new(SlowPolicy::{policy:?}, NonZeroUsize::new({queue}).unwrap(), {clients});"
            ),
            &calls,
            &|calls| solution(settings, calls),
            &|calls| play::<Past>(settings, calls),
        )?;
    }
    Ok(())
}

fn drawn(draw: &mut Draw, kinds: &[Kind], value: u64) -> Call {
    let client = 1 + draw.below(3) as u64;
    match draw.one_of(kinds) {
        Kind::Join => Call::Join(client),
        Kind::Leave => Call::Leave(client),
        Kind::Publish => Call::Publish(Update {
            key: (*draw.one_of(&["a", "b", "c", "d", "e"])).to_owned(),
            value,
        }),
        Kind::Take => Call::Take(client),
        Kind::Len => Call::Len,
        Kind::Close => Call::Close,
    }
}

/// The model: for each client all updates since its last batch.
struct Past {
    policy: SlowPolicy,
    queue: usize,
    max_clients: usize,
    is_closing: bool,
    since: BTreeMap<u64, Vec<Update>>,
}

impl Past {
    /// Whether the update at this place is neither replaced nor given up, and whether it
    /// is given up: too many others came before its key came again.
    fn fate(&self, updates: &[Update], place: usize) -> (bool, bool) {
        let coalesces = self.policy == SlowPolicy::Coalesce;
        let is_same = |other: &Update| coalesces && other.key == updates[place].key;
        let behind = &updates[place + 1..];
        let again = behind.iter().position(is_same);
        let between = &behind[..again.unwrap_or(behind.len())];
        let is_new = |index: &usize| {
            let earlier = &between[..*index];
            !coalesces || earlier.iter().all(|other| other.key != between[*index].key)
        };
        let n_others = (0..between.len()).filter(is_new).count();
        let is_lost = n_others >= self.queue;
        (again.is_none() && !is_lost, is_lost)
    }
}

impl SlowClients for Past {
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self {
        Self {
            policy,
            queue: queue.get(),
            max_clients: clients,
            is_closing: false,
            since: BTreeMap::new(),
        }
    }

    fn join(&mut self, client: u64) -> Result<(), JoinError> {
        let errors = [
            (self.is_closing, JoinError::Closing),
            (self.since.contains_key(&client), JoinError::Twice),
            (self.since.len() == self.max_clients, JoinError::Full),
        ];
        if let Some((_, error)) = errors.into_iter().find(|(applies, _)| *applies) {
            return Err(error);
        }
        self.since.insert(client, Vec::new());
        Ok(())
    }

    fn leave(&mut self, client: u64) {
        self.since.remove(&client);
    }

    fn publish(&mut self, update: &Update) -> Vec<u64> {
        if self.is_closing {
            return Vec::new();
        }
        for updates in self.since.values_mut() {
            updates.push(update.clone());
        }
        let disconnects = self.policy == SlowPolicy::Disconnect;
        let too_many = |updates: &Vec<Update>| disconnects && updates.len() > self.queue;
        let slow = self.since.iter().filter(|(_, updates)| too_many(updates));
        let slow: Vec<u64> = slow.map(|(client, _)| *client).collect();
        self.since.retain(|client, _| !slow.contains(client));
        slow
    }

    fn take(&mut self, client: u64) -> Option<Batch> {
        let updates = std::mem::take(self.since.get_mut(&client)?);
        if self.is_closing {
            self.leave(client);
        }
        let fates: Vec<(bool, bool)> = (0..updates.len())
            .map(|place| self.fate(&updates, place))
            .collect();
        let lost = fates.iter().filter(|(_, is_lost)| *is_lost).count() as u64;
        let kept = updates.into_iter().zip(fates);
        let kept = kept.filter(|(_, (is_kept, _))| *is_kept);
        Some(Batch {
            updates: kept.map(|(update, _)| update).collect(),
            lost,
        })
    }

    fn len(&self) -> usize {
        self.since.len()
    }

    fn close(&mut self) {
        self.is_closing = true;
    }
}
