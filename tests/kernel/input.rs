//! A cell that reads standard input asks the front end.

use super::client::{Kernel, Ran};
use expect_test::expect;
use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, JupyterMessageContent as Content};

/// Runs a cell that may ask, and answers its questions; returns the prompts too.
fn run(kernel: &mut Kernel, code: &str, answers: &[&str]) -> (Vec<String>, Ran) {
    let request = ExecuteRequest {
        allow_stdin: true,
        ..ExecuteRequest::new(code.to_owned())
    };
    let id = kernel.send(request);
    let asked = answers.iter().map(|line| kernel.answer(line).prompt);
    let asked = asked.collect();
    (asked, kernel.collect(&id))
}

#[test]
fn a_line_is_asked_for_after_the_question_that_the_cell_prints() {
    let mut kernel = Kernel::shared();
    let code = "print!(\"name? \");\n\
                let mut name = String::new(); std::io::stdin().read_line(&mut name)?;\n\
                println!(\"hello {name:?}\");";
    let (_, ran) = run(&mut kernel, code, &["Ferris 🦀"]);
    expect![[r#"
        stdout "name? hello \"Ferris 🦀\\n\"\n"
        reply ok"#]]
    .assert_eq(&ran.transcript());
}

#[test]
fn several_lines_are_asked_for_one_by_one_and_a_long_one_arrives_whole() {
    let mut kernel = Kernel::shared();
    let code = "let lines: Vec<_> = std::io::stdin().lines().take(3).map(|line| line.unwrap().len())\
                .collect(); lines";
    let long = "x".repeat(100_000);
    let (_, ran) = run(&mut kernel, code, &["a", &long, ""]);
    expect![[r#"
        result {"text/plain":"[1, 100000, 0]"}
        reply ok"#]]
    .assert_eq(&ran.transcript());
}

#[test]
fn the_prompt_of_evcxrs_own_crate_is_shown() {
    let mut kernel = Kernel::shared();
    // What the crate `evcxr_input` does.
    let code = "println!(\"EVCXR_INPUT_REQUEST:How many?\");\n\
                let mut line = String::new(); std::io::stdin().read_line(&mut line)?; line";
    let (asked, ran) = run(&mut kernel, code, &["7"]);
    assert_eq!(asked, ["How many?"]);
    expect![[r#"
        result {"text/plain":"\"7\\n\""}
        reply ok"#]]
    .assert_eq(&ran.transcript());
}

#[test]
fn without_a_front_end_to_ask_the_input_is_empty() {
    let mut kernel = Kernel::shared();
    let code = "std::io::read_to_string(std::io::stdin())?.len()";
    expect![[r#"
        stderr "note: the cell reads standard input, but whoever runs it cannot be asked; it finds the end of the input\n"
        result {"text/plain":"0"}
        reply ok"#]].assert_eq(&kernel.run(code).transcript());
}

#[test]
fn a_program_that_a_cell_starts_finds_its_input_empty() {
    let mut kernel = Kernel::shared();
    let code = "std::process::Command::new(\"cat\").status()?.success()";
    expect![[r#"
        result {"text/plain":"true"}
        reply ok"#]]
    .assert_eq(&kernel.run(code).transcript());
}

#[test]
fn a_cell_that_waits_for_input_can_be_interrupted_and_the_next_one_asks_again() {
    let mut kernel = Kernel::shared();
    let code = "let mut line = String::new(); println!(\"waiting\");\n\
                std::io::stdin().read_line(&mut line)?; line";
    let request = ExecuteRequest {
        allow_stdin: true,
        ..ExecuteRequest::new(code.to_owned())
    };
    let id = kernel.send(request);
    while !matches!(kernel.news().content, Content::StreamContent(_)) {}
    kernel.question();
    kernel.control(InterruptRequest {});
    expect!["Interrupted: the cell was stopped; all variables are as they were before it"]
        .assert_eq(&kernel.collect(&id).failure());
    let (_, ran) = run(&mut kernel, code, &["again"]);
    expect![[r#"
        stdout "waiting\n"
        result {"text/plain":"\"again\\n\""}
        reply ok"#]]
    .assert_eq(&ran.transcript());
}
