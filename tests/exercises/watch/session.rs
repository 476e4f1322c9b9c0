//! A program that a test talks with: over pipes, or on a terminal of its own.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// Longer than anything takes on a busy machine, the first build of what submissions are
/// compiled against included; only a failure waits for so long.
const LIMIT: Duration = Duration::from_secs(300);

/// The running program. It is killed if the test ends before it does.
pub(super) struct Session {
    child: Child,
    input: Option<File>,
    output: Receiver<String>,
    text: String,
    /// How much of the text earlier matches have passed.
    seen: usize,
    terminal: Option<OwnedFd>,
}

impl Session {
    /// Starts a program whose input and output are pipes.
    pub(super) fn over_pipes(mut command: Command) -> Self {
        let (reader, writer) = std::io::pipe().expect("there are pipes");
        let errors = writer.try_clone().expect("there are pipes");
        command.stdin(Stdio::piped()).stdout(writer).stderr(errors);
        let mut child = command.spawn().expect("the program starts");
        // With it go its ends of the pipe, which would keep the output from ending.
        drop(command);
        let input = child.stdin.take().expect("it was piped");
        let input = File::from(OwnedFd::from(input));
        Self::new(child, input, File::from(OwnedFd::from(reader)), None)
    }

    /// Starts a program on a terminal of 100 columns and 40 rows.
    pub(super) fn on_terminal(mut command: Command) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let master = openpt(flags).expect("there are terminals");
        grantpt(&master).expect("the terminal is ours");
        unlockpt(&master).expect("the terminal can be opened");
        let name = ptsname(&master, Vec::new()).expect("the terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let terminal = open(name.as_c_str(), flags, Mode::empty()).expect("it can be opened");
        let size = Winsize {
            ws_row: 40,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&terminal, size).expect("it has a size");
        let side = || Stdio::from(terminal.try_clone().expect("it can be shared"));
        command.stdin(side()).stdout(side()).stderr(side());
        let child = command.spawn().expect("the program starts");
        drop(command);
        let input = File::from(master.try_clone().expect("it can be shared"));
        Self::new(child, input, File::from(master), Some(terminal))
    }

    fn new(child: Child, input: File, mut output: File, terminal: Option<OwnedFd>) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                let text = String::from_utf8_lossy(&bytes[..n]).into_owned();
                if sender.send(text).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input: Some(input),
            output: receiver,
            text: String::new(),
            seen: 0,
            terminal,
        }
    }

    /// Waits until what is shown after the match before holds this text.
    #[track_caller]
    pub(super) fn shows(&mut self, part: &str) {
        loop {
            if let Some(at) = self.text[self.seen..].find(part) {
                self.seen += at + part.len();
                return;
            }
            match self.output.recv_timeout(LIMIT) {
                Ok(more) => self.text += &more,
                Err(_) => panic!("no `{part}` in {:?}", &self.text[self.seen..]),
            }
        }
    }

    pub(super) fn types(&mut self, text: &str) {
        let input = self.input.as_mut().expect("the input has not ended");
        input.write_all(text.as_bytes()).expect("it reads");
    }

    pub(super) fn ends_input(&mut self) {
        self.input = None;
    }

    /// Waits for the end of the program; answers whether it succeeded.
    pub(super) fn ends(&mut self) -> bool {
        let status = self.child.wait().expect("it ends");
        // What it has written before is on its way.
        while let Ok(more) = self.output.recv_timeout(Duration::from_secs(1)) {
            self.text += &more;
        }
        status.success()
    }

    /// Everything that was shown.
    pub(super) fn all(&self) -> &str {
        &self.text
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the terminal shows what is typed.
    pub(super) fn echoes(&self) -> bool {
        let terminal = self.terminal.as_ref().expect("it has a terminal");
        let modes = tcgetattr(terminal).expect("the terminal has modes");
        modes.local_modes.contains(LocalModes::ECHO)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It fails where the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
