//! Where the book page, the notebook and the file of an exercise are, and opening them.
//!
//! The book and the notebooks are best in the running course, which says in
//! `.course/book-address` where it serves them. Without it there are the built pages, or
//! the sources.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use super::words::Place;
use crate::practice::book;
use crate::practice::workspace::Workspace;

/// Something to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// In a browser.
    Address(String),
    /// In the program that the system has for it.
    File(PathBuf),
    /// In the learner's editor.
    Source(PathBuf),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => f.write_str(address),
            Self::File(path) | Self::Source(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Where something of an exercise is. `page` is its page and heading below the book's
/// root, `file` the learner's file.
pub(super) fn target(
    workspace: &Workspace,
    place: Place,
    chapter: &str,
    page: &str,
    file: PathBuf,
) -> Target {
    // Without the dots and links that the course may have been found by.
    let root = workspace.root().canonicalize();
    let root = &root.unwrap_or_else(|_| workspace.root().to_owned());
    match place {
        Place::Editor => Target::Source(file),
        Place::Notebook => match book::running(workspace, "notebooks.html") {
            Some(address) => Target::Address(format!("{address}notebooks.html?open={chapter}")),
            None => Target::File(root.join("notebooks").join(format!("{chapter}.ipynb"))),
        },
        Place::Book => match book::running(workspace, page) {
            Some(address) => Target::Address(format!("{address}{page}")),
            None => pages(root, chapter),
        },
    }
}

/// The built page, else its source.
fn pages(root: &Path, chapter: &str) -> Target {
    let built = root.join("book/book").join(format!("{chapter}.html"));
    match built.is_file() {
        true => Target::File(built),
        false => Target::File(root.join("book/src").join(format!("{chapter}.md"))),
    }
}

/// The learner's editor, as `git` finds it; none for the system's program for the file.
pub(super) fn editor() -> Option<String> {
    ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
}

/// Runs the editor on a file and waits for it. A shell splits the command, which may have
/// options (`code --wait`).
///
/// # Errors
///
/// When it does not start, or ends with an error.
pub(super) fn edit(editor: &str, file: &Path) -> anyhow::Result<()> {
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$@\""), editor])
        .arg(file)
        .status()
        .context("no shell starts the editor")?;
    ensure!(
        status.success(),
        "the editor `{editor}` ended with {status}; VISUAL and EDITOR name it"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    struct Course(tempfile::TempDir);

    impl Course {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("the system has a temporary folder"))
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
            fs::write(path, text).expect("written");
        }

        #[track_caller]
        fn check(&self, place: Place, expected: &str) {
            let root = self.0.path().canonicalize().expect("it is there");
            let file = root.join("exercises/stubs/hash_ring.rs");
            let workspace = Workspace::at(self.0.path());
            let page = "28-hashing.html#a-ring";
            let found = target(&workspace, place, "28-hashing", page, file);
            let found = found.to_string();
            let root = format!("{}/", root.display());
            assert_eq!(found.strip_prefix(&root).unwrap_or(&found), expected);
        }
    }

    #[test]
    fn without_a_running_course_there_are_files() {
        let course = Course::new();
        course.check(Place::Editor, "exercises/stubs/hash_ring.rs");
        course.check(Place::Notebook, "notebooks/28-hashing.ipynb");
        course.check(Place::Book, "book/src/28-hashing.md");
        course.write("book/book/28-hashing.html", "");
        course.check(Place::Book, "book/book/28-hashing.html");
    }

    #[test]
    fn a_running_course_leads_to_the_heading() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}/", listener.local_addr().expect("bound"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("connected");
                let mut lines = BufReader::new(&stream).lines();
                while lines
                    .next()
                    .is_some_and(|line| !line.expect("text").is_empty())
                {}
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").expect("sent");
            }
        });
        let course = Course::new();
        course.write(".course/book-address", &format!("{address}\n"));
        course.check(Place::Book, &format!("{address}28-hashing.html#a-ring"));
        course.check(
            Place::Notebook,
            &format!("{address}notebooks.html?open=28-hashing"),
        );
    }

    #[test]
    fn an_address_that_nobody_answers_is_not_believed() {
        let course = Course::new();
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port was free")
            .port();
        for address in [
            format!("http://127.0.0.1:{port}/"),
            "http://elsewhere.example/".to_owned(),
            String::new(),
        ] {
            course.write(".course/book-address", &address);
            course.check(Place::Notebook, "notebooks/28-hashing.ipynb");
        }
    }

    #[test]
    fn an_editor_may_have_options_and_a_file_blanks() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let file = folder.path().join("two words.rs");
        edit("touch -c", Path::new("missing")).expect("it does nothing");
        edit("touch", &file).expect("it makes the file");
        assert!(file.is_file());
        let error = edit("false", &file).expect_err("it fails");
        assert!(error.to_string().contains("VISUAL and EDITOR"), "{error}");
    }
}
