"""A session of `jupyter console`, typed into a real terminal as a person would.

Run by console.rs. Ends with an error, and what the terminal has shown, where the console
does not answer as expected.
"""

import os
import re
import sys

import pexpect

# Colours, moves of the cursor, and modes of the terminal.
CONTROL = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])|\r")
# Longer than anything takes on a busy machine; only a failure waits for so long.
LIMIT_S = 120


class Terminal:
    def __init__(self):
        # Nothing here answers the console's question where the cursor is.
        env = dict(os.environ, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1")
        arguments = ["-I", "-m", "jupyter_console", "--kernel", "rust"]
        self.raw, self.seen = "", 0
        self.child = pexpect.spawn(
            sys.executable, arguments, env=env, encoding="utf-8", dimensions=(40, 100)
        )

    def shows(self, pattern):
        """Waits until what is shown after the match before holds the pattern."""
        while not (found := re.search(pattern, self.text()[self.seen :], re.DOTALL)):
            try:
                self.raw += self.child.read_nonblocking(4096, timeout=LIMIT_S)
            except pexpect.ExceptionPexpect:
                rest = self.text()[self.seen :]
                sys.exit(f"no {pattern!r} in {rest!r}; in all:\n{self.text()}")
        self.seen += found.end()

    def shows_late(self, prompt, pattern):
        """The same, pressing Enter at each prompt, which has the console show what is late.

        It takes the *idle* that answers its interrupt for the end of the cell. What is
        published after that it may show only with the next line.
        """
        start = self.seen
        self.shows(prompt)
        while not re.search(pattern, self.text()[start : self.seen], re.DOTALL):
            self.types("")
            self.shows(prompt)

    def text(self):
        """Everything shown so far; what is written over stays."""
        return CONTROL.sub("", self.raw)

    def types(self, line):
        self.child.send(line + "\r")


def main():
    terminal = Terminal()
    terminal.shows(r"Rust.*In \[1\]: ")
    terminal.types("6 * 7")
    terminal.shows(r"Out\[1\]: 42.*In \[2\]: ")
    terminal.types('panic!("on purpose")')
    terminal.shows(r"Panic: on purpose.*cell 2, line 1.*In \[3\]: ")
    # Incomplete: the console asks for more instead of running it.
    terminal.types("let mut kept = {")
    terminal.shows(r"\.\.\.: ")
    terminal.types("vec![1] };")
    terminal.shows(r"In \[4\]: ")
    terminal.types('kept.push(2); println!("started"); loop {}')
    terminal.shows(r"started\n")
    terminal.child.sendintr()
    terminal.shows_late(r"\n.*?In \[5\]: ", "Interrupted: ")
    terminal.types("kept")
    terminal.shows_late(r"\n.*?In \[6\]: ", r"Out\[5\]: \[1\]")
    terminal.child.sendeof()
    terminal.shows(r"Do you really want to exit")
    terminal.types("y")
    terminal.child.expect(pexpect.EOF, timeout=LIMIT_S)
    terminal.child.close()
    sys.exit(terminal.child.exitstatus)


if __name__ == "__main__":
    main()
