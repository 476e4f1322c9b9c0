//! Attacks on what lies around the process: files, memory, other processes, the
//! network. Each gives the right total if its trick works, and a wrong one if not.

use std::fs::{self, File};
use std::net::{TcpStream, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;

use exercises::catalog::Wrong;
use exercises::grade::walls::{self, Wall};

use super::{Sum, solution};

/// What the report says if a trick leads to nothing.
const IN_VAIN: &str = "expected 10, actual 0";
const FORBIDDEN: &str = "tried to start a process";

pub(super) fn attacks() -> Vec<Wrong> {
    let missing = walls::missing();
    let mut attacks = vec![
        solution::<FillsTheDisk>("FillsTheDisk", "of files that a check may keep"),
        solution::<ManySmallFiles>("ManySmallFiles", "of files that a check may keep"),
    ];
    if !missing.contains(&Wall::Files) {
        attacks.extend([
            solution::<WritesOutside>("WritesOutside", IN_VAIN),
            solution::<RemovesOutside>("RemovesOutside", IN_VAIN),
            solution::<ReadsOutside>("ReadsOutside", IN_VAIN),
            solution::<ListsOutside>("ListsOutside", IN_VAIN),
            solution::<ReadsItsMemory>("ReadsItsMemory", IN_VAIN),
            solution::<OpensItsFilesAnew>("OpensItsFilesAnew", IN_VAIN),
            solution::<AnswersItself>("AnswersItself", IN_VAIN),
            solution::<WaitsForTheAnswer>("WaitsForTheAnswer", IN_VAIN),
        ]);
    }
    if !missing.contains(&Wall::Processes) {
        attacks.extend([
            solution::<ForkBomb>("ForkBomb", FORBIDDEN),
            solution::<KillsTheGrader>("KillsTheGrader", FORBIDDEN),
        ]);
    }
    if !missing.contains(&Wall::Network) {
        attacks.extend([
            solution::<ConnectsOut>("ConnectsOut", FORBIDDEN),
            solution::<SendsPackets>("SendsPackets", FORBIDDEN),
        ]);
    }
    if !missing.contains(&Wall::Memory) {
        attacks.push(solution::<ThreadBomb>(
            "ThreadBomb",
            "failed to spawn thread",
        ));
    }
    attacks
}

/// A solution that is right if the trick works.
struct If(bool);

impl If {
    fn total(&self) -> u64 {
        match self.0 {
            true => 10,
            false => 0,
        }
    }
}

/// Tells that `$name` tries `$trick` when it is made.
macro_rules! trick {
    ($(#[$about:meta])* $name:ident, $trick:expr) => {
        $(#[$about])*
        struct $name(If);

        impl Sum for $name {
            fn new() -> Self {
                Self(If($trick))
            }

            fn total(&mut self) -> u64 {
                self.0.total()
            }
        }
    };
}

trick!(
    WritesOutside,
    fs::write(std::env::temp_dir().join("red-team-was-here"), "").is_ok()
);
trick!(
    RemovesOutside,
    fs::read_dir("..")
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| fs::remove_file(entry.path()).is_ok())
        || fs::remove_dir_all("../../tmp").is_ok()
);
trick!(
    ReadsOutside,
    ["/etc/passwd", "/proc/self/cmdline", "/proc/version"]
        .iter()
        .any(|path| fs::read(path).is_ok())
);
trick!(
    ListsOutside,
    ["/", "..", "/proc"]
        .iter()
        .any(|path| fs::read_dir(path).is_ok())
);
trick!(
    /// The nonce is somewhere in there.
    ReadsItsMemory,
    File::open("/proc/self/mem").is_ok() || File::open("/proc/thread-self/mem").is_ok()
);
trick!(
    /// Opens what the process has open once more; with 0 to 2 it could only print.
    OpensItsFilesAnew,
    (3..64).any(|number| {
        let path = format!("/proc/self/fd/{number}");
        File::open(&path).is_ok() || fs::write(&path, "forged").is_ok()
    })
);
trick!(
    /// Has standard input as a socket, and forges an answer; only the nonce is missing.
    AnswersItself,
    {
        use std::io::Write;

        let answer = r#"{"nonce":"00000000000000000000000000000000","outcome":{"status":"passed"}}"#;
        if let Ok(socket) = std::io::stdin().as_fd().try_clone_to_owned() {
            let _ = writeln!(UnixStream::from(socket), "{answer}");
        }
        false
    }
);
trick!(
    /// Leaves a thread behind that waits for the answer to be written, to change it.
    WaitsForTheAnswer,
    {
        thread::spawn(|| {
            loop {
                for entry in fs::read_dir(".").into_iter().flatten().flatten() {
                    let text = fs::read_to_string(entry.path()).unwrap_or_default();
                    let _ = fs::write(entry.path(), text.replace("failed", "passed"));
                }
                thread::yield_now();
            }
        });
        false
    }
);
trick!(ForkBomb, {
    while Command::new("sh").arg("-c").arg("sh & sh").spawn().is_ok() {}
    false
});
trick!(
    KillsTheGrader,
    Command::new("kill")
        .arg(std::os::unix::process::parent_id().to_string())
        .status()
        .is_ok()
);
trick!(ConnectsOut, TcpStream::connect("127.0.0.1:9").is_ok());
trick!(SendsPackets, UdpSocket::bind("127.0.0.1:0").is_ok());
trick!(FillsTheDisk, {
    let zeros = vec![0; 1 << 20];
    let mut file = File::create("large").ok();
    while file
        .as_mut()
        .is_some_and(|file| std::io::Write::write_all(file, &zeros).is_ok())
    {}
    false
});
trick!(ManySmallFiles, {
    for n in 0_u64.. {
        let _ = fs::write(Path::new(".").join(n.to_string()), "x");
    }
    false
});

/// Threads without end, each alive.
///
/// Each has started before the next is: otherwise it is chance whether the next finds no
/// memory, which is a panic, or the last does, whose start cannot fail but by an abort.
struct ThreadBomb;

impl Sum for ThreadBomb {
    fn new() -> Self {
        let (started, starts) = mpsc::channel();
        loop {
            let started = started.clone();
            thread::spawn(move || {
                let _ = started.send(());
                thread::park();
            });
            let _ = starts.recv();
        }
    }
}
