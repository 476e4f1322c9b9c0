//! Where the spare for an environment waits, and for which environment it is.

use crate::{environment, tools};
use anyhow::{Context as _, ensure};
use rustix::net::{
    AddressFamily, SocketAddrUnix, SocketFlags, SocketType, bind, connect, listen, socket_with,
};
use rustix::process::getuid;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, TryLockError};
use std::hash::{Hash as _, Hasher as _};
use std::io::ErrorKind;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

/// Environment variable: `off` where there shall be no spare.
const SPARE_VAR: &str = "KERNEL_EXT_SPARE";

/// A folder of the user's, and a socket in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    folder: PathBuf,
    socket: PathBuf,
}

impl Place {
    /// For kernels like this one; `None` where the user wants none, or has chosen folders that
    /// several kernels would have to share. `directory` is this kernel's own.
    ///
    /// # Errors
    ///
    /// If it cannot be told what the environment is.
    pub(super) fn of_this_kernel(directory: &Path) -> anyhow::Result<Option<Self>> {
        let is_off = std::env::var_os(SPARE_VAR).is_some_and(|value| value == "off");
        if is_off || !environment::is_own(directory) {
            return Ok(None);
        }
        let folder = own_folder();
        let socket = folder.join(format!("{:016x}", environment_hash()?));
        Ok(Some(Self { folder, socket }))
    }

    /// In a folder within this one, for tests.
    #[cfg(test)]
    pub(super) fn within(folder: &Path) -> Self {
        let folder = folder.join("own");
        make_private(&folder).expect("a folder can be made");
        let socket = folder.join("socket");
        Self { folder, socket }
    }

    /// The right to be the user's one spare, until the file is dropped; `None` if there is one.
    ///
    /// # Errors
    ///
    /// If the folder cannot be had or others could use it, or the file cannot be locked.
    pub(super) fn claim(&self) -> anyhow::Result<Option<File>> {
        make_private(&self.folder)?;
        let path = self.folder.join("lock");
        let file =
            File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).context("cannot lock the spare's file"),
        }
    }

    /// Waits for others at the socket; who does that has the [right](Self::claim) to.
    ///
    /// # Errors
    ///
    /// If the socket cannot be made.
    pub(super) fn listen(&self) -> anyhow::Result<OwnedFd> {
        // Left by one that was killed.
        self.forget();
        let listener = packets()?;
        bind(&listener, &SocketAddrUnix::new(&self.socket)?)
            .with_context(|| format!("cannot listen at {}", self.socket.display()))?;
        listen(&listener, 8)?;
        Ok(listener)
    }

    /// The spare that waits there; `None` if there is none.
    pub(super) fn reach(&self) -> Option<OwnedFd> {
        check_private(&self.folder).ok()?;
        let socket = packets().ok()?;
        let address = SocketAddrUnix::new(&self.socket).ok()?;
        connect(&socket, &address).is_ok().then_some(socket)
    }

    /// Takes the socket away, so that nobody finds it.
    pub(super) fn forget(&self) {
        if let Err(error) = fs::remove_file(&self.socket)
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(%error, "a spare's socket is left");
        }
    }
}

fn packets() -> rustix::io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC;
    socket_with(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None)
}

/// Where the user's folder is, once a spare has been started.
fn own_folder() -> PathBuf {
    match dirs::runtime_dir().filter(|folder| folder.is_dir()) {
        Some(folder) => folder.join("kernel-ext"),
        None => std::env::temp_dir().join(format!("kernel-ext-of-{}", getuid().as_raw())),
    }
}

/// Makes a folder that is this user's alone, unless it is there.
fn make_private(folder: &Path) -> anyhow::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("cannot make {}", folder.display()))
        }
        _ => check_private(folder),
    }
}

/// Whether nobody else can enter the folder.
fn check_private(folder: &Path) -> anyhow::Result<()> {
    // Not through a link: in a folder for everybody it may be somebody's trap.
    let found = fs::symlink_metadata(folder)?;
    ensure!(
        found.is_dir() && found.uid() == getuid().as_raw() && found.mode() & 0o077 == 0,
        "{} is not this user's alone; remove it, or set {SPARE_VAR}=off",
        folder.display()
    );
    Ok(())
}

/// The same for kernels of which one can stand in for the other: what they and their cells
/// can see of their environment, and what evcxr and the compiler do in it.
fn environment_hash() -> anyhow::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let variables: BTreeMap<OsString, OsString> = std::env::vars_os()
        .filter(|(name, _)| !name.to_str().is_some_and(environment::is_of_one_kernel))
        .collect();
    variables.hash(&mut hasher);
    tools::search_path_of_user().hash(&mut hasher);
    std::env::current_dir()?.hash(&mut hasher);
    let program = std::env::current_exe()?;
    fs::metadata(&program)?.modified()?.hash(&mut hasher);
    program.hash(&mut hasher);
    environment::rustc_identity().hash(&mut hasher);
    // Its files are run when evcxr starts.
    for entry in evcxr::config_dir().map(fs::read_dir).into_iter().flatten() {
        for entry in entry {
            let entry = entry?;
            entry.file_name().hash(&mut hasher);
            entry.metadata()?.modified()?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[test]
    fn a_folder_that_others_can_enter_is_not_used() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let [own, link, open] = ["own", "link", "open"].map(|name| folder.path().join(name));
        make_private(&own).expect("a folder can be made");
        make_private(&own).expect("it is there");
        symlink(&own, &link).expect("a link can be made");
        assert!(make_private(&link).is_err());
        fs::create_dir(&open).expect("a folder can be made");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).expect("it is ours");
        assert!(make_private(&open).is_err());
    }

    #[test]
    fn one_claims_the_place_and_is_found_until_it_is_gone() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let place = Place::within(folder.path());
        let claim = || place.claim().expect("a file can be locked");
        let first = claim().expect("nobody is there");
        assert!(claim().is_none());
        drop(first);
        assert!(claim().is_some());

        assert!(place.reach().is_none());
        let listener = place.listen().expect("a socket can be made");
        assert!(place.reach().is_some());
        drop(listener);
        assert!(place.reach().is_none());
        // What a killed one has left is in nobody's way.
        let listener = place.listen().expect("a socket can be made");
        place.forget();
        assert!(place.reach().is_none());
        drop(listener);
    }
}
