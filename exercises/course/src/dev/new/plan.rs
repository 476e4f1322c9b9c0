//! What an exercise's files will be, worked out before the first is written: either all
//! of them are, or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::edit::{before_first, behind_last};
use super::names::Names;

/// The gate that keeps something out of what a submission is compiled against.
const GATE: &str = "#[cfg(feature = \"references\")]";

/// Files to write, by path from the repository's root.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    root: &'a Path,
    names: &'a Names,
    files: BTreeMap<PathBuf, String>,
}

impl<'a> Plan<'a> {
    /// The files of a new exercise.
    ///
    /// # Errors
    ///
    /// When one of them is there already, or one to edit is not built like the pattern.
    pub(super) fn new(root: &'a Path, names: &'a Names) -> anyhow::Result<Self> {
        let mut plan = Self {
            root,
            names,
            files: BTreeMap::new(),
        };
        if !names.topic_exists {
            plan.topic()?;
        }
        plan.exercise()?;
        plan.mentions()?;
        Ok(plan)
    }

    /// Each file with its text.
    pub(super) fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    fn topic(&mut self) -> anyhow::Result<()> {
        let topic = format!("exercises/src/{}", self.names.topic);
        self.create(
            &format!("{topic}/mod.rs"),
            include_str!("templates/topic.rs.txt"),
        )?;
        self.create(
            &format!("{topic}/contract/mod.rs"),
            include_str!("templates/topic_contract.rs.txt"),
        )?;
        self.create(
            &format!("{topic}/checks/mod.rs"),
            include_str!("templates/topic_checks.rs.txt"),
        )?;
        self.create(
            &format!("{topic}/wrong/mod.rs"),
            include_str!("templates/topic_wrong.rs.txt"),
        )?;
        self.create(
            &format!("{topic}/list.rs"),
            include_str!("templates/topic_list.rs.txt"),
        )?;
        let module = format!("pub mod {};", self.names.topic);
        self.edit("exercises/src/lib.rs", |text| {
            behind_last(text, "pub mod ", &module)
        })?;
        let exercises = format!("    all.extend(crate::{}::exercises());", self.names.topic);
        self.edit("exercises/src/catalog/mod.rs", |text| {
            behind_last(text, "    all.extend(", &exercises)
        })
    }

    fn exercise(&mut self) -> anyhow::Result<()> {
        let (topic, id) = (&self.names.topic, &self.names.id);
        let files = [
            (
                format!("exercises/src/{topic}/contract/{id}.rs"),
                include_str!("templates/contract.rs.txt"),
            ),
            (
                format!("exercises/src/{topic}/{id}.rs"),
                include_str!("templates/reference.rs.txt"),
            ),
            (
                format!("exercises/src/{topic}/checks/{id}.rs"),
                include_str!("templates/checks.rs.txt"),
            ),
            (
                format!("exercises/src/{topic}/wrong/{id}.rs"),
                include_str!("templates/wrong.rs.txt"),
            ),
            (
                format!("exercises/alternatives/{id}.rs"),
                include_str!("templates/alternative.rs.txt"),
            ),
            (
                format!("exercises/stubs/{id}.rs"),
                include_str!("templates/stub.rs.txt"),
            ),
            (
                format!("exercises/src/catalog/fresh/{id}.rs"),
                include_str!("templates/stub.rs.txt"),
            ),
        ];
        for (path, template) in files {
            self.create(&path, template)?;
        }
        Ok(())
    }

    /// Where others learn of the exercise.
    fn mentions(&mut self) -> anyhow::Result<()> {
        let Names {
            id,
            type_name,
            topic,
            chapter,
            title,
            ..
        } = self.names;
        let topic = format!("exercises/src/{topic}");
        self.edit(&format!("{topic}/contract/mod.rs"), |text| {
            Ok(format!("{text}\nmod {id};\npub use {id}::{type_name};\n"))
        })?;
        self.edit(&format!("{topic}/checks/mod.rs"), |text| {
            Ok(format!("{text}\npub mod {id};\n"))
        })?;
        self.edit(&format!("{topic}/wrong/mod.rs"), |text| {
            Ok(format!("{text}\npub(super) mod {id};\n"))
        })?;
        self.edit(&format!("{topic}/mod.rs"), |text| {
            Ok(format!(
                "{text}\npub use contract::{type_name};\n\n\
                 {GATE}\nmod {id};\n{GATE}\npub use {id}::Plain{type_name};\n"
            ))
        })?;
        let entry = self.names.fill(include_str!("templates/entry.rs.txt"));
        self.edit(&format!("{topic}/list.rs"), |text| {
            let listed = before_first(text, "    ]", &format!("        {id}(),"))?;
            Ok(listed + &entry)
        })?;
        let target = format!(
            "[[test]]\nname = \"{id}\"\npath = \"stubs/{id}.rs\"\nharness = false\ntest = false\n\n"
        );
        self.edit("exercises/Cargo.toml", |text| {
            before_first(text, "[lints]", &target)
        })?;
        let row = format!("| `{id}` | TEMPLATE {title}, in a few words |");
        let page = format!("book/src/{chapter}.md");
        if !self.root.join(&page).exists() {
            // Code comes before text; the gate says that the page is missing.
            return Ok(());
        }
        self.edit(&page, |text| behind_last(text, "| `", &row))
    }

    fn create(&mut self, path: &str, template: &str) -> anyhow::Result<()> {
        ensure!(
            !self.root.join(path).exists(),
            "{path} is there already, and nothing was written; choose another id, or remove it"
        );
        self.files.insert(path.into(), self.names.fill(template));
        Ok(())
    }

    /// Changes a file of the tree, or of the plan.
    fn edit(
        &mut self,
        path: &str,
        change: impl FnOnce(&str) -> anyhow::Result<String>,
    ) -> anyhow::Result<()> {
        let text = match self.files.get(Path::new(path)) {
            Some(planned) => planned.clone(),
            None => fs::read_to_string(self.root.join(path))
                .with_context(|| format!("{path} cannot be read, and nothing was written"))?,
        };
        let changed = change(&text)
            .with_context(|| format!("{path} cannot be edited, and nothing was written"))?;
        self.files.insert(path.into(), changed);
        Ok(())
    }
}
