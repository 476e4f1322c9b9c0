//! Stopping a course: however it is told, nothing stays behind.

use std::net::TcpStream;
use std::time::Duration;

use rustix::process::Signal;

use super::running::api;
use crate::fixture::course::{Course, comes_true, processes_with};

/// JupyterLab has ten seconds to end by itself before it is killed.
const LIMIT: Duration = Duration::from_secs(30);

/// Starts a course and a kernel in it, stops the course by a signal, and looks for what
/// is left. Every process under JupyterLab has the token of this start in its environment.
#[track_caller]
fn check(signal: Signal, ends_well: bool) {
    let mut course = Course::start().expect("it starts");
    let (lab, token) = course.lab();
    let book = course.book();
    start_kernel(&lab, &token);
    assert_eq!(api(&course, "kernels").as_array().map(Vec::len), Some(1));
    let marked = format!("JUPYTER_TOKEN={token}");
    let running = processes_with(&marked);
    assert!(
        running.len() >= 2 || !cfg!(target_os = "linux"),
        "JupyterLab and a kernel: {running:?}"
    );

    course.signal(signal);
    assert_eq!(course.ended_well(), ends_well);
    let none_left = comes_true(LIMIT, || processes_with(&marked).is_empty());
    assert!(none_left, "left behind: {:#?}", processes_with(&marked));
    for address in [book, lab] {
        let place = address
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        assert!(
            TcpStream::connect(&place).is_err(),
            "{place} is still served"
        );
    }
}

fn start_kernel(lab: &str, token: &str) {
    let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
    let request = agent
        .post(format!("{lab}/api/kernels"))
        .header("Authorization", format!("token {token}"));
    request.send("{}").expect("JupyterLab starts the kernel");
}

#[test]
fn ctrl_c_ends_jupyterlab_and_its_kernels_and_frees_the_ports() {
    check(Signal::INT, true);
}

#[test]
fn a_closed_terminal_ends_everything_too() {
    check(Signal::HUP, true);
}

#[test]
fn a_course_that_is_killed_outright_leaves_nothing_either() {
    check(Signal::KILL, false);
}
