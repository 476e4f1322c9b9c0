//! What an author has not replaced yet of the files that `dev new` wrote.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::fault::Fault;
use super::new::MARK;
use crate::practice::workspace::Workspace;

/// Where exercises are written and told of.
const FOLDERS: &[&str] = &[
    "exercises/src",
    "exercises/stubs",
    "exercises/alternatives",
    "book/src",
];

/// One fault a file, with the lines.
pub(super) fn faults(workspace: &Workspace) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for folder in FOLDERS {
        search(workspace.root(), Path::new(folder), &mut faults)?;
    }
    Ok(faults)
}

fn search(root: &Path, folder: &Path, faults: &mut Vec<Fault>) -> anyhow::Result<()> {
    let entries = fs::read_dir(root.join(folder))
        .with_context(|| format!("{} cannot be listed", folder.display()))?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            search(root, &path, faults)?;
        } else if path
            .extension()
            .is_some_and(|found| found == "rs" || found == "md")
        {
            let text = fs::read_to_string(root.join(&path))
                .with_context(|| format!("{} cannot be read", path.display()))?;
            faults.extend(fault(&path, &text));
        }
    }
    Ok(())
}

fn fault(path: &Path, text: &str) -> Option<Fault> {
    let marked = text
        .lines()
        .zip(1_usize..)
        .filter(|(line, _)| is_marked(line));
    let lines: Vec<String> = marked.map(|(_, number)| number.to_string()).collect();
    (!lines.is_empty()).then(|| {
        Fault::new(
            path.display().to_string(),
            format!("{MARK} on line {}", lines.join(", ")),
            "write your own there, and take the mark away",
        )
    })
}

/// The mark as a word of its own, and not as code in a text about it.
fn is_marked(line: &str) -> bool {
    line.match_indices(MARK).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let behind = line[at + MARK.len()..].chars().next();
        [before, behind]
            .iter()
            .flatten()
            .all(|c| !c.is_alphanumeric() && !"_`".contains(*c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_with_its_lines_and_words_about_it_are_not() {
        let text = "//! TEMPLATE one\nfn f() {}\nlet a = \"TEMPLATE two\";\n`TEMPLATE` is a word\nTEMPLATES\n";
        let fault = fault(Path::new("a.rs"), text).expect("there are two");
        assert_eq!(fault.what, "TEMPLATE on line 1, 3");
        assert!(super::fault(Path::new("a.rs"), "fn f() {}").is_none());
    }
}
