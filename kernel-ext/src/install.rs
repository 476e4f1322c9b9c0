//! Tells Jupyter about the kernel: a directory with `kernel.json` and logos.
//!
//! Use it through `kernel-ext install`. Its options are those of `ipykernel install`. It
//! does not install Jupyter, and it never touches another kernel's directory.

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

const LOGO: &str = include_str!("../logo-svg.svg");

/// Where the kernel is to be known, and under which name.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// Install for the current user (the default)
    #[arg(long, conflicts_with_all = ["sys_prefix", "prefix"])]
    user: bool,
    /// Install into the active virtual environment (VIRTUAL_ENV or CONDA_PREFIX)
    #[arg(long, conflicts_with = "prefix")]
    sys_prefix: bool,
    /// Install into DIR/share/jupyter/kernels, for instance a virtual environment's DIR
    #[arg(long, value_name = "DIR")]
    prefix: Option<PathBuf>,
    /// Name of the kernel: its directory, and what `jupyter console --kernel` takes
    #[arg(long, default_value = "rust")]
    name: String,
}

impl Place {
    /// The kernel's own directory.
    fn directory(&self) -> anyhow::Result<PathBuf> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if self.name.is_empty() || self.name.starts_with('.') || !self.name.chars().all(is_plain) {
            bail!(
                "`{}` cannot be a kernel's name: use letters, digits, `-`, `_` and `.`",
                self.name
            );
        }
        Ok(self.data_directory()?.join("kernels").join(&self.name))
    }

    fn data_directory(&self) -> anyhow::Result<PathBuf> {
        if let Some(prefix) = &self.prefix {
            return Ok(prefix.join("share/jupyter"));
        }
        if self.sys_prefix {
            let prefix = ["VIRTUAL_ENV", "CONDA_PREFIX"]
                .iter()
                .find_map(std::env::var_os)
                .context("no virtual environment is active; activate one or use --prefix DIR")?;
            return Ok(Path::new(&prefix).join("share/jupyter"));
        }
        if let Some(directory) = std::env::var_os("JUPYTER_DATA_DIR") {
            return Ok(directory.into());
        }
        let home = if cfg!(target_os = "macos") {
            dirs::home_dir().map(|home| home.join("Library/Jupyter"))
        } else {
            dirs::data_dir().map(|data| data.join("jupyter"))
        };
        home.context("cannot find your home directory; use --prefix DIR")
    }
}

/// Installs the kernel, replacing an earlier one of the same name, and returns where.
///
/// # Errors
///
/// If the place does not exist or cannot be written to.
pub(crate) fn install(place: &Place, display_name: &str) -> anyhow::Result<PathBuf> {
    let directory = place.directory()?;
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let kernel = json!({
        "argv": [program, "run", "{connection_file}"],
        "display_name": display_name,
        "language": "rust",
        // Jupyter sends a message instead of a signal, which a shell around us might eat.
        "interrupt_mode": "message",
        "metadata": {"debugger": false},
    });
    std::fs::create_dir_all(&directory)
        .with_context(|| format!("cannot make the directory {}", directory.display()))?;
    let text = serde_json::to_string_pretty(&kernel)? + "\n";
    for (file, text) in [("kernel.json", text.as_str()), ("logo-svg.svg", LOGO)] {
        let path = directory.join(file);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(directory)
}

/// Removes an installed kernel and returns where it was.
///
/// # Errors
///
/// If there is none, or if what is there was not installed by this program.
pub(crate) fn uninstall(place: &Place) -> anyhow::Result<PathBuf> {
    let directory = place.directory()?;
    let file = directory.join("kernel.json");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("no kernel is installed at {}", directory.display()))?;
    let kernel: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let program = kernel["argv"][0].as_str().map(Path::new);
    let is_ours = program.is_some_and(|path| path.file_name() == Some("kernel-ext".as_ref()));
    if !is_ours {
        bail!(
            "the kernel at {} is another program's; remove it with `jupyter kernelspec remove {}`",
            directory.display(),
            place.name
        );
    }
    std::fs::remove_dir_all(&directory)
        .with_context(|| format!("cannot remove {}", directory.display()))?;
    Ok(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(prefix: &Path, name: &str) -> Place {
        Place {
            user: false,
            sys_prefix: false,
            prefix: Some(prefix.to_owned()),
            name: name.to_owned(),
        }
    }

    #[test]
    fn the_kernelspec_starts_this_program() {
        let prefix = tempfile::tempdir().unwrap();
        let directory = install(&at(prefix.path(), "rust"), "Rust").unwrap();
        assert_eq!(directory, prefix.path().join("share/jupyter/kernels/rust"));
        let text = std::fs::read_to_string(directory.join("kernel.json")).unwrap();
        let kernel: serde_json::Value = serde_json::from_str(&text).unwrap();
        let program = Path::new(kernel["argv"][0].as_str().unwrap());
        assert_eq!(program, std::env::current_exe().unwrap());
        assert_eq!(kernel["argv"][2], "{connection_file}");
        assert_eq!(kernel["interrupt_mode"], "message");
    }

    #[test]
    fn another_programs_kernel_is_not_removed() {
        let prefix = tempfile::tempdir().unwrap();
        let place = at(prefix.path(), "rust");
        // Under test this program has another name, so its own kernel is a stranger's.
        install(&place, "Rust").unwrap();
        let error = uninstall(&place).unwrap_err().to_string();
        assert!(error.contains("is another program's"), "{error}");
    }

    #[test]
    fn a_name_cannot_leave_the_directory_of_kernels() {
        for name in ["../rust", "a/b", "", ".hidden"] {
            let error = at(Path::new("/nowhere"), name).directory().unwrap_err();
            assert!(error.to_string().contains("cannot be a kernel's name"));
        }
    }
}
