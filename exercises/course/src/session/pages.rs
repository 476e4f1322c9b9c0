//! The few pages that the course makes itself: what a reader sees who follows a
//! link to a notebook while JupyterLab is not there.
//!
//! They use no script and no file of the book, whose theme may not be built yet.

use super::progress::Status;

/// How often a waiting page asks again, in seconds.
pub(crate) const REFRESH_SECONDS: u64 = 2;

/// JupyterLab is being set up; the page comes back until it is there.
pub(crate) fn waiting(steps: &[Status]) -> String {
    let steps: String = steps.iter().map(step).collect();
    page(
        "The notebook opens by itself",
        &format!(r#"<meta http-equiv="refresh" content="{REFRESH_SECONDS}">"#),
        &format!(
            "<p>JupyterLab is still being set up. The first time takes some minutes: the kernel, \
             which understands Rust, is compiled on this machine. You can read on in the book \
             meanwhile.</p><ul>{steps}</ul>"
        ),
    )
}

/// JupyterLab is not coming.
pub(crate) fn unavailable(reason: &str) -> String {
    page(
        "There are no notebooks in this session",
        "",
        &format!(
            "<p>The book and the exercises work without. What happened, and what to do:</p>\
             <pre>{}</pre><p>Then stop <code>cargo course</code> with Ctrl-C and start it again.</p>",
            escape(reason)
        ),
    )
}

/// There is no such notebook.
pub(crate) fn unknown(name: &str, existing: &[String]) -> String {
    let items: String = existing
        .iter()
        .map(|name| format!(r#"<li><a href="notebooks.html?open={name}">{name}</a></li>"#))
        .collect();
    page(
        "No such notebook",
        "",
        &format!(
            "<p>There is no notebook <code>{}</code>. There are:</p><ul>{items}</ul>",
            escape(name)
        ),
    )
}

fn step(status: &Status) -> String {
    let progress = match status.parts {
        Some((done, total)) if !status.done => {
            format!(r#" <progress value="{done}" max="{total}"></progress> {done} of {total}"#)
        }
        _ => String::new(),
    };
    let mark = if status.done { "✓" } else { "…" };
    format!(
        "<li>{mark} {}{progress} <small>{}</small></li>",
        escape(&status.title),
        escape(&status.detail)
    )
}

fn page(title: &str, head: &str, body: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">{head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  :root {{ color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }}
  body {{ max-width: 42rem; margin: 3rem auto; padding: 0 1rem }}
  ul {{ padding-left: 1rem; list-style: none }}
  pre {{ overflow-x: auto; white-space: pre-wrap }}
</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"#
    )
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_reader_sees_the_step_and_comes_back() {
        let kernel = Status {
            title: "Kernel".into(),
            detail: "syn".into(),
            parts: Some((12, 380)),
            done: false,
        };
        let html = waiting(&[kernel]);
        assert!(html.contains(r#"http-equiv="refresh""#), "{html}");
        assert!(
            html.contains("Kernel") && html.contains("12 of 380"),
            "{html}"
        );
    }

    #[test]
    fn what_a_request_names_is_shown_as_text_only() {
        let html = unknown("<script>", &["01-latency".into()]);
        assert!(
            html.contains("&lt;script&gt;") && !html.contains("<script>"),
            "{html}"
        );
        assert!(html.contains("notebooks.html?open=01-latency"), "{html}");
    }
}
