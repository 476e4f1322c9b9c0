//! What was heard, in the few words that points ask for.

use jupyter_zmq_client::{JupyterMessageContent as Content, Media, ReplyStatus, Stdio};
use kernel_client::Ran;

/// Everything printed to standard output.
pub(crate) fn stdout(ran: &Ran) -> String {
    printed(ran, |name| matches!(name, Stdio::Stdout))
}

/// Everything printed, and every line of every error.
pub(crate) fn words(ran: &Ran) -> String {
    let mut words = printed(ran, |_| true);
    for news in &ran.news {
        if let Content::ErrorOutput(error) = news {
            words += &format!("\n{}\n{}", error.evalue, error.traceback.join("\n"));
        }
    }
    plain(&words)
}

fn printed(ran: &Ran, wanted: impl Fn(&Stdio) -> bool) -> String {
    let texts = ran.news.iter().filter_map(|news| match news {
        Content::StreamContent(stream) if wanted(&stream.name) => Some(stream.text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Text without its colours.
fn plain(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain += piece.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain
}

/// The value of the cell's last expression, as text. Not what else is displayed, such as how
/// far the kernel is, unless it is all that there is.
pub(crate) fn value(ran: &Ran) -> Option<String> {
    let shown = |data: &Media| form(data, "text/plain");
    let result = ran.news.iter().find_map(|news| match news {
        Content::ExecuteResult(result) => shown(&result.data),
        _ => None,
    });
    result.or_else(|| {
        ran.news.iter().find_map(|news| match news {
            Content::DisplayData(display) => shown(&display.data),
            _ => None,
        })
    })
}

/// One form of a rich output, if it has that one.
pub(crate) fn form(data: &Media, mime: &str) -> Option<String> {
    let value = serde_json::to_value(data).ok()?;
    Some(value.get(mime)?.as_str()?.to_owned())
}

/// The outputs in HTML, in the order in which they came.
pub(crate) fn displays(ran: &Ran) -> Vec<String> {
    let data = ran.news.iter().filter_map(|news| match news {
        Content::DisplayData(display) => Some(&display.data),
        Content::ExecuteResult(result) => Some(&result.data),
        _ => None,
    });
    data.filter_map(|data| form(data, "text/html")).collect()
}

/// How a cell ended: `ok`, `error`, `aborted`; or that it did not.
pub(crate) fn status(ran: &Ran) -> String {
    match &ran.end {
        Ok(reply) => match reply.status {
            ReplyStatus::Ok => "ok".to_owned(),
            ReplyStatus::Error => "error".to_owned(),
            ReplyStatus::Aborted => "aborted".to_owned(),
        },
        Err(error) => failure(error),
    }
}

/// The fact that is left when a kernel does not do what is asked.
pub(crate) fn failure(error: &kernel_client::Error) -> String {
    use kernel_client::Error;
    match error {
        Error::Silent { .. } => "no answer".to_owned(),
        Error::Ended { .. } => "the kernel ends".to_owned(),
        Error::Message(_) => "the kernel's answer breaks the protocol".to_owned(),
        Error::Unexpected(kind) => format!("answers with `{kind}`"),
        other => other.to_string(),
    }
}
