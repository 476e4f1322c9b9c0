//! Attacks that claim to have passed: by print, by file, by reading the grader's request.

use std::io::Read;
use std::process::exit;
use std::{env, fs, io};

use exercises::catalog::Wrong;

use super::{Sum, hogs, solution};

/// What the graded side would write, but for the nonce.
const ANSWER: &str =
    r#"{"nonce":"00000000000000000000000000000000","outcome":{"status":"passed"}}"#;

pub(super) fn attacks() -> Vec<Wrong> {
    vec![
        solution::<PrintsAPass>("PrintsAPass", "expected 10, actual 0"),
        solution::<PrintsAPassAndGoes>(
            "PrintsAPassAndGoes",
            "ended the process with exit status 0",
        ),
        solution::<WritesAnAnswer>("WritesAnAnswer", "ended the process with exit status 0"),
        solution::<LooksForTheNonce>("LooksForTheNonce", "expected 10, actual 0"),
        solution::<ReadsTheRequest>("ReadsTheRequest", hogs::ENDLESS),
    ]
}

fn claim() {
    println!("passed  adds-up  1 of 1 points\n\n1 of 1 points: 1 of 1 rules hold (0.0 s).");
    println!("test adds-up ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored");
    println!("{ANSWER}");
}

struct PrintsAPass;

impl Sum for PrintsAPass {
    fn new() -> Self {
        claim();
        Self
    }
}

struct PrintsAPassAndGoes;

impl Sum for PrintsAPassAndGoes {
    fn new() -> Self {
        claim();
        exit(0)
    }
}

/// Knows where the answer goes, and guesses the nonce.
struct WritesAnAnswer;

impl Sum for WritesAnAnswer {
    fn new() -> Self {
        let _ = fs::write("answer.json", ANSWER);
        exit(0)
    }
}

/// Searches arguments, environment and working folder for the nonce; a find
/// would be used.
struct LooksForTheNonce;

impl Sum for LooksForTheNonce {
    fn new() -> Self {
        let mut places: Vec<String> = env::args()
            .chain(env::vars().map(|(_, value)| value))
            .collect();
        for entry in fs::read_dir(".").into_iter().flatten().flatten() {
            places.push(entry.file_name().to_string_lossy().into_owned());
            places.extend(fs::read_to_string(entry.path()));
        }
        let is_nonce =
            |text: &&str| text.len() == 32 && text.chars().all(|c| c.is_ascii_hexdigit());
        let mut words = places
            .iter()
            .flat_map(|place| place.split(|c: char| !c.is_ascii_alphanumeric()));
        if let Some(nonce) = words.find(is_nonce) {
            let _ = fs::write("answer.json", ANSWER.replace(&"0".repeat(32), nonce));
            exit(0);
        }
        Self
    }
}

/// Waits for the request to come once more.
struct ReadsTheRequest;

impl Sum for ReadsTheRequest {
    fn new() -> Self {
        let mut request = String::new();
        let _ = io::stdin().read_to_string(&mut request);
        Self
    }
}
