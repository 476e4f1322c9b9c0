//! What a cell shows arrives, all of it, in order, and before the reply.

use super::client::Kernel;
use expect_test::{Expect, expect};
use jupyter_zmq_client::JupyterMessageContent as Content;

#[track_caller]
fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Kernel::shared().run(code).transcript());
}

#[test]
fn the_last_expression_is_the_result() {
    check(
        "6 * 7",
        expect![[r#"
        result {"text/plain":"42"}
        reply ok"#]],
    );
    check(
        "let text = \"x\".to_string(); text",
        expect![[r#"
        result {"text/plain":"\"x\""}
        reply ok"#]],
    );
}

#[test]
fn a_statement_and_a_unit_value_have_no_result() {
    check("6 * 7;", expect!["reply ok"]);
    check(
        "for n in 0..2 { println!(\"{n}\") }",
        expect![[r#"
        stdout "0\n1\n"
        reply ok"#]],
    );
    check("", expect!["reply ok"]);
}

#[test]
fn text_without_a_newline_arrives() {
    check(
        "print!(\"a\"); print!(\"b\")",
        expect![[r#"
        stdout "ab"
        reply ok"#]],
    );
}

#[test]
fn unicode_arrives_as_it_was() {
    check(
        "println!(\"größe 🦀 e\\u{301}\"); \"🦀\"",
        expect![[r#"
        stdout "größe 🦀 e\u{301}\n"
        result {"text/plain":"\"🦀\""}
        reply ok"#]],
    );
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    check(
        "use std::io::Write; std::io::stdout().write_all(b\"a\\xffb\\n\").unwrap();",
        expect![[r#"
            stdout "a�b\n"
            reply ok"#]],
    );
}

/// A cell that prints content blocks, as evcxr documents them.
fn block(mime: &str, data: &str) -> String {
    format!("println!(\"EVCXR_BEGIN_CONTENT {mime}\\n{data}\\nEVCXR_END_CONTENT\");\n")
}

#[test]
fn several_outputs_arrive_in_order_between_text() {
    let code = [
        "println!(\"one\");\n",
        &block("text/html", "<p>1</p>"),
        &block("text/html", "<p>2</p>"),
        "println!(\"two\");\n",
        &block("image/svg+xml", "<svg/>"),
        "3",
    ];
    check(
        &code.concat(),
        expect![[r#"
        stdout "one\n"
        display {"text/html":"<p>1</p>"}
        display {"text/html":"<p>2</p>"}
        stdout "two\n"
        display {"image/svg+xml":"<svg/>"}
        result {"text/plain":"3"}
        reply ok"#]],
    );
}

#[test]
fn blocks_of_different_types_in_a_row_are_one_output() {
    let code = [block("text/html", "<b>x</b>"), block("text/plain", "x")];
    check(
        &code.concat(),
        expect![[r#"
        display {"text/html":"<b>x</b>","text/plain":"x"}
        reply ok"#]],
    );
}

#[test]
fn a_type_with_its_own_display_is_the_result() {
    let code = format!(
        "struct Shown;\nimpl Shown {{ fn evcxr_display(&self) {{ {} {} }} }}\nShown",
        block("text/plain", "plain"),
        block("text/html", "<i>rich</i>")
    );
    check(
        &code,
        expect![[r#"
        result {"text/html":"<i>rich</i>","text/plain":"plain"}
        reply ok"#]],
    );
}

#[test]
fn a_figure_is_shown_while_its_cell_goes_on() {
    use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, JupyterMessageContent as Content};
    let mut kernel = Kernel::shared();
    let code = block("text/html", "<p>early</p>") + "std::thread::park();";
    let id = kernel.send(ExecuteRequest::new(code));
    // The cell never ends by itself, so the figure can only have come before its end.
    while !matches!(kernel.news().content, Content::DisplayData(_)) {}
    kernel.control(InterruptRequest {});
    assert!(kernel.collect(&id).failure().starts_with("Interrupted: "));
}

#[test]
fn a_caught_panic_is_text_and_not_an_error() {
    let mut kernel = Kernel::shared();
    kernel.run(":backtrace off");
    let ran = kernel.run(
        "println!(\"before\");\n\
         let caught = std::panic::catch_unwind(|| panic!(\"soft\")).is_err();\n\
         println!(\"after\"); caught",
    );
    kernel.run(":backtrace short");
    let count = format!("cell {}", ran.reply.execution_count.0);
    expect![[r#"
        stdout "before\n"
        stderr "thread 'main' panicked at cell N, line 2:\nsoft\n"
        stdout "after\n"
        result {"text/plain":"true"}
        reply ok"#]]
    .assert_eq(&ran.transcript().replace(&count, "cell N"));
}

#[test]
fn warnings_are_not_shown() {
    check("let unused = 1; let mut unneeded = 2;", expect!["reply ok"]);
}

#[test]
fn output_comes_before_an_error() {
    check(
        "println!(\"a\"); print!(\"b\"); panic!(\"c\")",
        expect![[r#"
            stdout "a\nb"
            error Panic: c
            reply error"#]],
    );
    check(
        "println!(\"a\"); print!(\"b\"); std::io::Write::flush(&mut std::io::stdout()).unwrap(); std::process::abort()",
        expect![[r#"
            stdout "a\nb"
            error ProcessCrashed: the cell's process was killed by signal 6 (SIGABRT: the process aborted itself); all variables are as they were before it
            reply error"#]],
    );
}

#[test]
fn an_output_is_replaced_and_taken_away_in_its_place_among_text() {
    let mut kernel = Kernel::shared();
    let order = |json: &str| block("application/vnd.kernel-ext.output+json", json);
    let code = [
        "println!(\"before\");",
        &order(r#"{{\"display\": {{\"id\": \"a\", \"data\": {{\"text/plain\": \"half\"}}}}}}"#),
        "println!(\"between\");",
        &order(r#"{{\"update\": {{\"id\": \"a\", \"data\": {{\"text/plain\": \"full\"}}}}}}"#),
        &order(r#"{{\"clear\": {{\"wait\": true}}}}"#),
        "println!(\"after\");",
    ];
    expect![[r#"
        stdout "before\n"
        display {"text/plain":"half"}
        stdout "between\n"
        update {"text/plain":"full"}
        clear_output
        stdout "after\n"
        reply ok"#]]
    .assert_eq(&kernel.run(&code.join("\n")).transcript());
}

#[test]
fn a_hundred_thousand_lines_come_in_few_messages_and_in_order() {
    let mut kernel = Kernel::shared();
    let ran = kernel.run("for n in 0..100_000 { println!(\"{n}\"); }");
    let texts = ran.news.iter().filter_map(|news| match news {
        Content::StreamContent(stream) => Some(stream.text.as_str()),
        _ => None,
    });
    let texts: Vec<&str> = texts.collect();
    assert!(texts.len() < 1_000, "{} messages", texts.len());
    let all = texts.concat();
    assert!(all.lines().map(str::parse).eq((0..100_000).map(Ok)));
}

#[test]
fn the_output_of_a_thread_that_outlives_its_cell_is_shown_at_once() {
    let mut kernel = Kernel::shared();
    let path = kernel.directory.path().join("go");
    let code = format!(
        "let listener = std::os::unix::net::UnixListener::bind({path:?}).unwrap();\n\
         std::thread::spawn(move || {{ let _ = listener.accept(); println!(\"late\"); }});"
    );
    kernel.run(&code);
    let _go = std::os::unix::net::UnixStream::connect(&path).unwrap();
    assert_eq!(kernel.text(), "late\n");
}
