//! Which clone this program belongs to.
//!
//! What the compiler wrote into the program is not enough: cargo does not build a
//! program anew when its folder is moved, or copied with its times, and the program
//! would then work on the clone that it came from. When cargo starts a program, it says
//! in the environment where the package is now, and that counts first.
//! Searching upwards from the working directory was rejected here, because it finds the
//! wrong clone where one lies inside another.

use std::path::{Path, PathBuf};

/// Where this package lies in a clone.
const PACKAGE: &str = "exercises/course";

/// The top folder of the clone that this program belongs to, which may be gone by now.
pub(crate) fn clone_of_this_program() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    clone_of(told.as_deref(), Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// `told` counts only if it is this package: a program that cargo started may itself
/// start this one, and hands its own folder down.
fn clone_of(told: Option<&Path>, compiled: &Path) -> PathBuf {
    let package = told
        .filter(|folder| folder.ends_with(PACKAGE) && folder.join("Cargo.toml").is_file())
        .unwrap_or(compiled);
    // The package lies two folders below the top.
    package.ancestors().nth(2).unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(told: Option<&Path>, expected: &Path) {
        let compiled = Path::new("/old/exercises/course");
        assert_eq!(clone_of(told, compiled), expected);
    }

    #[test]
    fn the_folder_that_cargo_names_counts_before_the_one_compiled_in() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let top = here.join("../..").canonicalize().expect("it is there");
        check(Some(here), &top);
    }

    #[test]
    fn the_folder_of_another_package_does_not_count() {
        check(Some(Path::new("/new/exercises")), Path::new("/old"));
        check(Some(Path::new("/gone/exercises/course")), Path::new("/old"));
        check(None, Path::new("/old"));
    }
}
