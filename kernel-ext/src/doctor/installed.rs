//! Whether Jupyter knows the kernel, and whether what it knows is still true.

use super::finding::Finding;
use serde_json::Value;
use std::path::{Path, PathBuf};

const NAME: &str = "Jupyter";

/// One finding for each place where this kernel, or an earlier build of it, is installed.
pub(super) fn look() -> Vec<Finding> {
    let mut findings: Vec<Finding> = data_directories()
        .iter()
        .flat_map(|data| specs(&data.join("kernels")))
        .collect();
    if findings.is_empty() {
        findings.push(Finding::optional(
            NAME,
            "does not know the kernel, as far as can be seen from here",
            "`kernel-ext install --user` makes it known to every Jupyter of yours; \
             `cargo course` has its own",
        ));
    }
    findings
}

/// Where Jupyter looks, by its documentation of `JUPYTER_PATH`.
fn data_directories() -> Vec<PathBuf> {
    let list = std::env::var_os("JUPYTER_PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&list).collect();
    found.extend(std::env::var_os("JUPYTER_DATA_DIR").map(PathBuf::from));
    found.extend(dirs::data_dir().map(|data| data.join("jupyter")));
    let prefixes = ["VIRTUAL_ENV", "CONDA_PREFIX"].map(std::env::var_os);
    let prefixes = prefixes.into_iter().flatten().map(PathBuf::from);
    let prefixes = prefixes.chain(["/usr/local", "/usr"].map(PathBuf::from));
    found.extend(prefixes.map(|prefix| prefix.join("share/jupyter")));
    found.retain(|data| data.is_dir());
    found.dedup();
    found
}

fn specs(kernels: &Path) -> Vec<Finding> {
    let entries = std::fs::read_dir(kernels).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries.filter_map(|entry| check(&entry.path())).collect();
    found.sort_by_key(ToString::to_string);
    found
}

/// `None` for another program's kernel.
fn check(directory: &Path) -> Option<Finding> {
    let text = std::fs::read_to_string(directory.join("kernel.json")).ok()?;
    let spec: Value = serde_json::from_str(&text).ok()?;
    let program = Path::new(spec["argv"][0].as_str()?);
    if program.file_name()? != "kernel-ext" {
        return None;
    }
    let shown = format!("{} starts {}", directory.display(), program.display());
    Some(if program.is_file() {
        Finding::good(NAME, shown)
    } else {
        Finding::bad(
            NAME,
            format!("{shown}, which is not there any more"),
            "install it again with `kernel-ext install`, or take it away with \
             `kernel-ext uninstall`, with the same options as then",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found about a kernelspec that starts `program`.
    fn found(program: &Path) -> String {
        let directory = tempfile::tempdir().unwrap();
        let spec = directory.path().join("rust");
        std::fs::create_dir(&spec).unwrap();
        let text = serde_json::json!({ "argv": [program, "run"] }).to_string();
        std::fs::write(spec.join("kernel.json"), text).unwrap();
        let findings = specs(directory.path());
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_kernel_whose_binary_has_moved_is_told() {
        let text = found(Path::new("/nowhere/kernel-ext"));
        assert!(
            text.contains("BAD") && text.contains("not there any more"),
            "{text}"
        );
    }

    #[test]
    fn a_kernel_that_can_be_started_is_fine() {
        let directory = tempfile::tempdir().unwrap();
        let program = directory.path().join("kernel-ext");
        std::fs::write(&program, "").unwrap();
        let text = found(&program);
        assert!(text.contains("ok") && text.contains("starts"), "{text}");
    }

    #[test]
    fn another_programs_kernel_is_none_of_ours() {
        assert_eq!(found(Path::new("/usr/bin/python3")), "");
    }
}
