//! Where the contract of an exercise is written down: its file, its trait, its methods.
//!
//! By the layout of the crate, `src/TOPIC/contract/ID.rs` holds one public trait. It is
//! read from the source rather than kept in the catalog, where it could go stale.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use exercises::catalog::Exercise;

use crate::practice::workspace::Workspace;

/// The trait that an exercise asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contract {
    /// Name of the trait.
    pub(crate) name: String,
    /// Names of its methods, in the order of the source.
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
        let text = fs::read_to_string(workspace.root().join(&file))
            .with_context(|| format!("{} cannot be read", file.display()))?;
        Self::of(&text).with_context(|| format!("{} has no public trait", file.display()))
    }

    fn of(text: &str) -> Option<Self> {
        let parsed = syn::parse_file(text).ok()?;
        parsed.items.into_iter().find_map(|item| match item {
            syn::Item::Trait(found) if matches!(found.vis, syn::Visibility::Public(_)) => {
                Some(Self {
                    name: found.ident.to_string(),
                    methods: found.items.iter().filter_map(method).collect(),
                })
            }
            _ => None,
        })
    }
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
        let expected = Contract {
            name: "Ring".to_owned(),
            methods: vec!["add".to_owned(), "owner".to_owned()],
        };
        assert_eq!(Contract::of(text), Some(expected));
        assert_eq!(Contract::of("pub struct Ring;"), None);
    }
}
