//! The crate under whose name graded cells reach the checks.
//!
//! It is `exercises` again, in a folder beside the assignments. Hidden regions bring it
//! in under a name drawn by lot: a notebook can say `extern crate mine as exercises`, but
//! it cannot foresee this name. A second name for the crate `exercises` itself would be
//! simpler; cargo refuses one package under two names.

use std::path::{Path, PathBuf};

use crate::practice::workspace::Workspace;

/// Name of the package.
pub(super) const PACKAGE: &str = "graded";

const LIBRARY: &str = "//! The course's crate, for the hidden tests. Made by `cargo course nbgrader`.\n\
                       \n\
                       pub use exercises::*;\n";

/// Writes the crate into the course folder and answers where it is.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write(folder: &Path, workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let crate_folder = folder.join("grader");
    let library = super::absolute(&workspace.root().join("exercises"))?;
    super::write(&crate_folder.join("Cargo.toml"), &manifest(&library))?;
    super::write(&crate_folder.join("src/lib.rs"), LIBRARY)?;
    Ok(crate_folder)
}

fn manifest(library: &str) -> String {
    let library = dependency(library);
    format!(
        "# Made by `cargo course nbgrader`. Keep it from the class: it belongs to the hidden tests.\n\
         [package]\n\
         name = \"{PACKAGE}\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [dependencies]\n\
         exercises = {library}\n\
         \n\
         # A workspace of its own, whatever folder it lies in.\n\
         [workspace]\n"
    )
}

/// The crate `exercises` as a dependency, without its references.
pub(super) fn dependency(path: &str) -> String {
    let path = toml_string(path);
    format!("{{ path = {path}, default-features = false, features = [\"notebook\"] }}")
}

/// A text as TOML writes it.
pub(super) fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
