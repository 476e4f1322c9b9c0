//! The chapter as a reader's browser shows it.

use anyhow::{Context, ensure};
use fantoccini::Client;
use serde_json::Value;

use crate::chromium::{Chromium, Screen};
use crate::fixture::Course;
use crate::screenshots;

/// The themes that mdBook offers in its menu.
const THEMES: &[&str] = &["light", "rust", "coal", "navy", "ayu"];

/// What WCAG 2.1 level AA asks of normal text.
const LEAST_CONTRAST: f64 = 4.5;

/// Lists texts in figures that are hard to read, as "text: contrast".
///
/// Runs in the page. A text's colour is what the browser computed, so that it
/// takes theme, style sheet and `currentColor` into account; opacity counts too.
const FAINT_TEXTS: &str = r"
    const channels = colour => colour.match(/[\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => [r, g, b]
        .map(c => c / 255)
        .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const background = element => {
        for (let at = element; at; at = at.parentElement) {
            const found = channels(getComputedStyle(at).backgroundColor);
            if (found.length === 3 || found[3] === 1) return found;
        }
        return [255, 255, 255];
    };
    const faint = [];
    for (const text of document.querySelectorAll('main svg text')) {
        const style = getComputedStyle(text);
        const behind = background(text.closest('svg'));
        const opacity = Number(style.opacity) * Number(style.fillOpacity);
        const ink = channels(style.fill).slice(0, 3).map((c, i) => c * opacity + behind[i] * (1 - opacity));
        const [low, high] = [luminance(ink), luminance(behind)].sort((a, b) => a - b);
        const contrast = (high + 0.05) / (low + 0.05);
        if (contrast < arguments[0]) faint.push(`${text.textContent.trim()}: ${contrast.toFixed(2)}`);
    }
    return faint;
";

/// Every figure has a size and a text alternative, its text is legible on every
/// theme, and a phone need not scroll sideways.
pub(crate) fn reads_well(chromium: &Chromium) -> anyhow::Result<()> {
    let course = Course::start()?;
    for (screen, picture) in [(Screen::PHONE, None), (Screen::DESKTOP, Some("chapter"))] {
        chromium.visit(screen, async |page| {
            page.goto(&course.chapter()).await?;
            for theme in THEMES {
                use_theme(&page, theme).await?;
                check_figures(&page)
                    .await
                    .with_context(|| format!("theme {theme} on {screen:?}"))?;
                check_width(&page)
                    .await
                    .with_context(|| format!("theme {theme} on {screen:?}"))?;
            }
            use_theme(&page, "light").await?;
            page.execute(
                "document.querySelector('main figure').scrollIntoView({ block: 'center' })",
                vec![],
            )
            .await?;
            match picture {
                Some(name) => screenshots::take(&page, name).await,
                None => Ok(()),
            }
        })?;
    }
    Ok(())
}

/// Chooses a theme as the theme menu does, and shows the page anew.
pub(crate) async fn use_theme(page: &Client, theme: &str) -> anyhow::Result<()> {
    page.execute(
        "localStorage.setItem('mdbook-theme', arguments[0])",
        vec![theme.into()],
    )
    .await?;
    page.refresh().await?;
    let applied = page
        .execute("return document.documentElement.className", vec![])
        .await?;
    ensure!(
        applied
            .as_str()
            .is_some_and(|classes| classes.split(' ').any(|class| class == theme)),
        "the page's classes are {applied}, without {theme}"
    );
    Ok(())
}

async fn check_figures(page: &Client) -> anyhow::Result<()> {
    let unusable = page
        .execute(
            "return [...document.querySelectorAll('main svg')].filter(svg => {
                const box = svg.getBoundingClientRect();
                return box.width < 100 || box.height < 50 || !svg.querySelector('title');
            }).map(svg => svg.outerHTML.slice(0, 200))",
            vec![],
        )
        .await?;
    ensure!(
        unusable == Value::Array(vec![]),
        "figures without size or title: {unusable}"
    );
    let shown = page
        .execute(
            "return document.querySelectorAll('main svg').length",
            vec![],
        )
        .await?;
    ensure!(
        shown.as_u64() >= Some(4),
        "the chapter shows {shown} figures"
    );
    let faint = page
        .execute(FAINT_TEXTS, vec![LEAST_CONTRAST.into()])
        .await?;
    ensure!(
        faint == Value::Array(vec![]),
        "texts in figures with too little contrast: {faint}"
    );
    Ok(())
}

async fn check_width(page: &Client) -> anyhow::Result<()> {
    let excess = page
        .execute(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
            vec![],
        )
        .await?;
    ensure!(
        excess.as_i64() <= Some(0),
        "the page is {excess} pixels wider than its screen"
    );
    Ok(())
}
