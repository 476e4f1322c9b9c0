//! A person's path through the product in a real browser: the book, the link to
//! the notebook, JupyterLab on our kernel, a figure.
//!
//! A test binary of its own, because libtest cannot skip a test at run time:
//! where there is no Chromium these tests are listed as ignored, with the reason
//! in their name. CI sets `COURSE_REQUIRE_BROWSER=1`, which makes that a failure.
//!
//! `SCREENSHOTS=overwrite cargo test --test browser` also redraws the README's
//! pictures, so that they show what the tests saw.

mod book;
mod chromium;
#[path = "../fixture/course.rs"]
mod fixture;
mod journey;
mod quiz;
mod screenshots;

use std::process::ExitCode;

use chromium::Chromium;
use libtest_mimic::{Arguments, Failed, Trial};

/// What a test does, given the programs to drive.
type Test = fn(&Chromium) -> anyhow::Result<()>;

const TESTS: &[(&str, Test)] = &[
    (
        "a_chapter_reads_well_on_every_theme_and_on_a_phone",
        book::reads_well,
    ),
    ("a_quiz_is_taken_with_the_keyboard_alone", quiz::by_keyboard),
    (
        "a_quiz_takes_its_own_answers_and_fits_a_phone",
        quiz::by_heart,
    ),
    (
        "a_quiz_compares_answers_as_a_person_would",
        quiz::compares_kindly,
    ),
    ("a_quiz_folds_out_without_scripts", quiz::without_scripts),
    ("a_quiz_works_without_storage", quiz::without_storage),
    (
        "a_reader_goes_from_the_chapter_to_its_notebook_and_runs_it",
        journey::from_book_to_figure,
    ),
];

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One browser at a time: two would share two cores with a kernel that
    // compiles, and the waiting limits would measure that.
    arguments.test_threads = Some(1);
    let trials = match Chromium::find() {
        Ok(chromium) => TESTS
            .iter()
            .map(|&(name, test)| {
                let chromium = chromium.clone();
                Trial::test(name, move || {
                    test(&chromium).map_err(|error| Failed::from(format!("{error:?}")))
                })
            })
            .collect(),
        Err(missing) => without_browser(&missing.to_string()),
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The same tests where there is no browser: ignored with the reason, or failed where CI requires one.
fn without_browser(missing: &str) -> Vec<Trial> {
    let required = std::env::var_os("COURSE_REQUIRE_BROWSER").is_some();
    TESTS
        .iter()
        .map(|&(name, _)| {
            let reason = missing.to_owned();
            Trial::test(format!("{name} ({missing})"), move || {
                Err(Failed::from(reason))
            })
            .with_ignored_flag(!required)
        })
        .collect()
}
