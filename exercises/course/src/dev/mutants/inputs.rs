//! What the result for an exercise depends on.
//!
//! A hash of it stands in the committed table, so that a test can tell without
//! trying a single mutant whether the table is still about today's sources.

use std::fs;
use std::process::Command;

use anyhow::{Context, bail};
use exercises::catalog::Exercise;

use super::reasons::REASONS;
use super::topic::Topic;
use crate::grading::sha256;
use crate::practice::workspace::Workspace;

/// The first half of a SHA-256: enough to notice a change.
const HASH_DIGITS: usize = 16;

/// What all checks draw from, beside the topic.
const RANDOM: &str = "exercises/src/random.rs";

/// What all checks are written with.
const KIT: &str = "exercises/src/grade/kit";

/// The files by which an exercise's solutions are judged, and its reference, from the
/// repository's root: other exercises' checks and all tests left out.
///
/// # Errors
///
/// When a folder cannot be read.
pub(super) fn files(
    workspace: &Workspace,
    topic: &Topic,
    exercise: &Exercise,
    all: &[Exercise],
) -> anyhow::Result<Vec<String>> {
    let mut files = topic.stands_on(exercise)?;
    files.extend(topic.alongside(exercise)?);
    let is_anothers = |name: &str| {
        let stem = name.trim_end_matches(".rs");
        stem == "tests" || all.iter().any(|it| it.id == stem && it.id != exercise.id)
    };
    for folder in ["checks", "contract"] {
        sources(workspace, topic.in_folder(folder), &is_anothers, &mut files)?;
    }
    sources(workspace, KIT.to_owned(), &|_| false, &mut files)?;
    // The code that submissions are compiled against: what `mod.rs` has for them.
    files.extend(topic.given()?);
    files.push(RANDOM.to_owned());
    files.sort();
    files.dedup();
    Ok(files)
}

/// Adds the sources in a folder and in those below it.
fn sources(
    workspace: &Workspace,
    folder: String,
    is_anothers: &impl Fn(&str) -> bool,
    files: &mut Vec<String>,
) -> anyhow::Result<()> {
    let entries = fs::read_dir(workspace.root().join(&folder))
        .with_context(|| format!("{folder} cannot be read"))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{folder} cannot be read"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if is_anothers(&name) {
            continue;
        } else if entry.path().is_dir() {
            sources(workspace, path, is_anothers, files)?;
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// A hash of their code: comments and unit tests are left out, so that a better
/// sentence asks nobody to try all mutants again.
///
/// # Errors
///
/// When a file cannot be read.
pub(super) fn hash(topic: &Topic, files: &[String]) -> anyhow::Result<String> {
    let mut content = String::new();
    for file in files {
        content += &format!("{file}\n{}", code(&topic.text(file)?));
    }
    let mut hash = sha256(content.as_bytes());
    hash.truncate(HASH_DIGITS);
    Ok(hash)
}

fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests").next();
    let lines = text.unwrap_or_default().lines().map(str::trim);
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
    lines
        .filter(is_code)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// Which exercises have a file that differs from that of a commit.
///
/// # Errors
///
/// When git does not know the commit.
pub(super) fn changed_since(
    workspace: &Workspace,
    revision: &str,
    exercises: Vec<Exercise>,
    all: &[Exercise],
) -> anyhow::Result<Vec<Exercise>> {
    let compared = git(
        workspace,
        &["diff", "--name-only", "--relative", revision, "--"],
    )
    .with_context(|| format!("git cannot compare with `{revision}`"))?;
    let unknown = git(workspace, &["ls-files", "--others", "--exclude-standard"])?;
    let changed: Vec<&str> = compared.lines().chain(unknown.lines()).collect();
    let mut found = Vec::new();
    for exercise in exercises {
        let topic = Topic::of(workspace, &exercise)?;
        let mut inputs = files(workspace, &topic, &exercise, all)?;
        inputs.push(topic.in_folder(REASONS));
        if inputs.iter().any(|file| changed.contains(&file.as_str())) {
            found.push(exercise);
        }
    }
    Ok(found)
}

fn git(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(workspace.root())
        .output()
        .context("git does not start; is it in the PATH?")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.lines().next().unwrap_or_default());
    }
    String::from_utf8(output.stdout).context("a path is not UTF-8")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use exercises::catalog;
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(id: &str, among: &str, expected: &Expect) {
        let workspace = Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let exercise = catalog::find(id).expect("there is such an exercise");
        let topic = Topic::of(&workspace, &exercise).expect("the sources are here");
        let files = files(&workspace, &topic, &exercise, &catalog::all());
        let mut files = files.expect("they can be read");
        files.retain(|file| file.contains(among));
        expected.assert_eq(&files.join("\n"));
    }

    #[test]
    fn parts_of_a_check_in_a_folder_of_its_own_count_and_those_of_others_do_not() {
        check(
            "sse_server",
            "sse_server",
            &expect![[r#"
                exercises/src/realtime/checks/sse_server.rs
                exercises/src/realtime/checks/sse_server/plays.rs
                exercises/src/realtime/contract/sse_server.rs
                exercises/src/realtime/sse_server.rs"#]],
        );
        check("event_log", "sse_server", &expect![""]);
    }

    #[test]
    fn models_that_checks_share_count_for_each_of_them() {
        check(
            "eviction_mru",
            "checks/model/m",
            &expect![[r#"
                exercises/src/eviction/checks/model/mod.rs
                exercises/src/eviction/checks/model/mru.rs"#]],
        );
    }

    #[test]
    fn comments_and_tests_do_not_count_as_code() {
        let text = "//! What.\n\nfn one() -> u8 {\n    // Why.\n    1\n}\n\n\
                    #[cfg(test)]\nmod tests {\n    use super::*;\n}\n";
        assert_eq!(code(text), "fn one() -> u8 {\n1\n}\n");
        assert_eq!(
            code("#[cfg(test)]\nfn two() {}"),
            "#[cfg(test)]\nfn two() {}\n"
        );
    }
}
