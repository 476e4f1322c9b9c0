//! Serving the book, and leading from its pages to the notebooks.
//!
//! A chapter links to `notebooks.html?open=28-consistent-hashing`, a real page of
//! the book, so that the link is not dead where the book was built by stock
//! mdBook. Here the query is answered with a redirect into the running
//! JupyterLab, whose port and token no committed page can know.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use super::lab::Address;
use super::pages;
use super::progress::Console;

/// The page whose query opens a notebook.
const LINK: &str = "/notebooks.html";

/// What is known of JupyterLab.
#[derive(Debug, Clone)]
pub(crate) enum Notebooks {
    /// It is being set up.
    Preparing,
    /// It runs.
    At(Address),
    /// It does not run, and why.
    Unavailable(String),
}

/// What the server knows besides the book's pages.
#[derive(Debug)]
pub(crate) struct Shared {
    folder: PathBuf,
    console: Console,
    notebooks: Mutex<Notebooks>,
}

impl Shared {
    /// A server for the notebooks in `folder`, which are being prepared.
    pub(crate) fn new(folder: PathBuf, console: Console) -> Self {
        Self {
            folder,
            console,
            notebooks: Mutex::new(Notebooks::Preparing),
        }
    }

    /// Says what has become of JupyterLab.
    pub(crate) fn set(&self, notebooks: Notebooks) {
        *self
            .notebooks
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = notebooks;
    }

    fn notebooks(&self) -> Notebooks {
        self.notebooks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The book's pages, with the links to the notebooks.
pub(crate) fn router(pages: &Path, shared: Arc<Shared>) -> Router {
    let not_found = ServeFile::new(pages.join("404.html"));
    // The book is built anew at each start: a page must not outlive its source
    // in the browser's cache.
    let revalidate = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    Router::new()
        .fallback_service(ServeDir::new(pages).not_found_service(not_found))
        .layer(middleware::from_fn_with_state(shared, lead_to_notebooks))
        .layer(revalidate)
}

#[derive(Debug, Deserialize)]
struct Link {
    open: String,
}

async fn lead_to_notebooks(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    match Query::<Link>::try_from_uri(request.uri()) {
        Ok(Query(link)) if request.uri().path() == LINK => {
            if is_from_this_machine(request.headers()) {
                open(&shared, &link.open)
            } else {
                StatusCode::MISDIRECTED_REQUEST.into_response()
            }
        }
        _ => next.run(request).await,
    }
}

/// Where the link leads at the moment.
fn open(shared: &Shared, name: &str) -> Response {
    let existing = listed(&shared.folder);
    let Some(name) = existing.iter().find(|existing| *existing == name) else {
        return (StatusCode::NOT_FOUND, Html(pages::unknown(name, &existing))).into_response();
    };
    match shared.notebooks() {
        Notebooks::At(address) => Redirect::to(&address.notebook(name)).into_response(),
        Notebooks::Preparing => {
            let page = Html(pages::waiting(&shared.console.statuses()));
            let again = [(header::RETRY_AFTER, pages::REFRESH_SECONDS.to_string())];
            (StatusCode::SERVICE_UNAVAILABLE, again, page).into_response()
        }
        Notebooks::Unavailable(reason) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Html(pages::unavailable(&reason)),
        )
            .into_response(),
    }
}

/// Names of the notebooks, without `.ipynb`. A request's name is looked up in
/// this list and never becomes a path, so that it cannot lead out of the folder.
fn listed(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some(
                entry
                    .file_name()
                    .to_str()?
                    .strip_suffix(".ipynb")?
                    .to_owned(),
            )
        })
        // Such names stand in an address as they are; the course's own all do.
        .filter(|name| {
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        })
        .collect();
    names.sort();
    names
}

/// Whether the browser asked for this machine by a name of its own. A page from
/// elsewhere can let its own host name point here (DNS rebinding), read what is
/// answered, and would have the token.
fn is_from_this_machine(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    ["127.0.0.1", "localhost"].contains(&name)
}

#[cfg(test)]
mod tests;
