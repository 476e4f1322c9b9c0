//! What kernels that share a file, or have none, answer about their inputs.

use super::past::MAX_BYTES;
use super::record::Record;
use crate::{Kernel, KernelInfo, Outgoing, Request, Scripted};
use expect_test::{Expect, expect};
use jupyter_protocol::messaging::{
    ExecuteRequest, HistoryRequest, JupyterMessage, JupyterMessageContent as Content,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A kernel without a file.
fn kernel() -> Kernel<Scripted> {
    let info = KernelInfo::of_a_test();
    Kernel::new(info, Scripted::default())
}

fn kernel_at(path: &Path) -> Kernel<Scripted> {
    kernel().with_history(path)
}

/// A folder of the test's own, and the path of a file in it that is not there yet.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/history.jsonl");
    (folder, path)
}

fn handle(kernel: &mut Kernel<Scripted>, message: JupyterMessage, out: &mut dyn FnMut(Outgoing)) {
    let arrival = 1;
    kernel.handle(&Request { arrival, message }, &|| arrival, out);
}

fn run(kernel: &mut Kernel<Scripted>, code: &str) {
    let cell = ExecuteRequest {
        stop_on_error: false,
        ..ExecuteRequest::new(code.to_owned())
    };
    handle(kernel, cell.into(), &mut |_| {});
}

/// The entries that answer a request, as they are sent.
fn ask(kernel: &mut Kernel<Scripted>, request: Value) -> String {
    let request: HistoryRequest = serde_json::from_value(request).unwrap();
    let mut answer = String::new();
    handle(kernel, request.into(), &mut |outgoing| {
        if let Content::HistoryReply(reply) = outgoing.message.content {
            answer = serde_json::to_string(&reply.history).unwrap();
        }
    });
    answer
}

fn range(session: i32, start: i32, stop: i32) -> Value {
    json!({"hist_access_type": "range", "session": session, "start": start, "stop": stop, "output": false, "raw": true})
}

fn tail(n: i32) -> Value {
    json!({"hist_access_type": "tail", "n": n, "output": true, "raw": true})
}

fn search(pattern: &str, unique: bool, n: i32) -> Value {
    json!({"hist_access_type": "search", "pattern": pattern, "unique": unique, "n": n, "output": false, "raw": true})
}

const CALCULATION: &[&str] = &["let a = 1;", "a + 1", "a + 1", "value a * 2"];

/// Runs each session's cells in a kernel of its own, one after the other, on the same
/// file; asks the last one.
#[track_caller]
fn check(sessions: &[&[&str]], request: Value, expected: Expect) {
    let (_folder, path) = place();
    let mut last = kernel();
    for cells in sessions {
        last = kernel_at(&path);
        for cell in *cells {
            run(&mut last, cell);
        }
    }
    expected.assert_eq(&ask(&mut last, request));
}

#[test]
fn a_range_leaves_out_its_stop() {
    let expected = expect![[r#"[[1,1,"let a = 1;"],[1,2,"a + 1"]]"#]];
    check(&[CALCULATION], range(0, 1, 3), expected);
}

#[test]
fn negative_lines_count_back_from_the_end() {
    let expected = expect![[r#"[[1,3,"a + 1"]]"#]];
    check(&[CALCULATION], range(0, -2, -1), expected);
}

#[test]
fn a_range_that_stops_at_0_goes_to_the_end() {
    let expected = expect![[r#"[[1,4,"value a * 2"]]"#]];
    check(&[CALCULATION], range(0, 4, 0), expected);
}

#[test]
fn a_range_that_stops_before_it_starts_is_empty() {
    check(&[CALCULATION], range(0, 3, 1), expect!["[]"]);
}

#[test]
fn a_session_that_never_was_is_empty() {
    check(&[CALCULATION], range(-1, 0, 9), expect!["[]"]);
    check(
        &[CALCULATION],
        range(i32::MIN, i32::MIN, i32::MIN),
        expect!["[]"],
    );
    check(&[CALCULATION], range(2, 0, 9), expect!["[]"]);
}

#[test]
fn the_tail_gives_outputs_where_they_are_asked_for() {
    let expected = expect![[r#"[[1,3,["a + 1",""]],[1,4,["value a * 2","a * 2"]]]"#]];
    check(&[CALCULATION], tail(2), expected);
}

#[test]
fn a_unique_search_keeps_the_latest_of_equal_inputs() {
    let expected = expect![[r#"[[1,3,"a + 1"],[1,4,"value a * 2"]]"#]];
    check(&[CALCULATION], search("*a ? ?", true, 9), expected);
}

#[test]
fn a_search_gives_the_last_of_what_it_finds() {
    let expected = expect![[r#"[[1,3,"a + 1"]]"#]];
    check(&[CALCULATION], search("a*", false, 1), expected);
}

#[test]
fn a_session_counted_back_is_the_one_before() {
    let expected = expect![[r#"[[1,1,"a"],[1,2,"b"]]"#]];
    check(&[&["a", "b"], &["c"]], range(-1, 0, 9), expected);
}

#[test]
fn a_positive_session_is_that_one_and_0_is_the_current_one() {
    let sessions: &[&[&str]] = &[&["a"], &["b"], &["c"]];
    check(sessions, range(2, 0, 9), expect![[r#"[[2,1,"b"]]"#]]);
    check(sessions, range(0, 0, 9), expect![[r#"[[3,1,"c"]]"#]]);
}

#[test]
fn the_tail_goes_back_into_earlier_sessions() {
    let expected = expect![[r#"[[1,2,["value b","b"]],[2,1,["c",""]]]"#]];
    check(&[&["a", "value b"], &["c"]], tail(2), expected);
}

#[test]
fn a_negative_tail_is_everything() {
    let expected = expect![[r#"[[1,1,["a",""]],[2,1,["b",""]]]"#]];
    check(&[&["a"], &["b"]], tail(-1), expected);
}

#[test]
fn a_search_finds_inputs_of_every_session_and_the_latest_of_equal_ones() {
    let expected = expect![[r#"[[1,2,"let b"],[2,1,"let a"]]"#]];
    check(
        &[&["let a", "let b", "c"], &["let a"]],
        search("let*", true, 9),
        expected,
    );
}

#[test]
fn a_failed_cell_is_kept_without_a_result() {
    let expected = expect![[r#"[[1,1,["fail a",""]]]"#]];
    check(&[&["fail a"], &[]], tail(9), expected);
}

#[test]
fn a_kernel_that_ran_nothing_was_a_session_all_the_same() {
    let expected = expect![[r#"[[1,1,["a",""]],[3,1,["b",""]]]"#]];
    check(&[&["a"], &[], &["b"]], tail(9), expected);
}

#[test]
fn silent_cells_and_cells_outside_the_history_are_not_kept() {
    let (_folder, path) = place();
    let mut first = kernel_at(&path);
    for (silent, store_history) in [(true, true), (false, false)] {
        let cell = ExecuteRequest {
            silent,
            store_history,
            ..ExecuteRequest::new("value secret".to_owned())
        };
        handle(&mut first, cell.into(), &mut |_| {});
    }
    let written = std::fs::read_to_string(&path).unwrap();
    expect![[r#"
        {"kind":"session","session":1}
    "#]]
    .assert_eq(&written);
}

#[test]
fn an_input_is_kept_before_its_cell_has_ended() {
    let (_folder, path) = place();
    let mut answers = BTreeSet::new();
    let cell = ExecuteRequest::new("print running".to_owned());
    handle(&mut kernel_at(&path), cell.into(), &mut |outgoing| {
        if outgoing.message.message_type() == "stream" {
            answers.insert(ask(&mut kernel_at(&path), range(-1, 0, 9)));
        }
    });
    let expected = r#"[[1,1,"print running"]]"#.to_owned();
    assert_eq!(answers, BTreeSet::from([expected]));
}

#[test]
fn kernels_that_run_at_the_same_time_are_sessions_apart() {
    let (_folder, path) = place();
    let (mut one, mut other) = (kernel_at(&path), kernel_at(&path));
    for (kernel, cell) in [(&mut one, "a"), (&mut other, "value b")] {
        run(kernel, cell);
    }
    run(&mut one, "value c");
    let expected = expect![[r#"[[1,1,["a",""]],[1,2,["value c","c"]],[2,1,["value b","b"]]]"#]];
    expected.assert_eq(&ask(&mut kernel_at(&path), tail(9)));
}

#[test]
fn kernels_that_start_at_the_same_moment_lose_nothing() {
    let (_folder, path) = place();
    let (n_threads, n_starts) = (8, 20);
    let all_ready = std::sync::Barrier::new(n_threads);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                all_ready.wait();
                for _ in 0..n_starts {
                    run(&mut kernel_at(&path), "value a");
                }
            });
        }
    });
    let found = ask(&mut kernel_at(&path), tail(-1));
    let expected: Vec<Value> = (1..=n_threads * n_starts)
        .map(|session| json!([session, 1, ["value a", "a"]]))
        .collect();
    assert_eq!(found, Value::from(expected).to_string());
}

#[test]
fn a_torn_last_line_costs_that_line_alone() {
    let (_folder, path) = place();
    run(&mut kernel_at(&path), "value a");
    let mut running = kernel_at(&path);
    run(&mut running, "value b");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 3]).unwrap();
    run(&mut running, "c");
    let expected = expect![[r#"[[1,1,["value a","a"]],[2,1,["value b",""]],[2,2,["c",""]]]"#]];
    expected.assert_eq(&ask(&mut kernel_at(&path), tail(9)));
}

#[test]
fn lines_that_are_no_record_are_skipped() {
    let (_folder, path) = place();
    run(&mut kernel_at(&path), "a");
    let mut text = b"\xff\n\n{}\n{\"kind\":\"input\",\"session\":-1}\n".to_vec();
    text.extend(std::fs::read(&path).unwrap());
    std::fs::write(&path, text).unwrap();
    let expected = expect![[r#"[[1,1,["a",""]]]"#]];
    expected.assert_eq(&ask(&mut kernel_at(&path), tail(9)));
}

#[test]
fn numbers_that_no_kernel_reaches_do_no_harm() {
    let (folder, path) = place();
    let [session, line] = [usize::MAX; 2];
    let text = "a".to_owned();
    let record = Record::Input {
        session,
        line,
        text,
    };
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(&path, record.to_line().unwrap()).unwrap();
    let expected = expect![[r#"[[18446744073709551615,18446744073709551615,"a"]]"#]];
    expected.assert_eq(&ask(&mut kernel_at(&path), search("*", false, 9)));
    assert_eq!(ask(&mut kernel_at(&path), range(0, -1, 9)), "[]");
}

/// Lines of one mebibyte each, above the limit together, by a kernel that started
/// before the one with the highest number.
fn write_too_much(path: &Path) {
    let mut lines = Record::Session { session: 9 }.to_line().unwrap();
    for line in 1..=11 {
        let text = "x".repeat(1 << 20);
        let record = Record::Input {
            session: 3,
            line,
            text,
        };
        lines.extend(record.to_line().unwrap());
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, lines).unwrap();
}

#[test]
fn a_file_that_is_too_large_is_cut_to_its_newest_half() {
    let (_folder, path) = place();
    write_too_much(&path);
    let mut kernel = kernel_at(&path);
    assert!(std::fs::metadata(&path).unwrap().len() <= MAX_BYTES / 2 + 100);
    run(&mut kernel, "a");
    for mut kernel in [kernel, kernel_at(&path)] {
        let found = ask(&mut kernel, tail(-1)).replace('x', "");
        expect![[r#"[[3,8,["",""]],[3,9,["",""]],[3,10,["",""]],[3,11,["",""]],[10,1,["a",""]]]"#]]
            .assert_eq(&found);
    }
}

#[test]
fn a_kernel_that_had_the_file_before_it_was_cut_writes_to_the_new_one() {
    let (_folder, path) = place();
    let mut early = kernel_at(&path);
    write_too_much(&path);
    drop(kernel_at(&path));
    run(&mut early, "a");
    let found = ask(&mut kernel_at(&path), search("a", false, 9));
    expect![[r#"[[1,1,"a"]]"#]].assert_eq(&found);
}

#[test]
fn where_no_file_can_be_made_the_history_is_in_memory() {
    let folder = tempfile::NamedTempFile::new().unwrap();
    let path = folder.path().join("history.jsonl");
    for mut kernel in [kernel_at(&path), kernel_at(Path::new("")), kernel()] {
        run(&mut kernel, "value a");
        expect![[r#"[[1,1,["value a","a"]]]"#]].assert_eq(&ask(&mut kernel, tail(9)));
    }
}

#[test]
fn where_the_file_goes_away_the_session_goes_on_in_memory() {
    let (folder, path) = place();
    run(&mut kernel_at(&path), "a");
    let mut kernel = kernel_at(&path);
    drop(folder);
    run(&mut kernel, "value b");
    let expected = expect![[r#"[[1,1,["a",""]],[2,1,["value b","b"]]]"#]];
    expected.assert_eq(&ask(&mut kernel, tail(9)));
}

#[test]
#[cfg(unix)]
fn nobody_else_may_read_the_file_not_even_once_it_was_cut() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_folder, path) = place();
    let mode = || std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    drop(kernel_at(&path));
    assert_eq!(mode(), 0o600);
    write_too_much(&path);
    drop(kernel_at(&path));
    assert_eq!(mode(), 0o600);
}

#[test]
fn a_very_long_input_or_result_is_not_kept_and_the_others_are() {
    let (_folder, path) = place();
    let mut first = kernel_at(&path);
    run(&mut first, "value kept");
    let long = "x".repeat(super::MAX_TEXT + 1);
    run(&mut first, &long);
    run(&mut first, &format!("value {long}"));
    run(&mut first, "value also kept");
    for kernel in [&mut first, &mut kernel_at(&path)] {
        let request = json!({"hist_access_type": "tail", "n": 9, "output": true, "raw": true});
        expect![[r#"[[1,1,["value kept","kept"]],[1,4,["value also kept","also kept"]]]"#]]
            .assert_eq(&ask(kernel, request));
    }
}
