//! The book: it builds without a complaint, nothing in it dangles, and what it
//! says is what the repository computes.
//!
//! mdBook itself forgives too much for that: an anchor that does not exist gives
//! an empty code block and no word, a missing file gives a line in the log.

mod catalog;
mod contrast;
mod coverage;
mod figures;
mod includes;
mod links;
mod pages;
mod quizzes;
mod stock;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use mdbook_driver::MDBook;
use tempfile::TempDir;

/// Root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The book's Markdown, by path below `book/src/`.
fn sources() -> Vec<(String, String)> {
    let folder = root().join("book/src");
    let mut sources = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("book/src can be listed") {
            let path = entry.expect("book/src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let name = path
                    .strip_prefix(&folder)
                    .expect("the file lies below the folder");
                let text = std::fs::read_to_string(&path).expect("a page is UTF-8");
                sources.push((name.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    sources.sort();
    sources
}

/// One page of the book, by its path below `book/src/`.
#[track_caller]
fn source(name: &str) -> String {
    let path = root().join("book/src").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The chapters that are written, each as the name of its page without `.md`.
fn finished_chapters() -> Vec<String> {
    pages::summary()
        .into_iter()
        .filter_map(|chapter| chapter.page)
        .map(|page| page.trim_end_matches(".md").to_owned())
        .collect()
}

/// The book as HTML, built once for all tests.
struct Built {
    folder: TempDir,
    /// What mdBook logged while it built, from warnings upwards.
    log: String,
}

impl Built {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The pages that a reader sees, by path below the book's folder.
    fn pages(&self) -> Vec<(PathBuf, String)> {
        let mut pages = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(&next).expect("the built book can be listed") {
                let path = entry.expect("the built book can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path
                    .extension()
                    .is_some_and(|extension| extension == "html")
                {
                    let html = std::fs::read_to_string(&path).expect("a built page is UTF-8");
                    let name = path
                        .strip_prefix(self.path())
                        .expect("it lies below the folder");
                    pages.push((name.to_owned(), html));
                }
            }
        }
        pages.sort();
        pages
    }
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::WARN)
            .with_ansi(false)
            .without_time()
            .with_writer(move || writer.clone())
            .finish();
        let build = || {
            let mut book = MDBook::load(root().join("book"))?;
            book.config.build.build_dir = folder.path().to_owned();
            book.build()
        };
        if let Err(error) = tracing::subscriber::with_default(subscriber, build) {
            panic!("the book does not build: {error:?}");
        }
        let log = String::from_utf8_lossy(&log.0.lock().expect("no writer panicked")).into_owned();
        Built { folder, log }
    })
}

/// Where mdBook's log lines go.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .map_err(|_| io::ErrorKind::Other)?
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Fails with all offenders, one a line, under a sentence that says how to mend them.
#[track_caller]
fn assert_none(offenders: &[String], mend: &str) {
    assert!(offenders.is_empty(), "{mend}\n  {}", offenders.join("\n  "));
}

#[test]
fn mdbook_builds_the_book_without_a_complaint() {
    let log = &built().log;
    assert!(log.is_empty(), "mdBook says while it builds:\n{log}");
}
