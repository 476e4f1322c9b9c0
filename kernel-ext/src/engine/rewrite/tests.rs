//! Cells as evcxr gets them.

use super::*;
use expect_test::{Expect, expect};

const ALL: Allowed = Allowed {
    display: true,
    waiting: true,
};

fn rewrite(cell: &str, allowed: Allowed) -> Rewritten {
    super::rewrite(cell, allowed, || true)
}

#[track_caller]
fn check(cell: &str, allowed: Allowed, expected: Expect) {
    check_code(&rewrite(cell, allowed), expected);
}

/// What was changed, with the long texts cut to their first line.
#[track_caller]
fn check_code(rewritten: &Rewritten, expected: Expect) {
    let code = rewritten.edited.code();
    let code = match code.split_once("\n) { kernel_ext_value =>") {
        Some((before, after)) => {
            let (_, after) = after.split_once("\n}};").expect("the block has an end");
            format!("{before}\n) …{after}")
        }
        None => code.to_owned(),
    };
    let code = match code.split_once("\nmod kernel_ext_values {\n") {
        Some((before, after)) => {
            let (_, after) = after.split_once("\n}\n}\n").expect("the module has an end");
            format!("{before}\nmod …\n{after}")
        }
        None => code,
    };
    let code = match code.split_once("fn kernel_ext_runtime") {
        Some((before, _)) => format!("{before}…"),
        None => code,
    };
    expected.assert_eq(&code);
}

#[test]
fn a_value_shows_itself() {
    check(
        "let n = 1; n + 1 // one more",
        ALL,
        expect![[r#"
            let n = 1; match &(
            n + 1
            ) … // one more
            mod …
        "#]],
    );
    assert!(rewrite("n", ALL).shows_value);
    let as_it_is = Allowed {
        display: false,
        ..ALL
    };
    check("n", as_it_is, expect!["n"]);
    assert!(!rewrite("n", as_it_is).shows_value);
    assert!(!rewrite("n;", ALL).shows_value);
}

#[test]
fn a_statement_that_waits_does_so_by_itself() {
    check(
        "let n = f(1).await?;\ng(n, h.await).\n  await;",
        ALL,
        expect![[r#"
            kernel_ext_enter();
            let n = f(1).kernel_ext_wait()?;
            g(n, h.kernel_ext_wait()).kernel_ext_wait();

            …"#]],
    );
    check_code(
        &super::rewrite("f().await", ALL, || false),
        expect![[r#"
            :dep tokio = {version="1.34.0", features=["rt", "rt-multi-thread"]}
            !test ! -f "$EVCXR_TMPDIR/Cargo.lock.kept" || cp "$EVCXR_TMPDIR/Cargo.lock.kept" "$EVCXR_TMPDIR/Cargo.lock"
            kernel_ext_enter();
            match &(
            f().kernel_ext_wait()
            ) …
            mod …


            …"#]],
    );
}

#[test]
fn what_names_tokio_finds_a_runtime() {
    check(
        "let task = tokio::spawn(f());",
        ALL,
        expect![[r#"
        kernel_ext_enter();
        let task = tokio::spawn(f());

        …"#]],
    );
    let without = super::rewrite("tokio::spawn(f());", ALL, || false);
    assert_eq!(without.edited.code(), "tokio::spawn(f());");
}

#[test]
fn a_macro_may_wait() {
    check(
        "println!(\"{}\", f().await);",
        ALL,
        expect![[r#"
            kernel_ext_enter();
            println!("{}", f().kernel_ext_wait());

            …"#]],
    );
    check(
        "let (a, b) = tokio::join!(f(), async { g().await });",
        ALL,
        expect![[r#"
            kernel_ext_enter();
            let (a, b) = (async { tokio::join!(f(), async { g().await }) }).kernel_ext_wait();

            …"#]],
    );
}

#[test]
fn a_macro_with_braces_stays_a_statement() {
    check(
        "tokio::select! { x = f() => g(x) }\nh();",
        ALL,
        expect![[r#"
            kernel_ext_enter();
            (async { tokio::select! { x = f() => g(x) } }).kernel_ext_wait();
            h();

            …"#]],
    );
    check(
        "let x = select! { x = f() => x };",
        ALL,
        expect![[r#"
            kernel_ext_enter();
            let x = (async { select! { x = f() => x } }).kernel_ext_wait();

            …"#]],
    );
}

#[test]
fn what_waits_later_is_left_alone() {
    for cell in [
        "async fn f() { tokio::spawn(g()).await }",
        "let later = async { g().await };",
        "spawn(async move { g().await });",
        "let f = |x: F| async move { x.await };",
        // Nobody but the macro knows which of these is in the future.
        "vec![async { f().await }, g().await];",
    ] {
        assert_eq!(rewrite(cell, ALL).edited.code(), cell);
    }
    let by_evcxr = Allowed {
        waiting: false,
        ..ALL
    };
    check("f().await;", by_evcxr, expect!["f().await;"]);
}

#[test]
fn whether_there_is_tokio_is_asked_only_where_it_matters() {
    for cell in ["n + 1", "f();", ":vars", "async fn f() { g().await }"] {
        super::rewrite(cell, ALL, || panic!("`{cell}` needs no tokio"));
    }
}

#[test]
fn what_commands_mean_is_for_evcxr_to_say() {
    check(":types\nn", ALL, expect![":types\nn"]);
    check("!ls\nn", ALL, expect!["!ls\nn"]);
    // Behind code, there are none.
    let inside = "let s = \"\n:types\n\"; n";
    assert!(rewrite(inside, ALL).shows_value);
}

#[test]
fn versions_are_put_back_behind_the_last_crate() {
    check(
        "// why\n:dep rand\n:dep serde\n\nn",
        ALL,
        expect![[r#"
            // why
            :dep rand
            :dep serde
            !test ! -f "$EVCXR_TMPDIR/Cargo.lock.kept" || cp "$EVCXR_TMPDIR/Cargo.lock.kept" "$EVCXR_TMPDIR/Cargo.lock"

            match &(
            n
            ) …
            mod …
        "#]],
    );
    check(
        ":dep rand",
        ALL,
        expect![[r#"
        :dep rand
        !test ! -f "$EVCXR_TMPDIR/Cargo.lock.kept" || cp "$EVCXR_TMPDIR/Cargo.lock.kept" "$EVCXR_TMPDIR/Cargo.lock"
    "#]],
    );
    check(
        ":dep rand\n:types\nn",
        ALL,
        expect![[r#"
        :dep rand
        !test ! -f "$EVCXR_TMPDIR/Cargo.lock.kept" || cp "$EVCXR_TMPDIR/Cargo.lock.kept" "$EVCXR_TMPDIR/Cargo.lock"
        :types
        n"#]],
    );
    check(
        "let n = \"\n:dep no\n\";",
        ALL,
        expect![[r#"
        let n = "
        :dep no
        ";"#]],
    );
}
