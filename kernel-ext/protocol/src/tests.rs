//! Transcripts of the state machine: a few requests in, every message out.

use super::*;
use crate::Scripted;
use expect_test::{Expect, expect};
use jupyter_protocol::messaging::{
    CommInfoRequest, CommOpen, ExecuteRequest, IsCompleteRequest, KernelInfoRequest,
    ShutdownRequest,
};

fn kernel() -> Kernel<Scripted> {
    let info = KernelInfo::of_a_test();
    Kernel::new(info, Scripted::default())
}

/// One line a message: socket, type, content; colours taken out.
fn line(outgoing: &Outgoing) -> String {
    let content = serde_json::to_string(&outgoing.message.content).unwrap();
    let content = content.replace("\\u001b[31m", "").replace("\\u001b[0m", "");
    let socket = format!("{:?}", outgoing.socket).to_lowercase();
    format!("{socket} {} {content}\n", outgoing.message.message_type())
}

/// All requests are in the queue before the first is handled.
#[track_caller]
fn check<const N: usize>(requests: [JupyterMessage; N], expected: Expect) {
    let mut kernel = kernel();
    let mut transcript = String::new();
    for (index, message) in requests.into_iter().enumerate() {
        let request = Request {
            arrival: index as u64 + 1,
            message,
        };
        kernel.handle(&request, &|| N as u64, &mut |outgoing| {
            let parent = outgoing.message.parent_header.as_ref().unwrap();
            assert_eq!(parent.msg_id, request.message.header.msg_id);
            assert_eq!(outgoing.message.header.version, "5.4");
            transcript += &line(&outgoing);
        });
    }
    expected.assert_eq(&transcript);
}

fn cell(code: &str) -> JupyterMessage {
    ExecuteRequest::new(code.to_owned()).into()
}

#[test]
fn a_cell_is_busy_input_outputs_value_reply_idle() {
    check(
        [cell("print a\nshow b\nwarn c\nvalue d")],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"print a\nshow b\nwarn c\nvalue d","execution_count":1}
            iopub stream {"name":"stdout","text":"a\n"}
            iopub display_data {"data":{"text/plain":"b"},"metadata":{}}
            iopub stream {"name":"stderr","text":"c\n"}
            iopub execute_result {"execution_count":1,"data":{"text/plain":"d"},"metadata":{},"transient":{}}
            shell execute_reply {"status":"ok","execution_count":1,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn a_failing_cell_gives_the_same_error_to_the_asker_and_to_everyone() {
    check(
        [cell("print a\nfail broken")],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        iopub execute_input {"code":"print a\nfail broken","execution_count":1}
        iopub stream {"name":"stdout","text":"a\n"}
        iopub error {"ename":"Scripted","evalue":"broken","traceback":["Scripted: broken"]}
        shell execute_reply {"status":"error","execution_count":1,"payload":[],"user_expressions":{},"ename":"Scripted","evalue":"broken","traceback":["Scripted: broken"]}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}

#[test]
fn a_failing_cell_aborts_the_cells_queued_behind_it() {
    check(
        [cell("fail a"), cell("print b"), KernelInfoRequest {}.into()],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"fail a","execution_count":1}
            iopub error {"ename":"Scripted","evalue":"a","traceback":["Scripted: a"]}
            shell execute_reply {"status":"error","execution_count":1,"payload":[],"user_expressions":{},"ename":"Scripted","evalue":"a","traceback":["Scripted: a"]}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            shell execute_reply {"status":"aborted","execution_count":1,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            shell kernel_info_reply {"status":"ok","protocol_version":"5.4","implementation":"test","implementation_version":"1.0.0","language_info":{"name":"rust","version":"1.95.0","mimetype":"text/rust","file_extension":".rs","pygments_lexer":"rust","codemirror_mode":"rust","nbconvert_exporter":"script"},"banner":"hello","help_links":[],"debugger":false}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn without_stop_on_error_the_queue_goes_on() {
    let request = ExecuteRequest {
        stop_on_error: false,
        ..ExecuteRequest::new("fail a".to_owned())
    };
    check(
        [request.into(), cell("value b")],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"fail a","execution_count":1}
            iopub error {"ename":"Scripted","evalue":"a","traceback":["Scripted: a"]}
            shell execute_reply {"status":"error","execution_count":1,"payload":[],"user_expressions":{},"ename":"Scripted","evalue":"a","traceback":["Scripted: a"]}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"value b","execution_count":2}
            iopub execute_result {"execution_count":2,"data":{"text/plain":"b"},"metadata":{},"transient":{}}
            shell execute_reply {"status":"ok","execution_count":2,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn a_cell_sent_after_the_failure_runs() {
    let mut kernel = kernel();
    let mut replies = Vec::new();
    for (arrival, code) in [(1, "fail a"), (2, "value b")] {
        let message = cell(code);
        let request = Request { arrival, message };
        kernel.handle(&request, &|| arrival, &mut |outgoing| {
            if let Content::ExecuteReply(reply) = outgoing.message.content {
                replies.push(reply.status);
            }
        });
    }
    assert_eq!(replies, [ReplyStatus::Error, ReplyStatus::Ok]);
}

#[test]
fn a_cell_outside_the_history_does_not_count() {
    let request = ExecuteRequest {
        store_history: false,
        ..ExecuteRequest::new("value a".to_owned())
    };
    check(
        [cell(""), request.into(), cell("value b")],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"","execution_count":1}
            shell execute_reply {"status":"ok","execution_count":1,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"value a","execution_count":2}
            iopub execute_result {"execution_count":2,"data":{"text/plain":"a"},"metadata":{},"transient":{}}
            shell execute_reply {"status":"ok","execution_count":2,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"value b","execution_count":2}
            iopub execute_result {"execution_count":2,"data":{"text/plain":"b"},"metadata":{},"transient":{}}
            shell execute_reply {"status":"ok","execution_count":2,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn a_silent_cell_is_answered_and_not_shown() {
    let request = ExecuteRequest {
        silent: true,
        ..ExecuteRequest::new("print a\nvalue b".to_owned())
    };
    check(
        [request.into(), cell("")],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        shell execute_reply {"status":"ok","execution_count":0,"payload":[],"user_expressions":{}}
        iopub status {"execution_state":"idle"}
        iopub status {"execution_state":"busy"}
        iopub execute_input {"code":"","execution_count":1}
        shell execute_reply {"status":"ok","execution_count":1,"payload":[],"user_expressions":{}}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}

#[test]
fn user_expressions_are_evaluated_after_the_cell() {
    let request = ExecuteRequest {
        user_expressions: Some([("n".to_owned(), "print x\nvalue 3".to_owned())].into()),
        ..ExecuteRequest::new(String::new())
    };
    check(
        [request.into()],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        iopub execute_input {"code":"","execution_count":1}
        shell execute_reply {"status":"ok","execution_count":1,"payload":[],"user_expressions":{"n":{"status":"ok","data":{"text/plain":"3"},"metadata":{}}}}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}

#[test]
fn completion_offsets_count_code_points() {
    let request = CompleteRequest {
        code: "🦀é pri".to_owned(),
        cursor_pos: 6,
    };
    check(
        [request.into()],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        shell complete_reply {"matches":["print","prints"],"cursor_start":3,"cursor_end":6,"metadata":{"_jupyter_types_experimental":[{"end":6,"start":3,"text":"print","type":"function"},{"end":6,"start":3,"text":"prints","type":"function"}]},"status":"ok"}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}

#[test]
fn inspection_says_whether_it_found_something() {
    let inspect = |code: &str| InspectRequest {
        code: code.to_owned(),
        cursor_pos: 1,
        detail_level: None,
    };
    check(
        [inspect("print").into(), inspect("other").into()],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            shell inspect_reply {"found":true,"data":{"text/plain":"print TEXT"},"metadata":{},"status":"ok"}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            shell inspect_reply {"found":false,"data":{},"metadata":{},"status":"ok"}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn is_complete_gives_the_indent_of_the_next_line() {
    let ask = |code: &str| IsCompleteRequest {
        code: code.to_owned(),
    };
    check(
        [ask("fn f() {").into(), ask("}").into()],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        shell is_complete_reply {"status":"incomplete","indent":"    "}
        iopub status {"execution_state":"idle"}
        iopub status {"execution_state":"busy"}
        shell is_complete_reply {"status":"invalid","indent":""}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}

#[test]
fn comms_are_listed_as_none_and_closed_when_opened() {
    check(
        [
            CommInfoRequest { target_name: None }.into(),
            CommOpen {
                target_name: "widget".to_owned(),
                ..CommOpen::default()
            }
            .into(),
        ],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            shell comm_info_reply {"status":"ok","comms":{}}
            iopub status {"execution_state":"idle"}
            iopub status {"execution_state":"busy"}
            iopub comm_close {"comm_id":"","data":{}}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn shutdown_is_answered_and_told_to_everyone() {
    check(
        [ShutdownRequest { restart: true }.into()],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub shutdown_reply {"restart":true,"status":"ok"}
            shell shutdown_reply {"restart":true,"status":"ok"}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn a_message_that_is_no_request_is_ignored() {
    check([IsCompleteReply::complete().into()], expect![""]);
}

#[test]
fn a_named_output_is_updated_and_outputs_are_cleared() {
    check(
        [cell("name bar half\nupdate bar full\nclear")],
        expect![[r#"
            iopub status {"execution_state":"busy"}
            iopub execute_input {"code":"name bar half\nupdate bar full\nclear","execution_count":1}
            iopub display_data {"data":{"text/plain":"half"},"metadata":{},"transient":{"display_id":"bar"}}
            iopub update_display_data {"data":{"text/plain":"full"},"metadata":{},"transient":{"display_id":"bar"}}
            iopub clear_output {"wait":false}
            shell execute_reply {"status":"ok","execution_count":1,"payload":[],"user_expressions":{}}
            iopub status {"execution_state":"idle"}
        "#]],
    );
}

#[test]
fn output_between_cells_belongs_to_the_last_one() {
    let mut kernel = kernel();
    let mut transcript = Vec::new();
    kernel.between_cells(&mut |_| panic!("there is no cell yet"));
    let message = cell("later on");
    let request = Request {
        arrival: 1,
        message: message.clone(),
    };
    kernel.handle(&request, &|| 1, &mut |_| {});
    kernel.between_cells(&mut |outgoing| transcript.push(outgoing));
    expect![[r#"
        iopub stream {"name":"stdout","text":"on\n"}
    "#]]
    .assert_eq(&transcript.iter().map(line).collect::<String>());
    let parent = transcript[0].message.parent_header.as_ref().unwrap();
    assert_eq!(parent.msg_id, message.header.msg_id);
}

#[test]
fn a_page_goes_along_with_the_reply() {
    check(
        [cell("page help")],
        expect![[r#"
        iopub status {"execution_state":"busy"}
        iopub execute_input {"code":"page help","execution_count":1}
        shell execute_reply {"status":"ok","execution_count":1,"payload":[{"source":"page","data":{"text/plain":"help"},"start":0}],"user_expressions":{}}
        iopub status {"execution_state":"idle"}
    "#]],
    );
}
