//! The lint names every fault, and the page holds what a script and a reader need.

mod faults;
mod page;

const CHAPTER: &str = "# Any\n\n## The problem\n\n### A ring\n";

/// Eight questions that nothing is wrong with; the right options take turns.
fn sound() -> String {
    let questions = (0..8).map(|number| {
        let right = |option| if number % 3 == option { "right = true\n" } else { "" };
        let option = |index, text: &str| {
            format!(
                "[[question.answers]]\ntext = \"{text}\"\n{}why = \"A reason that is long enough.\"\n",
                right(index)
            )
        };
        format!(
            "[[question]]\nid = \"question-{number}\"\nkind = \"choice\"\nsection = \"a-ring\"\nprompt = \"Which?\"\n{}{}{}",
            option(0, "first"),
            option(1, "other"),
            option(2, "third"),
        )
    });
    questions.collect()
}
