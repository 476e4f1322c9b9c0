//! A kernel that has started before Jupyter asks for it.

use super::client::{HISTORY_VAR, Kernel, SPARE_VAR, TEMPORARY_VAR, WARMING_VAR};
use crate::fixture::kernel::binary;
use jupyter_zmq_client::ExecuteRequest;
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// A busy machine takes long to start a kernel. A hang is told by it, and nothing else.
const LIMIT: Duration = Duration::from_secs(300);

/// How often is looked for what another process does.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A user with notebooks in one folder, and no other kernels than the test's.
struct User(tempfile::TempDir);

impl User {
    fn new() -> Self {
        let user = Self(tempfile::tempdir().unwrap());
        for folder in ["notebooks", "runtime"] {
            fs::create_dir(user.path(folder)).unwrap();
        }
        user
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Starts a kernel as Jupyter does for a notebook.
    #[track_caller]
    fn kernel(&self, notebook: &str, variables: &[(&str, &str)]) -> Kernel {
        Kernel::start_by(|program, file| {
            let mut command = Command::new(program);
            command
                .arg("run")
                .arg(file)
                .current_dir(self.path("notebooks"))
                .env("XDG_RUNTIME_DIR", self.path("runtime"))
                // For the spare, too, which outlives the kernel that has started it.
                .env(TEMPORARY_VAR, self.0.path())
                .env("JPY_PARENT_PID", std::process::id().to_string())
                .env("JPY_SESSION_NAME", notebook)
                .env(HISTORY_VAR, self.path("history.jsonl"))
                .env(WARMING_VAR, "on")
                .env(SPARE_VAR, "on")
                .envs(variables.iter().copied());
            command
        })
    }

    /// The processes that have been started ahead, whatever they are now.
    fn started_ahead(&self) -> Vec<u32> {
        let runtime = format!("XDG_RUNTIME_DIR={}", self.path("runtime").display());
        let is_one = |pid: &u32| {
            let read = |file| fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
            let command = read("cmdline");
            let mut words = command.split(|&byte| byte == 0);
            let is_kernel = words.next() == Some(binary().as_os_str().as_encoded_bytes());
            let environment = read("environ");
            let has = |wanted: &str| {
                let mut variables = environment.split(|&byte| byte == 0);
                variables.any(|found| found.starts_with(wanted.as_bytes()))
            };
            // A process that it is about to start looks like it until then, but for its id.
            let is_itself = has(&format!("KERNEL_EXT_DIRECTORY={pid}:"));
            is_kernel && words.next() == Some(b"spare") && is_itself && has(&runtime)
        };
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        pids.filter(is_one).collect()
    }

    /// A kernel in place of one that has run this cell, and the process that it is.
    #[track_caller]
    fn restarted(&self, cell: &str) -> (Kernel, u32) {
        let mut first = self.kernel("a.ipynb", &[]);
        first.run(cell);
        let spare = self.await_spare();
        assert!(first.shutdown_for_restart(LIMIT).unwrap().success());
        let mut second = self.kernel("a.ipynb", &[]);
        // Before a cell has been run: after that and a rest there would be another one.
        assert_eq!(self.started_ahead(), [spare]);
        second.run("1");
        assert_eq!(second.processes().len(), 1, "a second evcxr is started");
        (second, spare)
    }

    /// Waits until one can be taken.
    #[track_caller]
    fn await_spare(&self) -> u32 {
        let folder = self.path("runtime").join("kernel-ext");
        let is_socket = |entry: fs::DirEntry| entry.file_name() != OsStr::new("lock");
        await_that("a spare waits at its socket", || {
            let entries = fs::read_dir(&folder);
            entries.is_ok_and(|entries| entries.flatten().any(is_socket))
        });
        let found = self.started_ahead();
        let [spare] = found.as_slice() else {
            panic!("there is one, not {found:?}");
        };
        *spare
    }
}

#[track_caller]
fn await_that(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !is_so() {
        assert!(Instant::now() < deadline, "not within {LIMIT:?}: {what}");
        std::thread::sleep(LOOK_EVERY);
    }
}

fn signal(process: u32, signal: Signal) {
    let pid = Pid::from_raw(process.try_into().unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[test]
fn after_a_restart_the_kernel_is_one_that_has_started_already() {
    let user = User::new();
    let (mut second, spare) = user.restarted("let n = 1;");
    let failure = second.run("n").failure();
    assert!(failure.contains("cannot find value `n`"), "{failure}");
    assert_eq!(
        second.run("let n = 2; n + 1").transcript(),
        "result {\"text/plain\":\"3\"}\nreply ok"
    );

    // What Jupyter does to the process that it knows, it does to the kernel.
    let id = second.send(ExecuteRequest::new(
        "println!(\"runs\"); loop {}".to_owned(),
    ));
    assert_eq!(second.text(), "runs\n");
    signal(second.processes()[0], Signal::INT);
    assert!(second.collect(&id).failure().contains("nterrupt"));
    assert_eq!(
        second.run("n").transcript(),
        "result {\"text/plain\":\"2\"}\nreply ok"
    );
    signal(second.processes()[0], Signal::TERM);
    assert!(second.wait().success());
    await_that("its processes are gone", || {
        !user.started_ahead().contains(&spare)
    });
}

#[test]
fn a_kernel_and_the_process_that_stands_for_it_end_together() {
    let user = User::new();
    let (mut killed, _) = user.restarted("1");
    killed.kill();
    await_that("the kernel ends with it", || {
        user.started_ahead().is_empty()
    });

    let (mut left, spare) = user.restarted("2");
    signal(spare, Signal::KILL);
    assert!(!left.wait().success());
    let log = left.log();
    assert!(log.contains("ended in the middle of its work"), "{log}");
}

#[test]
fn another_notebook_may_have_it_and_another_environment_may_not() {
    let user = User::new();
    let mut first = user.kernel("a.ipynb", &[]);
    first.run("1");
    user.await_spare();
    let mut elsewhere = user.kernel("b.ipynb", &[("MODE", "another")]);
    // It answers before it has started evcxr.
    elsewhere.run("1");
    assert!(elsewhere.processes().len() > 1, "it has its own evcxr");
    drop(elsewhere);

    let mut second = user.kernel("b.ipynb", &[]);
    // It is the notebook's business what its cells may know, and not the first one's.
    let code = "std::env::vars().filter(|(_, value)| value.ends_with(\".ipynb\")).count()";
    assert_eq!(
        second.run(code).transcript(),
        "result {\"text/plain\":\"0\"}\nreply ok"
    );
    assert_eq!(second.processes().len(), 1, "a second evcxr is started");
    await_that("there is another one", || user.started_ahead().len() == 2);

    // Killed as by a crash, both; the one that waits has nobody to wait for any more.
    first.kill();
    second.kill();
    await_that("it ends by itself", || user.started_ahead().is_empty());
}

#[test]
fn whoever_ends_the_last_kernel_ends_the_spare() {
    let user = User::new();
    let mut kernel = user.kernel("a.ipynb", &[]);
    kernel.run("1");
    user.await_spare();
    assert!(kernel.shutdown(LIMIT).unwrap().success());
    await_that("it is gone", || user.started_ahead().is_empty());
    let left = fs::read_dir(user.path("runtime").join("kernel-ext")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["lock"]);
}
