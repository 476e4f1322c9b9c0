//! Running another program as a step: its output is read while it runs, and
//! kept for the message in case it fails.

use std::io::{BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use super::Setup;

/// How much of a failed program's output is repeated. Enough for a compiler's
/// message; the rest is progress.
const TAIL_LINES: usize = 60;

/// What the network's absence looks like in the words of cargo, rustup, pip and uv.
const NETWORK_SIGNS: [&str; 12] = [
    // pip, of a pinned package: the index did not answer at all.
    "(from versions: none)",
    "could not resolve",
    "couldn't resolve",
    "failed to download",
    "could not download",
    "network failure",
    "name resolution",
    "dns error",
    "connection refused",
    "connection error",
    "failed to establish a new connection",
    "failed to fetch",
];

/// Runs a command to its end. `on_out` and `on_err` see each line of its output
/// while it runs; a carriage return ends a line too, since that is how programs
/// redraw progress. Lines for which `on_err` answers `false` are mere progress
/// and not kept for the message.
///
/// # Errors
///
/// If the program cannot be started, or fails: then with the end of what it
/// printed, and, if that looks like it, with the word that the network is missing.
pub(super) fn run(
    setup: &Setup<'_>,
    step: &str,
    command: &mut Command,
    on_out: impl FnMut(&str) + Send,
    mut on_err: impl FnMut(&str) -> bool,
) -> Result<()> {
    let program = command.get_program().display().to_string();
    let mut child = setup
        .lifeline
        .guarded(command)?
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {program} for {step}"))?;
    let out = child.stdout.take().context("standard output is piped")?;
    let err = child.stderr.take().context("standard error is piped")?;
    let mut kept = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| each_line(out, on_out));
        each_line(err, |line| {
            if on_err(line) {
                kept.push(line.to_owned());
            }
        });
    });
    let status = child
        .wait()
        .with_context(|| format!("could not wait for {program}"))?;
    judge(setup, step, status, &kept)
}

fn judge(setup: &Setup<'_>, step: &str, status: ExitStatus, kept: &[String]) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    let tail = kept[kept.len().saturating_sub(TAIL_LINES)..].join("\n");
    let advice = if setup.offline {
        "it may need the network, which --offline forbids: run `cargo course setup` once without it"
    } else if misses_network(&tail) {
        "it needs the network, which seems to be missing: once it is back, the same command \
         goes on from here"
    } else {
        "once that is mended, the same command goes on from here"
    };
    bail!("{step} failed ({status}); {advice}\n\n{tail}");
}

fn misses_network(output: &str) -> bool {
    let output = output.to_lowercase();
    NETWORK_SIGNS.iter().any(|sign| output.contains(sign))
}

/// Hands over line by line; a line may end in a carriage return.
///
/// # Time complexity
///
/// Linear in the size of the output.
fn each_line(stream: impl Read, mut on_line: impl FnMut(&str)) {
    let mut line = Vec::new();
    for byte in BufReader::new(stream)
        .bytes()
        .map_while(std::result::Result::ok)
    {
        if byte == b'\n' || byte == b'\r' {
            on_line(&String::from_utf8_lossy(&line));
            line.clear();
        } else {
            line.push(byte);
        }
    }
    if !line.is_empty() {
        on_line(&String::from_utf8_lossy(&line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redrawn_progress_comes_line_by_line() {
        let mut lines = Vec::new();
        each_line(&b"  1/3\r  2/3\rdone\nrest"[..], |line| {
            lines.push(line.to_owned())
        });
        assert_eq!(lines, ["  1/3", "  2/3", "done", "rest"]);
    }

    #[track_caller]
    fn check(output: &str, network_is_missing: bool) {
        assert_eq!(misses_network(output), network_is_missing, "{output}");
    }

    #[test]
    fn a_missing_network_is_told_from_other_failures() {
        check("Could not resolve host: example.org", true);
        check("error: failed to download from `example.org`", true);
        check("Temporary failure in name resolution", true);
        check("error[E0308]: mismatched types", false);
        check("No space left on device", false);
    }
}
