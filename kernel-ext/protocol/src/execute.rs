//! `execute_request`: the one request with outputs, counts and consequences.
//!
//! Part of [`Kernel`]; apart from it because the rules of `silent`,
//! `store_history`, `user_expressions` and `stop_on_error` fill a file.

use crate::evaluator::{Cell, Evaluator, Failure, Output};
use crate::kernel::{Kernel, Request};
use crate::message::{Outgoing, Socket, answer, publish};
use jupyter_protocol::ExecutionCount;
use jupyter_protocol::messaging::{
    ClearOutput, DisplayData, ErrorOutput, ExecuteInput, ExecuteReply, ExecuteRequest,
    ExecuteResult, ExpressionResult, InputRequest, JupyterMessage, JupyterMessageContent, Payload,
    ReplyError, ReplyStatus, StreamContent, Transient, UpdateDisplayData,
};
use std::collections::HashMap;

impl<E: Evaluator> Kernel<E> {
    pub(crate) fn execute(
        &mut self,
        request: &Request,
        execute: &ExecuteRequest,
        arrived: &dyn Fn() -> u64,
        out: &mut dyn FnMut(Outgoing),
    ) {
        let message = &request.message;
        if request.arrival <= self.abort_through {
            out(answer(Socket::Shell, message, self.aborted()));
            return;
        }
        // Before the cell is announced: who hears that may interrupt it at once.
        self.evaluator.expect_cell();
        let count = self.begin(message, execute, out);
        self.last_cell = Some(message.clone());
        let result = self.run(message, execute, count, out);
        let reply = match result {
            Ok(pages) => ExecuteReply {
                payload: pages,
                execution_count: ExecutionCount::new(count),
                user_expressions: Some(self.user_expressions(execute, count)),
                ..ExecuteReply::default()
            },
            Err(failure) => {
                if !execute.silent {
                    out(publish(message, error_output(&failure)));
                }
                if execute.stop_on_error {
                    self.abort_through = arrived();
                }
                failed(count, failure)
            }
        };
        out(answer(Socket::Shell, message, reply));
    }

    /// Counts the cell, where it counts, and announces it, unless it is silent.
    ///
    /// A cell outside the history still shows the number that it would have had, as
    /// in IPython, but the next cell gets the same one.
    fn begin(
        &mut self,
        message: &JupyterMessage,
        execute: &ExecuteRequest,
        out: &mut dyn FnMut(Outgoing),
    ) -> usize {
        if execute.silent {
            return self.count;
        }
        let count = self.count + 1;
        if execute.store_history {
            self.count = count;
            self.history.push(count, &execute.code);
        }
        let input = ExecuteInput {
            code: execute.code.clone(),
            execution_count: ExecutionCount::new(count),
        };
        out(publish(message, input));
        count
    }

    /// Shows, under the last cell, what has come since it ended.
    pub fn between_cells(&mut self, out: &mut dyn FnMut(Outgoing)) {
        let Some(cell) = &self.last_cell else { return };
        self.evaluator
            .between_cells(&mut |output| out(outgoing(cell, output)));
    }

    fn run(
        &mut self,
        message: &JupyterMessage,
        execute: &ExecuteRequest,
        count: usize,
        out: &mut dyn FnMut(Outgoing),
    ) -> Result<Vec<Payload>, Failure> {
        let mut pages = Vec::new();
        let cell = Cell {
            code: &execute.code,
            count,
            allows_input: execute.allow_stdin,
        };
        let value = self.evaluator.execute(cell, &mut |output| match output {
            Output::Page(bundle) => pages.push(Payload::Page {
                data: bundle.into(),
                start: 0,
            }),
            Output::InputWanted { .. } => out(outgoing(message, output)),
            _ if execute.silent => {}
            _ => out(outgoing(message, output)),
        })?;
        let Some(bundle) = value.filter(|_| !execute.silent) else {
            return Ok(pages);
        };
        if execute.store_history
            && let Some(text) = bundle.get("text/plain")
        {
            self.history.set_output(text);
        }
        let result = ExecuteResult {
            // nbclient looks into this object without asking whether it is there.
            transient: Some(Transient::default()),
            ..ExecuteResult::new(ExecutionCount::new(count), bundle.into())
        };
        out(publish(message, result));
        Ok(pages)
    }

    /// Evaluates each of the front end's expressions on its own; their outputs go nowhere.
    fn user_expressions(
        &mut self,
        execute: &ExecuteRequest,
        count: usize,
    ) -> HashMap<String, ExpressionResult> {
        let wanted = execute.user_expressions.iter().flatten();
        wanted
            .map(|(name, code)| {
                let cell = Cell {
                    code,
                    count,
                    allows_input: false,
                };
                let result = match self.evaluator.execute(cell, &mut |_| {}) {
                    Ok(value) => ExpressionResult::Ok {
                        data: value.unwrap_or_default().into(),
                        metadata: serde_json::Map::new(),
                    },
                    Err(failure) => ExpressionResult::Error {
                        ename: failure.ename,
                        evalue: failure.evalue,
                        traceback: failure.traceback,
                    },
                };
                (name.clone(), result)
            })
            .collect()
    }

    /// The reply to a cell that is not run because one before it failed.
    fn aborted(&self) -> ExecuteReply {
        ExecuteReply {
            status: ReplyStatus::Aborted,
            execution_count: ExecutionCount::new(self.count),
            user_expressions: Some(HashMap::new()),
            ..ExecuteReply::default()
        }
    }
}

/// The message that shows an output of the cell, or asks for its input.
fn outgoing(request: &JupyterMessage, output: Output) -> Outgoing {
    let content: JupyterMessageContent = match output {
        Output::Stdout(text) => StreamContent::stdout(&text).into(),
        Output::Stderr(text) => StreamContent::stderr(&text).into(),
        // Between cells there is no reply that could carry it.
        Output::Page(bundle) => DisplayData::new(bundle.into()).into(),
        Output::Display { bundle, id } => DisplayData {
            transient: id.map(|id| Transient {
                display_id: Some(id),
            }),
            ..DisplayData::new(bundle.into())
        }
        .into(),
        Output::Update { bundle, id } => UpdateDisplayData::new(bundle.into(), &id).into(),
        Output::Clear { wait } => ClearOutput { wait }.into(),
        Output::InputWanted { prompt, is_secret } => {
            let request_input = InputRequest {
                prompt,
                password: is_secret,
            };
            return answer(Socket::Stdin, request, request_input);
        }
    };
    publish(request, content)
}

fn error_output(failure: &Failure) -> ErrorOutput {
    ErrorOutput {
        ename: failure.ename.clone(),
        evalue: failure.evalue.clone(),
        traceback: failure.traceback.clone(),
    }
}

fn failed(count: usize, failure: Failure) -> ExecuteReply {
    ExecuteReply {
        status: ReplyStatus::Error,
        execution_count: ExecutionCount::new(count),
        user_expressions: Some(HashMap::new()),
        error: Some(Box::new(ReplyError {
            ename: failure.ename,
            evalue: failure.evalue,
            traceback: failure.traceback,
        })),
        ..ExecuteReply::default()
    }
}
