//! Messages that no good front end sends: each costs a line in the log and nothing else.

mod frames;
mod large;
mod parts;

use super::client::Kernel;
use super::front_end::{Channel, FrontEnd, header, signed};
use expect_test::{Expect, expect};
use jupyter_zmq_client::KernelInfoRequest;
use std::time::{Duration, Instant};

/// Sends frames, and checks the one line that they cost and that a cell runs afterwards.
#[track_caller]
fn check(channel: Channel, frames: impl FnOnce(&Kernel) -> Vec<Vec<u8>>, expected: Expect) {
    let mut kernel = Kernel::shared();
    let frames = frames(&kernel);
    let logged = kernel.log().len();
    let connection = kernel.connection.clone();
    // Kept until the end: closed, it might take the message with it.
    let _front_end = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&connection, "rude").await;
        front_end.send_frames(channel, frames).await;
        front_end
    });
    let about = format!(" on {channel:?} ").to_lowercase();
    expected.assert_eq(&next_line(&mut kernel, logged, &about));
    check_cell(&mut kernel);
    assert_eq!(kernel.log()[logged..].matches(&about).count(), 1);
}

/// The first line of the log behind this byte that is about this, without time and place.
///
/// Others may stand between: a front end of the test before may be missed only now.
#[track_caller]
pub(super) fn next_line(kernel: &mut Kernel, logged: usize, about: &str) -> String {
    // A line that is missing shall fail the test, not hang it.
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        assert!(Instant::now() < deadline, "no line about{about}");
        let log = kernel.log();
        let (whole_lines, _) = log[logged..].rsplit_once('\n').unwrap_or_default();
        if let Some(line) = whole_lines.lines().find(|line| line.contains(about)) {
            // Colours, and the module's name, end in a space before the message.
            let start = line
                .find(" a")
                .expect("each message starts with its article");
            return line[start + 1..].to_owned();
        }
        kernel.send(KernelInfoRequest {});
        assert_eq!(kernel.reply().message_type(), "kernel_info_reply");
    }
}

#[track_caller]
pub(super) fn check_cell(kernel: &mut Kernel) {
    expect![[r#"
        result {"text/plain":"2"}
        reply ok"#]]
    .assert_eq(&kernel.run("1 + 1").transcript());
}

/// A signed message of these parts; an empty header stands for a good one.
fn parts(
    kind: &str,
    header_frame: &[u8],
    metadata: &[u8],
    content: &[u8],
) -> impl FnOnce(&Kernel) -> Vec<Vec<u8>> {
    let header = if header_frame.is_empty() {
        header(kind)
    } else {
        header_frame.to_vec()
    };
    move |kernel| signed(&kernel.connection, [&header, b"{}", metadata, content])
}
