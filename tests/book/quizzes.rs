//! Quizzes: every written chapter has one, and the page that it includes is fresh.
//!
//! What a quiz must be is the business of `cargo course dev quizzes`, which also
//! compiles and runs the programs that readers are asked about.

use crate::fixture::course::{course, said};

use super::{assert_none, finished_chapters, root, source, sources};

#[test]
fn every_quiz_is_sound_and_its_page_fresh() {
    let output = course(&["dev", "quizzes", "--check"])
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "run `cargo course dev quizzes` to see this again:\n{}",
        said(&output)
    );
}

#[test]
fn every_written_chapter_asks_its_quiz() {
    let mut offenders = Vec::new();
    for chapter in finished_chapters() {
        let heading = "\n## Quiz\n\n";
        let include = format!("{{{{#include quizzes/{chapter}.md}}}}\n");
        let asks = source(&format!("{chapter}.md")).contains(&format!("{heading}{include}"));
        if !asks {
            offenders.push(format!(
                "{chapter}.md: no `{}` under `## Quiz`",
                include.trim()
            ));
        }
        if !root()
            .join(format!("book/quizzes/{chapter}.toml"))
            .is_file()
        {
            offenders.push(format!("{chapter}.md: no book/quizzes/{chapter}.toml"));
        }
    }
    assert_none(&offenders, "write the quiz, and include its page:");
}

#[test]
fn no_quizzes_page_is_left_over() {
    let leftovers: Vec<String> = sources()
        .into_iter()
        .filter_map(|(name, _)| Some(name.strip_prefix("quizzes/")?.replace(".md", ".toml")))
        .filter(|name| !root().join("book/quizzes").join(name).is_file())
        .collect();
    assert_none(
        &leftovers,
        "delete the pages in book/src/quizzes of these, which are not there:",
    );
}
