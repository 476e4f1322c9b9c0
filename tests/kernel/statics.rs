//! What crates keep in statics is there for all cells.

use super::client::{CRATES_VAR, Kernel};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

/// A crate that counts how often it is called, by all threads and by each.
const CALLS: &str = "use std::cell::Cell;\nuse std::sync::atomic::{AtomicU32, Ordering};\n\
    static ALL: AtomicU32 = AtomicU32::new(0);\n\
    thread_local! { static OWN: Cell<u32> = const { Cell::new(0) }; }\n\
    pub fn all() -> u32 { ALL.fetch_add(1, Ordering::Relaxed) + 1 }\n\
    #[inline] pub fn own() -> u32 { OWN.with(|own| { own.set(own.get() + 1); own.get() }) }\n";

/// Another one, which calls it.
const CALLER: &str = "pub fn call() -> u32 { calls::all() }\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("calls", "", CALLS);
        place.write("caller", "calls = { path = \"../calls\" }\n", CALLER);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, dependencies: &str, text: &str) {
        let source = self.path(name).join("src");
        fs::create_dir_all(&source).unwrap();
        let mut manifest = String::new();
        writeln!(manifest, "[package]\nname = {name:?}\nversion = \"0.1.0\"").unwrap();
        writeln!(
            manifest,
            "edition = \"2024\"\n[dependencies]\n{dependencies}"
        )
        .unwrap();
        fs::write(self.path(name).join("Cargo.toml"), manifest).unwrap();
        fs::write(source.join("lib.rs"), text).unwrap();
    }

    fn dependency(&self, name: &str) -> String {
        format!(":dep {name} = {{ path = {:?} }}\n", self.path(name))
    }

    /// A kernel with these variables besides.
    fn kernel(&self, variables: &[(&str, &std::ffi::OsStr)]) -> Kernel {
        let kept = self.path("kept");
        let mut all = vec![(CRATES_VAR, kept.as_os_str())];
        all.extend(variables);
        Kernel::start_with(&all)
    }
}

/// The number that a cell comes to.
#[track_caller]
fn number(kernel: &mut Kernel, cell: &str) -> u32 {
    let transcript = kernel.run(cell).transcript();
    let number = transcript.strip_prefix("result {\"text/plain\":\"");
    let number = number.and_then(|rest| rest.split_once('"'));
    match number.map(|(number, _)| number.parse()) {
        Some(Ok(number)) => number,
        _ => panic!("no number: {transcript}"),
    }
}

#[test]
fn a_crate_has_one_state_for_all_cells() {
    let place = Place::new();
    for _ in 0..2 {
        // The second kernel has the crates from the first.
        let mut kernel = place.kernel(&[]);
        assert_eq!(
            kernel.run(&place.dependency("calls")).transcript(),
            "reply ok"
        );
        for n in 1..=2 {
            assert_eq!(number(&mut kernel, "calls::all()"), n);
            assert_eq!(number(&mut kernel, "calls::own()"), n);
        }
        // As does a crate that comes later and uses it.
        let later = format!("{}caller::call()", place.dependency("caller"));
        assert_eq!(number(&mut kernel, &later), 3);
        assert_eq!(number(&mut kernel, "calls::all()"), 4);
        // A cell that fails takes it back as it does the variables.
        let failed = kernel.run("calls::all(); std::process::abort()");
        assert!(failed.transcript().ends_with("reply error"), "it aborts");
        assert_eq!(number(&mut kernel, "calls::all()"), 5);
    }
}

#[test]
fn a_crate_that_is_edited_starts_anew() {
    let place = Place::new();
    let mut kernel = place.kernel(&[]);
    let cell = format!("{}calls::all()", place.dependency("calls"));
    assert_eq!(number(&mut kernel, &cell), 1);
    place.write(
        "calls",
        "",
        &CALLS.replace("Relaxed) + 1", "Relaxed) + 100"),
    );
    assert_eq!(number(&mut kernel, "calls::all()"), 100);
    assert_eq!(number(&mut kernel, "calls::all()"), 101);
}

/// A linker may be unable to do it; then each cell has its own crates, as in evcxr.
#[test]
fn cells_run_where_crates_cannot_be_shared() {
    let place = Place::new();
    let folder = place.path("bin");
    fs::create_dir_all(&folder).unwrap();
    let script = "#!/bin/sh\ncase \"$*\" in *--whole-archive*) exit 1;; esac\n\
        PATH=\"${PATH#*:}\"; while [ \"$(command -v cc)\" = \"$0\" ]; do PATH=\"${PATH#*:}\"; done\n\
        exec cc \"$@\"\n";
    fs::write(folder.join("cc"), script).unwrap();
    fs::set_permissions(folder.join("cc"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let path = std::iter::once(folder).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(path).unwrap();
    let mut kernel = place.kernel(&[("PATH", &path)]);
    let cell = format!("{}calls::all()", place.dependency("calls"));
    assert_eq!(number(&mut kernel, &cell), 1);
    assert_eq!(number(&mut kernel, "calls::all()"), 1);
}
