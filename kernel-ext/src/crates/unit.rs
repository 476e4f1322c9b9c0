//! What cargo has built of one crate in one way, in a target folder and in ours.
//!
//! Cargo calls that a unit, and names it by the crate and a hash of how it is built. It is
//! complete where its fingerprint is.

use super::copy;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where cargo writes down from what a unit was built.
const FINGERPRINTS: &str = ".fingerprint";

/// The description of a kept unit, in its folder.
const DESCRIPTION: &str = "unit.json";

/// The files of a kept unit, in its folder.
const FILES: &str = "files";

/// Digits of the hash in a unit's name.
const HASH_DIGITS: usize = 16;

/// A unit in a target folder.
#[derive(Debug)]
pub(super) struct Unit {
    target: PathBuf,
    /// `debug`, or `TRIPLE/debug`.
    profile: PathBuf,
    /// `serde-0123456789abcdef`.
    name: String,
    /// Relative to the profile's folder, those of the fingerprint last.
    files: Vec<PathBuf>,
}

impl Unit {
    /// All that are complete.
    ///
    /// # Errors
    ///
    /// If a folder cannot be read.
    pub(super) fn all_of(target: &Path) -> anyhow::Result<Vec<Self>> {
        let mut units = Vec::new();
        for profile in profiles(target)? {
            let folder = target.join(&profile);
            let mut libraries = by_hash(&folder.join("deps"))?;
            for name in names(&folder.join(FINGERPRINTS))? {
                let fingerprint = files_below(&folder, &Path::new(FINGERPRINTS).join(&name))?;
                // Written after a build that succeeded.
                if !fingerprint
                    .iter()
                    .any(|file| file.extension() == Some("json".as_ref()))
                {
                    continue;
                }
                let hash = hash_of(&name).unwrap_or_default();
                let mut files = libraries.remove(hash).unwrap_or_default();
                files.extend(files_below(&folder, &Path::new("build").join(&name))?);
                files.extend(fingerprint);
                units.push(Self {
                    target: target.to_owned(),
                    profile: profile.clone(),
                    name,
                    files,
                });
            }
        }
        Ok(units)
    }

    /// The name of its package.
    pub(super) fn package(&self) -> &str {
        let end = self.name.len().saturating_sub(HASH_DIGITS + 1);
        &self.name[..end]
    }

    /// Its files, as they are now.
    fn describe(&self) -> io::Result<Vec<Description>> {
        let folder = self.target.join(&self.profile);
        self.files
            .iter()
            .map(|file| Description::of(&folder, file))
            .collect()
    }
}

/// A file of a kept unit.
#[derive(Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Description {
    path: PathBuf,
    bytes: u64,
    /// Since 1970. Cargo goes by it, and a file that was written to has another.
    modified_nanos: u128,
}

impl Description {
    fn of(folder: &Path, path: &Path) -> io::Result<Self> {
        let found = fs::symlink_metadata(folder.join(path))?;
        let modified = found.modified()?.duration_since(UNIX_EPOCH);
        Ok(Self {
            path: path.to_owned(),
            bytes: found.len(),
            modified_nanos: modified.unwrap_or_default().as_nanos(),
        })
    }
}

/// A unit that is kept.
#[derive(Debug)]
pub(super) struct KeptUnit {
    /// `.../PROFILE/NAME`, the profile's slashes as `+`.
    folder: PathBuf,
}

impl KeptUnit {
    /// Where this unit is kept, or would be.
    pub(super) fn new(compiler: PathBuf, unit: &Unit) -> Self {
        let profile = unit.profile.to_string_lossy().replace('/', "+");
        Self {
            folder: compiler.join(profile).join(&unit.name),
        }
    }

    /// All of a compiler.
    pub(super) fn all_of(compiler: &Path) -> anyhow::Result<Vec<Self>> {
        let mut units = Vec::new();
        for profile in names(compiler)? {
            let profile = compiler.join(profile);
            for name in names(&profile)? {
                let folder = profile.join(name);
                units.push(Self { folder });
            }
        }
        Ok(units)
    }

    fn described(&self) -> Option<Vec<Description>> {
        let text = fs::read(self.folder.join(DESCRIPTION)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Whether every file has the size and the time of change that it was kept with. Reading
    /// them all would take longer than a cell.
    pub(super) fn is_whole(&self) -> bool {
        let files = self.folder.join(FILES);
        self.described().is_some_and(|described| {
            let mut described = described.iter();
            described.all(|file| Description::of(&files, &file.path).is_ok_and(|now| now == *file))
        })
    }

    /// Whether it is kept, and built when this one was. Another kernel may have linked it since,
    /// so more may be kept of it.
    pub(super) fn has_all_of(&self, unit: &Unit) -> anyhow::Result<bool> {
        let Some(kept) = self.described() else {
            return Ok(false);
        };
        let kept: HashSet<Description> = kept.into_iter().collect();
        Ok(unit.describe()?.iter().all(|file| kept.contains(file)))
    }

    /// Puts it into a target folder, unless it is there.
    pub(super) fn lend(&self, target: &Path) -> anyhow::Result<()> {
        let name = self.folder.file_name().unwrap_or_default();
        let profile = self.folder.parent().and_then(Path::file_name);
        let profile = profile
            .unwrap_or_default()
            .to_string_lossy()
            .replace('+', "/");
        let profile = target.join(profile);
        if profile.join(FINGERPRINTS).join(name).exists() {
            return Ok(());
        }
        let described = self.described().unwrap_or_default();
        let files = self.folder.join(FILES);
        for file in described {
            copy::put(&files.join(&file.path), &profile.join(&file.path))?;
        }
        Ok(())
    }

    /// Keeps this instead of what was kept.
    pub(super) fn replace_by(&self, unit: &Unit) -> anyhow::Result<()> {
        let parent = self.folder.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent)?;
        // Beside it, so that it is in place at once; removed again if anything fails.
        let new = tempfile::Builder::new()
            .prefix(".new-")
            .tempdir_in(parent)
            .with_context(|| format!("cannot write to {}", parent.display()))?;
        let from = unit.target.join(&unit.profile);
        for file in &unit.files {
            copy::put(&from.join(file), &new.path().join(FILES).join(file))?;
        }
        let described = serde_json::to_vec(&unit.describe()?)?;
        fs::write(new.path().join(DESCRIPTION), described)?;
        self.remove()?;
        fs::rename(new.path(), &self.folder)?;
        // It has another name by now.
        let _ = new.keep();
        Ok(())
    }

    /// Takes note that it was used.
    pub(super) fn touch(&self, now: SystemTime) -> anyhow::Result<()> {
        Ok(File::open(self.folder.join(DESCRIPTION))?.set_modified(now)?)
    }

    /// When it was last used.
    pub(super) fn used(&self) -> SystemTime {
        let found = fs::metadata(self.folder.join(DESCRIPTION));
        let used = found.and_then(|found| found.modified());
        // What is not whole goes first.
        used.unwrap_or(UNIX_EPOCH)
    }

    /// How much it takes.
    pub(super) fn bytes(&self) -> u64 {
        let described = self.described().unwrap_or_default();
        described.iter().map(|file| file.bytes).sum()
    }

    /// Removes it, if it is there.
    pub(super) fn remove(&self) -> anyhow::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.folder.display()))
            }
            _ => Ok(()),
        }
    }
}

/// The folders of profiles in a target folder, relative to it.
fn profiles(target: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = vec![PathBuf::from("debug")];
    let triples = names(target)?.into_iter();
    found.extend(triples.map(|triple| Path::new(&triple).join("debug")));
    found.retain(|profile| target.join(profile).join(FINGERPRINTS).is_dir());
    Ok(found)
}

/// The names in a folder, but for hidden ones; none if there is no folder.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", folder.display()));
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}

/// The files of a folder of libraries, by the hash in their names.
fn by_hash(deps: &Path) -> anyhow::Result<HashMap<String, Vec<PathBuf>>> {
    let mut files: HashMap<String, Vec<PathBuf>> = HashMap::new();
    for name in names(deps)? {
        if let Some(hash) = hash_of(&name) {
            let same = files.entry(hash.to_owned()).or_default();
            same.push(Path::new("deps").join(&name));
        }
    }
    Ok(files)
}

/// The hash in `libserde-0123456789abcdef.rlib` and the like.
fn hash_of(name: &str) -> Option<&str> {
    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    let (_, hash) = stem.rsplit_once('-')?;
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

/// All files in a folder below `root`, relative to that; none if there is no folder.
fn files_below(root: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in names(&root.join(folder))? {
        let path = folder.join(name);
        match fs::symlink_metadata(root.join(&path))?.is_dir() {
            true => files.extend(files_below(root, &path)?),
            false => files.push(path),
        }
    }
    Ok(files)
}
