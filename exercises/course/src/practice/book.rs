//! Where the book explains something: the running book's address, or the source.

use std::fs;
use std::time::Duration;

use exercises::catalog::Exercise;
use exercises::grade::Check;

use super::hint::Contract;
use super::workspace::Workspace;

/// The file by which a running `cargo course` says where it serves the book, in the
/// course's own `.course/`.
pub(crate) const ADDRESS: &str = "book-address";

/// An answer from this machine takes a millisecond; nobody waits for one that hangs.
const TIME: Duration = Duration::from_millis(300);

/// Where the book explains a rule, or else what the exercise asks for: a link that works,
/// if the book is being served, else the page's source and heading.
pub(crate) fn place(workspace: &Workspace, exercise: &Exercise, check: Option<&Check>) -> String {
    let page = exercise.book_page(check);
    if page.is_empty() {
        let contract = Contract::file(exercise);
        return format!(
            "{}; the chapter is still to be written",
            workspace.shown(&workspace.root().join(contract))
        );
    }
    if let Some(address) = running(workspace, &page) {
        return format!("{address}{page}");
    }
    let section = page.split_once('#').map_or("", |(_, section)| section);
    let source = format!("book/src/{}.md", exercise.chapter);
    let path = workspace.root().join(&source);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let source = workspace.shown(&path);
    match heading(&text, section) {
        Some(heading) => format!("{source}, under \"{heading}\" (`cargo course` opens the book)"),
        None => format!("{source} (`cargo course` opens the book)"),
    }
}

/// Address of the book, if it is being served and has the page.
pub(crate) fn running(workspace: &Workspace, page: &str) -> Option<String> {
    let file = workspace.root().join(".course").join(ADDRESS);
    let address = fs::read_to_string(file).ok()?.trim().to_owned();
    // Another program may have the port by now, or somebody may have written the file.
    if !(address.starts_with("http://127.0.0.1:") && address.ends_with('/')) {
        return None;
    }
    let page = page.split_once('#').map_or(page, |(page, _)| page);
    let agent = ureq::Agent::config_builder()
        // A proxy of the learner's must not be asked for this very machine.
        .proxy(None)
        .timeout_global(Some(TIME))
        .build()
        .new_agent();
    agent.get(format!("{address}{page}")).call().ok()?;
    Some(address)
}

/// The heading that links name so.
fn heading<'a>(text: &'a str, section: &str) -> Option<&'a str> {
    let mut headings = text
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim());
    headings.find(|heading| name_in_links(heading) == section)
}

/// As mdBook forms it: lower case, blanks as hyphens, and no other punctuation.
fn name_in_links(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use exercises::catalog;

    use super::*;

    #[test]
    fn every_rule_has_a_heading_in_its_chapter() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let is_written = |exercise: &Exercise| !catalog::UNWRITTEN.contains(&exercise.chapter);
        for exercise in catalog::all().into_iter().filter(is_written) {
            let source = root.join(format!("book/src/{}.md", exercise.chapter));
            let text = fs::read_to_string(&source).expect("the chapter is written");
            for check in (exercise.checks)() {
                let page = exercise.book_page(Some(&check));
                let (file, section) = page.split_once('#').expect("a page and a heading");
                assert_eq!(file, format!("{}.html", exercise.chapter));
                assert!(heading(&text, section).is_some(), "{page}: {}", check.name);
            }
        }
    }

    #[test]
    fn punctuation_is_no_part_of_a_link() {
        assert_eq!(
            name_in_links("Weights, copies, and a cap"),
            "weights-copies-and-a-cap"
        );
    }

    #[test]
    fn without_a_server_the_source_and_the_heading_are_named() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        let exercise = catalog::find("hash_ring").expect("it is in the catalog");
        let source = folder.path().join("book/src/28-consistent-hashing.md");
        fs::create_dir_all(source.parent().expect("a folder")).expect("folders can be made");
        fs::write(&source, "# Any\n\n### A ring\n").expect("written");
        assert_eq!(
            place(&workspace, &exercise, None),
            "book/src/28-consistent-hashing.md, under \"A ring\" (`cargo course` opens the book)"
        );
    }
}
