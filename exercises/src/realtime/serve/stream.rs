//! The two ways that end only when somebody hangs up: server-sent events and WebSockets.
//!
//! They differ in how a thing is said, and not in when: so there is one loop, and a
//! dialect for each.

use bytes::Bytes;

use super::form::Form;
use super::hub::{Hub, Phase};
use super::line::{Ended, Line};
use super::{Cursor, Limits};

/// What a client's bytes ask of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing, or nothing yet.
    Nothing,
    /// To be sent this.
    Answer(Bytes),
    /// To be sent this, and then the end.
    End(Bytes),
}

/// The answer's head, and the last event that the client has.
pub(super) type Start = (Vec<u8>, Option<Cursor>);

/// How things are said on a stream.
pub(super) trait Dialect: Send + 'static {
    const FORM: Form;

    /// That the server is there and has nothing to say.
    fn still_here(&self) -> Bytes;

    /// That the server closes.
    fn goodbye(&self) -> Bytes;

    /// Takes what it understands from the beginning of what came in.
    fn hear(&mut self, bytes: &mut Vec<u8>) -> Heard;
}

/// Sends a client everything that follows `after`, until somebody hangs up.
///
/// A client may be behind by so many events as the limit says, or as many as it was when
/// it came: who comes back after an hour is not dropped for it.
pub(super) async fn run(
    line: &mut Line,
    hub: &Hub,
    limits: &Limits,
    mut dialect: impl Dialect,
    (head, after): Start,
) -> Result<(), Ended> {
    let form = Form::of(&dialect);
    let mut input = Vec::new();
    let bell = line.look();
    let (mut at, gap) = hub.resume(after);
    let may_be_behind = limits.behind.max(bell.newest.saturating_sub(at));
    let mut tick = bell.tick;
    let gap = gap.map(|gap| form.gap(&gap)).unwrap_or_default();
    line.send(&[&head[..], &gap].concat(), u64::MAX).await?;
    drop((head, gap));
    loop {
        let bell = line.look();
        // Whose place is forgotten has not kept up: the log is shorter than the leash.
        let batch = hub.next(at, form).ok_or(Ended::Slow)?;
        if batch.upto > at {
            at = batch.upto;
            tick = bell.tick;
            line.send(&batch.bytes, at + may_be_behind).await?;
            continue;
        }
        if bell.phase >= Phase::Closing {
            return line.send(&dialect.goodbye(), u64::MAX).await;
        }
        if bell.tick >= tick + 2 {
            tick = bell.tick;
            line.send(&dialect.still_here(), at + may_be_behind).await?;
        }
        line.listen(&mut input, Limits::READ_BYTES).await?;
        match dialect.hear(&mut input) {
            Heard::Nothing => {}
            Heard::Answer(bytes) => line.send(&bytes, at + may_be_behind).await?,
            Heard::End(bytes) => return line.send(&bytes, at + may_be_behind).await,
        }
    }
}

impl Form {
    fn of<D: Dialect>(_: &D) -> Self {
        D::FORM
    }
}
