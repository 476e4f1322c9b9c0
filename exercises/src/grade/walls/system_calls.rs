//! The walls around network and processes: seccomp.
//!
//! A list of what is refused, not of what is allowed: a solution is safe Rust on
//! std, which cannot make a system call that std does not make, and std may make
//! others in its next release.

use std::collections::BTreeMap;
use std::io;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};

use super::Grounds;

/// Connections of every kind; `io_uring` could make them past the filter. Not
/// `socketpair`, whose two ends are in one process: std starts processes with it.
const NETWORK: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_io_uring_setup,
];

/// Other programs, and reaching into other processes.
const PROCESSES: &[i64] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_kill,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_open,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_bpf,
    libc::SYS_userfaultfd,
];

pub(super) fn is_supported() -> bool {
    TargetArch::try_from(std::env::consts::ARCH).is_ok()
}

pub(super) fn confine(grounds: &Grounds) -> io::Result<()> {
    install(grounds).map_err(io::Error::other)
}

fn install(grounds: &Grounds) -> seccompiler::Result<()> {
    if grounds.may_start_processes {
        // Refused, not fatal: a linker that asks for more than it needs may go on.
        return refuse(always(NETWORK), SeccompAction::Errno(libc::EPERM as u32));
    }
    // With `clone3`, whether it makes a thread or a process stands in memory, which a
    // filter cannot read. Where the kernel says that it has none, libc takes `clone`.
    refuse(
        always(&[libc::SYS_clone3]),
        SeccompAction::Errno(libc::ENOSYS as u32),
    )?;
    let mut rules = always(NETWORK);
    rules.extend(always(PROCESSES));
    rules.insert(libc::SYS_clone, vec![no_thread()?]);
    // Fatal, because no honest solution does this, and an error could pass for
    // something else: the report is to say what happened.
    refuse(rules, SeccompAction::KillProcess)
}

/// A `clone` that makes a process.
fn no_thread() -> Result<SeccompRule, BackendError> {
    let thread = libc::CLONE_THREAD as u64;
    let flags = SeccompCondition::new(
        0,
        SeccompCmpArgLen::Qword,
        SeccompCmpOp::MaskedEq(thread),
        0,
    )?;
    SeccompRule::new(vec![flags])
}

fn always(calls: &[i64]) -> BTreeMap<i64, Vec<SeccompRule>> {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn refuse(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    action: SeccompAction,
) -> seccompiler::Result<()> {
    let here = TargetArch::try_from(std::env::consts::ARCH)?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, here)?;
    seccompiler::apply_filter(&BpfProgram::try_from(filter)?)
}
