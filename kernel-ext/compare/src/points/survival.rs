//! What a cell can do to its process, and an interrupt to a cell.

use crate::{Point, Probe, Then};

/// Compiles for seconds and runs in no time: the compiler itself counts.
const SLOW_TO_COMPILE: &str = "#[allow(long_running_const_eval)] const COUNT: u64 = {\n\
     let mut n = 0; while n < 100_000_000 { n += 1 } n };\nCOUNT";

/// The instruction that every architecture has for this purpose.
const ILLEGAL: &str = "fn trap() { #[cfg(target_arch = \"x86_64\")] unsafe { std::arch::asm!(\"ud2\") }\n\
     #[cfg(target_arch = \"aarch64\")] unsafe { std::arch::asm!(\"udf #0\") } }\ntrap()";

/// A limit that the cell sets itself, because the stock kernel has none.
const TOO_MUCH: &str = "unsafe extern \"C\" { fn setrlimit(resource: i32, limit: *const [u64; 2]) -> i32; }\n\
     const ADDRESS_SPACE: i32 = 9;\n\
     unsafe { setrlimit(ADDRESS_SPACE, &[4 << 30, 4 << 30]) };\n\
     vec![1_u8; 8 << 30].len()";

const BLOCKED: &str = "let (mut reader, writer) = std::io::pipe().unwrap();\n\
     std::io::Read::read(&mut reader, &mut [0]).unwrap(); drop(writer);";

const DOUBLE: &str = "struct Bomb;\n\
     impl Drop for Bomb { fn drop(&mut self) { panic!(\"second\") } }\n\
     { let _bomb = Bomb; panic!(\"first\") }";

const DEEP: &str =
    "fn deeper(n: u64) -> u64 { std::hint::black_box(n) + deeper(n + 1) + 1 }\ndeeper(0)";

pub(super) fn points() -> Vec<Point> {
    use Then::{InterruptCompiling, InterruptRunning, Wait};
    let point = |title, code, then| Point {
        title,
        wanted: "error; kept; back",
        probe: Probe::Survival(code, then),
        repeats: true,
    };
    vec![
        point("`panic!`", "panic!(\"on purpose\")", Wait),
        point("a failed `assert_eq!`", "assert_eq!(1 + 1, 3);", Wait),
        point(
            "`?` on an error",
            "let n: u8 = \"no number\".parse()?;",
            Wait,
        ),
        point(
            "a panic in a thread that is joined",
            "std::thread::spawn(|| panic!(\"in the thread\")).join().unwrap();",
            Wait,
        ),
        point("a panic during a panic", DOUBLE, Wait),
        point(
            "a segmentation fault",
            "unsafe { *(8 as *mut u8) = 1; }",
            Wait,
        ),
        point("an illegal instruction", ILLEGAL, Wait),
        point("`exit(0)`", "std::process::exit(0)", Wait),
        point("`exit(3)`", "std::process::exit(3)", Wait),
        point("`abort()`", "std::process::abort()", Wait),
        point("recursion without end", DEEP, Wait),
        point("an allocation beyond the memory limit", TOO_MUCH, Wait),
        point(
            "an interrupt of a sleep",
            "std::thread::sleep(std::time::Duration::from_secs(1_000));",
            InterruptRunning,
        ),
        point(
            "an interrupt of a busy loop",
            "loop { std::hint::spin_loop() }",
            InterruptRunning,
        ),
        point("an interrupt of a blocked read", BLOCKED, InterruptRunning),
        point(
            "an interrupt of the compiler",
            SLOW_TO_COMPILE,
            InterruptCompiling,
        ),
    ]
}
