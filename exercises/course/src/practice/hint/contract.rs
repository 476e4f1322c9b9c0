//! Where the contract of an exercise is written down: its file, its trait, its methods.
//!
//! By the layout of the crate, `src/TOPIC/contract/ID.rs` holds one public trait. It is
//! read from the source rather than kept in the catalog, where it could go stale.
//!
//! Where several exercises ask for one interface and differ in its meaning only, that trait
//! has no methods of its own: it stands for another one, `trait Lru: Policy {}`, in a file
//! with that one's name beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use exercises::catalog::Exercise;

use crate::practice::workspace::Workspace;

/// The trait that an exercise asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contract {
    /// Name of the trait.
    pub(crate) name: String,
    /// Name of the trait that a solution implements: the same, or the one that it stands for.
    pub(crate) implemented: String,
    /// Names of that one's methods, in the order of the source.
    pub(crate) methods: Vec<String>,
}

impl Contract {
    /// The file, from the repository's root.
    pub(crate) fn file(exercise: &Exercise) -> PathBuf {
        PathBuf::from(format!(
            "exercises/src/{}/contract/{}.rs",
            exercise.topic, exercise.id
        ))
    }

    /// Reads the contract of an exercise.
    ///
    /// # Errors
    ///
    /// When the file is not there, or has no public trait.
    pub(crate) fn read(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<Self> {
        let file = Self::file(exercise);
        let found = Self::of_file(workspace, &file)?;
        let Some(base) = found.base.filter(|_| found.methods.is_empty()) else {
            return Ok(Self {
                implemented: found.name.clone(),
                name: found.name,
                methods: found.methods,
            });
        };
        let beside = file.with_file_name(snake_case(&base)).with_extension("rs");
        Ok(Self {
            name: found.name,
            implemented: base,
            methods: Self::of_file(workspace, &beside)?.methods,
        })
    }

    fn of_file(workspace: &Workspace, file: &Path) -> anyhow::Result<Found> {
        let text = fs::read_to_string(workspace.root().join(file))
            .with_context(|| format!("{} cannot be read", file.display()))?;
        Found::of(&text).with_context(|| format!("{} has no public trait", file.display()))
    }
}

/// A file's public trait.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    name: String,
    /// The trait that it builds on.
    base: Option<String>,
    methods: Vec<String>,
}

impl Found {
    fn of(text: &str) -> Option<Self> {
        let parsed = syn::parse_file(text).ok()?;
        parsed.items.into_iter().find_map(|item| match item {
            syn::Item::Trait(found) if matches!(found.vis, syn::Visibility::Public(_)) => {
                Some(Self {
                    name: found.ident.to_string(),
                    base: found.supertraits.iter().find_map(base),
                    methods: found.items.iter().filter_map(method).collect(),
                })
            }
            _ => None,
        })
    }
}

fn base(bound: &syn::TypeParamBound) -> Option<String> {
    match bound {
        syn::TypeParamBound::Trait(bound) => Some(bound.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// `hash_ring` for `HashRing`: the file of a trait.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

fn method(item: &syn::TraitItem) -> Option<String> {
    match item {
        syn::TraitItem::Fn(found) => Some(found.sig.ident.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_trait_of_the_file_is_the_contract() {
        let text = "trait Private {}\npub trait Ring: Base { const N: u8; fn add(&mut self); fn owner(&self); }";
        let expected = Found {
            name: "Ring".to_owned(),
            base: Some("Base".to_owned()),
            methods: vec!["add".to_owned(), "owner".to_owned()],
        };
        assert_eq!(Found::of(text), Some(expected));
        assert_eq!(Found::of("pub struct Ring;"), None);
    }

    #[test]
    fn a_trait_without_methods_stands_for_the_one_that_it_builds_on() {
        let exercise = exercises::catalog::find("eviction_lru").expect("it is in the catalog");
        let workspace = Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let contract = Contract::read(&workspace, &exercise);
        let contract = contract.expect("it is written down");
        assert_eq!(contract.name, "EvictionLru");
        assert_eq!(contract.implemented, "Policy");
        assert_eq!(contract.methods[..2], ["new", "access"]);
    }
}
