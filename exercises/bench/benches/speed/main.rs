//! The benchmarks of the course: `cargo bench -p bench [TOPIC]...`.
//!
//! Each topic prints its own tables, in which our references stand beside the
//! crates that one would otherwise use, and the goals that the project has set
//! itself. With `-- --book` it also writes the tables that the book shows. Nothing fails
//! when a goal is missed: a machine's mood is no bug.

mod eviction;
mod push;
mod ring;

/// A topic's benchmarks; it is told whether to write what the book shows.
type Topic = fn(bool);

/// Topics by name. A benchmark runs if no topic is asked for, or its own.
const TOPICS: [(&str, Topic); 3] = [
    ("eviction", |_| eviction::run()),
    ("push", push::run),
    ("ring", ring::run),
];

fn main() {
    if eviction::memory::answers() {
        return;
    }
    // The servers of `push` are this program again, in processes of their own.
    if let Some(kind) = std::env::args()
        .skip_while(|word| word != push::SERVE)
        .nth(1)
    {
        return push::serve(&kind);
    }
    // cargo adds `--bench`; options are nobody's topic.
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let for_book = std::env::args().any(|word| word == "--book");
    let wanted =
        |topic: &str| asked.is_empty() || asked.iter().any(|word| topic.contains(word.as_str()));
    let mut ran = false;
    for (topic, run) in TOPICS {
        if wanted(topic) {
            run(for_book);
            ran = true;
        }
    }
    if !ran {
        let topics: Vec<&str> = TOPICS.iter().map(|(topic, _)| *topic).collect();
        eprintln!(
            "no topic matches {asked:?}; there are: {}",
            topics.join(", ")
        );
        std::process::exit(2);
    }
}
