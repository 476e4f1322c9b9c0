//! Ids of exercises: which texts are one, and which exercise an old one means.

use exercises::catalog::{self, Exercise};

/// The longest id; file systems stop at names of 255 bytes, and a stash adds to it.
const MAX_BYTES: usize = 100;

/// Whether a text can be an exercise's id, and so a part of a path: `../x` cannot.
pub(crate) fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= MAX_BYTES
        && text.chars().all(allowed)
}

/// The exercises of a catalog by their ids, old ones included.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ids {
    current: Vec<String>,
    /// Old id, new id.
    renamed: Vec<(String, String)>,
}

impl Ids {
    /// Those of this course.
    pub(crate) fn of_catalog() -> Self {
        let all = catalog::all();
        Self::new(
            all.iter()
                .map(|Exercise { id, formerly, .. }| (*id, *formerly)),
        )
    }

    /// From each exercise's id and its former ids, in teaching order.
    ///
    /// An old id that has become another exercise's id means that exercise.
    pub(crate) fn new<'a>(exercises: impl IntoIterator<Item = (&'a str, &'a [&'a str])>) -> Self {
        let mut ids = Self::default();
        for (id, formerly) in exercises {
            ids.current.push(id.to_owned());
            let pairs = formerly
                .iter()
                .map(|old| ((*old).to_owned(), id.to_owned()));
            ids.renamed.extend(pairs);
        }
        let Self { current, renamed } = &mut ids;
        renamed.retain(|(old, _)| !current.contains(old));
        ids
    }

    /// Every id, in teaching order.
    pub(crate) fn current(&self) -> &[String] {
        &self.current
    }

    /// Old ids with the new ones.
    pub(crate) fn renamed(&self) -> &[(String, String)] {
        &self.renamed
    }

    /// Whether the catalog has an exercise of this id.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.current.iter().any(|known| known == id)
    }

    /// The id that an exercise has now; the same where the catalog does not know it.
    pub(crate) fn now<'a>(&'a self, id: &'a str) -> &'a str {
        let renamed = self.renamed.iter().find(|(old, _)| old == id);
        renamed.map_or(id, |(_, new)| new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_no_id() {
        for id in ["hash_ring", "two_2"] {
            assert!(is_id(id), "{id}");
        }
        let long = "x".repeat(101);
        for text in [
            "", "../x", "a/b", "a\\b", "a.rs", "C:x", "-x", "_x", "É", "a\0", &long,
        ] {
            assert!(!is_id(text), "{text}");
        }
    }

    #[test]
    fn an_old_id_means_the_new_exercise_unless_another_took_it() {
        let ids = Ids::new([("ring", &["circle", "hoop"][..]), ("hoop", &[])]);
        assert_eq!(ids.now("circle"), "ring");
        assert_eq!(ids.now("hoop"), "hoop");
        assert_eq!(ids.now("unknown"), "unknown");
    }
}
