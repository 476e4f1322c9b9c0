//! One session through what evcxr's own tour shows, in cells of our own.
//!
//! The tour itself is not run here: its first cell downloads a script and runs it, which a
//! test must not do to a machine, and its crates are of another time. Run by hand, with that
//! download refused, every cell of it does on our kernel what it does on the stock one, and
//! the one that ends in a failing `?` is an error on ours alone.

use super::client::{Kernel, WARMING_VAR};
use expect_test::{Expect, expect};
use std::ffi::OsStr;
use std::io::Read as _;
use std::net::TcpListener;

/// The session; each cell finds what those before it have left.
struct Session(Kernel);

impl Session {
    #[track_caller]
    fn check(&mut self, code: &str, expected: Expect) {
        expected.assert_eq(&self.0.run(code).transcript());
    }

    /// A cell that shows nothing.
    #[track_caller]
    fn define(&mut self, code: &str) {
        self.check(code, expect!["reply ok"]);
    }
}

#[test]
fn a_session_through_everything_that_evcxr_shows_of_itself() {
    // As users have it: what the other tests' kernels are spared is not in its way either.
    let mut session = Session(Kernel::start_with(&[(WARMING_VAR, OsStr::new("on"))]));
    variables_and_functions(&mut session);
    threads(&mut session);
    types_that_show_themselves(&mut session);
    awaiting(&mut session);
    session.check(
        "let number: u8 = name;",
        expect![[r#"
            error CompileError: mismatched types (E0308)
            reply error"#]],
    );
    let variables = session.0.run(":vars").transcript();
    for line in [
        "visits: Arc<Mutex<u32>>",
        "name: String",
        "squares: Vec<u64>",
    ] {
        assert!(variables.contains(line), "{line} is missing in {variables}");
    }
}

fn variables_and_functions(session: &mut Session) {
    session.define("let mut name = \"Ferris\".to_owned();");
    session.define("name.push_str(\" the crab\");");
    session.check(
        "println!(\"to all\"); name",
        expect![[r#"
            stdout "to all\n"
            result {"text/plain":"\"Ferris the crab\""}
            reply ok"#]],
    );
    session.define("fn square(n: u64) -> u64 { n + n }");
    session.define("fn square(n: u64) -> u64 { n * n }");
    session.check(
        "let squares: Vec<u64> = (1..5).map(square).collect(); squares",
        expect![[r#"
            result {"text/plain":"[1, 4, 9, 16]"}
            reply ok"#]],
    );
}

fn threads(session: &mut Session) {
    session.define(
        "use std::sync::{Arc, Mutex};\n\
         let visits = Arc::new(Mutex::new(0_u32));\n\
         let visitor = std::thread::spawn({ let visits = Arc::clone(&visits);\n\
         move || for _ in 0..1_000 { *visits.lock().unwrap() += 1; } });",
    );
    session.define("visitor.join().unwrap();");
    // An error of `lock` borrows the lock, which `?` must get on with.
    session.check(
        "*visits.lock()?",
        expect![[r#"
            result {"text/plain":"1000"}
            reply ok"#]],
    );
}

fn types_that_show_themselves(session: &mut Session) {
    let source = session.0.directory.path().join("picture/src");
    std::fs::create_dir_all(&source).unwrap();
    let manifest = "[package]\nname = \"picture\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    std::fs::write(source.join("../Cargo.toml"), manifest).unwrap();
    let library = "pub trait Show { fn evcxr_display(&self); }\n\
        impl Show for [u8; 3] { fn evcxr_display(&self) {\n\
        println!(\"EVCXR_BEGIN_CONTENT image/png\\nAQID\\nEVCXR_END_CONTENT\"); } }";
    std::fs::write(source.join("lib.rs"), library).unwrap();
    session.check(
        ":dep picture = { path = \"../picture\" }\nuse picture::Show;\n[1_u8, 2, 3]",
        expect![[r#"
            result {"image/png":"AQID"}
            reply ok"#]],
    );
    session.define(
        "pub struct Pair<T>(T, T);\n\
         impl<T: std::fmt::Debug> Pair<T> { pub fn evcxr_display(&self) {\n\
         println!(\"EVCXR_BEGIN_CONTENT text/html\\n<b>{:?}</b> {:?}\\nEVCXR_END_CONTENT\", self.0, self.1) } }",
    );
    session.check(
        "Pair(1, 2)",
        expect![[r#"
            result {"text/html":"<b>1</b> 2"}
            reply ok"#]],
    );
}

fn awaiting(session: &mut Session) {
    session.define(":dep tokio = { version = \"1\", features = [\"full\"] }");
    let connect = "let mut stream: tokio::net::TcpStream = tokio::net::TcpStream::connect";
    session.check(
        &format!("{connect}(\"127.0.0.1:99999\").await?;"),
        expect![[r#"
            stderr "invalid port value\n"
            error Error: invalid port value
            reply error"#]],
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    session.define(&format!("{connect}(\"{address}\").await?;"));
    let (mut peer, _) = listener.accept().unwrap();
    session.define("use tokio::io::AsyncWriteExt as _;\nstream.write_all(b\"hello\").await?;");
    let mut heard = [0; 5];
    peer.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"hello");
}
