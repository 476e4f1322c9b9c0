//! What rustc asks of `cc` for a cell, and what it would have to ask for shared crates.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The library that evcxr has rustc make of a cell.
pub(crate) const CELL: &str = "libctx.so";

/// Says which symbols of a cell others see; those of a crate are for all cells.
const VERSIONS: &str = "-Wl,--version-script=";

/// Leaves out what a cell does not call; another cell may.
const COLLECT: &str = "-Wl,--gc-sections";

/// A cell that uses crates.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    arguments: Vec<OsString>,
    /// Compiled for this session, each before those that it needs.
    crates: Vec<PathBuf>,
}

impl Link {
    /// `None` if something else is linked, or nothing can be shared.
    pub(super) fn of_cell(arguments: &[OsString], cells: &Path) -> Option<Self> {
        let crates = arguments
            .iter()
            .filter(|argument| is_crate(argument, cells));
        let crates: Vec<PathBuf> = crates.map(PathBuf::from).collect();
        (is_cell(arguments, cells) && !crates.is_empty()).then(|| Self {
            arguments: arguments.to_owned(),
            crates,
        })
    }

    /// The crates, as rustc has compiled them.
    pub(super) fn crates(&self) -> &[PathBuf] {
        &self.crates
    }

    /// To link the cell against these in their place. What is missing in one of them is to be
    /// noticed now, and not when the cell is loaded.
    pub(super) fn against(&self, libraries: &[PathBuf]) -> Vec<OsString> {
        let mut linked = Vec::new();
        let mut unlinked = Some(libraries);
        for argument in &self.arguments {
            if !self.is_own_crate(argument) {
                linked.push(argument.clone());
            } else if let Some(libraries) = unlinked.take() {
                linked.push("-Wl,--push-state,-Bdynamic,--no-as-needed".into());
                linked.extend(libraries.iter().map(OsString::from));
                linked.push("-Wl,--pop-state".into());
            }
        }
        // evcxr moves the cell, but not these.
        for folder in folders_of(libraries) {
            linked.push(word("-Wl,-rpath,", folder.as_os_str()));
        }
        linked.push("-Wl,--no-undefined,--no-allow-shlib-undefined".into());
        linked
    }

    /// To make a library of one of the crates. The others are found when a cell has loaded all.
    pub(super) fn sharing(&self, name: &OsStr, of: &Path, to: &Path) -> Vec<OsString> {
        // In front, because some linkers take from an archive only what is missing so far.
        let mut made: Vec<OsString> = vec!["-Wl,--whole-archive".into(), of.into()];
        made.push("-Wl,--no-whole-archive".into());
        let mut arguments = self.arguments.iter();
        while let Some(argument) = arguments.next() {
            let is_of_cell = has_extension(argument, "o") || self.is_own_crate(argument);
            if argument == "-o" {
                arguments.next();
            } else if !is_of_cell && !is_about_symbols(argument) {
                made.push(argument.clone());
            }
        }
        made.push(word("-Wl,-soname,", name));
        made.extend(["-o".into(), to.into()]);
        made
    }

    fn is_own_crate(&self, argument: &OsStr) -> bool {
        self.crates.iter().any(|path| path == argument)
    }
}

fn word(option: &str, value: &OsStr) -> OsString {
    let mut word = OsString::from(option);
    word.push(value);
    word
}

/// Where they are: one folder, unless a crate has been compiled for another profile.
fn folders_of(libraries: &[PathBuf]) -> BTreeSet<&Path> {
    libraries.iter().filter_map(|path| path.parent()).collect()
}

/// Whether a cell is linked.
pub(super) fn is_cell(arguments: &[OsString], cells: &Path) -> bool {
    output(arguments).is_some_and(|output| {
        output.file_name() == Some(CELL.as_ref()) && output.starts_with(cells)
    })
}

fn output(arguments: &[OsString]) -> Option<&Path> {
    let at = arguments.iter().position(|argument| argument == "-o")?;
    arguments.get(at + 1).map(Path::new)
}

fn has_extension(argument: &OsStr, extension: &str) -> bool {
    Path::new(argument).extension() == Some(extension.as_ref())
}

fn is_crate(argument: &OsStr, cells: &Path) -> bool {
    has_extension(argument, "rlib") && Path::new(argument).starts_with(cells)
}

fn is_about_symbols(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    text.starts_with(VERSIONS) || text == COLLECT
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    /// What rustc 1.95 asks for on Linux, shortened.
    const CELL: &str = "-Wl,--version-script=/t/list -m64 /t/symbols.o /c/d/ctx.rcgu.o \
        -Wl,--as-needed -Wl,-Bstatic /c/d/liba-1.rlib /c/d/libb-2.rlib -Wl,-Bdynamic /r/libstd.so \
        -Wl,-Bstatic /r/libcompiler_builtins-3.rlib -Wl,-Bdynamic -lc -o /c/d/libctx.so \
        -Wl,--gc-sections -shared";

    fn words(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    fn text(words: &[OsString]) -> String {
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ").replace(" -Wl,-B", "\n-Wl,-B")
    }

    fn cell() -> Link {
        Link::of_cell(&words(CELL), Path::new("/c")).expect("it uses crates")
    }

    #[test]
    fn only_a_cell_with_crates_is_one() {
        let link = |text: &str| Link::of_cell(&words(text), Path::new("/c"));
        assert_eq!(
            cell().crates(),
            ["/c/d/liba-1.rlib", "/c/d/libb-2.rlib"].map(PathBuf::from)
        );
        assert_eq!(
            link(&CELL.replace("/c/d/libctx.so", "/c/d/build-script")),
            None
        );
        assert_eq!(
            link(&CELL.replace("/c/d/libctx.so", "/other/libctx.so")),
            None
        );
        assert_eq!(link(&CELL.replace("/c/d/lib", "/other/lib")), None);
        assert_eq!(link("-v"), None);
        assert_eq!(link("-o"), None);
    }

    #[test]
    fn a_cell_is_linked_against_libraries_in_place_of_its_crates() {
        let libraries = ["/c/d/5-liba-1.shared", "/c/d/6-libb-2.shared"].map(PathBuf::from);
        expect![[r#"
            -Wl,--version-script=/t/list -m64 /t/symbols.o /c/d/ctx.rcgu.o -Wl,--as-needed
            -Wl,-Bstatic -Wl,--push-state,-Bdynamic,--no-as-needed /c/d/5-liba-1.shared /c/d/6-libb-2.shared -Wl,--pop-state
            -Wl,-Bdynamic /r/libstd.so
            -Wl,-Bstatic /r/libcompiler_builtins-3.rlib
            -Wl,-Bdynamic -lc -o /c/d/libctx.so -Wl,--gc-sections -shared -Wl,-rpath,/c/d -Wl,--no-undefined,--no-allow-shlib-undefined"#]].assert_eq(&text(&cell().against(&libraries)));
    }

    #[test]
    fn a_crate_is_shared_as_a_whole_and_by_itself() {
        let [name, to] = ["5-liba-1.shared", "/t/new"];
        let made = cell().sharing(name.as_ref(), Path::new("/c/d/liba-1.rlib"), Path::new(to));
        expect![[r#"
            -Wl,--whole-archive /c/d/liba-1.rlib -Wl,--no-whole-archive -m64 -Wl,--as-needed
            -Wl,-Bstatic
            -Wl,-Bdynamic /r/libstd.so
            -Wl,-Bstatic /r/libcompiler_builtins-3.rlib
            -Wl,-Bdynamic -lc -shared -Wl,-soname,5-liba-1.shared -o /t/new"#]]
        .assert_eq(&text(&made));
    }
}
