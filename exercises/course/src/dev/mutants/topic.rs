//! Which sources a reference stands on.
//!
//! Read from the sources themselves: a list beside them would be wrong as soon as a
//! reference used another module. It goes by the shape that rustfmt gives them, not
//! by a parser; what it misses, the compiler finds missing.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use exercises::catalog::Exercise;

use crate::practice::workspace::Workspace;

/// The line above everything that submissions are compiled without.
const ONLY_REFERENCES: &str = "#[cfg(feature = \"references\")]";

/// The root of a module that is a folder.
const FOLDER: &str = "mod.rs";

/// The sources of a topic.
#[derive(Debug, Clone)]
pub(super) struct Topic {
    /// Its folder, from the repository's root.
    folder: String,
    root: PathBuf,
    /// Names of references, and the modules that they come from.
    modules: BTreeMap<String, String>,
    /// The topic's part of the catalog.
    list: String,
}

impl Topic {
    /// The topic of an exercise.
    ///
    /// # Errors
    ///
    /// When its sources cannot be read.
    pub(super) fn of(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<Self> {
        let mut topic = Self {
            folder: format!("exercises/src/{}", exercise.topic),
            root: workspace.root().to_owned(),
            modules: BTreeMap::new(),
            list: String::new(),
        };
        topic.modules = modules(&topic.text(&topic.in_folder("mod.rs"))?);
        topic.list = topic.text(&topic.in_folder("list.rs"))?;
        Ok(topic)
    }

    /// A file of the topic, from the repository's root.
    pub(super) fn in_folder(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// The reference's file and all that it uses of the topic's references, from the
    /// repository's root.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub(super) fn stands_on(&self, exercise: &Exercise) -> anyhow::Result<Vec<String>> {
        let mut files = self.closure(vec![exercise.reference.to_owned()])?;
        files.retain(|file| !is_folder(file));
        Ok(files)
    }

    /// What else has to be compiled with them: what the solution's type is made from
    /// beside the reference, such as an adapter, and modules that are folders. None of it
    /// is the idea that the exercise asks for, so it is not changed.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub(super) fn alongside(&self, exercise: &Exercise) -> anyhow::Result<Vec<String>> {
        let changed = self.stands_on(exercise)?;
        let solution = self.reference_type(exercise)?;
        let modules = identifiers(&solution).filter_map(|name| self.modules.get(name));
        let parts = modules.map(|module| self.file(module));
        let mut files = self.closure(changed.iter().cloned().chain(parts).collect())?;
        files.retain(|file| !changed.contains(file));
        Ok(files)
    }

    /// These files, and all that they use of the topic's references.
    fn closure(&self, mut files: Vec<String>) -> anyhow::Result<Vec<String>> {
        let mut next = 0;
        while let Some(file) = files.get(next) {
            for name in used(&self.text(file)?) {
                let Some(module) = self.modules.get(&name) else {
                    continue;
                };
                let file = self.file(module);
                if !files.contains(&file) {
                    files.push(file);
                }
            }
            next += 1;
        }
        Ok(files)
    }

    /// Whether a name is one that submissions are compiled without.
    pub(super) fn is_of_references(&self, name: &str) -> bool {
        self.modules.contains_key(name)
    }

    /// The file of a module, from the repository's root.
    fn file(&self, module: &str) -> String {
        let file = self.in_folder(&format!("{module}.rs"));
        match self.root.join(&file).is_file() {
            true => file,
            false => self.in_folder(&format!("{module}/{FOLDER}")),
        }
    }

    /// The topic's modules that submissions have too, from the repository's root; those
    /// that are folders are left out.
    ///
    /// # Errors
    ///
    /// When `mod.rs` cannot be read.
    pub(super) fn given(&self) -> anyhow::Result<Vec<String>> {
        let mod_rs = self.in_folder("mod.rs");
        let text = self.text(&mod_rs)?;
        let before = text.split(ONLY_REFERENCES).next().unwrap_or_default();
        let modules = before.lines().filter_map(|line| {
            let name = line.strip_prefix("pub ").unwrap_or(line);
            name.strip_prefix("mod ")?.strip_suffix(';')
        });
        let files = modules.map(|name| self.in_folder(&format!("{name}.rs")));
        Ok(files
            .filter(|file| self.root.join(file).is_file())
            .collect())
    }

    /// The type whose checks the catalog lists.
    ///
    /// # Errors
    ///
    /// When the topic's list does not name it.
    pub(super) fn reference_type(&self, exercise: &Exercise) -> anyhow::Result<String> {
        let call = format!("checks::{}::all::<", exercise.id);
        let rest = self.list.split(&call).nth(1);
        let solution = rest.and_then(|rest| rest.split(['\n', ',']).next()?.strip_suffix('>'));
        let parts = solution.map(|solution| solution.split('<'));
        // The list may say where the types are; the program has all of them in one place.
        let names = parts.map(|parts| parts.filter_map(|part| part.rsplit("::").next()));
        names
            .map(|names| names.collect::<Vec<_>>().join("<"))
            .with_context(|| format!("{} does not say `{call}...>`", self.in_folder("list.rs")))
    }

    /// The text of a file that is named from the repository's root.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn text(&self, file: &str) -> anyhow::Result<String> {
        fs::read_to_string(self.root.join(file)).with_context(|| format!("{file} cannot be read"))
    }
}

/// Whether a module's file is the root of a folder.
fn is_folder(file: &str) -> bool {
    file.ends_with(&format!("/{FOLDER}"))
}

/// What `mod.rs` has of the references: names, and the modules of each. A module's own
/// name is among them.
fn modules(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for part in text.split(ONLY_REFERENCES).skip(1) {
        let statement = part.trim_start().split(';').next().unwrap_or_default();
        let public = statement.strip_prefix("pub ").unwrap_or(statement);
        if let Some(module) = public.strip_prefix("mod ") {
            found.insert(module.to_owned(), module.to_owned());
        }
        let Some((module, names)) = statement
            .strip_prefix("pub use ")
            .and_then(|path| path.split_once("::"))
        else {
            continue;
        };
        found.extend(identifiers(names).map(|name| (name.to_owned(), module.to_owned())));
    }
    found
}

/// The names that a module uses of its topic.
fn used(text: &str) -> Vec<String> {
    let statements = text.split("\nuse super::").skip(1);
    statements
        .filter_map(|rest| rest.split(';').next())
        .flat_map(identifiers)
        .map(str::to_owned)
        .collect()
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.split(move |c| !is_part(c))
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use exercises::catalog;
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(id: &str, expected: &Expect) {
        let workspace = Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let exercise = catalog::find(id).expect("there is such an exercise");
        let topic = Topic::of(&workspace, &exercise).expect("the sources are here");
        let mut lines = topic.stands_on(&exercise).expect("they can be read");
        let alongside = topic.alongside(&exercise).expect("they can be read");
        lines.extend(alongside.iter().map(|file| format!("with {file}")));
        lines.push(
            topic
                .reference_type(&exercise)
                .expect("the catalog names it"),
        );
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_reference_brings_the_modules_that_it_uses_and_those_that_they_use() {
        check(
            "replicas",
            &expect![[r#"
                exercises/src/consistent_hashing/replicas.rs
                exercises/src/consistent_hashing/virtual_nodes.rs
                exercises/src/consistent_hashing/circle.rs
                VirtualRing"#]],
        );
    }

    #[test]
    fn what_submissions_have_too_is_not_brought() {
        check(
            "hash_ring",
            &expect![[r#"
                exercises/src/consistent_hashing/ring.rs
                Ring"#]],
        );
    }

    #[test]
    fn an_adapter_and_a_folder_are_compiled_along() {
        check(
            "eviction_fifo",
            &expect![[r#"
            exercises/src/eviction/fifo.rs
            exercises/src/eviction/replacer.rs
            with exercises/src/eviction/cache.rs
            with exercises/src/eviction/kit/mod.rs
            Simulated<Fifo>"#]],
        );
    }

    #[test]
    fn a_trait_of_the_references_is_told_from_one_of_the_contract() {
        let workspace = Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let exercise = catalog::find("eviction_fifo").expect("there is such an exercise");
        let topic = Topic::of(&workspace, &exercise).expect("the sources are here");
        assert!(topic.is_of_references("Replacer"));
        assert!(!topic.is_of_references("Policy"));
    }

    #[test]
    fn exports_over_several_lines_are_found() {
        let text = format!(
            "{ONLY_REFERENCES}\nmod stats;\npub use hash::KEY_SEED;\n\
             {ONLY_REFERENCES}\npub use stats::{{\n    Balance,\n    shares,\n}};\n"
        );
        let found = modules(&text);
        expect![[r#"{"Balance": "stats", "shares": "stats", "stats": "stats"}"#]]
            .assert_eq(&format!("{found:?}"));
    }
}
