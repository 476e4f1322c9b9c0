//! Requests other than running a cell, and evcxr's commands.

use super::client::Kernel;
use expect_test::{Expect, expect};
use jupyter_zmq_client::{
    CompleteRequest, InspectRequest, IsCompleteRequest, JupyterMessageContent as Content,
    KernelInfoRequest,
};

#[test]
fn kernel_info_tells_the_versions() {
    let mut kernel = Kernel::shared();
    kernel.send(KernelInfoRequest {});
    let Content::KernelInfoReply(info) = kernel.reply() else {
        panic!("expected a kernel_info_reply");
    };
    assert_eq!(info.protocol_version, "5.4");
    assert_eq!(info.implementation, "kernel-ext");
    assert_eq!(info.language_info.name, "rust");
    assert_eq!(info.language_info.file_extension.as_deref(), Some(".rs"));
    assert_eq!(info.language_info.mimetype.as_deref(), Some("text/rust"));
    let rustc = std::process::Command::new("rustc")
        .arg("--version")
        .output()
        .unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    assert_eq!(
        rustc.split(' ').nth(1),
        Some(info.language_info.version.as_str())
    );
}

#[test]
fn completion_knows_variables_and_counts_code_points() {
    let mut kernel = Kernel::shared();
    kernel.run("let greeting = String::new();");
    let code = "let é = \"🦀\"; greeting.push_s";
    kernel.send(CompleteRequest {
        code: code.to_owned(),
        cursor_pos: code.chars().count(),
    });
    let Content::CompleteReply(reply) = kernel.reply() else {
        panic!("expected a complete_reply");
    };
    assert!(
        reply
            .matches
            .iter()
            .any(|found| found.starts_with("push_str")),
        "{reply:?}"
    );
    assert_eq!((reply.cursor_start, reply.cursor_end), (22, 28));
}

#[test]
fn inspection_shows_documentation() {
    let mut kernel = Kernel::shared();
    kernel.send(InspectRequest {
        code: "String::with_capacity".to_owned(),
        cursor_pos: 12,
        detail_level: Some(0),
    });
    let Content::InspectReply(reply) = kernel.reply() else {
        panic!("expected an inspect_reply");
    };
    let text = serde_json::to_string(&reply.data).unwrap();
    assert!(
        reply.found && text.contains("at least the specified capacity"),
        "{text}"
    );
}

#[test]
fn an_input_is_in_the_file_that_the_variable_names() {
    let mut kernel = Kernel::shared();
    kernel.run("let kept_for_later = 1;");
    let file = kernel.directory.path().join("history.jsonl");
    let history = std::fs::read_to_string(file).unwrap();
    assert!(history.contains("let kept_for_later = 1;"), "{history}");
}

#[test]
fn is_complete_tells_open_code_from_wrong_code() {
    let mut kernel = Kernel::shared();
    let answers = ["fn f() {", "fn f() {}", "}"].map(|code| {
        let code = code.to_owned();
        kernel.send(IsCompleteRequest { code });
        match kernel.reply() {
            Content::IsCompleteReply(reply) => format!("{:?}", reply.status),
            other => panic!("expected an is_complete_reply, got {other:?}"),
        }
    });
    assert_eq!(answers, ["Incomplete", "Complete", "Invalid"]);
}

#[track_caller]
fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Kernel::shared().run(code).transcript());
}

#[test]
fn commands_and_code_share_a_cell() {
    // What the kernel has put into a cell before is not in evcxr's way, which shows this value.
    check(
        "3",
        expect![[r#"
        result {"text/plain":"3"}
        reply ok"#]],
    );
    check(
        ":offline 0\nlet counted = 3; counted",
        expect![[r#"
        display {"text/plain":"Offline mode: false\n"}
        result {"text/plain":"3"}
        reply ok"#]],
    );
}

/// The kernel hides something behind the level, so that rust-analyzer reads the library once.
#[test]
fn optimisation_goes_from_two_to_none_and_back() {
    let mut kernel = Kernel::start();
    let mut level = |cell: &str| kernel.run(cell).transcript();
    let shown = |n: u8| format!("result {{\"text/plain\":\"Optimization: {n}\\n\"}}\nreply ok");
    assert_eq!(level(":opt"), shown(0));
    assert_eq!(level(":opt"), shown(2));
    assert_eq!(level(":opt 1"), shown(1));
    assert_eq!(level(":opt"), shown(2));
    let cell = "let v = vec![cfg!(debug_assertions)]; v.len()";
    assert_eq!(level(cell), "result {\"text/plain\":\"1\"}\nreply ok");
}

#[test]
fn types_are_known_whatever_the_configuration_sets() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("init.evcxr"), ":opt 2\n").unwrap();
    let mut kernel = Kernel::start_with(&[("EVCXR_CONFIG_DIR", folder.path().as_os_str())]);
    for cell in [
        "let v = vec![1]; v.len()",
        ":load_config --quiet\nlet w = vec![1]; w.len()",
    ] {
        let transcript = kernel.run(cell).transcript();
        assert!(
            transcript.ends_with("result {\"text/plain\":\"1\"}\nreply ok"),
            "{transcript}"
        );
    }
}

#[test]
fn help_lists_the_commands() {
    let transcript = Kernel::shared().run(":help").transcript();
    for command in [":dep", ":vars", ":type"] {
        assert!(
            transcript.contains(command),
            "{command} is missing in {transcript}"
        );
    }
}

#[test]
fn a_dependency_by_path_is_relative_to_the_kernels_directory() {
    let mut kernel = Kernel::shared();
    let source = kernel.directory.path().join("tiny/src");
    std::fs::create_dir_all(&source).unwrap();
    let manifest = "[package]\nname = \"tiny\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    std::fs::write(source.join("../Cargo.toml"), manifest).unwrap();
    std::fs::write(source.join("lib.rs"), "pub fn answer() -> u8 { 42 }\n").unwrap();
    let ran = kernel.run(":dep tiny = { path = \"../tiny\" }\ntiny::answer()");
    expect![[r#"
        result {"text/plain":"42"}
        reply ok"#]]
    .assert_eq(&ran.transcript());
}

#[test]
fn a_dependency_that_does_not_exist_is_an_error() {
    let failure = Kernel::shared()
        .run(":dep tiny2 = { path = \"../nowhere\" }")
        .failure();
    assert!(failure.contains("../nowhere"), "{failure}");
}
