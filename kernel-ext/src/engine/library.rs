//! The standard library's source as rust-analyzer gets it: without the bodies of functions.
//!
//! At its start, rust-analyzer reads and parses all of it, to know its types. What functions
//! do has no part in that, nor have the tests among the processor's intrinsics, nor attributes
//! for the compiler alone. What is left is kept for the kernels that follow. It tells them the
//! same types, names and documentation. Without the first two, where it was measured, the first
//! cell had ended after 4.6 s instead of 5.9 s, and the kernel had 375 MiB instead of 435 MiB.
//! Without the attributes and what is `const` among the intrinsics it had 22 MiB less again, in
//! no less time. Crates that it needs for itself alone are [left out](manifests).
//!
//! rust-analyzer is shown it by way of an environment variable, which cannot be set safely
//! once there are threads. So it always names a place in the kernel's own folder, and a link
//! is put there: at first to a library without anything in it, so that evcxr can start without
//! rust-analyzer reading any. Where there is no link, the toolchain's source is read.

mod manifests;

use crate::crates::Crates;
use crate::environment::Toolchain;
use anyhow::Context as _;
use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _};
use ra_ap_syntax::{Edition, SourceFile};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// Environment variable: where rust-analyzer looks for the source first.
pub(crate) const SOURCE_VAR: &str = "RUST_SRC_PATH";

/// The link's name in the kernel's folder.
pub(crate) const LINK: &str = "library";

/// To be raised when something else is left out.
const FORMAT: u32 = 3;

/// What is parsed at every start, in the source's folder.
const SHORTENED: [&str; 6] = [
    "alloc/src",
    "backtrace/src",
    "core/src",
    "portable-simd/crates/core_simd/src",
    "std/src",
    INTRINSICS,
];

/// The processor's, as many words as all the rest. No length of an array depends on them,
/// `const` or not.
const INTRINSICS: &str = "stdarch/crates/core_arch/src";

/// Attributes that are for the compiler alone. `unstable` is not among them, by which
/// rust-analyzer knows what not to offer, nor `must_use`, which it shows.
const UNREAD: [&str; 8] = [
    "inline",
    "rustc_allow_const_fn_unstable",
    "rustc_const_stable",
    "rustc_const_unstable",
    "rustc_diagnostic_item",
    "rustc_inherit_overflow_checks",
    "stable",
    "track_caller",
];

/// Nothing of a workspace that the library does not belong to is needed, but for that folder.
const LEFT_OUT: [&str; 3] = ["stdarch/ci", "stdarch/examples", "stdarch/intrinsics_data"];

/// Whether rust-analyzer reads what the kernel shows it: not where the user has chosen another
/// library.
pub(super) fn is_ours(directory: &Path) -> bool {
    let shown = std::env::var_os(SOURCE_VAR);
    shown.is_some_and(|shown| Path::new(&shown) == directory.join(LINK))
}

/// Has rust-analyzer read an empty library until it is [lent](lend) one.
///
/// # Errors
///
/// If a folder or the link cannot be made.
pub(super) fn withhold(directory: &Path) -> std::io::Result<()> {
    // By this folder rust-analyzer tells a library.
    let empty = directory.join("empty");
    fs::create_dir_all(empty.join("core"))?;
    show(&empty, directory)
}

/// Has rust-analyzer read a shortened copy of the toolchain's, which is made if none is kept yet;
/// that itself where nothing is to be kept, or there can be no copy.
///
/// # Errors
///
/// If the link cannot be changed.
///
/// # Time complexity
///
/// O(1), but O(n) for n bytes of source the first time, which takes seconds.
pub(super) fn lend(
    toolchain: &Toolchain,
    crates: Option<&Crates>,
    directory: &Path,
) -> anyhow::Result<()> {
    let source = toolchain.library.as_path();
    let kept = crates.map(|crates| shortened(toolchain, crates));
    let lent = match &kept {
        Some(Ok(kept)) => kept,
        Some(Err(error)) => {
            tracing::warn!("rust-analyzer reads the whole standard library: {error:#}");
            source
        }
        None => source,
    };
    show(lent, directory).context("rust-analyzer cannot be shown the standard library")
}

/// Has the link lead to this library.
fn show(library: &Path, directory: &Path) -> std::io::Result<()> {
    // It may be there, and is never not there.
    let new = directory.join("library.new");
    symlink(library, &new)?;
    fs::rename(new, directory.join(LINK))
}

/// Where the shortened copy is.
fn shortened(toolchain: &Toolchain, crates: &Crates) -> anyhow::Result<PathBuf> {
    let kept = crates.beside(&name(&toolchain.library)?);
    make(&toolchain.library, &kept, &toolchain.cargo())?;
    Ok(kept)
}

/// Tells one source from another; the toolchain's folder is updated in place.
fn name(source: &Path) -> anyhow::Result<String> {
    let root = source.join("core/src/lib.rs");
    let found = fs::metadata(&root).with_context(|| format!("cannot read {}", root.display()))?;
    let mut hasher = DefaultHasher::new();
    (FORMAT, source, found.modified()?, found.len()).hash(&mut hasher);
    Ok(format!("library-{:016x}", hasher.finish()))
}

/// Makes the copy, which is there as a whole or not at all.
fn make(source: &Path, kept: &Path, cargo: &Path) -> anyhow::Result<()> {
    if kept.is_dir() {
        return Ok(());
    }
    let parent = kept.parent().context("the folder for it has no parent")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    let lock = File::create(kept.with_extension("lock"))?;
    lock.lock()?;
    // Another kernel may have made it meanwhile.
    if kept.is_dir() {
        return Ok(());
    }
    let new = tempfile::tempdir_in(parent)?;
    let whole = new.path().join(LINK);
    copy(source, &whole, Path::new(""))?;
    if let Err(error) = manifests::lighten(&whole, source, cargo) {
        tracing::warn!("rust-analyzer reads more crates than it needs: {error:#}");
    }
    fs::rename(&whole, kept).with_context(|| format!("cannot make {}", kept.display()))
}

fn copy(source: &Path, target: &Path, place: &Path) -> anyhow::Result<()> {
    let (from, to) = (source.join(place), target.join(place));
    fs::create_dir_all(&to).with_context(|| format!("cannot make {}", to.display()))?;
    let is_shortened = SHORTENED.iter().any(|folder| place.starts_with(folder));
    let entries = fs::read_dir(&from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let place = place.join(entry.file_name());
        let (from, to) = (source.join(&place), target.join(&place));
        if LEFT_OUT.iter().any(|folder| place == Path::new(folder)) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(source, target, &place)?;
        } else if is_shortened && place.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&from);
            let text = text.with_context(|| format!("cannot read {}", from.display()))?;
            let bodies = match place.starts_with(INTRINSICS) {
                true => Bodies::None,
                false => Bodies::Telling,
            };
            fs::write(&to, shorten(&text, bodies))
                .with_context(|| format!("cannot write {}", to.display()))?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

/// Which bodies of functions stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bodies {
    None,
    /// Those by which something is found out: of a `const fn`, by which lengths of arrays are
    /// computed, and of a function that returns an `impl Trait`.
    Telling,
}

/// A file with the same items, types and documentation.
fn shorten(text: &str, bodies: Bodies) -> String {
    let file = SourceFile::parse(text, Edition::CURRENT).tree();
    let mut cuts: Vec<(Range<usize>, &str)> = Vec::new();
    for node in file.syntax().descendants() {
        if let Some(attribute) = ast::Attr::cast(node.clone()) {
            if is_unread(&attribute) {
                cuts.push((node.text_range().into(), ""));
            }
            continue;
        }
        let Some(item) = ast::Item::cast(node) else {
            continue;
        };
        let range = item.syntax().text_range();
        if item
            .attrs()
            .any(|attribute| attribute.to_string() == "#[cfg(test)]")
        {
            cuts.push((range.into(), ""));
        } else if let ast::Item::Fn(function) = &item
            && let Some(body) = function.body()
            && (bodies == Bodies::None || !is_told_by_body(function))
        {
            cuts.push((body.syntax().text_range().into(), "{loop{}}"));
        }
    }
    // An item comes before its attributes, its body stands behind them.
    cuts.sort_by_key(|(range, _)| range.start);
    let (mut short, mut end) = (String::new(), 0);
    for (range, instead) in cuts {
        // What is in a piece that has been cut is cut already.
        if range.start >= end {
            short += &text[end..range.start];
            short += instead;
            end = range.end;
        }
    }
    short + &text[end..]
}

/// An attribute's name is followed by its arguments or its end. What is only for tests of the
/// library has no name of its own to tell by.
fn is_unread(attribute: &ast::Attr) -> bool {
    let text = attribute.to_string();
    let inner = text.trim_start_matches("#[");
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = inner.split(|c| !is_of_name(c)).next();
    name.is_some_and(|name| UNREAD.contains(&name)) || inner.starts_with("cfg_attr(test,")
}

fn is_told_by_body(function: &ast::Fn) -> bool {
    let returned = function.ret_type();
    let returned = returned.map(|returned| returned.syntax().text().to_string());
    function.const_token().is_some() || returned.is_some_and(|text| text.contains("impl "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&shorten(text, Bodies::Telling));
    }

    #[test]
    fn functions_keep_all_that_others_see_of_them() {
        check(
            "/// Adds.\n#[inline]\npub fn add(a: u8) -> u8 where u8: Copy { a + { 1 } }\n\
             impl A { fn b(&self) {} const C: u8 = f(); }\ntrait T { fn d(); fn e() { E } }",
            expect![[r#"
                /// Adds.

                pub fn add(a: u8) -> u8 where u8: Copy {loop{}}
                impl A { fn b(&self) {loop{}} const C: u8 = f(); }
                trait T { fn d(); fn e() {loop{}} }"#]],
        );
    }

    #[test]
    fn a_body_stays_where_something_is_found_out_by_it() {
        let text = "const fn n() -> usize { 3 }\nfn i() -> impl Iterator<Item = u8> { 0..3 }";
        check(
            text,
            expect![[r#"
            const fn n() -> usize { 3 }
            fn i() -> impl Iterator<Item = u8> { 0..3 }"#]],
        );
        let short = shorten("const fn n() -> usize { 3 }", Bodies::None);
        assert_eq!(short, "const fn n() -> usize {loop{}}");
    }

    #[test]
    fn attributes_stay_that_say_something_of_an_item() {
        check(
            "#[stable(feature = \"a\", since = \"1.0.0\")]\n#[must_use]\n#[inline]\nfn a() {}\n\
             #[cfg_attr(test, b(c))] #[inline_never] #[unstable(feature = \"d\")]\n\
             impl A { #[track_caller] #[doc(hidden)] fn e() {} }\n\
             f! { #[stable(feature = \"g\")] }",
            expect![[r#"

                #[must_use]

                fn a() {loop{}}
                 #[inline_never] #[unstable(feature = "d")]
                impl A {  #[doc(hidden)] fn e() {loop{}} }
                f! { #[stable(feature = "g")] }"#]],
        );
    }

    #[test]
    fn tests_and_what_is_in_a_body_go_with_it() {
        check(
            "fn a() { fn b() { 1 } }\n#[cfg(test)]\nmod tests { fn c() { 2 } }\nstruct D;",
            expect![[r#"
                fn a() {loop{}}

                struct D;"#]],
        );
    }

    #[test]
    fn a_link_leads_to_what_was_shown_last() {
        let directory = tempfile::tempdir().expect("the system has a temporary folder");
        let directory = directory.path();
        for library in ["first", "second"] {
            let library = directory.join(library);
            show(&library, directory).expect("a link can be made");
            let link = fs::read_link(directory.join(LINK)).expect("it is there");
            assert_eq!(link, library);
        }
    }

    #[test]
    fn a_library_that_is_withheld_has_nothing_in_it() {
        let directory = tempfile::tempdir().expect("the system has a temporary folder");
        withhold(directory.path()).expect("it can be made");
        withhold(directory.path()).expect("evcxr may be started again");
        let core = directory.path().join(LINK).join("core");
        assert_eq!(fs::read_dir(core).expect("it is there").count(), 0);
        // The environment of tests names no folder of this kernel.
        assert!(!is_ours(directory.path()));
    }

    #[test]
    fn a_copy_is_made_once_and_lacks_what_is_not_needed() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let source = root.path().join("source");
        for (file, text) in [
            ("core/src/lib.rs", "pub fn f() { g() }"),
            ("core/src/readme.md", "fn f() { g() }"),
            ("test/src/lib.rs", "pub fn f() { g() }"),
            ("stdarch/examples/a.rs", ""),
        ] {
            let path = source.join(file);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is made");
            fs::write(path, text).expect("files can be written");
        }
        let kept = root.path().join("kept/library");
        // This one has no manifests that could be made lighter.
        let cargo = Path::new("cargo");
        make(&source, &kept, cargo).expect("it can be made");
        let text = |file: &str| fs::read_to_string(kept.join(file)).expect("it is copied");
        assert_eq!(text("core/src/lib.rs"), "pub fn f() {loop{}}");
        assert_eq!(text("core/src/readme.md"), "fn f() { g() }");
        assert_eq!(text("test/src/lib.rs"), "pub fn f() { g() }");
        assert!(!kept.join("stdarch/examples").exists());
        let before = name(&source).expect("it is there");
        fs::write(source.join("core/src/lib.rs"), "pub fn f() {}").expect("it is written");
        assert_ne!(name(&source).expect("it is there"), before);
        make(&source, &kept, cargo).expect("there is nothing to do");
        assert_eq!(
            fs::read_dir(root.path().join("kept"))
                .expect("it is there")
                .count(),
            2
        );
    }
}
