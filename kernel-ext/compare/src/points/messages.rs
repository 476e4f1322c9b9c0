//! Requests of a front end, and whether they are answered as Jupyter's protocol says.

use crate::contestant::rustc_version;
use crate::heard::{status, stdout, value};
use crate::probe::await_text;
use crate::{Point, Probe, Surroundings};
use jupyter_zmq_client::{
    CommInfoRequest, CompleteRequest, ExecuteRequest, HistoryRequest, InspectRequest,
    IsCompleteRequest, JupyterMessageContent as Content, KernelInfoRequest,
};
use kernel_client::{Error, Kernel};
use std::collections::HashMap;

/// Asks a kernel something and makes a fact of the answer.
type Ask = fn(&mut Kernel, &Surroundings) -> Result<String, Error>;

pub(super) fn points() -> Vec<Point> {
    let point = |title, wanted, ask: Ask| Point {
        title,
        wanted,
        probe: Probe::Dialogue(ask),
        repeats: true,
    };
    vec![
        point("`kernel_info`: version of Rust", "the compiler's", version),
        point("the first cell's number", "1", first_number),
        point("a silent cell", "nothing is published", silent),
        point("`user_expressions`", "evaluated", user_expressions),
        point(
            "cells that are queued behind a failing one",
            "error, aborted, aborted",
            stop_on_error,
        ),
        point(
            "completion behind `é` and an emoji of three code points",
            "found, at the right place",
            completion,
        ),
        point("documentation of a method", "found", inspection),
        point(
            "is it complete? open, whole and wrong code",
            "Incomplete, Complete, Invalid",
            is_complete,
        ),
        point("history after a restart", "the input is there", history),
        point("the list of comms", "answered", comms),
        point(
            "a cell reads a line of standard input",
            "the front end is asked",
            input,
        ),
    ]
}

fn unexpected<T>(content: &Content) -> Result<T, Error> {
    Err(Error::Unexpected(content.message_type().to_owned()))
}

fn version(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    kernel.send(KernelInfoRequest {})?;
    match kernel.reply()? {
        Content::KernelInfoReply(info) => Ok(match info.language_info.version.as_str() {
            "" => "none".to_owned(),
            version if version == rustc_version() => "the compiler's".to_owned(),
            version => version.to_owned(),
        }),
        other => unexpected(&other),
    }
}

/// In a new kernel, whatever else this one has run.
fn first_number(_: &mut Kernel, surroundings: &Surroundings) -> Result<String, Error> {
    let mut kernel = surroundings.contestant.start(&surroundings.history)?;
    let number = kernel.run("1")?.end?.execution_count.0;
    let _ = kernel.shutdown(surroundings.patience);
    Ok(number.to_string())
}

fn silent(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let id = kernel.send(ExecuteRequest {
        silent: true,
        store_history: false,
        ..ExecuteRequest::new("println!(\"text\"); 1".to_owned())
    })?;
    let ran = kernel.collect(&id);
    let kinds = ran.news.iter().map(Content::message_type);
    let kinds: Vec<_> = kinds.filter(|kind| *kind != "status").collect();
    ran.end?;
    Ok(match kinds.as_slice() {
        [] => "nothing is published".to_owned(),
        kinds => kinds.join(", "),
    })
}

fn user_expressions(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let id = kernel.send(ExecuteRequest {
        user_expressions: Some(HashMap::from([("sum".to_owned(), "1 + 1".to_owned())])),
        ..ExecuteRequest::new("1".to_owned())
    })?;
    let reply = kernel.collect(&id).end?;
    let found = reply.user_expressions.unwrap_or_default();
    let is_right = serde_json::json!(found)["sum"]["data"]["text/plain"] == "2";
    Ok((if is_right { "evaluated" } else { "ignored" }).to_owned())
}

/// By an error of the compiler, which both kernels report as one.
fn stop_on_error(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let cells = ["let n: u8 = \"text\";", "1", "2"];
    let mut ids = Vec::new();
    for code in cells {
        ids.push(kernel.send(ExecuteRequest::new(code.to_owned()))?);
    }
    let ended: Vec<String> = ids.iter().map(|id| status(&kernel.collect(id))).collect();
    Ok(ended.join(", "))
}

fn completion(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    kernel.run("let greeting = String::new();")?.end?;
    let code = "let é = \"👩\u{200d}🚀\"; greeting.push_s";
    let n_characters = code.chars().count();
    kernel.send(CompleteRequest {
        code: code.to_owned(),
        cursor_pos: n_characters,
    })?;
    let Content::CompleteReply(reply) = kernel.reply()? else {
        return Ok("not answered".to_owned());
    };
    let is_found = |found: &String| found.starts_with("push_str");
    let place = (n_characters - "push_s".len(), n_characters);
    Ok(match reply.matches.iter().any(is_found) {
        false => "not found".to_owned(),
        true if (reply.cursor_start, reply.cursor_end) == place => {
            "found, at the right place".to_owned()
        }
        true => "found, at a wrong place".to_owned(),
    })
}

fn inspection(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    // Behind a cell, so that whatever analyses it has been started.
    kernel.run("let text = String::new();")?.end?;
    kernel.send(InspectRequest {
        code: "String::with_capacity".to_owned(),
        cursor_pos: 12,
        detail_level: Some(0),
    })?;
    let Content::InspectReply(reply) = kernel.reply()? else {
        return Ok("not answered".to_owned());
    };
    let text = serde_json::json!(reply.data).to_string();
    let found = reply.found && text.contains("at least the specified capacity");
    Ok((if found { "found" } else { "not found" }).to_owned())
}

fn is_complete(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let mut answers = Vec::new();
    for code in ["fn f() {", "fn f() {}", "}"] {
        let code = code.to_owned();
        kernel.send(IsCompleteRequest { code })?;
        match kernel.reply()? {
            Content::IsCompleteReply(reply) => answers.push(format!("{:?}", reply.status)),
            other => return unexpected(&other),
        }
    }
    Ok(answers.join(", "))
}

/// The restart is a new kernel with the same place for its history.
fn history(kernel: &mut Kernel, surroundings: &Surroundings) -> Result<String, Error> {
    let code = "let remembered = 1;";
    kernel.run(code)?.end?;
    let mut next = surroundings.contestant.start(&surroundings.history)?;
    next.set_limit(surroundings.patience);
    next.send(HistoryRequest::Tail {
        n: 1_000,
        output: false,
        raw: true,
    })?;
    let reply = next.reply()?;
    let _ = next.shutdown(surroundings.patience);
    match reply {
        Content::HistoryReply(reply) => {
            let is_there = serde_json::json!(reply.history).to_string().contains(code);
            Ok((if is_there {
                "the input is there"
            } else {
                "empty"
            })
            .to_owned())
        }
        other => unexpected(&other),
    }
}

fn comms(kernel: &mut Kernel, surroundings: &Surroundings) -> Result<String, Error> {
    kernel.set_limit(surroundings.patience);
    kernel.send(CommInfoRequest { target_name: None })?;
    let reply = kernel.reply()?;
    kernel.set_limit(surroundings.contestant.limit);
    match reply {
        Content::CommInfoReply(_) => Ok("answered".to_owned()),
        other => unexpected(&other),
    }
}

fn input(kernel: &mut Kernel, surroundings: &Surroundings) -> Result<String, Error> {
    let code = "println!(\"running\");\n\
                let mut line = String::new(); std::io::stdin().read_line(&mut line)?; line";
    let id = kernel.send(ExecuteRequest {
        allow_stdin: true,
        ..ExecuteRequest::new(code.to_owned())
    })?;
    // Compiling may take longer than the question may.
    await_text(kernel, &id, "running")?;
    kernel.set_limit(surroundings.patience);
    let asked = kernel.answer("seven");
    if let Err(Error::Silent { .. }) = asked {
        let ran = kernel.collect(&id);
        return Ok(match ran.end {
            Err(_) => "nobody is asked, and the cell never ends".to_owned(),
            Ok(_) => format!("nobody is asked; the cell reads `{}`", stdout(&ran)),
        });
    }
    asked?;
    let ran = kernel.collect(&id);
    kernel.set_limit(surroundings.contestant.limit);
    let is_read = value(&ran).as_deref() == Some("\"seven\\n\"");
    ran.end?;
    Ok((if is_read {
        "the front end is asked"
    } else {
        "the answer gets lost"
    })
    .to_owned())
}
