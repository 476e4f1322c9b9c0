//! Target folders as cargo leaves them, made by hand.

use super::*;
use std::time::Duration;

/// A library of one crate, and what cargo notes beside it.
const RAND: [(&str, &str); 5] = [
    ("debug/deps/librand-0123456789abcdef.rlib", "code"),
    ("debug/deps/rand-0123456789abcdef.d", "sources"),
    ("debug/build/rand-0123456789abcdef/out/table.rs", "table"),
    (
        "debug/.fingerprint/rand-0123456789abcdef/lib-rand.json",
        "{}",
    ),
    (
        "debug/.fingerprint/rand-0123456789abcdef/invoked.timestamp",
        "",
    ),
];

/// A crate for another machine than the compiler's, whose build failed.
const BROKEN: [(&str, &str); 2] = [
    ("x86/debug/deps/libbad-00112233445566ff.rmeta", "half"),
    (
        "x86/debug/.fingerprint/bad-00112233445566ff/output-lib-bad",
        "error",
    ),
];

struct Place {
    root: tempfile::TempDir,
    crates: Crates,
}

impl Place {
    fn new(limit: u64) -> Self {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let crates = Crates {
            root: root.path().join("kept"),
            compiler: "1.95.0".to_owned(),
            limit,
        };
        Self { root, crates }
    }

    /// The target folder of a kernel.
    fn target(&self, kernel: &str) -> PathBuf {
        self.root.path().join(kernel).join("target")
    }

    /// A kernel whose cells have used these packages, and what was built.
    fn builds(&self, kernel: &str, packages: &[&str], files: &[(&str, &str)]) {
        let target = self.target(kernel);
        for (path, content) in files {
            write(&target.join(path), content);
        }
        let packages = packages.iter();
        let lock: String = packages
            .map(|name| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n"))
            .collect();
        write(&target.with_file_name("Cargo.lock"), &lock);
    }

    fn takes(&self, kernel: &str) {
        self.crates.take(&self.target(kernel)).expect("it is kept");
    }

    fn lends(&self, kernel: &str) {
        self.crates.lend(&self.target(kernel)).expect("it is lent");
    }

    #[track_caller]
    fn has(&self, kernel: &str, files: &[(&str, &str)]) {
        for (path, content) in files {
            let found = fs::read_to_string(self.target(kernel).join(path));
            assert_eq!(found.ok().as_deref(), Some(*content), "{path}");
        }
    }
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
    fs::write(path, content).expect("files can be written");
}

fn modified(path: &Path) -> SystemTime {
    let found = fs::metadata(path).expect("it is there");
    found.modified().expect("the system keeps it")
}

#[test]
fn what_one_kernel_has_built_another_gets_with_its_times() {
    let place = Place::new(1 << 20);
    place.builds("one", &["ctx", "rand"], &RAND);
    let (one, two) = (place.target("one"), place.target("two"));
    let long_ago = SystemTime::now() - Duration::from_secs(1000);
    for (path, _) in RAND {
        let file = File::open(one.join(path)).expect("it is there");
        file.set_modified(long_ago).expect("times can be set");
    }
    place.takes("one");
    place.lends("two");
    place.has("two", &RAND);
    for (path, _) in RAND {
        assert_eq!(modified(&two.join(path)), long_ago, "{path}");
    }
}

#[test]
fn cells_half_a_build_and_what_was_not_used_are_not_kept() {
    let place = Place::new(1 << 20);
    let cells = ("debug/.fingerprint/ctx-ffffffffffffffff/lib-ctx.json", "{}");
    let unused = (
        "debug/.fingerprint/serde-aaaaaaaaaaaaaaaa/lib-serde.json",
        "{}",
    );
    place.builds(
        "one",
        &["ctx", "bad"],
        &[&[cells, unused][..], &BROKEN].concat(),
    );
    place.takes("one");
    place.lends("two");
    assert!(!place.target("two").exists());
}

#[test]
fn what_the_linker_has_made_of_a_crate_stays_with_it() {
    let place = Place::new(1 << 20);
    place.builds("one", &["rand"], &RAND);
    place.takes("one");
    place.lends("three");
    let library = [("debug/deps/1-librand-0123456789abcdef.shared", "linked")];
    place.builds("three", &["rand"], &library);
    place.takes("three");
    place.lends("four");
    place.has("four", &library);
    // A kernel that had the crate before has nothing new to say of it.
    place.builds("one", &["rand"], &[]);
    place.takes("one");
    place.lends("five");
    place.has("five", &library);
}

#[test]
fn a_crate_that_was_built_anew_replaces_the_old_one() {
    let place = Place::new(1 << 20);
    place.builds("one", &["rand"], &RAND);
    place.takes("one");
    place.lends("two");
    // As the compiler does it: the other name of the file keeps its content.
    let library = place.target("two").join(RAND[0].0);
    fs::remove_file(&library).expect("it is there");
    place.builds("two", &["rand"], &[(RAND[0].0, "new code")]);
    place.has("one", &RAND);
    place.takes("two");
    place.lends("three");
    place.has("three", &[(RAND[0].0, "new code")]);
    // Who has it already keeps it.
    place.lends("one");
    place.has("one", &RAND);
}

#[test]
fn what_was_damaged_is_not_lent() {
    let place = Place::new(1 << 20);
    place.builds("one", &["rand"], &RAND);
    place.takes("one");
    let kept = &place.crates.units().expect("it can be read")[0];
    assert!(kept.is_whole());
    write(
        &place.target("one").join(RAND[0].0),
        "written into the shared file",
    );
    assert!(!kept.is_whole());
    place.lends("two");
    assert!(!place.target("two").exists());
    assert!(place.crates.units().expect("it can be read").is_empty());
}

#[test]
fn above_the_limit_what_was_not_used_for_longest_goes() {
    let place = Place::new(10);
    let library = |name: &str, hash: &str| {
        let fingerprint = format!("debug/.fingerprint/{name}-{hash}/lib-{name}.json");
        [
            (fingerprint, "{}"),
            (format!("debug/deps/lib{name}-{hash}.rlib"), "1234"),
        ]
    };
    let [old, new] = [
        library("old", "0000000000000001"),
        library("new", "0000000000000002"),
    ];
    for files in [&old, &new] {
        let files = files
            .each_ref()
            .map(|(path, content)| (path.as_str(), *content));
        place.builds("one", &["old", "new"], &files);
    }
    place.takes("one");
    // Only this one is used again.
    place.builds("one", &["new"], &[]);
    let used = SystemTime::now() + Duration::from_secs(10);
    for unit in place.crates.units().expect("it can be read") {
        unit.touch(used - Duration::from_secs(100))
            .expect("it is there");
    }
    place.takes("one");
    place.lends("two");
    let has = |files: &[(String, &str)]| place.target("two").join(&files[0].0).exists();
    assert_eq!((has(&old), has(&new)), (false, true));
}

#[test]
fn a_folder_of_ones_own_or_none() {
    let choose = |wanted: Option<&str>| {
        let cache = Some(PathBuf::from("/cache"));
        super::choose(wanted.map(OsString::from), cache)
    };
    assert_eq!(
        choose(None),
        Some(PathBuf::from("/cache/kernel-ext/crates"))
    );
    assert_eq!(choose(Some("/own")), Some(PathBuf::from("/own")));
    assert_eq!(choose(Some("")), None);
}
