//! `cargo course`: everything from the first look at the machine to Ctrl-C.
//!
//! Three things go on at the same time. A *worker* thread does what blocks, in
//! order: build the book, set up, start JupyterLab. The main thread serves the
//! book from the moment that it is built, and waits for the word to stop. A last
//! thread notices when JupyterLab ends by itself. Stopping means cutting the
//! lifeline (see [`super::children`]) and waiting until all children are gone.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::announced::Announced;
use super::children::Lifeline;
use super::lab::{Address, Lab};
use super::paths::Layout;
use super::progress::Console;
use super::serve::{self, Notebooks, Shared};
use super::setup::Setup;
use super::{StartOptions, book, doctor, ports, prerequisites};

/// What the worker tells the main thread.
enum Event {
    /// The book is built; its pages are here.
    Book(Result<PathBuf>),
    /// JupyterLab answers.
    Lab(Address),
    /// There will be no JupyterLab.
    NoLab(anyhow::Error),
    /// JupyterLab was running and has ended.
    LabEnded,
}

/// Everything that lives as long as the session.
struct Session {
    layout: Layout,
    console: Console,
    lifeline: Lifeline,
    offline: bool,
    lab_port: u16,
}

/// Sets up what is missing and runs the course until it is told to stop.
pub(crate) fn run(options: &StartOptions) -> Result<ExitCode> {
    let session = Arc::new(Session {
        layout: options.common.layout(),
        console: Console::default(),
        lifeline: Lifeline::new()?,
        offline: options.common.offline,
        lab_port: options.lab_port,
    });
    // Taken first: a wished port that cannot be had is told at once.
    let listener = ports::listen_from(options.port)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(main_thread(&session, listener, options));
    session.lifeline.cut();
    outcome
}

async fn main_thread(
    session: &Arc<Session>,
    listener: TcpListener,
    options: &StartOptions,
) -> Result<ExitCode> {
    let mut stop = StopSignals::new()?;
    let (events, mut inbox) = unbounded_channel();
    let worker = std::thread::spawn({
        let session = session.clone();
        move || work(&session, &events)
    });
    let outcome = tokio::select! {
        outcome = serve_and_follow(session, listener, options, &mut inbox) => outcome,
        () = stop.wait() => Ok(()),
    };
    session.console.say("stopping ...");
    session.lifeline.cut();
    if outcome.is_ok() {
        tokio::select! {
            () = ended(worker) => session.console.say("stopped; nothing is left running"),
            // Whoever asks twice does not want to wait; the guards go on to
            // clean up without this process.
            () = stop.wait() => {}
        }
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Serves the book and tells the reader what happens, for ever.
async fn serve_and_follow(
    session: &Session,
    listener: TcpListener,
    options: &StartOptions,
    inbox: &mut UnboundedReceiver<Event>,
) -> Result<()> {
    let address = listener.local_addr()?;
    let mut listener = Some(listener);
    // Dropped, and with it the file, when the session stops.
    let mut _announced = None;
    let shared = Arc::new(Shared::new(
        session.layout.notebooks(),
        session.console.clone(),
    ));
    while let Some(event) = inbox.recv().await {
        match event {
            Event::Book(pages) => {
                let listener = listener.take().context("the book was built twice")?;
                tokio::spawn(answer(listener, serve::router(&pages?, shared.clone()))?);
                _announced = Announced::new(&session.layout, address);
                announce_book(session, address, options.no_browser);
            }
            Event::Lab(lab) => {
                announce_all(session, address, &lab);
                shared.set(Notebooks::At(lab));
            }
            Event::NoLab(error) => {
                session
                    .console
                    .say(format!("\nno notebooks in this session: {error:#}\n"));
                announce_rest(session, address);
                shared.set(Notebooks::Unavailable(format!("{error:#}")));
            }
            Event::LabEnded => {
                session
                    .console
                    .say("JupyterLab has ended; the book is still there until Ctrl-C");
                shared.set(Notebooks::Unavailable(
                    "JupyterLab was shut down".to_owned(),
                ));
            }
        }
    }
    // The worker is gone, the reader is not.
    std::future::pending().await
}

/// The server, as a task that never ends.
fn answer(listener: TcpListener, router: axum::Router) -> Result<impl Future<Output = ()>> {
    listener
        .set_nonblocking(true)
        .context("could not prepare the book's port")?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    Ok(async move {
        // It ends on errors of the listener only, and then with the program.
        let _ = axum::serve(listener, router).await;
    })
}

fn announce_book(session: &Session, address: SocketAddr, no_browser: bool) {
    let url = format!("http://{address}/");
    session.console.say(format!("\n  The book is at  {url}\n"));
    if no_browser || !prerequisites::has_display() {
        return;
    }
    let console = session.console.clone();
    // Some launchers take their time.
    std::thread::spawn(move || {
        if let Err(error) = open::that_detached(&url) {
            console.say(format!(
                "could not open a browser ({error}); open {url} yourself"
            ));
        }
    });
}

fn announce_all(session: &Session, book: SocketAddr, lab: &Address) {
    session.console.say(format!(
        "\n  Book        http://{book}/\n  JupyterLab  {}\n\n  Ctrl-C stops both.\n",
        lab.start_page()
    ));
}

fn announce_rest(session: &Session, book: SocketAddr) {
    session.console.say(format!(
        "  Book        http://{book}/\n\n  Ctrl-C stops it.\n"
    ));
}

/// The worker: what blocks, in order. A send fails only when the session is stopping.
fn work(session: &Session, events: &UnboundedSender<Event>) {
    let (findings, book) = std::thread::scope(|scope| {
        let findings = scope.spawn(|| prerequisites::look_for_all(&session.layout));
        let book = book::build(&session.layout, &session.console);
        (findings.join().unwrap_or_default(), book)
    });
    if let Some(table) = doctor::complaints(&findings) {
        session
            .console
            .say(format!("Some things are missing:\n{table}"));
    }
    let failed = book.is_err();
    if events.send(Event::Book(book)).is_err() || failed {
        return;
    }
    match set_up_and_start(session) {
        Ok(lab) => {
            let _ = events.send(Event::Lab(lab.address.clone()));
            lab.wait();
            let _ = events.send(Event::LabEnded);
        }
        Err(error) => {
            let _ = events.send(Event::NoLab(error));
        }
    }
}

fn set_up_and_start(session: &Session) -> Result<Lab> {
    let setup = Setup {
        layout: &session.layout,
        console: &session.console,
        lifeline: &session.lifeline,
        offline: session.offline,
    };
    setup.run()?;
    let step = session.console.step("JupyterLab");
    let lab = Lab::start(&session.layout, &session.lifeline, session.lab_port, &step)?;
    step.done("running");
    Ok(lab)
}

/// Waits for a thread without keeping the others waiting.
async fn ended(worker: std::thread::JoinHandle<()>) {
    let (told, ended) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = worker.join();
        let _ = told.send(());
    });
    let _ = ended.await;
}

/// Ctrl-C, a polite kill, and a closed terminal.
pub(crate) struct StopSignals([Signal; 3]);

impl StopSignals {
    /// Listens from now on; must be called within a runtime.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub(crate) fn new() -> Result<Self> {
        let listen = |kind| signal(kind).context("could not listen for signals");
        Ok(Self([
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
            listen(SignalKind::hangup())?,
        ]))
    }

    /// Waits for the first of them.
    pub(crate) async fn wait(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}
