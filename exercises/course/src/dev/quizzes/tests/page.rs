//! What a quiz's page says to readers and to the script.

use expect_test::expect;

use super::{CHAPTER, sound};
use crate::dev::quizzes::render;
use crate::dev::quizzes::source::Quiz;

fn page(text: &str) -> String {
    let quiz = Quiz::read("any.toml", text).expect("it can be read");
    render::page("01-any", &quiz, CHAPTER)
}

/// The page of one question.
fn form(question: &str) -> String {
    let page = page(question);
    let start = page.find("<form").expect("there is a form");
    let end = page.rfind("</form>").expect("it ends");
    page[start..end].to_owned()
}

#[test]
fn a_choice_is_a_fieldset_with_its_answers_folded_below() {
    expect![[r#"
        <form class="quiz-question" id="quiz-01-which" data-id="which" data-kind="choice">
        <fieldset>
        <legend><span class="quiz-number">1.</span> Is <code>a &lt; b</code>?</legend>

        Think of *both*.

        <ol class="quiz-options">
        <li><label><input type="radio" name="quiz-01-which" value="13bdfab8"> <span class="quiz-letter">a)</span> <span><code>Vec&lt;u8&gt;</code> &amp; <em>more</em></span></label></li>
        <li><label><input type="radio" name="quiz-01-which" value="9390298f" data-right> <span class="quiz-letter">b)</span> <span>no</span></label></li>
        </ol>
        </fieldset>
        <p class="quiz-check"><button type="submit" disabled>Check<span class="quiz-spoken"> question 1</span></button></p>
        <div class="quiz-verdict" role="status"></div>
        <details class="quiz-answer">
        <summary>Answer to question 1</summary>

        <div class="quiz-why" data-for="13bdfab8">

        **a) is wrong.** First paragraph.

        Second.

        </div>
        <div class="quiz-why" data-for="9390298f">

        **b) is right.** So it is.

        </div>

        Explained under [A ring](#a-ring).

        </details>
    "#]].assert_eq(&form(
        "[[question]]\nid = \"which\"\nkind = \"choice\"\nsection = \"a-ring\"\nprompt = \"Is `a < b`?\\n\\nThink of *both*.\"\n\
         [[question.answers]]\ntext = \"`Vec<u8>` & *more*\"\nwhy = \"First paragraph.\\n\\nSecond.\"\n\
         [[question.answers]]\ntext = \"no\"\nright = true\nwhy = \"So it is.\"\n",
    ));
}

#[test]
fn a_short_answer_is_a_labelled_field() {
    expect![[r#"
        <form class="quiz-question" id="quiz-01-long" data-id="long" data-kind="short" data-number="60.5" data-tolerance="0.1" data-unit="s">
        <fieldset>
        <legend><span class="quiz-number">1.</span> How long?</legend>

        <p class="quiz-field"><label for="quiz-01-long-field">Your answer<span class="quiz-spoken"> in s</span></label> <input type="text" id="quiz-01-long-field" autocomplete="off" autocapitalize="off" spellcheck="false"> <span aria-hidden="true">s</span></p>
        </fieldset>
        <p class="quiz-check"><button type="submit" disabled>Check<span class="quiz-spoken"> question 1</span></button></p>
        <div class="quiz-verdict" role="status"></div>
        <details class="quiz-answer">
        <summary>Answer to question 1</summary>

        <div class="quiz-why" data-right>

        **60.5 s:** A minute and a half second.

        </div>
        <div class="quiz-why" data-for="60">

        **Not <code>60</code>.** It forgets the half.

        </div>

        Explained under [A ring](#a-ring).

        </details>
    "#]].assert_eq(&form(
        "[[question]]\nid = \"long\"\nkind = \"short\"\nsection = \"a-ring\"\nprompt = \"How long?\"\n\
         number = 60.5\ntolerance = 0.1\nunit = \"s\"\nwhy = \"A minute and a half second.\"\n\
         [[question.mistakes]]\nanswer = \"60\"\nwhy = \"It forgets the half.\"\n",
    ));
}

#[test]
fn a_programs_output_cannot_break_the_page() {
    let form = form(
        "[[question]]\nid = \"prints\"\nkind = \"output\"\nsection = \"a-ring\"\nprompt = \"What?\"\n\
         program = \"fn main() { println!(\\\"\\\\\\\"<\\\\n\\\\n>\\\") }\"\noutput = \"\\\"<\\n\\n>\"\nwhy = \"Two line breaks.\"\n",
    );
    let opening = form.lines().next().unwrap_or_default();
    expect![[r#"<form class="quiz-question" id="quiz-01-prints" data-id="prints" data-kind="output" data-accept="[&quot;\&quot;&lt;\n\n&gt;&quot;]">"#]].assert_eq(opening);
}

#[test]
fn an_option_is_remembered_by_its_text_and_not_by_its_place() {
    let values = |text: &str| -> Vec<String> {
        let page = page(text);
        let mut values: Vec<String> = page
            .split(" value=\"")
            .skip(1)
            .take(3)
            .map(|rest| rest[..8].to_owned())
            .collect();
        values.sort();
        values
    };
    let swapped = sound()
        .replace("\"first\"", "\"x\"")
        .replace("\"third\"", "\"first\"")
        .replace("\"x\"", "\"third\"");
    assert_eq!(values(&sound()), values(&swapped));
    assert_ne!(
        values(&sound()),
        values(&sound().replace("\"first\"", "\"First\""))
    );
}

#[test]
fn a_page_records_the_ids_of_its_questions() {
    let ids = render::ids(&page(&sound()));
    assert_eq!(ids.len(), 8);
    assert_eq!(ids[0], "question-0");
}
