//! A file that the course hands out and its reader may change: what to do with it when
//! the course has a newer one.
//!
//! Three versions decide: the *base*, from which the reader started, *mine*, as it is
//! now, and the *fresh* one, as the course hands it out today.

use std::path::PathBuf;

use diffy::MergeOptions;

use super::super::files::{read, replace};

/// As git writes them; whoever uses an editor with a merge view can use it here.
const MARKS: [&[u8]; 2] = [b"<<<<<<< ", b">>>>>>> "];

/// A file that was handed out.
#[derive(Debug, Clone)]
pub(crate) struct Handed {
    /// As people know it, from the learner's folder on.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) place: PathBuf,
    /// The version that the reader started from.
    pub(crate) base: PathBuf,
    /// Where a merge with marks goes.
    pub(crate) marked: PathBuf,
    /// What `sync --take` and `sync --mine` call it: an exercise's id, or the name.
    pub(crate) key: String,
    /// The id under which the stash keeps it.
    pub(crate) id: String,
    /// The course's version of today.
    pub(crate) fresh: Vec<u8>,
}

/// What to do with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing: it is the course's, or the course has no newer one.
    Leave,
    /// It is not there; it comes with the course.
    Create,
    /// The reader has not touched it; the course's new one takes its place.
    Replace,
    /// Both changed it, in different lines: this has the changes of both.
    Merge(Vec<u8>),
    /// Both changed the same lines: this has both, with marks.
    Conflict(Vec<u8>),
}

impl Handed {
    /// What the reader's file holds, if it is there.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn mine(&self) -> anyhow::Result<Option<Vec<u8>>> {
        read(&self.place)
    }

    /// The version that the reader started from, if it is known.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn started_from(&self) -> anyhow::Result<Option<Vec<u8>>> {
        read(&self.base)
    }

    /// Whether the file is the reader's own work: neither the course's version of today
    /// nor the one that they started from.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub(crate) fn own_work(&self) -> anyhow::Result<Option<Vec<u8>>> {
        let Some(mine) = self.mine()? else {
            return Ok(None);
        };
        let untouched = mine == self.fresh || Some(&mine) == self.started_from()?.as_ref();
        Ok((!untouched).then_some(mine))
    }

    /// Notes the version that the reader starts from: the course's of today.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn note_base(&self) -> anyhow::Result<()> {
        match self.started_from()? {
            Some(base) if base == self.fresh => Ok(()),
            _ => replace(&self.base, &self.fresh),
        }
    }

    /// What to do with the file. A file that is seen for the first time counts as
    /// started from today's version.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub(crate) fn step(&self) -> anyhow::Result<Step> {
        Ok(decide(
            self.started_from()?.as_deref(),
            self.mine()?.as_deref(),
            &self.fresh,
        ))
    }
}

fn decide(base: Option<&[u8]>, mine: Option<&[u8]>, fresh: &[u8]) -> Step {
    let Some(mine) = mine else {
        return Step::Create;
    };
    let base = base.unwrap_or(fresh);
    if mine == fresh || base == fresh {
        return Step::Leave;
    }
    if mine == base {
        return Step::Replace;
    }
    match MergeOptions::default().merge_bytes(base, mine, fresh) {
        Ok(merged) => Step::Merge(merged),
        Err(marked) => Step::Conflict(marked),
    }
}

/// Whether marks of a merge are left in a text.
pub(crate) fn has_marks(text: &[u8]) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n');
    lines.any(|line| MARKS.iter().any(|mark| line.starts_with(mark)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(base: Option<&str>, mine: Option<&str>, fresh: &str, expected: &Step) {
        let step = decide(
            base.map(str::as_bytes),
            mine.map(str::as_bytes),
            fresh.as_bytes(),
        );
        assert_eq!(&step, expected);
    }

    #[test]
    fn an_untouched_file_is_replaced_and_a_missing_one_created() {
        check(Some("old"), Some("old"), "new", &Step::Replace);
        check(Some("old"), None, "new", &Step::Create);
        check(None, None, "new", &Step::Create);
    }

    #[test]
    fn a_file_that_only_its_reader_changed_is_left() {
        check(Some("old"), Some("mine"), "old", &Step::Leave);
        check(None, Some("mine"), "new", &Step::Leave);
        check(Some("old"), Some("new"), "new", &Step::Leave);
    }

    #[test]
    fn changes_in_different_lines_are_merged_and_in_the_same_are_marked() {
        let base = "//! Says it.\n\nuse a;\n\nfn f() {\n    todo!()\n}\n";
        let mine = "//! Says it.\n\nuse a;\n\nfn f() {\n    1\n}\n";
        let fresh = "//! Says it better.\n\nuse a;\n\nfn f() {\n    todo!()\n}\n";
        let merged = "//! Says it better.\n\nuse a;\n\nfn f() {\n    1\n}\n";
        check(Some(base), Some(mine), fresh, &Step::Merge(merged.into()));
        let hint = "//! Says it.\n\nuse a;\n\nfn f() {\n    todo!(\"think\")\n}\n";
        let step = decide(
            Some(base.as_bytes()),
            Some(mine.as_bytes()),
            hint.as_bytes(),
        );
        let Step::Conflict(marked) = step else {
            panic!("{step:?}");
        };
        assert!(has_marks(&marked) && !has_marks(mine.as_bytes()));
    }

    fn lines() -> impl Strategy<Value = String> {
        prop::collection::vec("[a-c]\n", 0..8).prop_map(|lines| lines.concat())
    }

    proptest! {
        /// The merge is another's code, and a learner's work goes through it.
        #[test]
        fn a_merge_without_marks_loses_no_line_of_either(base in lines(), at in 0_usize..8, mine in lines(), fresh in lines()) {
            // Lines that the base cannot have, so that they are told apart.
            let insert = |text: &str, what: &str| {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                lines.insert(at.min(lines.len()), what);
                lines.concat()
            };
            let (mine, fresh) = (insert(&mine, "MINE\n"), insert(&fresh, "FRESH\n"));
            let step = decide(Some(base.as_bytes()), Some(mine.as_bytes()), fresh.as_bytes());
            let (Step::Merge(merged) | Step::Conflict(merged)) = step else {
                panic!("both changed it: {step:?}");
            };
            let merged = String::from_utf8(merged).expect("text");
            prop_assert!(merged.contains("MINE") && merged.contains("FRESH"));
        }
    }
}
