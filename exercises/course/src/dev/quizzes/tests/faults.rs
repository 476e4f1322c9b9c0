//! What the lint says of a quiz.

use expect_test::{Expect, expect};

use super::{CHAPTER, sound};
use crate::dev::quizzes::lint::{Around, lint};
use crate::dev::quizzes::source::Quiz;

/// The same, with one question in place of the last.
fn with(question: &str) -> String {
    let sound = sound();
    let last = sound.rfind("[[question]]").expect("there are questions");
    format!("{}{question}", &sound[..last])
}

fn short(rest: &str) -> String {
    with(&format!(
        "[[question]]\nid = \"short\"\nkind = \"short\"\nsection = \"a-ring\"\nprompt = \"How many?\"\n{rest}"
    ))
}

fn faults(text: &str, before: &[&str]) -> String {
    let before: Vec<String> = before.iter().map(|id| (*id).to_owned()).collect();
    let around = Around {
        file: "any.toml",
        chapter: Some(CHAPTER),
        before: &before,
    };
    let faults = match Quiz::read("any.toml", text) {
        Ok(quiz) => lint(&quiz, &around),
        Err(faults) => faults,
    };
    let lines = faults
        .iter()
        .map(|fault| format!("{}: {}\n", fault.at, fault.what));
    lines.collect()
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&faults(text, &[]));
}

#[test]
fn nothing_is_said_about_a_sound_quiz() {
    check(&sound(), expect![[""]]);
    check(
        &short(
            "number = 12.5\ntolerance = 0.1\nunit = \"s\"\nwhy = \"A reason that is long enough.\"\n",
        ),
        expect![[""]],
    );
}

#[test]
fn a_field_that_nobody_knows_is_named_with_its_question() {
    check(
        &short("number = 12.5\ntolerence = 0.1\nwhy = \"A reason that is long enough.\"\n"),
        expect![[r#"
            any.toml: short: unknown field `tolerence`, expected one of `accept`, `number`, `tolerance`, `unit`, `why`, `mistakes`
        "#]],
    );
    check(
        &sound().replacen("kind = \"choice\"", "kind = \"chioce\"", 1),
        expect![[r#"
            any.toml: question-0: unknown variant `chioce`, expected one of `choice`, `short`, `output`
        "#]],
    );
}

#[test]
fn all_faults_are_found_in_one_run() {
    let text = sound()
        .replacen("question-0", "Question 0", 1)
        .replacen("question-2", "question-1", 1)
        .replacen("section = \"a-ring\"", "section = \"a-circle\"", 1)
        .replacen("A reason that is long enough.", "Because.", 1);
    check(
        &text,
        expect![[r#"
        any.toml: Question 0: the id is not kebab-case
        any.toml: question-1: two questions have this id
        any.toml: Question 0: the chapter has no heading `a-circle`
        any.toml: Question 0: the option `first` has no reason
    "#]],
    );
}

#[test]
fn eight_to_twelve_questions_are_asked() {
    let seven = sound();
    let last = seven.rfind("[[question]]").expect("there are questions");
    check(
        &seven[..last],
        expect![[r#"
        any.toml: it has 7 questions
    "#]],
    );
    let thirteen = (0..2).map(|half| sound().replace("question-", &format!("half-{half}-")));
    check(
        &thirteen.collect::<String>(),
        expect![[r#"
        any.toml: it has 16 questions
    "#]],
    );
}

#[test]
fn at_least_one_option_is_right_and_one_is_wrong() {
    let none = sound().replacen("right = true\n", "", 1);
    check(
        &none,
        expect![[r#"
        any.toml: question-0: no option is right
    "#]],
    );
    let all = with(
        "[[question]]\nid = \"all\"\nkind = \"choice\"\nsection = \"a-ring\"\nprompt = \"Choose all that fit.\"\n\
         [[question.answers]]\ntext = \"a\"\nright = true\nwhy = \"A reason that is long enough.\"\n\
         [[question.answers]]\ntext = \"b\"\nright = true\nwhy = \"A reason that is long enough.\"\n",
    );
    check(
        &all,
        expect![[r#"
        any.toml: all: no option is wrong
    "#]],
    );
}

#[test]
fn the_prompt_says_whether_several_are_right() {
    check(
        &sound().replacen("Which?", "Choose all that fit.", 1),
        expect![[r#"
            any.toml: question-0: 1 of 3 options are right, and the prompt says otherwise
        "#]],
    );
    check(
        &sound().replacen("text = \"other\"", "text = \"other\"\nright = true", 1),
        expect![[r#"
            any.toml: question-0: 2 of 3 options are right, and the prompt says otherwise
        "#]],
    );
}

#[test]
fn options_are_about_the_matter_and_differ() {
    check(
        &sound().replacen("\"third\"", "\"All of the above\"", 1),
        expect![[r#"
            any.toml: question-0: the option `All of the above` is about the other options
        "#]],
    );
    check(
        &sound().replacen("\"third\"", "\"First\"", 1),
        expect![[r#"
        any.toml: question-0: the option `First` comes twice
    "#]],
    );
    check(
        &sound().replacen("\"third\"", "\" \"", 1),
        expect![[r#"
        any.toml: question-0: the option `` is empty, or more than one paragraph
    "#]],
    );
}

#[test]
fn a_habit_gives_the_right_option_away() {
    let longest = sound().replace("right = true\n", "right = true\n#");
    let longest: String = longest
        .split("[[question.answers]]")
        .map(|part| match part.contains("right = true") {
            true => part.replace("text = \"", "text = \"much longer than the others: "),
            false => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("[[question.answers]]")
        .replace("#why", "why");
    check(
        &longest,
        expect![[r#"
        any.toml: in 8 of 8 choices the right option is the longest
    "#]],
    );
    let first = sound()
        .replace("right = true\n", "")
        .replace("text = \"first\"\n", "text = \"first\"\nright = true\n");
    check(
        &first,
        expect![[r#"
        any.toml: in 8 of 8 choices the right option is number 1
    "#]],
    );
}

#[test]
fn a_typed_answer_can_be_compared() {
    let why = "why = \"A reason that is long enough.\"\n";
    check(
        &short(why),
        expect![[r#"
        any.toml: short: it has both accepted answers and a number, or neither
    "#]],
    );
    check(
        &short(&format!("number = 3\n{why}")),
        expect![[r#"
        any.toml: short: a number needs a tolerance, and only a number can have one
    "#]],
    );
    check(
        &short(&format!("number = 3\ntolerance = 0\n{why}")),
        expect![[r#"
            any.toml: short: the tolerance is not above 0
        "#]],
    );
    check(
        &short(&format!(
            "accept = [\"\", \"one\", \"O ne\"]\nunit = \"s\"\n{why}"
        )),
        expect![[r#"
            any.toml: short: it has a unit, but no number
            any.toml: short: an accepted answer is empty
            any.toml: short: the answer `O ne` is accepted twice
        "#]],
    );
}

#[test]
fn a_mistake_is_wrong_and_explained() {
    let why = "why = \"A reason that is long enough.\"\n";
    let mistake = |answer| format!("[[question.mistakes]]\nanswer = \"{answer}\"\nwhy = \"No.\"\n");
    check(
        &short(&format!(
            "number = 3\ntolerance = 0.5\n{why}{}{}",
            mistake("3.4"),
            mistake("four")
        )),
        expect![[r#"
            any.toml: short: the mistake `3.4` is empty, right, or listed twice
            any.toml: short: the mistake `3.4` has no reason
            any.toml: short: the mistake `four` has no reason
            any.toml: short: the mistake `four` is no number
        "#]],
    );
}

#[test]
fn an_id_that_readers_browsers_know_is_kept_or_retired() {
    let before = ["question-0", "question-gone"];
    expect![[r#"
        any.toml: the question `question-gone` of the page as it is now is gone
    "#]]
    .assert_eq(&faults(&sound(), &before));
    let retired = format!("retired = [\"question-gone\"]\n{}", sound());
    expect![[""]].assert_eq(&faults(&retired, &before));
    let again = format!("retired = [\"question-0\"]\n{}", sound());
    expect![[r#"
        any.toml: question-0: the id was retired
    "#]]
    .assert_eq(&faults(&again, &[]));
}
