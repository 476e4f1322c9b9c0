//! A page of HTML that needs nothing else: no script, no picture, no style sheet.
//!
//! For reports that leave the machine: by mail, in a learning management system, on
//! paper. The frame only; what goes inside is made by `html.rs` and by whoever
//! grades a class. A notebook needs no page, it shows the fragment.
//!
//! Scripts are ruled out twice, since a report quotes what solutions print: all text
//! goes through [`escaped`], and the page's own policy lets a browser run none.

/// The looks, light and dark. Colours of text keep a contrast of 4.5:1 to the page
/// and the marks at the edges 3:1, as WCAG 2.2 asks.
///
/// The variables `--jp-…` are JupyterLab's, which a report's fragment takes its colours
/// from; `--figure-…` are the book's, for the figures.
const STYLE: &str = "\
:root { color-scheme: light dark; --bg: #ffffff; --ink: #1a1a1a; --soft: #595959; --line: #c4c4c4; \
--link: #00589e; --jp-success-color1: #2e7d32; --jp-error-color1: #c62828; --jp-border-color2: #c4c4c4; \
--figure-blue: #0072b2; --figure-vermillion: #c65000; --figure-muted: #666666; --figure-faint: #d5d5d5 }
@media (prefers-color-scheme: dark) { :root { --bg: #16181d; --ink: #e6e6e6; --soft: #a8adb8; --line: #454a55; \
--link: #7cc0ff; --jp-success-color1: #66bb6a; --jp-error-color1: #ef7a75; --jp-border-color2: #454a55; \
--figure-blue: #56b4e9; --figure-vermillion: #f08c3c; --figure-muted: #a3a8b4; --figure-faint: #434754 } }
body { margin: 0; background: var(--bg); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.25rem; margin-top: 2.5rem }
a { color: var(--link) } code, pre { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
pre { white-space: pre-wrap; border: 1px solid var(--line); padding: 0.6rem }
summary { cursor: pointer } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.scroll { overflow-x: auto } .soft { color: var(--soft) }
.table { border-collapse: collapse } caption { text-align: start; color: var(--soft); padding: 0.3rem 0 }
.table th, .table td { text-align: start; vertical-align: top; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid var(--line) }
.table .number { text-align: end; font-variant-numeric: tabular-nums }
figure { margin: 1rem 0 } svg { max-width: 100%; height: auto }
@page { margin: 18mm }
@media print { :root { color-scheme: light; --bg: #fff; --ink: #000; --soft: #444; --link: #000; --line: #888; \
--jp-success-color1: #2e7d32; --jp-error-color1: #c62828; --jp-border-color2: #888; \
--figure-blue: #0072b2; --figure-vermillion: #c65000; --figure-muted: #666666; --figure-faint: #d5d5d5 }
main { max-width: none; padding: 0 } tr, .rule > summary { break-inside: avoid } h2 { break-after: avoid }
.scroll { overflow: visible } details:not(.hint)::details-content { content-visibility: visible; block-size: auto } }
";

/// A whole page around a body; the title becomes its main heading.
///
/// # Examples
///
/// ```
/// use exercises::grade::page;
///
/// let html = page::document("Ann & Bo", "<p>Two rules hold.</p>");
/// assert!(html.starts_with("<!doctype html>"));
/// assert!(html.contains("<h1>Ann &amp; Bo</h1>"));
/// ```
pub fn document(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Text with what means something to HTML escaped, and without control characters,
/// which HTML does not allow.
///
/// ```
/// use exercises::grade::page::escaped;
///
/// assert_eq!(escaped("a < b\u{1b}"), "a &lt; b\u{fffd}");
/// ```
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(c),
            c if c.is_control() => html.push('\u{fffd}'),
            other => html.push(other),
        }
    }
    html
}

/// A sentence of ours, with what stands between backticks as code.
///
/// ```
/// use exercises::grade::page::prose;
///
/// assert_eq!(prose("Try `a < b`."), "Try <code>a &lt; b</code>.");
/// ```
pub fn prose(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => escaped(piece),
            _ => format!("<code>{}</code>", escaped(piece)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asks_for_nothing_from_elsewhere() {
        let html = document("<i>Any</i>", "<p>Any.</p>\n");
        for other in ["<script", "src=", "@import", "url(", "<link", "<i>"] {
            assert!(!html.contains(other), "{other} in {html}");
        }
    }

    #[test]
    fn code_in_a_hint_is_shown_as_code() {
        assert_eq!(
            prose("Try `points.first()`, or `Vec<u64>`."),
            "Try <code>points.first()</code>, or <code>Vec&lt;u64&gt;</code>."
        );
    }
}
