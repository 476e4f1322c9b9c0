//! A course that runs: both addresses answer, and the book leads to the notebooks.

use std::net::TcpListener;

use crate::fixture::course::{Course, course, course_setup};

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .into()
}

/// Status of an answer, and where it leads or what it says.
pub(super) fn get(address: &str) -> (u16, String) {
    let mut answer = agent().get(address).call().expect("it answers");
    let location = answer.headers().get("location").cloned();
    let text = match location {
        Some(location) => location.to_str().expect("an address is ASCII").to_owned(),
        None => answer.body_mut().read_to_string().expect("text"),
    };
    (answer.status().as_u16(), text)
}

/// What JupyterLab's API answers to the holder of the token.
pub(super) fn api(course: &Course, path: &str) -> serde_json::Value {
    let (lab, token) = course.lab();
    let request = agent().get(format!("{lab}/api/{path}"));
    let mut answer = request
        .header("Authorization", format!("token {token}"))
        .call()
        .expect("it answers");
    let text = answer.body_mut().read_to_string().expect("text");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_book_leads_to_the_notebook_in_jupyterlab() {
    let course = Course::start().expect("it starts");
    let (status, chapter) = get(&course.chapter());
    assert_eq!(status, 200);
    assert!(
        chapter.contains("notebooks.html?open=28-consistent-hashing"),
        "the chapter has its link"
    );

    let (status, lab) = get(&format!(
        "{}notebooks.html?open=28-consistent-hashing",
        course.book()
    ));
    assert_eq!(status, 303, "{lab}");
    let (address, token) = course.lab();
    assert_eq!(
        lab,
        format!("{address}/lab/tree/28-consistent-hashing.ipynb?token={token}")
    );
    assert!(get(&lab).0 < 400, "JupyterLab opens it");

    let (status, page) = get(&format!("{}notebooks.html?open=29-nothing", course.book()));
    assert_eq!(status, 404);
    assert!(page.contains("open=28-consistent-hashing"), "{page}");
}

#[test]
fn jupyterlab_offers_our_kernel_only_and_lets_nobody_in_without_the_token() {
    let course = Course::start().expect("it starts");
    let specs = api(&course, "kernelspecs");
    assert_eq!(specs["default"], "rust");
    let names: Vec<&String> = specs["kernelspecs"]
        .as_object()
        .expect("a list")
        .keys()
        .collect();
    assert_eq!(names, ["rust"]);
    assert_eq!(
        specs["kernelspecs"]["rust"]["spec"]["display_name"],
        "Rust (system design)"
    );
    let (address, _) = course.lab();
    assert_eq!(get(&format!("{address}/api/contents")).0, 403);
}

#[test]
fn taken_ports_are_answered_by_the_next_free_ones() {
    course_setup();
    let taken = || {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        (listener, port)
    };
    let ((_book, book), (_lab, lab)) = (taken(), taken());
    let (wished_book, wished_lab) = (book.to_string(), lab.to_string());
    let arguments = [
        "--no-browser",
        "--port",
        &wished_book,
        "--lab-port",
        &wished_lab,
    ];
    let mut course = Course::spawn(course(&arguments)).expect("it starts");
    course.wait_for("Ctrl-C stops").expect("both addresses");
    assert_ne!(course.book(), format!("http://127.0.0.1:{book}/"));
    assert_ne!(course.lab().0, format!("http://127.0.0.1:{lab}"));
    assert_eq!(get(&course.book()).0, 200);
}
