//! The Jupyter in `.venv/`: kept apart from every other Jupyter on the machine.
//!
//! Settings, signatures, running servers and the history of IPython and of our kernel
//! go to `.venv/jupyter/`, and nothing is read from the learner's own folders, so
//! that the course neither changes their set-up nor breaks on it. Kernels and
//! configuration that belong to the environment are where any Jupyter looks for
//! them (`share/jupyter`, `etc/jupyter`), so that `.venv/bin/jupyter lab` typed
//! by hand behaves the same.

use std::process::Command;

use anyhow::Result;

use super::children::without_cargo_run_leftovers;
use super::files::keep_written;
use super::paths::Layout;

/// `rust` is the default kernel and the only one offered: JupyterLab depends on
/// `ipykernel`, whose Python kernel would greet a learner of Rust as the first
/// choice for every new notebook.
const SERVER_CONFIG: &str = r#"{
  "KernelSpecManager": {
    "allowed_kernelspecs": ["rust"],
    "ensure_native_kernel": false
  },
  "MultiKernelManager": {
    "default_kernel_name": "rust"
  }
}
"#;

/// No question about news on the first start, and no look-up of them: the
/// course works without a network.
const PAGE_CONFIG: &str = r#"{
  "disabledExtensions": {
    "@jupyterlab/apputils-extension:announcements": true
  }
}
"#;

/// Variables of the learner's that would mix another Python or Jupyter in.
const FOREIGN: [&str; 9] = [
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "JUPYTER_PREFER_ENV_PATH",
    "JUPYTERLAB_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
];

/// Writes the environment's configuration, where it differs.
///
/// # Errors
///
/// If a file cannot be written.
pub(crate) fn configure(layout: &Layout) -> Result<()> {
    let etc = layout.venv().join("etc").join("jupyter");
    // Not the folder `jupyter_server_config.d`: only extensions are read from there.
    let server = etc.join("jupyter_server_config.json");
    keep_written(&server, SERVER_CONFIG)?;
    keep_written(&etc.join("labconfig").join("page_config.json"), PAGE_CONFIG)
}

/// A command `python -m MODULE` in the environment, apart from any other Jupyter.
pub(crate) fn module(layout: &Layout, name: &str) -> Command {
    let mut command = Command::new(layout.python());
    // -P (no working directory on the path) would be right too, but is newer than 3.9.
    command.args(["-m", name]).current_dir(layout.notebooks());
    without_cargo_run_leftovers(&mut command);
    for variable in FOREIGN {
        command.env_remove(variable);
    }
    let state = layout.jupyter_state();
    command
        .env("JUPYTER_CONFIG_DIR", state.join("config"))
        .env("JUPYTER_DATA_DIR", state.join("data"))
        .env("JUPYTER_RUNTIME_DIR", layout.jupyter_runtime())
        .env("IPYTHONDIR", state.join("ipython"))
        .env("KERNEL_EXT_CRATES", layout.kept_crates())
        .env("KERNEL_EXT_HISTORY", state.join("history.jsonl"));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_json_that_names_our_kernel_alone() {
        let server: serde_json::Value = serde_json::from_str(SERVER_CONFIG).expect("JSON");
        assert_eq!(
            server["KernelSpecManager"]["allowed_kernelspecs"],
            serde_json::json!(["rust"])
        );
        assert!(serde_json::from_str::<serde_json::Value>(PAGE_CONFIG).is_ok());
    }

    #[test]
    fn every_place_that_jupyter_and_kernels_write_to_is_in_the_environment() {
        let layout = Layout::of_this_checkout(None);
        let command = module(&layout, "jupyterlab");
        let is_place = |name: &str| name.ends_with("DIR") || name.starts_with("KERNEL_EXT_");
        let places = command
            .get_envs()
            .filter(|(name, _)| is_place(&name.to_string_lossy()))
            .filter_map(|(_, value)| value);
        let mut count = 0;
        for place in places {
            assert!(
                std::path::Path::new(place).starts_with(layout.venv()),
                "{place:?}"
            );
            count += 1;
        }
        assert_eq!(count, 6);
    }
}
