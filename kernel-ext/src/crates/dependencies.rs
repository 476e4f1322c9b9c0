//! What stands behind `:dep` in a cell.

use serde::Deserialize;
use std::collections::HashMap;
use std::path::PathBuf;

/// A dependency, in either of its forms.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Dependency {
    Detailed { path: Option<PathBuf> },
    Version(#[allow(dead_code, reason = "it is told from a table by its shape")] String),
}

/// Each dependency of a cell as it is written.
pub(super) fn of(code: &str) -> impl Iterator<Item = &str> {
    code.lines()
        .filter_map(|line| line.trim_start().strip_prefix(":dep "))
}

/// The paths of those that are given by one.
pub(super) fn paths(code: &str) -> impl Iterator<Item = PathBuf> {
    of(code).filter_map(|text| {
        let table: HashMap<String, Dependency> = toml::from_str(text).ok()?;
        table.into_values().find_map(|dependency| match dependency {
            Dependency::Detailed { path } => path,
            Dependency::Version(_) => None,
        })
    })
}
