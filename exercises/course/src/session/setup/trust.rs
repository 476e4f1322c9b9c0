//! Letting the outputs of the committed notebooks be shown.
//!
//! Jupyter shows pictures and HTML only in notebooks that this machine has
//! signed; else the committed figures would stay invisible until each cell is
//! run. Only what is exactly as committed is signed: a notebook that a learner
//! got elsewhere and put into the folder is not ours to vouch for. The
//! signatures lie in `.venv/jupyter/`, beside no others.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Setup, run::run};
use crate::session::files::write_in_one_piece;
use crate::session::jupyter;

/// Signs the notebooks that are as committed, unless all of them were signed before.
///
/// # Errors
///
/// If Jupyter's `trust` fails.
pub(super) fn committed_notebooks(setup: &Setup<'_>) -> Result<()> {
    let layout = setup.layout;
    let committed = as_committed(setup);
    let signed = layout.jupyter_state().join("signed-notebooks");
    let list = committed
        .iter()
        .map(|(_, id)| format!("{id}\n"))
        .collect::<String>();
    if std::fs::read_to_string(&signed).is_ok_and(|before| before == list) || committed.is_empty() {
        return Ok(());
    }
    let step = setup.console.step("Notebooks");
    let mut trust = jupyter::module(layout, "nbformat.sign");
    trust.args(committed.iter().map(|(path, _)| path));
    run(
        setup,
        "trusting the committed notebooks",
        &mut trust,
        |_| {},
        |_| true,
    )?;
    write_in_one_piece(&signed, &list)?;
    step.done("the outputs of the committed ones are shown");
    Ok(())
}

/// The notebooks that git knows and that were not changed, with their contents' ids.
/// None without git: their figures then show once a learner has run the cells.
fn as_committed(setup: &Setup<'_>) -> Vec<(PathBuf, String)> {
    let root = setup.layout.root();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["ls-files", "-z"])
            .args(arguments)
            .args(["--", "notebooks/*.ipynb"])
            .current_dir(root)
            .output();
        output
            .ok()
            .filter(|output| output.status.success())
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (Some(known), Some(changed)) = (git(&["--stage"]), git(&["--modified"])) else {
        return Vec::new();
    };
    let changed: Vec<&str> = changed.split_terminator('\0').collect();
    staged(&known)
        .into_iter()
        .filter(|(path, _)| !changed.contains(path))
        .map(|(path, id)| (root.join(path), id.to_owned()))
        .collect()
}

/// Path and id of each entry `MODE ID STAGE<tab>PATH<nul>`.
fn staged(listing: &str) -> Vec<(&str, &str)> {
    listing
        .split_terminator('\0')
        .filter_map(|entry| {
            let (meta, path) = entry.split_once('\t')?;
            Some((path, meta.split(' ').nth(1)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gits_listing_is_read_with_any_character_in_a_name() {
        let listing =
            "100644 aaaa 0\tnotebooks/01-a b.ipynb\x00100644 bbbb 0\tnotebooks/02-é.ipynb\0";
        assert_eq!(
            staged(listing),
            [
                ("notebooks/01-a b.ipynb", "aaaa"),
                ("notebooks/02-é.ipynb", "bbbb")
            ]
        );
    }
}
