//! The functions of `hooks/`, compiled for the standard library of the cells.

#![expect(
    unsafe_code,
    reason = "a library that was compiled when the kernel started can be had in no other way"
)]

use crate::channel::HOOKS_VAR;
use anyhow::Context as _;
use libloading::{Library, Symbol};
use std::mem::ManuallyDrop;

type HookFn = extern "C" fn();
type InputFn = extern "C" fn(i32);
type ForkFn = extern "C" fn() -> i32;

/// The loaded functions.
pub(super) struct Hooks {
    pub(super) begin: HookFn,
    pub(super) end: HookFn,
    /// As the C library's `fork`: the child's process id, 0 in the child, -1 on failure.
    pub(super) fork: ForkFn,
    pub(super) restored: HookFn,
    /// Takes the socket by which input is asked for.
    pub(super) input: InputFn,
}

impl Hooks {
    /// Loads and initialises them; to be called once, on the thread that will run cells.
    ///
    /// # Errors
    ///
    /// If the process was not started by a supervisor, or the library is not ours.
    pub(super) fn load() -> anyhow::Result<Self> {
        let path = std::env::var_os(HOOKS_VAR)
            .with_context(|| format!("{HOOKS_VAR} is not set: start the kernel, not this"))?;
        let shown = path.to_string_lossy().into_owned();
        // SAFETY: the kernel compiled this library from its own source; loading it runs
        // no code but the standard library's initialisers.
        let library = unsafe { Library::new(path) };
        let library = library.with_context(|| format!("cannot load the hooks in {shown}"))?;
        // Never unloaded: its panic hook and its thread live as long as the process.
        let library = ManuallyDrop::new(library);
        // SAFETY: `hooks/` defines the functions with exactly these types.
        let (init, hooks) = unsafe {
            let get = |name: &[u8]| library.get::<HookFn>(name).map(|found| *found);
            let fork: Symbol<'_, ForkFn> = library.get(b"kernel_ext_fork")?;
            let input: Symbol<'_, InputFn> = library.get(b"kernel_ext_input")?;
            let hooks = Self {
                input: *input,
                begin: get(b"kernel_ext_begin")?,
                end: get(b"kernel_ext_end")?,
                fork: *fork,
                restored: get(b"kernel_ext_restored")?,
            };
            (get(b"kernel_ext_init")?, hooks)
        };
        init();
        Ok(hooks)
    }
}
