//! From the chapter to a figure drawn by the reader's own kernel.

use std::time::Duration;

use anyhow::{Context, ensure};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::chromium::{Chromium, Screen};
use crate::fixture::Course;
use crate::screenshots;

/// JupyterLab on two busy cores takes some ten seconds to show a notebook.
const OPEN_LIMIT: Duration = Duration::from_secs(90);

/// How the toolbar names our kernel once it is there.
const KERNEL: &str = "Rust (system design)";

/// The first cell compiles the `exercises` crate and plotters.
const RUN_LIMIT: Duration = Duration::from_secs(420);

/// Opens the notebook by the chapter's link, clears what is committed, runs all
/// cells, and sees figures and no error.
pub(crate) fn from_book_to_figure(chromium: &Chromium) -> anyhow::Result<()> {
    let course = Course::start()?;
    chromium.visit(Screen::DESKTOP, async |page| {
        open_notebook(&page, &course).await?;
        clear_outputs(&page).await?;
        run_all(&page).await?;
        check_outputs(&page).await?;
        show_figure(&page).await?;
        screenshots::take(&page, "notebook").await
    })
}

/// Follows the chapter's link and waits until JupyterLab shows the notebook.
pub(crate) async fn open_notebook(page: &Client, course: &Course) -> anyhow::Result<()> {
    page.goto(&course.chapter()).await?;
    let link = page
        .find(Locator::Css("main a[href*='notebooks.html?open=']"))
        .await
        .context("the chapter's link to its notebook")?;
    let address = link
        .prop("href")
        .await?
        .context("the link has an address")?;
    page.goto(&address).await?;
    wait_for(page, ".jp-Notebook .jp-CodeCell", OPEN_LIMIT).await?;
    // JupyterLab drops a run of all cells that is asked for before its kernel is
    // connected. Its status alone does not tell: it says "idle" without a kernel
    // too, and the kernel's name alone shows while that is still starting.
    let ready = "return [
        document.querySelector('[data-jp-item-name=kernelName]')?.textContent,
        document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status]";
    until(page, ready, &json!([KERNEL, "idle"]), OPEN_LIMIT)
        .await
        .context("waiting for the notebook's kernel")
}

/// Removes the committed outputs, so that what is seen afterwards was computed now.
async fn clear_outputs(page: &Client) -> anyhow::Result<()> {
    choose(page, "Edit", "editmenu:clear-all").await?;
    let left = page
        .execute(
            "return document.querySelectorAll('.jp-OutputArea-output').length",
            vec![],
        )
        .await?;
    ensure!(left == 0, "{left} outputs stayed after clearing");
    Ok(())
}

/// Chooses `Run > Run All Cells` and waits until no cell waits any more.
pub(crate) async fn run_all(page: &Client) -> anyhow::Result<()> {
    choose(page, "Run", "runmenu:run-all").await?;
    let busy = "return [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
        .filter(prompt => !/\\[\\d+\\]/.test(prompt.textContent)).length";
    until(page, busy, &Value::from(0), RUN_LIMIT)
        .await
        .context("waiting for the cells to finish")
}

async fn check_outputs(page: &Client) -> anyhow::Result<()> {
    let errors = page
        .execute(
            "return [...document.querySelectorAll('.jp-OutputArea-output[data-mime-type=\"application/vnd.jupyter.error\"]')]
                .map(output => output.textContent.slice(0, 500))",
            vec![],
        )
        .await?;
    ensure!(
        errors == Value::Array(vec![]),
        "cells ended in errors: {errors}"
    );
    let figures = page
        .execute(
            "return [...document.querySelectorAll('.jp-RenderedSVG img, .jp-RenderedSVG svg')]
            .filter(figure => figure.getBoundingClientRect().width > 100).length",
            vec![],
        )
        .await?;
    ensure!(
        figures.as_u64() >= Some(3),
        "the notebook shows {figures} figures"
    );
    Ok(())
}

/// Scrolls the first figure to the middle of the window.
async fn show_figure(page: &Client) -> anyhow::Result<()> {
    page.execute(
        "document.querySelector('.jp-RenderedSVG').scrollIntoView({ block: 'center' })",
        vec![],
    )
    .await?;
    Ok(())
}

/// Opens a menu of JupyterLab and chooses the entry that runs `command`.
async fn choose(page: &Client, menu: &str, command: &str) -> anyhow::Result<()> {
    let menu = format!("//li[contains(@class,'lm-MenuBar-item')][.//div[text()='{menu}']]");
    page.find(Locator::XPath(&menu)).await?.click().await?;
    let entry = format!("li.lm-Menu-item[data-command='{command}']");
    page.wait()
        .at_most(OPEN_LIMIT)
        .for_element(Locator::Css(&entry))
        .await?
        .click()
        .await?;
    Ok(())
}

async fn wait_for(page: &Client, selector: &str, limit: Duration) -> anyhow::Result<()> {
    page.wait()
        .at_most(limit)
        .for_element(Locator::Css(selector))
        .await
        .with_context(|| format!("waiting for {selector}"))?;
    Ok(())
}

/// Asks the page every quarter of a second until `script` returns `wanted`.
async fn until(page: &Client, script: &str, wanted: &Value, limit: Duration) -> anyhow::Result<()> {
    let deadline = tokio::time::Instant::now() + limit;
    let mut pulse = tokio::time::interval(Duration::from_millis(250));
    loop {
        pulse.tick().await;
        let found = page.execute(script, vec![]).await?;
        if found == *wanted {
            return Ok(());
        }
        ensure!(
            tokio::time::Instant::now() < deadline,
            "after {limit:?} the page still answers {found}, not {wanted}"
        );
    }
}
