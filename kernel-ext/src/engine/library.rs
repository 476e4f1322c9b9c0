//! The standard library's source as rust-analyzer gets it: without the bodies of functions.
//!
//! At its start, rust-analyzer reads and parses all of it, to know its types. What functions
//! do has no part in that, nor have the tests among the processor's intrinsics; both together
//! are a quarter of what it parses. What is left is kept for the kernels that follow. It tells
//! them the same types, names and documentation. Where it was measured, the first cell had
//! ended after 4.6 s instead of 5.9 s, and the kernel had 375 MiB instead of 435 MiB.
//!
//! rust-analyzer is shown it by way of an environment variable, which cannot be set safely
//! once there are threads. So it always names a place in the kernel's own folder, and a link
//! is put there; where there is none, the toolchain's source is read.

use crate::crates::Crates;
use anyhow::Context as _;
use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _};
use ra_ap_syntax::{Edition, SourceFile};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::os::unix::fs::symlink;
use std::path::Path;

/// Environment variable: where rust-analyzer looks for the source first.
pub(crate) const SOURCE_VAR: &str = "RUST_SRC_PATH";

/// The link's name in the kernel's folder.
pub(crate) const LINK: &str = "library";

/// To be raised when something else is left out.
const FORMAT: u32 = 1;

/// What is parsed at every start, in the source's folder.
const SHORTENED: [&str; 4] = [
    "alloc/src",
    "core/src",
    "std/src",
    "stdarch/crates/core_arch/src",
];

/// Nothing of a workspace that the library does not belong to is needed, but for that folder.
const LEFT_OUT: [&str; 3] = ["stdarch/ci", "stdarch/examples", "stdarch/intrinsics_data"];

/// Has rust-analyzer read a shortened copy of `source`, which is made if none is kept yet.
///
/// # Errors
///
/// If a file cannot be read or written; rust-analyzer reads `source` itself then.
///
/// # Time complexity
///
/// O(1), but O(n) for n bytes of source the first time, which takes seconds.
pub(super) fn lend(source: &Path, crates: &Crates, directory: &Path) -> anyhow::Result<()> {
    let kept = crates.beside(&name(source)?);
    make(source, &kept)?;
    let link = directory.join(LINK);
    // evcxr may be started again.
    if !link.exists() {
        symlink(&kept, &link).with_context(|| format!("cannot make {}", link.display()))?;
    }
    Ok(())
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
fn make(source: &Path, kept: &Path) -> anyhow::Result<()> {
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
            fs::write(&to, without_bodies(&text))
                .with_context(|| format!("cannot write {}", to.display()))?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

/// A file with the same items, types and documentation.
///
/// Bodies stay where something is found out by them: of a `const fn`, by which lengths of
/// arrays are computed, and of a function that returns an `impl Trait`.
fn without_bodies(text: &str) -> String {
    let file = SourceFile::parse(text, Edition::CURRENT).tree();
    let mut cuts: Vec<(Range<usize>, &str)> = Vec::new();
    for node in file.syntax().descendants() {
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
            && !is_told_by_body(function)
        {
            cuts.push((body.syntax().text_range().into(), "{loop{}}"));
        }
    }
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
        expected.assert_eq(&without_bodies(text));
    }

    #[test]
    fn functions_keep_all_that_others_see_of_them() {
        check(
            "/// Adds.\n#[inline]\npub fn add(a: u8) -> u8 where u8: Copy { a + { 1 } }\n\
             impl A { fn b(&self) {} const C: u8 = f(); }\ntrait T { fn d(); fn e() { E } }",
            expect![[r#"
                /// Adds.
                #[inline]
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
    fn a_copy_is_made_once_and_lacks_what_is_not_needed() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let source = root.path().join("source");
        for (file, text) in [
            ("Cargo.toml", "[workspace]"),
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
        make(&source, &kept).expect("it can be made");
        let text = |file: &str| fs::read_to_string(kept.join(file)).expect("it is copied");
        assert_eq!(text("core/src/lib.rs"), "pub fn f() {loop{}}");
        assert_eq!(text("core/src/readme.md"), "fn f() { g() }");
        assert_eq!(text("test/src/lib.rs"), "pub fn f() { g() }");
        assert!(!kept.join("stdarch/examples").exists());
        let before = name(&source).expect("it is there");
        fs::write(source.join("core/src/lib.rs"), "pub fn f() {}").expect("it is written");
        assert_ne!(name(&source).expect("it is there"), before);
        make(&source, &kept).expect("there is nothing to do");
        assert_eq!(
            fs::read_dir(root.path().join("kept"))
                .expect("it is there")
                .count(),
            2
        );
    }
}
