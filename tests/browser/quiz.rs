//! A chapter's quiz as readers take it: with keys, on a phone, without scripts.
//!
//! The book is built here and opened as files, so that these tests need neither the
//! kernel nor JupyterLab.

use std::path::Path;

use anyhow::{Context, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use mdbook_driver::MDBook;
use serde_json::Value;
use tempfile::TempDir;

use crate::book::use_theme;
use crate::chromium::{Chromium, Screen};

/// More presses than any two stops of the page are apart.
const FAR: usize = 200;

/// The book as files, and the address of the chapter's quiz in it.
fn built() -> anyhow::Result<(TempDir, String)> {
    let folder = tempfile::tempdir()?;
    let mut book = MDBook::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("book"))?;
    book.config.build.build_dir = folder.path().to_owned();
    book.build()?;
    let page = folder.path().join("28-consistent-hashing.html");
    let address = format!("file://{}#quiz", page.display());
    Ok((folder, address))
}

/// Presses a key, with Shift if asked to.
async fn press(page: &Client, key: char, shift: bool) -> anyhow::Result<()> {
    let shift_key = char::from(Key::Shift);
    let mut keys = KeyActions::new("keyboard".to_owned());
    if shift {
        keys = keys.then(KeyAction::Down { value: shift_key });
    }
    keys = keys
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key });
    if shift {
        keys = keys.then(KeyAction::Up { value: shift_key });
    }
    page.perform_actions(keys).await?;
    Ok(())
}

/// Types a text where the focus is.
async fn write(page: &Client, text: &str) -> anyhow::Result<()> {
    for key in text.chars() {
        press(page, key, false).await?;
    }
    Ok(())
}

/// Goes on with Tab, or back, until what `css` means has the focus, and sees that it
/// shows where it is.
async fn tab_to(page: &Client, css: &str, back: bool) -> anyhow::Result<()> {
    for _ in 0..FAR {
        press(page, Key::Tab.into(), back).await?;
        let script = "const at = document.activeElement;
            return [at.matches(arguments[0]), getComputedStyle(at).outlineStyle]";
        let found = page.execute(script, vec![css.into()]).await?;
        if found[0] == true {
            ensure!(found[1] != "none", "the focus on {css} cannot be seen");
            return Ok(());
        }
    }
    anyhow::bail!("Tab does not lead to {css}")
}

/// The text that a question announces.
async fn verdict(page: &Client, id: &str) -> anyhow::Result<String> {
    let css = format!("#quiz-28-{id} .quiz-verdict[role=status]");
    Ok(page.find(Locator::Css(&css)).await?.text().await?)
}

async fn score(page: &Client) -> anyhow::Result<String> {
    let line = Locator::Css(".quiz-score [role=status]");
    Ok(page.find(line).await?.text().await?)
}

/// Whether so many questions count as right, or `all`.
async fn is_right(page: &Client, count: &str) -> anyhow::Result<bool> {
    let n = page
        .find_all(Locator::Css(".quiz form"))
        .await?
        .len()
        .to_string();
    let count = if count == "all" { &n } else { count };
    Ok(score(page).await? == format!("{count} of {n} right"))
}

fn says(text: &str, parts: &[&str]) -> anyhow::Result<()> {
    for part in parts {
        ensure!(text.contains(part), "`{part}` is not in: {text}");
    }
    Ok(())
}

/// Answers wrong, is told why, answers right, and finds both after a reload.
pub(crate) fn by_keyboard(chromium: &Chromium) -> anyhow::Result<()> {
    let (_folder, address) = built()?;
    chromium.visit(Screen::DESKTOP, async |page| {
        page.goto(&address).await?;
        let first = "#quiz-28-four-to-five";
        tab_to(&page, &format!("{first} input"), false).await?;
        press(&page, ' ', false).await?;
        tab_to(&page, &format!("{first} .quiz-check button"), false).await?;
        press(&page, Key::Enter.into(), false).await?;
        let wrong = verdict(&page, "four-to-five").await?;
        says(&wrong, &["Not right", "a) is wrong.", "a ring would move"])?;
        ensure!(
            !wrong.contains("b) is right"),
            "it gives itself away: {wrong}"
        );

        tab_to(&page, &format!("{first} input"), true).await?;
        // mdBook would go to the next page.
        press(&page, Key::Right.into(), false).await?;
        press(&page, Key::Enter.into(), false).await?;
        says(
            &verdict(&page, "four-to-five").await?,
            &["Right.", "b) is right."],
        )?;
        ensure!(is_right(&page, "1").await?);
        let focus = "return document.activeElement.closest('form')?.dataset.id";
        let focus = page.execute(focus, vec![]).await?;
        ensure!(focus == "four-to-five", "the focus went to {focus}");

        typed(&page).await?;
        page.refresh().await?;
        says(
            &verdict(&page, "four-to-five").await?,
            &["Right.", "b) is right."],
        )?;
        says(&verdict(&page, "six-to-nine").await?, &["Right.", "66.7%"])?;
        ensure!(is_right(&page, "2").await?);
        cleared(&page).await
    })
}

/// Types a known mistake and then the right number.
async fn typed(page: &Client) -> anyhow::Result<()> {
    tab_to(page, "#quiz-28-six-to-nine input", false).await?;
    write(page, "33,3 %").await?;
    press(page, Key::Enter.into(), false).await?;
    says(
        &verdict(page, "six-to-nine").await?,
        &["Not right", "That part stays"],
    )?;
    for _ in 0.."33,3 %".len() {
        press(page, Key::Backspace.into(), false).await?;
    }
    ensure!(
        verdict(page, "six-to-nine").await?.is_empty(),
        "an answer that changes is not judged"
    );
    write(page, "66.7").await?;
    press(page, Key::Enter.into(), false).await?;
    says(&verdict(page, "six-to-nine").await?, &["Right."])
}

/// Takes all answers back.
async fn cleared(page: &Client) -> anyhow::Result<()> {
    tab_to(page, ".quiz-score button", false).await?;
    press(page, Key::Enter.into(), false).await?;
    for reload in [false, true] {
        if reload {
            page.refresh().await?;
        }
        ensure!(is_right(page, "0").await?);
        ensure!(verdict(page, "four-to-five").await?.is_empty());
        let script =
            "return document.querySelectorAll('.quiz :is(:checked, fieldset :disabled)').length";
        let left = page.execute(script, vec![]).await?;
        ensure!(left == 0, "{left} options are chosen or switched off still");
    }
    Ok(())
}

/// What is wrong with the questions for a reader who listens, one line each.
const UNHEARD: &str = r"
    const unheard = [];
    const all = css => [...document.querySelectorAll('.quiz ' + css)];
    for (const input of all('fieldset :is(input, textarea)')) {
        if (!input.labels[0]?.textContent.trim()) unheard.push('no label: ' + input.outerHTML);
    }
    for (const fieldset of all('fieldset')) {
        const legend = fieldset.firstElementChild;
        if (legend.tagName !== 'LEGEND' || !legend.textContent.trim()) unheard.push('no legend: ' + fieldset.outerHTML);
    }
    for (const form of all('form')) {
        if (form.querySelectorAll('[role=status]').length !== 1) unheard.push('no live region: ' + form.id);
        const names = new Set([...form.querySelectorAll('input')].map(input => input.name));
        if (names.size > 1) unheard.push('several groups: ' + form.id);
    }
    for (const css of [':is(.quiz-check, .quiz-score) button', 'summary']) {
        const names = all(css).map(element => element.textContent.trim());
        if (new Set(names).size !== names.length) unheard.push(css + ' named alike: ' + names);
    }
    return unheard;
";

/// Fills in what the page itself takes for right, and presses every button.
const ANSWER_ALL: &str = r"
    for (const form of document.querySelectorAll('.quiz form')) {
        for (const input of form.querySelectorAll('[data-right]:is(input)')) input.click();
        const field = form.querySelector('input[type=text], textarea');
        const { accept, number } = form.dataset;
        if (field) field.value = number ?? JSON.parse(accept)[0];
        form.querySelector('.quiz-check button').click();
        form.querySelector('details').open = true;
    }
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
";

/// Every question accepts its own answer, and nothing is wider than a phone then.
pub(crate) fn by_heart(chromium: &Chromium) -> anyhow::Result<()> {
    let (_folder, address) = built()?;
    chromium.visit(Screen::PHONE, async |page| {
        page.goto(&address).await?;
        let unheard = page.execute(UNHEARD, vec![]).await?;
        ensure!(unheard == Value::Array(vec![]), "{unheard}");
        for theme in ["light", "navy"] {
            use_theme(&page, theme).await?;
            let excess = page.execute(ANSWER_ALL, vec![]).await?;
            ensure!(excess.as_i64() <= Some(0), "{excess} pixels too wide");
            ensure!(is_right(&page, "all").await?);
        }
        Ok(())
    })
}

/// A question's attributes, an answer, what it is compared with, and whether it is that.
const COMPARED: &[(&str, &str, &str, bool)] = &[
    ("", "60.48 s", "60.48s", true),
    ("", "60.48 Seconds", "60.48 s", true),
    ("", "1 min 0.48 s", "1 minute 0.48 sec", true),
    ("", "60.48 ms", "60.48 s", false),
    ("", "5 µs", "5 microseconds", true),
    ("", "12,500 req/s", "12500 req per second", true),
    ("", "B  C\nA", "b c a", true),
    ("", "b c", "b d", false),
    ("", "50 per cent", "50%", true),
    ("", "days", "d", true),
    ("", "dayside", "dside", false),
    ("s", "60.5", "60.48", true),
    ("s", "60,48 seconds", "60.48", true),
    ("s", "6.048e1 s", "60.48", true),
    ("s", "60.48 ms", "60.48", false),
    ("s", "about 60", "60.48", false),
    ("s", "", "0", false),
    ("%", "2/3", "66.7", true),
    ("%", "200/3 %", "66.7", true),
    ("keys", "2,500 keys", "2500", true),
    ("keys", "2 500", "2500", true),
    ("keys", "2,5", "2500", false),
    ("keys", "-3", "-3", true),
    ("keys", "−3", "-3", true),
];

/// Case, spacing, the style of units and of numbers make no difference; meaning does.
pub(crate) fn compares_kindly(chromium: &Chromium) -> anyhow::Result<()> {
    let (_folder, address) = built()?;
    chromium.visit(Screen::DESKTOP, async |page| {
        page.goto(&address).await?;
        for (unit, given, wanted, alike) in COMPARED {
            // Without a unit here, a text; with one, a number within 0.05.
            let script = "const [unit, given, wanted] = arguments;
                const number = { number: wanted, tolerance: 0.05, unit };
                return courseQuiz.same(given, wanted, unit === '' ? {} : number)";
            let arguments = [unit, given, wanted]
                .map(|text| Value::from(*text))
                .to_vec();
            let found = page.execute(script, arguments).await?;
            ensure!(
                found == *alike,
                "`{given}` and `{wanted}` in `{unit}`: {found}"
            );
        }
        Ok(())
    })
}

/// No button that does nothing; the answer folds out with its reasons.
pub(crate) fn without_scripts(chromium: &Chromium) -> anyhow::Result<()> {
    let (_folder, address) = built()?;
    chromium
        .blocking("javascript")
        .visit(Screen::DESKTOP, async |page| {
            page.goto(&address).await?;
            let part = async |css: &str| {
                let css = format!("#quiz-28-four-to-five {css}");
                page.find(Locator::Css(&css))
                    .await
                    .with_context(|| css.clone())
            };
            ensure!(
                !part("button").await?.is_displayed().await?,
                "a button without use is shown"
            );
            let reason = part(".quiz-why").await?;
            ensure!(
                !reason.is_displayed().await?,
                "the answer is shown before it is asked for"
            );
            part("summary").await?.click().await?;
            ensure!(reason.is_displayed().await?, "the answer does not fold out");
            says(
                &reason.text().await?,
                &["a) is wrong.", "a ring would move"],
            )
        })
}

/// Where the browser keeps nothing, answers last as long as the page.
pub(crate) fn without_storage(chromium: &Chromium) -> anyhow::Result<()> {
    let (_folder, address) = built()?;
    chromium
        .blocking("cookies")
        .visit(Screen::DESKTOP, async |page| {
            page.goto(&address).await?;
            let blocked = "try { localStorage.length; return false } catch { return true }";
            let blocked = page.execute(blocked, vec![]).await?;
            ensure!(
                blocked == true,
                "the storage is not blocked, so nothing is proven"
            );
            page.execute(ANSWER_ALL, vec![]).await?;
            ensure!(is_right(&page, "all").await?);
            page.refresh().await?;
            ensure!(is_right(&page, "0").await?);
            Ok(())
        })
}
