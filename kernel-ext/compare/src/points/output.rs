//! Text and rich output: when it arrives, in which order, and whether all of it does.

use crate::heard::{displays, form, status, stdout, value};
use crate::{Point, Probe, Surroundings};
use jupyter_zmq_client::{ExecuteRequest, JupyterMessageContent as Content};
use kernel_client::{Error, Kernel, Ran};
use std::os::unix::net::UnixStream;
use std::time::Instant;

const LIVE: &str = "while the cell runs";
const LINES: usize = 100_000;

pub(super) fn points() -> Vec<Point> {
    let point = |title, wanted, probe| Point {
        title,
        wanted,
        probe,
        repeats: true,
    };
    let mut points = text();
    points.extend([
        point(
            "a thread prints after its cell has ended",
            "shown at once",
            Probe::Dialogue(late),
        ),
        point(
            "a figure is shown before the end of its cell",
            LIVE,
            Probe::Live(
                "println!(\"EVCXR_BEGIN_CONTENT text/html\\n<p>early</p>\\nEVCXR_END_CONTENT\");",
                |news| matches!(news, Content::DisplayData(display) if form(&display.data, "text/html").is_some()),
            ),
        ),
        point(
            "two figures in one cell",
            "both, in order",
            Probe::Cell(
                "for n in 1..3 {\n\
                 println!(\"EVCXR_BEGIN_CONTENT text/html\\n<p>{n}</p>\\nEVCXR_END_CONTENT\"); }",
                |ran| match displays(ran).concat().as_str() {
                    "<p>1</p><p>2</p>" => "both, in order".to_owned(),
                    "<p>2</p>" => "only the last".to_owned(),
                    other => format!("`{other}`"),
                },
            ),
        ),
        point(
            "an output is replaced by its id",
            "replaced",
            Probe::Cell(
                "for order in [\"display\", \"update\"] {\n\
                 println!(\"EVCXR_BEGIN_CONTENT application/vnd.kernel-ext.output+json\\n\
                 {{\\\"{order}\\\": {{\\\"id\\\": \\\"a\\\", \\\"data\\\": {{\\\"text/plain\\\": \\\"{order}\\\"}}}}}}\\n\
                 EVCXR_END_CONTENT\"); }",
                |ran| {
                    let updated = |news: &Content| matches!(news, Content::UpdateDisplayData(_));
                    let updated = ran.news.iter().any(updated);
                    (if updated { "replaced" } else { "not replaced" }).to_owned()
                },
            ),
        ),
    ]);
    points
}

fn text() -> Vec<Point> {
    let point = |title, wanted, probe| Point {
        title,
        wanted,
        probe,
        repeats: true,
    };
    vec![
        point(
            "`print!` without a newline",
            LIVE,
            Probe::Live("print!(\"half\");", |news| prints_part(news, "half")),
        ),
        point(
            "a line of progress that ends in `\\r`",
            LIVE,
            Probe::Live("print!(\"50 %\\r\");", |news| prints_part(news, "50 %")),
        ),
        point(
            "text without a newline at the end of the cell",
            "shown under it",
            Probe::Cell("print!(\"end\")", |ran| {
                let shown = stdout(ran).contains("end");
                (if shown {
                    "shown under it"
                } else {
                    "not shown under it"
                })
                .to_owned()
            }),
        ),
        point(
            "text, then the value of the cell",
            "in this order",
            Probe::Cell("println!(\"text\"); 1", |ran| {
                let kinds = ran.news.iter().map(Content::message_type);
                let kinds: Vec<_> = kinds.filter(|kind| *kind != "status").collect();
                match kinds.as_slice() {
                    ["execute_input", "stream", "execute_result"] => "in this order".to_owned(),
                    other => other.join(", "),
                }
            }),
        ),
        point(
            "100,000 lines: those that arrive before the cell's end",
            "all, in order",
            Probe::Cell("for n in 0..100_000 { println!(\"{n}\"); }", |ran| {
                let text = stdout(ran);
                match text.lines().map(str::parse).eq((0..LINES).map(Ok)) {
                    true => "all, in order".to_owned(),
                    false => format!("{} lines", text.lines().count()),
                }
            }),
        ),
        Point {
            repeats: false,
            ..point(
                "100,000 lines: messages that the browser has to draw",
                "few",
                Probe::Cell("for n in 0..100_000 { println!(\"{n}\"); }", |ran| {
                    let is_text = |news: &&Content| matches!(news, Content::StreamContent(_));
                    ran.news.iter().filter(is_text).count().to_string()
                }),
            )
        },
        point(
            "bytes that are not UTF-8",
            "`a�b`; ok; goes on",
            Probe::Dialogue(bytes),
        ),
        point(
            "a cell prints a control word of evcxr",
            "as text; ok; goes on",
            Probe::Dialogue(control_word),
        ),
    ]
}

fn prints_part(news: &Content, part: &str) -> bool {
    matches!(news, Content::StreamContent(stream) if stream.text.contains(part))
}

/// Whether the variables are there for the next cell.
fn goes_on(kernel: &mut Kernel) -> Result<&'static str, Error> {
    let ran = kernel.run("seven")?;
    let is_there = value(&ran).as_deref() == Some("7");
    ran.end?;
    Ok(if is_there {
        "goes on"
    } else {
        "variables lost"
    })
}

fn define_and_run(kernel: &mut Kernel, code: &str) -> Result<Ran, Error> {
    kernel.run("let seven = 7;")?.end?;
    kernel.run(code)
}

fn bytes(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let code = "use std::io::Write as _;\nstd::io::stdout().write_all(b\"a\\xffb\\n\").unwrap();";
    let ran = define_and_run(kernel, code)?;
    let text = match stdout(&ran).trim() {
        "" => "not shown".to_owned(),
        text => format!("`{text}`"),
    };
    let status = status(&ran);
    ran.end?;
    Ok(format!("{text}; {status}; {}", goes_on(kernel)?))
}

/// The word by which evcxr's child process says that a cell has ended.
fn control_word(kernel: &mut Kernel, _: &Surroundings) -> Result<String, Error> {
    let code = "println!(\"EVCXR_EXECUTION_COMPLETE\"); println!(\"after\");";
    let ran = define_and_run(kernel, code)?;
    let text = match stdout(&ran).as_str() {
        "EVCXR_EXECUTION_COMPLETE\nafter\n" => "as text",
        "after\n" => "swallowed",
        "" => "the text after it is not shown under the cell",
        _ => "changed",
    };
    let status = status(&ran);
    ran.end?;
    Ok(format!("{text}; {status}; {}", goes_on(kernel)?))
}

fn late(kernel: &mut Kernel, surroundings: &Surroundings) -> Result<String, Error> {
    let path = kernel.directory.path().join("go");
    let code = format!(
        "let listener = std::os::unix::net::UnixListener::bind({path:?}).unwrap();\n\
         std::thread::spawn(move || {{ let _ = listener.accept(); println!(\"late\"); }});"
    );
    let id = kernel.send(ExecuteRequest::new(code))?;
    kernel.collect(&id).end?;
    let _go = UnixStream::connect(&path)?;
    let deadline = Instant::now() + surroundings.patience;
    let mut heard = false;
    while !heard && Instant::now() < deadline {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = kernel.news_within(left)?;
        heard = message.is_some_and(|message| prints_part(&message.content, "late"));
    }
    Ok((if heard { "shown at once" } else { "not shown" }).to_owned())
}
