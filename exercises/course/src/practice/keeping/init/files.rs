//! The files around the stubs in a learner's folder.
//!
//! They are handed out like the stubs: a learner may change them, and `sync` merges.

use std::fs;

use anyhow::Context;

use super::super::super::files::replace;
use super::super::super::workspace::{MARKER, Workspace};
use super::super::handed::Handed;
use super::super::ids::Ids;

const LAUNCHER: &str = include_str!("launcher.rs");
const README: &str = include_str!("README.txt");
const LOCK_FILE: &str = "Cargo.lock";

const LAUNCHER_MANIFEST: &str = "\
# `cargo course` in this folder; see main.rs.
[package]
name = \"launch-course\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[[bin]]
name = \"launch-course\"
path = \"main.rs\"

# Apart from the solutions: they need the clone, and this says so when it has moved.
[workspace]
";

const GITIGNORE: &str =
    "/target\n/.cargo/course/target\n/.cargo/course/Cargo.lock\n/.course/lock\n/.course/cache\n";

/// The files, as this course hands them out.
///
/// # Errors
///
/// When the clone's toolchain file cannot be read, or the clone's path is no text.
pub(crate) fn handed(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Vec<Handed>> {
    let clone = clone(workspace)?;
    let toolchain = workspace.root().join("rust-toolchain.toml");
    let toolchain = fs::read_to_string(&toolchain)
        .with_context(|| format!("{} cannot be read", toolchain.display()))?;
    let files = [
        ("Cargo.toml", manifest(clone, ids)),
        ("rust-toolchain.toml", toolchain),
        (".cargo/config.toml", config(".cargo", Some(clone))),
        // Cargo takes the path in an alias from the current folder on.
        ("stubs/.cargo/config.toml", config("../.cargo", None)),
        (".cargo/course/Cargo.toml", LAUNCHER_MANIFEST.to_owned()),
        (".cargo/course/main.rs", LAUNCHER.to_owned()),
        (".gitignore", GITIGNORE.to_owned()),
        ("README.md", README.replace("CLONE", clone)),
        // The last, because it makes the folder one of the course's.
        (MARKER, marker(clone)),
    ];
    let file = |(name, text): (&str, String)| {
        let kept = |kind| {
            workspace
                .progress_folder()
                .join(kind)
                .join("files")
                .join(name)
        };
        Handed {
            name: name.to_owned(),
            place: workspace.home().join(name),
            base: kept("base"),
            marked: kept("merge"),
            key: name.to_owned(),
            id: format!(
                "file_{}",
                name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
                    .to_lowercase()
            ),
            fresh: text.into_bytes(),
        }
    };
    Ok(files.map(file).into())
}

/// The clone's path, which goes into text files.
fn clone(workspace: &Workspace) -> anyhow::Result<&str> {
    let root = workspace.root();
    root.to_str().with_context(|| {
        format!(
            "{} has a name that is not UTF-8, and so cannot stand in a manifest; move the clone \
             to another folder",
            root.display()
        )
    })
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn marker(clone: &str) -> String {
    format!(
        "# Marks a learner's folder of the course `System design in Rust`, made by\n\
         # `cargo course init`.\n\
         version = 1\n\
         # After moving it: cargo run --manifest-path NEW/Cargo.toml --package course -- init . --relink\n\
         clone = {}\n",
        quoted(clone)
    )
}

fn config(launcher: &str, clone: Option<&str>) -> String {
    let alias = format!(
        "[alias]\ncourse = \"run --quiet --manifest-path {launcher}/course/Cargo.toml --\"\n"
    );
    match clone {
        Some(clone) => format!("{alias}\n[env]\nCOURSE_CLONE = {}\n", quoted(clone)),
        None => alias,
    }
}

fn manifest(clone: &str, ids: &Ids) -> String {
    let crate_path = format!("{clone}/exercises");
    let mut text = format!(
        "# Your solutions as a package, so that `cargo test --test ID` and editors work.\n\
         # `cargo course sync` keeps it up to date.\n\
         [package]\n\
         name = \"solutions\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         autotests = false\n\n\
         # A workspace of its own, wherever this folder lies.\n\
         [workspace]\n\n\
         [dependencies]\n\
         exercises = {{ path = {}, features = [\"grader\"] }}\n\n\
         [lints.rust]\n\
         unsafe_code = \"forbid\"\n\n\
         # As in the course, so that checks take as long here as there.\n\
         [profile.dev]\n\
         opt-level = 1\n\
         debug = 0\n",
        quoted(&crate_path)
    );
    for id in ids.current() {
        text += &format!(
            "\n[[test]]\nname = \"{id}\"\npath = \"stubs/{id}.rs\"\nharness = false\ntest = false\n"
        );
    }
    text
}

/// Copies the course's lock file, so that the dependencies are those that the course
/// was tested with, and nothing is downloaded. Cargo leaves out what it does not need.
///
/// # Errors
///
/// When it cannot be read or written.
pub(crate) fn copy_lock_file(workspace: &Workspace) -> anyhow::Result<()> {
    let theirs = workspace.root().join(LOCK_FILE);
    let theirs =
        fs::read(&theirs).with_context(|| format!("{} cannot be read", theirs.display()))?;
    // What cargo left of it differs, so the copy tells whether there is a new one.
    let copy = workspace
        .progress_folder()
        .join("base/files")
        .join(LOCK_FILE);
    if fs::read(&copy).is_ok_and(|copy| copy == theirs) {
        return Ok(());
    }
    replace(&workspace.home().join(LOCK_FILE), &theirs)?;
    replace(&copy, &theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_quotes_and_spaces_survives_the_files() {
        let path = r#"a "b" c\d"#;
        let ids = Ids::new([("ring", &[][..])]);
        for (text, at) in [
            (marker(path), &["clone"][..]),
            (config(".cargo", Some(path)), &["env", "COURSE_CLONE"]),
        ] {
            let parsed: toml::Value = toml::from_str(&text).expect("it is TOML");
            let found = at.iter().try_fold(&parsed, |value, name| value.get(*name));
            assert_eq!(found.and_then(toml::Value::as_str), Some(path), "{text}");
        }
        let manifest: toml::Value = toml::from_str(&manifest(path, &ids)).expect("it is TOML");
        assert_eq!(
            manifest["dependencies"]["exercises"]["path"].as_str(),
            Some(format!("{path}/exercises").as_str())
        );
        assert_eq!(manifest["test"][0]["path"].as_str(), Some("stubs/ring.rs"));
    }
}
