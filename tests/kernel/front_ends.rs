//! Several front ends of one kernel, those that disappear, and many requests at once.

use super::client::{Kernel, is_idle, parent_of};
use super::front_end::{Channel, FrontEnd};
use expect_test::expect;
use jupyter_zmq_client::{
    ExecuteRequest, ExecutionState, InterruptRequest, JupyterMessageContent as Content,
    KernelInfoRequest, ReplyStatus,
};
use std::path::Path;

/// A cell that the kernel answers without evcxr, so that a thousand take no minutes.
const QUICK: &str = ":memory_limit";

/// A cell that runs until it is given a line.
const ASKS: &str = "let mut line = String::new(); std::io::stdin().read_line(&mut line)?;";

fn cell(code: &str) -> ExecuteRequest {
    ExecuteRequest::new(code.to_owned())
}

#[test]
fn two_front_ends_get_their_own_replies_and_all_the_news() {
    let kernel = Kernel::shared();
    let to = kernel.connection.clone();
    kernel.block_on(async {
        let mut ann = FrontEnd::start(&to, "ann").await;
        let mut bob = FrontEnd::start(&to, "bob").await;
        let mut ids = Vec::new();
        for turn in 0..4 {
            ids.push(ann.send(cell(&format!("\"ann {turn}\""))).await);
            ann.reply_to(&ids[2 * turn]).await;
            ids.push(bob.send(cell(&format!("\"bob {turn}\""))).await);
            bob.reply_to(&ids[2 * turn + 1]).await;
        }
        let last = &ids[7];
        for front_end in [&mut ann, &mut bob] {
            let heard = front_end.hear(last).await;
            // Before them, what each has heard of the start of the other.
            assert_eq!(heard[heard.len() - 8..], ids);
        }
    });
}

#[test]
fn a_question_goes_to_the_front_end_that_runs_the_cell_and_only_that_one_can_answer() {
    let kernel = Kernel::shared();
    let to = kernel.connection.clone();
    let logged = kernel.log().len();
    let log = kernel.directory.path().join("log");
    kernel.block_on(async {
        let mut ann = FrontEnd::start(&to, "asked").await;
        let mut bob = FrontEnd::start(&to, "not asked").await;
        let id = ann.start_asking(&format!("{ASKS} line")).await;
        bob.answer("by bob").await;
        await_line(&mut bob, &log, logged, "its sender was not asked").await;
        ann.answer("by ann").await;
        assert_eq!(ann.reply_to(&id).await.status, ReplyStatus::Ok);
        let result = loop {
            if let Content::ExecuteResult(result) = bob.news().await.content {
                break serde_json::to_string(&result.data).unwrap();
            }
        };
        expect![[r#"{"text/plain":"\"by ann\\n\""}"#]].assert_eq(&result);
    });
}

/// Waits for a line of the log; asks on control, which is answered while a cell runs.
async fn await_line(front_end: &mut FrontEnd, log: &Path, logged: usize, part: &str) {
    while !std::fs::read_to_string(log).unwrap()[logged..].contains(part) {
        let answer = front_end.control(KernelInfoRequest {}).await;
        assert_eq!(answer.message_type(), "kernel_info_reply");
    }
}

#[test]
fn a_cell_goes_on_when_its_front_end_disappears_and_the_next_one_is_served() {
    let mut kernel = Kernel::shared();
    let to = kernel.connection.clone();
    kernel.run("let mut left_behind = 1;");
    let (path, code) = waiting_cell(&kernel, "left_behind += 1;");
    let id = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "leaving").await;
        let id = front_end.send(cell(&code)).await;
        front_end.send(cell("left_behind += 1;")).await;
        while !matches!(front_end.news().await.content, Content::StreamContent(_)) {}
        id
    });
    std::fs::write(path, "go on").unwrap();
    // Everybody else hears how it ends.
    loop {
        let news = kernel.news();
        if is_idle(&news) && parent_of(&news) == id {
            break;
        }
    }
    expect![[r#"
        result {"text/plain":"3"}
        reply ok"#]]
    .assert_eq(&kernel.run("left_behind").transcript());
}

/// A cell that prints, waits for a file, and does something; and the file.
fn waiting_cell(kernel: &Kernel, then: &str) -> (std::path::PathBuf, String) {
    let path = kernel.directory.path().join("go on");
    let code = format!(
        "println!(\"waiting\"); while !std::path::Path::new({path:?}).exists() \
         {{ std::thread::yield_now() }} {then}"
    );
    (path, code)
}

#[test]
fn a_cell_that_has_asked_a_front_end_which_disappears_finds_the_end_of_its_input() {
    let mut kernel = Kernel::shared();
    let to = kernel.connection.clone();
    let logged = kernel.log().len();
    let id = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "silent").await;
        front_end.start_asking(&format!("{ASKS} line.len()")).await
    });
    // Nobody has to interrupt it.
    let mut shown = Vec::new();
    loop {
        let news = kernel.news();
        if parent_of(&news) != id {
            continue;
        }
        match news.content {
            Content::StreamContent(stream) => shown.push(stream.text),
            Content::ExecuteResult(result) => {
                shown.push(serde_json::to_string(&result.data).unwrap());
            }
            Content::Status(status) if status.execution_state == ExecutionState::Idle => break,
            _ => {}
        }
    }
    expect![[r#"
        note: the cell reads standard input, but whoever runs it cannot be asked; it finds the end of the input
        {"text/plain":"0"}"#]].assert_eq(&shown.concat());
    let log = kernel.log();
    assert!(log[logged..].contains("asked for input has gone"), "{log}");
    expect![[r#"
        result {"text/plain":"2"}
        reply ok"#]]
    .assert_eq(&kernel.run("1 + 1").transcript());
}

/// Queues cells behind one that waits for input, until all of them have arrived.
async fn queue(front_end: &mut FrontEnd, log: &Path, cells: &[String]) -> Vec<String> {
    let mut ids = vec![front_end.start_asking(ASKS).await];
    for code in cells {
        ids.push(front_end.send(cell(code)).await);
    }
    // What is refused is refused when it arrives, behind all that was sent before it.
    let logged = std::fs::read_to_string(log).unwrap().len();
    let end = vec![b"the end of the queue".to_vec()];
    front_end.send_frames(Channel::Shell, end).await;
    await_line(front_end, log, logged, "was refused").await;
    ids
}

/// How the cells ended, in the order of the replies, which must be the one of the requests.
async fn statuses(front_end: &mut FrontEnd, ids: &[String]) -> Vec<ReplyStatus> {
    let mut statuses = Vec::new();
    for id in ids {
        statuses.push(front_end.reply_to(id).await.status);
    }
    statuses
}

#[test]
fn a_thousand_queued_cells_are_answered_in_their_order() {
    let mut kernel = Kernel::shared();
    let log = kernel.directory.path().join("log");
    let to = kernel.connection.clone();
    kernel.run("let mut counted = 0;");
    let is_real = |index| index % 100 == 99;
    let code = |index| {
        if is_real(index) {
            "counted += 1;"
        } else {
            QUICK
        }
    };
    let cells: Vec<_> = (0..1000).map(|index| code(index).to_owned()).collect();
    kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "thousand").await;
        let ids = queue(&mut front_end, &log, &cells).await;
        front_end.answer("").await;
        let statuses = statuses(&mut front_end, &ids).await;
        assert_eq!(statuses, vec![ReplyStatus::Ok; 1001]);
    });
    expect![[r#"
        result {"text/plain":"10"}
        reply ok"#]]
    .assert_eq(&kernel.run("counted").transcript());
}

#[test]
fn a_failure_in_the_middle_of_a_thousand_aborts_the_rest() {
    let kernel = Kernel::shared();
    let log = kernel.directory.path().join("log");
    let to = kernel.connection.clone();
    let mut cells = vec![QUICK.to_owned(); 1000];
    cells[500] = ":memory_limit nonsense".to_owned();
    kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "failing").await;
        let ids = queue(&mut front_end, &log, &cells).await;
        front_end.answer("").await;
        let statuses = statuses(&mut front_end, &ids).await;
        assert_eq!(statuses[..501], vec![ReplyStatus::Ok; 501]);
        assert_eq!(statuses[501], ReplyStatus::Error);
        assert_eq!(statuses[502..], vec![ReplyStatus::Aborted; 499]);
        let id = front_end.send(cell("1 + 1")).await;
        assert_eq!(front_end.reply_to(&id).await.status, ReplyStatus::Ok);
    });
}

#[test]
fn an_interrupt_ends_the_running_cell_and_a_thousand_behind_it() {
    let kernel = Kernel::shared();
    let log = kernel.directory.path().join("log");
    let to = kernel.connection.clone();
    kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "stopped").await;
        let cells = vec![QUICK.to_owned(); 1000];
        let ids = queue(&mut front_end, &log, &cells).await;
        front_end.control(InterruptRequest {}).await;
        let first = front_end.reply_to(&ids[0]).await;
        assert_eq!(first.error.unwrap().ename, "Interrupted");
        let statuses = statuses(&mut front_end, &ids[1..]).await;
        assert_eq!(statuses, vec![ReplyStatus::Aborted; 1000]);
        let id = front_end.send(cell("1 + 1")).await;
        assert_eq!(front_end.reply_to(&id).await.status, ReplyStatus::Ok);
    });
}

/// Open files and threads of the kernel's own process.
fn held(kernel: &Kernel) -> (usize, usize) {
    let count = |what| {
        let path = format!("/proc/{}/{what}", kernel.processes()[0]);
        std::fs::read_dir(path).unwrap().count()
    };
    (count("fd"), count("task"))
}

/// Memory of the kernel's own process, in MiB.
fn memory_mib(kernel: &Kernel) -> u64 {
    let path = format!("/proc/{}/status", kernel.processes()[0]);
    let status = std::fs::read_to_string(path).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.unwrap().parse::<u64>().unwrap() >> 10
}

#[test]
fn a_hundred_front_ends_that_come_and_go_leave_nothing_open() {
    let mut kernel = Kernel::start();
    let to = kernel.connection.clone();
    kernel.run("1");
    let before = held(&kernel);
    for index in 0..100 {
        kernel.block_on(async {
            let mut front_end = FrontEnd::start(&to, &format!("guest {index}")).await;
            let ids = [
                front_end.send(cell(QUICK)).await,
                front_end.send(cell(QUICK)).await,
            ];
            front_end.reply_to(&ids[0]).await;
        });
    }
    // The kernel sees them go when it gets to it.
    while held(&kernel) != before {
        kernel.run(QUICK);
    }
    assert_eq!(kernel.run("1").reply.status, ReplyStatus::Ok);
}

#[test]
fn huge_messages_that_are_refused_leave_no_memory_behind() {
    const SIZE_MIB: u64 = 32;
    const COUNT: u64 = 12;
    let mut kernel = Kernel::start();
    let to = kernel.connection.clone();
    kernel.run("1");
    let before = memory_mib(&kernel);
    kernel.block_on(async {
        let mut front_end = FrontEnd::start(&to, "huge").await;
        for _ in 0..COUNT {
            let frame = vec![0; usize::try_from(SIZE_MIB << 20).unwrap()];
            front_end.send_frames(Channel::Shell, vec![frame]).await;
            let id = front_end.send(cell(QUICK)).await;
            front_end.reply_to(&id).await;
        }
    });
    let grown = memory_mib(&kernel).saturating_sub(before);
    assert!(
        grown < COUNT * SIZE_MIB / 4,
        "{grown} MiB more than {before}"
    );
    let log = kernel.log();
    assert_eq!(
        log.matches("a message on shell was refused").count(),
        12,
        "{log}"
    );
    assert_eq!(kernel.run("1").reply.status, ReplyStatus::Ok);
}
