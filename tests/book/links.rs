//! Links, fragments and pictures of the built book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use scraper::{ElementRef, Html, Selector};

use super::{assert_none, built, root};

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("the selector is written right")
}

/// The built pages, without those that only repeat others under another address.
fn pages() -> BTreeMap<PathBuf, Html> {
    built()
        .pages()
        .into_iter()
        // 404.html is served at any depth and links from the server's root.
        .filter(|(name, _)| name != Path::new("404.html"))
        .map(|(name, html)| (name, Html::parse_document(&html)))
        .collect()
}

/// `a/b/../c` as `a/c`; a path that leaves the book stays recognisable by its `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

/// The ids of a page that a fragment may name.
fn ids(page: &Html) -> BTreeSet<&str> {
    page.select(&select("[id]"))
        .filter_map(|element| element.value().id())
        .collect()
}

/// Why a link leads nowhere, if it does.
fn fault(pages: &BTreeMap<PathBuf, Html>, from: &Path, href: &str) -> Option<String> {
    let (target, fragment) = href.split_once('#').unwrap_or((href, ""));
    let (target, query) = target.split_once('?').unwrap_or((target, ""));
    let folder = from.parent().unwrap_or(Path::new(""));
    let path = if target.is_empty() {
        from.to_owned()
    } else {
        normal(&folder.join(target))
    };
    if !built().path().join(&path).exists() {
        return Some("no such page".to_owned());
    }
    if let Some(notebook) = query.strip_prefix("open=") {
        let file = root().join("notebooks").join(format!("{notebook}.ipynb"));
        return (!file.is_file()).then(|| format!("no notebook notebooks/{notebook}.ipynb"));
    }
    if fragment.is_empty() {
        return None;
    }
    let known = pages
        .get(&path)
        .is_some_and(|page| ids(page).contains(fragment));
    (!known).then(|| format!("no id `{fragment}` there"))
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut offenders = BTreeSet::new();
    for (from, page) in &pages {
        for (css, attribute) in [
            ("a[href]", "href"),
            ("link[href]", "href"),
            ("script[src]", "src"),
            ("img[src]", "src"),
        ] {
            for element in page.select(&select(css)) {
                let href = element.value().attr(attribute).unwrap_or_default();
                if href.contains("://") || href.starts_with("data:") || href.starts_with("mailto:")
                {
                    continue;
                }
                if let Some(fault) = fault(&pages, from, href) {
                    offenders.insert(format!("{}: {href}: {fault}", from.display()));
                }
            }
        }
    }
    assert_none(
        &offenders.into_iter().collect::<Vec<_>>(),
        "mend these links:",
    );
}

#[test]
fn links_to_other_sites_are_encrypted() {
    let mut offenders = Vec::new();
    for (name, text) in super::sources() {
        for (start, _) in text.match_indices("http://") {
            let address: String = text[start..]
                .chars()
                .take_while(|c| !c.is_whitespace() && *c != ')')
                .collect();
            // Services on the reader's own machine have no certificates.
            if !address.starts_with("http://127.0.0.1") {
                offenders.push(format!("{name}: {address}"));
            }
        }
    }
    assert_none(&offenders, "use https:");
}

#[test]
fn no_page_has_an_id_twice() {
    let mut offenders = Vec::new();
    for (name, page) in pages() {
        // The page for printing repeats every chapter, and figures shared by two with them.
        if name == Path::new("print.html") {
            continue;
        }
        let mut seen = BTreeSet::new();
        for element in page.select(&select("main [id]")) {
            let id = element.value().id().unwrap_or_default();
            if !seen.insert(id) {
                offenders.push(format!("{}: {id}", name.display()));
            }
        }
    }
    assert_none(&offenders, "fragments would lead to the first of these:");
}

/// Whether the element is there for the eyes only.
fn hidden(element: ElementRef<'_>) -> bool {
    element.value().attr("aria-hidden") == Some("true")
        || element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|parent| parent.value().attr("aria-hidden") == Some("true"))
}

#[test]
fn every_picture_has_a_text_alternative() {
    let mut offenders = Vec::new();
    for (name, page) in pages() {
        for image in page.select(&select("main img")) {
            if image
                .value()
                .attr("alt")
                .is_none_or(|alt| alt.trim().is_empty())
            {
                offenders.push(format!(
                    "{}: img {:?}",
                    name.display(),
                    image.value().attr("src")
                ));
            }
        }
        for svg in page.select(&select("main figure svg")) {
            if !hidden(svg) && !is_described(svg) {
                offenders.push(format!(
                    "{}: {}",
                    name.display(),
                    svg.html().chars().take(120).collect::<String>()
                ));
            }
        }
        for figure in page.select(&select("main figure")) {
            if figure.select(&select("figcaption")).next().is_none() {
                offenders.push(format!("{}: a figure without figcaption", name.display()));
            }
        }
    }
    assert_none(
        &offenders,
        "readers who cannot see these learn nothing from them:",
    );
}

/// Whether a drawing has `role="img"`, a title and a description, joined by ids.
fn is_described(svg: ElementRef<'_>) -> bool {
    let text_of = |css: &str| {
        let element = svg.select(&select(css)).next()?;
        let text: String = element.text().collect();
        Some((element.value().id()?.to_owned(), text))
    };
    let (Some((title_id, title)), Some((description_id, description))) =
        (text_of("title"), text_of("desc"))
    else {
        return false;
    };
    let labelled_by = svg.value().attr("aria-labelledby").unwrap_or_default();
    svg.value().attr("role") == Some("img")
        && !title.trim().is_empty()
        // A description that is as short as a title describes nothing.
        && description.split_whitespace().count() >= 10
        && [title_id, description_id].iter().all(|id| labelled_by.split(' ').any(|found| found == id))
}
