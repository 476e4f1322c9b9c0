//! Tells the learner's other commands where the book is being served.
//!
//! The port is whichever was free. A file in `.course/` names the address for as long as
//! the book is served; whoever reads it asks the address for a page before believing it,
//! because a session that is killed leaves its file behind.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::paths::Layout;
use crate::practice::book::ADDRESS;

/// The file, removed when dropped.
#[derive(Debug)]
pub(crate) struct Announced {
    file: PathBuf,
}

impl Announced {
    /// Writes the file. None where it cannot be written: then links name the sources.
    pub(crate) fn new(layout: &Layout, address: SocketAddr) -> Option<Self> {
        let folder = layout.root().join(".course");
        let file = folder.join(ADDRESS);
        fs::create_dir_all(folder).ok()?;
        fs::write(&file, format!("http://{address}/\n")).ok()?;
        Some(Self { file })
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        // Best effort; see above.
        let _ = fs::remove_file(&self.file);
    }
}
