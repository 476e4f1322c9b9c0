//! A cell's value is shown as evcxr shows it, though the cell is compiled once.
//!
//! The kernel writes its own code around the last expression, and leaves that to evcxr as
//! soon as the user has named a format. So a session that names evcxr's own format shows
//! what the slow way would.

use super::client::Kernel;
use expect_test::{Expect, expect};

/// What both sessions define first.
const DEFINITIONS: &str = "use std::collections::BTreeMap; use std::rc::Rc; use std::sync::Arc;\n\
    #[derive(Debug, Clone, Copy)] pub enum Side { Left, Right { by: u8 } }\n\
    pub struct Own(u8);\n\
    impl Own { pub fn evcxr_display(&self) { println!(\
    \"EVCXR_BEGIN_CONTENT text/html\\n<b>{}</b>\\nEVCXR_END_CONTENT\", self.0); } }\n\
    #[derive(Debug)] pub struct Both(u8);\n\
    impl Both { pub fn evcxr_display(&self) { println!(\
    \"EVCXR_BEGIN_CONTENT text/html\\n<i>{}</i>\\nEVCXR_END_CONTENT\", self.0); } }\n\
    pub struct Again; impl Again { pub fn evcxr_display(&self) -> u8 { println!(\"again\"); 1 } }";

/// Expressions; where there is text before a `;`, it is part of the cell.
const VALUES: [&str; 44] = [
    "1 + 1",
    "-7_i8",
    "1.0 / 3.0",
    "u128::MAX",
    "true && false",
    "'é'",
    "\"text\\n\"",
    "String::from(\"a \\\"b\\\"\")",
    "*\"unsized\"",
    "b\"bytes\"",
    "()",
    "(1, \"two\", '3')",
    "[1, 2, 3]",
    "[0; 0] as [u8; 0]",
    "vec![Some(1), None]",
    "&vec![1][..]",
    "0..3",
    "1..=4",
    "Some(Ok::<u8, String>(1))",
    "Err::<u8, _>(\"no\")",
    "Side::Left",
    "&Side::Right { by: 2 }",
    "BTreeMap::from([(1, 'a')])",
    "Rc::new(5)",
    "Box::new([1, 2]) as Box<[u8]>",
    "std::cell::RefCell::new(1)",
    "Arc::new(std::sync::Mutex::new(\"m\"))",
    "std::time::Duration::from_millis(1500)",
    "if 1 < 2 { \"then\" } else { \"else\" }",
    "match 3 { 3 => \"three\", _ => \"other\" }",
    "{ let n = 2; n * n }",
    "loop { break 9 }",
    "for _ in 0..2 {}",
    "println!(\"printed\")",
    "print!(\"open\"); 3 // with a comment",
    "let n = 4; n +\n  n",
    "\"8\".parse::<u8>()?",
    "Own(1)",
    "&Own(2)",
    "Box::new(Rc::new(Own(3)))",
    "Both(4)",
    "&&Both(5)",
    "Own(6);",
    "Again",
];

#[test]
fn values_are_shown_as_evcxr_shows_them() {
    let mut once = Kernel::start();
    let mut by_evcxr = Kernel::start();
    by_evcxr.run(":fmt {:?}");
    for kernel in [&mut once, &mut by_evcxr] {
        assert_eq!(kernel.run(DEFINITIONS).transcript(), "reply ok");
    }
    for value in VALUES {
        let [shown, expected] =
            [&mut once, &mut by_evcxr].map(|kernel| kernel.run(value).transcript());
        assert_eq!(shown, expected, "{value}");
    }
    // The causes and places of errors do not differ either; rustc underlines a little more
    // or less beside them. Where a place is none of the cell's, it is in what evcxr has
    // generated, which is longer with the kernel's items.
    for wrong in [
        "let n: u8 = 1;\n  n.missing() // é",
        "let s = \"é\"; s + 1",
        "(1 + ",
        "let n = 1;\nprintln!(\"{}\", missing(n))",
        "let v = vec![1]; let w = v; v",
        "Vec::new()",
    ] {
        let [shown, expected] = [&mut once, &mut by_evcxr].map(|kernel| {
            let ran = kernel.run(wrong);
            let drawn = ran.traceback();
            let places = drawn.lines().filter(|line| line.contains("-->"));
            let places: Vec<_> = places
                .map(|line| line.split("src/lib.rs:").next().unwrap_or(line))
                .collect();
            (ran.failure(), places.join("\n"))
        });
        assert_eq!(shown, expected, "{wrong}");
    }
}

#[track_caller]
fn check(kernel: &mut Kernel, code: &str, expected: Expect) {
    expected.assert_eq(&kernel.run(code).transcript());
}

#[test]
fn a_trait_may_show_values_and_leaves_others_alone() {
    let mut kernel = Kernel::start();
    kernel.run(
        "pub trait Show { fn evcxr_display(&self); }\n\
         impl Show for [u8; 3] { fn evcxr_display(&self) { println!(\
         \"EVCXR_BEGIN_CONTENT text/html\\n<i>{}</i>\\nEVCXR_END_CONTENT\", self[0]); } }",
    );
    check(
        &mut kernel,
        "&[4_u8, 5, 6]",
        expect![[r#"
        result {"text/html":"<i>4</i>"}
        reply ok"#]],
    );
    // evcxr finds the trait's method first, and reports that numbers lack it.
    check(
        &mut kernel,
        "[4, 5]",
        expect![[r#"
        result {"text/plain":"[4, 5]"}
        reply ok"#]],
    );
}

#[test]
fn a_value_without_debug_shows_its_type() {
    let mut kernel = Kernel::shared();
    kernel.run("mod secret { pub struct Safe<T>(pub T); }");
    check(
        &mut kernel,
        "secret::Safe(vec![1_u8])",
        expect![[r#"
            result {"text/plain":"Safe<Vec<u8>> (no Debug)"}
            reply ok"#]],
    );
    check(
        &mut kernel,
        "Some(&secret::Safe(\"a\"))",
        expect![[r#"
            result {"text/plain":"Option<&Safe<&str>> (no Debug)"}
            reply ok"#]],
    );
}

#[test]
fn a_format_of_the_users_own_is_kept() {
    let mut kernel = Kernel::start();
    kernel.run(":fmt {:x?}");
    check(
        &mut kernel,
        "[10, 11]",
        expect![[r#"
            result {"text/plain":"[a, b]"}
            reply ok"#]],
    );
    kernel.run(":fmt");
    kernel.run(":types");
    check(
        &mut kernel,
        "1_u8",
        expect![[r#"
            result {"text/plain":": u8 = 1"}
            reply ok"#]],
    );
}

#[test]
fn a_restart_leaves_no_variables_and_a_kernel_that_works() {
    let mut kernel = Kernel::start();
    kernel.run("let old = vec![1]; fn twice(n: u8) -> u8 { 2 * n }");
    check(
        &mut kernel,
        ":restart",
        expect![[r#"
            result {"text/plain":"Child process restarted\n"}
            reply ok"#]],
    );
    check(
        &mut kernel,
        "twice(4)",
        expect![[r#"
            result {"text/plain":"8"}
            reply ok"#]],
    );
    check(
        &mut kernel,
        "old",
        expect![[r#"
            error CompileError: cannot find value `old` in this scope (E0425)
            reply error"#]],
    );
    kernel.run("let old = 5;");
    check(
        &mut kernel,
        ":restart\nlet new = twice(old);",
        expect![[r#"
            error CompileError: cannot find value `old` in this scope (E0425)
            reply error"#]],
    );
    check(
        &mut kernel,
        ":clear\nlet new = 1; new",
        expect![[r#"
            result {"text/plain":"1"}
            reply ok"#]],
    );
}
