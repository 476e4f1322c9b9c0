//! The server's answers, over a real socket.

use std::net::TcpListener;

use super::*;

/// A server over a book of two pages and one notebook; its thread ends with the tests.
struct Server {
    port: u16,
    shared: Arc<Shared>,
    _folder: tempfile::TempDir,
}

fn server() -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("space");
    write("index.html", "welcome");
    write("notebooks.html", "the notebooks' page");
    write("404.html", "not in this book");
    write("28-consistent-hashing.ipynb", "{}");
    let shared = Arc::new(Shared::new(folder.path().into(), Console::default()));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    listener.set_nonblocking(true).expect("a setting");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let router = router(folder.path(), shared.clone());
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router).await
        })
    });
    Server {
        port,
        shared,
        _folder: folder,
    }
}

impl Server {
    /// Status, `Location`, and text of an answer.
    fn get(&self, path: &str, host: &str) -> (u16, String, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        let mut answer = agent
            .get(format!("http://127.0.0.1:{}{path}", self.port))
            .header("Host", host)
            .call()
            .expect("an answer");
        let location = answer
            .headers()
            .get("location")
            .map(|to| to.to_str().expect("ASCII").to_owned());
        let text = answer.body_mut().read_to_string().expect("text");
        (answer.status().as_u16(), location.unwrap_or_default(), text)
    }

    #[track_caller]
    fn check(&self, path: &str, status: u16, part: &str) {
        let (actual, location, text) = self.get(path, "127.0.0.1");
        assert_eq!(actual, status, "{path}: {text}");
        assert!(
            text.contains(part) || location.contains(part),
            "{path}: {location} {text}"
        );
    }
}

const LINKED: &str = "/notebooks.html?open=28-consistent-hashing";

fn address() -> Address {
    Address::new(8890, "abc".to_owned())
}

#[test]
fn pages_of_the_book_are_served_and_others_get_its_own_404() {
    let server = server();
    server.check("/", 200, "welcome");
    server.check("/notebooks.html", 200, "the notebooks' page");
    server.check("/no-such-page.html", 404, "not in this book");
}

#[test]
fn a_link_waits_then_leads_to_jupyterlab_then_tells_why_it_cannot() {
    let server = server();
    server.shared.console.step("Kernel").reached(3, 380, "syn");
    server.check(LINKED, 503, "3 of 380");
    server.shared.set(Notebooks::At(address()));
    server.check(
        LINKED,
        303,
        "http://127.0.0.1:8890/lab/tree/28-consistent-hashing.ipynb?token=abc",
    );
    server
        .shared
        .set(Notebooks::Unavailable("install python3-venv".into()));
    server.check(LINKED, 503, "python3-venv");
}

#[test]
fn an_unknown_notebook_is_answered_with_those_that_exist() {
    let server = server();
    server.shared.set(Notebooks::At(address()));
    server.check(
        "/notebooks.html?open=nonsense",
        404,
        "open=28-consistent-hashing",
    );
    server.check(
        "/notebooks.html?open=..%2F..%2Fetc%2Fpasswd",
        404,
        "No such notebook",
    );
    server.check("/notebooks.html?open=", 404, "No such notebook");
}

#[test]
fn a_foreign_host_name_does_not_learn_the_token() {
    let server = server();
    server.shared.set(Notebooks::At(address()));
    let (status, location, _) = server.get(LINKED, "rebound.example.com:3000");
    assert_eq!((status, location.as_str()), (421, ""));
    assert_eq!(server.get(LINKED, "localhost:3000").0, 303);
}
