//! Contrast of text and figures on each of mdBook's themes, computed from the
//! style sheets of the built book by WCAG 2.2's formula (success criteria 1.4.3
//! and 1.4.11): 4.5 for text, 3 for the lines and areas of a figure.
//!
//! It reads custom properties only; what a rule does with them it does not know.

use std::collections::BTreeMap;

use super::{assert_none, built};

const TEXT: f64 = 4.5;
const SHAPE: f64 = 3.0;

/// What is seen on what, and how much contrast it needs.
const PAIRS: [(&str, &str, f64); 22] = [
    ("fg", "bg", TEXT),
    ("fg", "callout-bg", TEXT),
    ("fg", "table-header-bg", TEXT),
    ("fg", "table-alternate-bg", TEXT),
    ("links", "bg", TEXT),
    ("links", "callout-bg", TEXT),
    ("links", "table-alternate-bg", TEXT),
    ("inline-code-color", "bg", TEXT),
    ("sidebar-fg", "sidebar-bg", TEXT),
    ("sidebar-active", "sidebar-bg", TEXT),
    ("sidebar-non-existant", "sidebar-bg", TEXT),
    ("blockquote-note-color", "bg", TEXT),
    ("blockquote-tip-color", "bg", TEXT),
    ("blockquote-important-color", "bg", TEXT),
    ("blockquote-warning-color", "bg", TEXT),
    ("figure-muted", "bg", TEXT),
    ("icons", "bg", SHAPE),
    ("figure-blue", "bg", SHAPE),
    ("figure-vermillion", "bg", SHAPE),
    ("figure-green", "bg", SHAPE),
    ("figure-purple", "bg", SHAPE),
    ("figure-blue", "callout-bg", SHAPE),
];

type Properties = BTreeMap<String, String>;

/// The style sheets that hold the colours, mdBook's own first, as a page links them.
fn style_sheets() -> String {
    let mut sheets = Vec::new();
    for folder in ["css", "theme"] {
        let folder = built().path().join(folder);
        for entry in std::fs::read_dir(&folder).expect("the built book has style sheets") {
            let path = entry.expect("the folder can be listed").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name.starts_with("variables") || name.starts_with("course") {
                sheets.push(std::fs::read_to_string(&path).expect("a style sheet is UTF-8"));
            }
        }
    }
    assert_eq!(
        sheets.len(),
        2,
        "mdBook's variables and the course's own sheet"
    );
    sheets.concat()
}

/// The rules of a sheet as selector and body; those inside `@media` have its
/// condition in front of their selector.
fn rules(css: &str) -> Vec<(String, String)> {
    let mut rules = Vec::new();
    let mut rest = css;
    while let Some(open) = rest.find('{') {
        let selector = rest[..open].trim().to_owned();
        let body_start = open + 1;
        let mut depth = 1;
        let length = rest[body_start..]
            .find(|c| {
                depth += match c {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                depth == 0
            })
            .expect("braces of a style sheet match");
        let body = &rest[body_start..body_start + length];
        if selector.starts_with("@media") {
            let inner = super::contrast::rules(body);
            rules.extend(
                inner
                    .into_iter()
                    .map(|(inner, body)| (format!("{selector} {inner}"), body)),
            );
        } else {
            rules.push((selector, body.to_owned()));
        }
        rest = &rest[body_start + length + 1..];
    }
    rules
}

/// A sheet without its comments.
fn without_comments(css: &str) -> String {
    css.split("/*")
        .enumerate()
        .map(|(index, part)| {
            if index == 0 {
                part
            } else {
                part.split_once("*/").map_or("", |(_, rest)| rest)
            }
        })
        .collect()
}

/// The custom properties of each theme, and of a dark page without scripts.
fn themes() -> BTreeMap<&'static str, Properties> {
    let rules = rules(&without_comments(&style_sheets()));
    let names = [
        "light",
        "rust",
        "coal",
        "navy",
        "ayu",
        "dark without scripts",
    ];
    names
        .into_iter()
        .map(|name| (name, properties(&rules, name)))
        .collect()
}

fn properties(rules: &[(String, String)], theme: &str) -> Properties {
    let mut properties = Properties::new();
    for (selector, body) in rules {
        let applies = if selector.starts_with("@media") {
            theme == "dark without scripts"
                && selector.contains("dark")
                && selector.contains("html:not(.js)")
        } else {
            selector
                .split(',')
                .any(|one| one.trim() == ":root" || one.trim() == format!(".{theme}"))
        };
        if !applies {
            continue;
        }
        for declaration in body.split(';') {
            if let Some((name, value)) = declaration.split_once(':')
                && let Some(name) = name.trim().strip_prefix("--")
            {
                properties.insert(name.to_owned(), value.trim().to_owned());
            }
        }
    }
    properties
}

/// Red, green and blue between 0 and 1.
fn colour(value: &str) -> [f64; 3] {
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let channel = |i: usize| match digits.len() {
            3 => f64::from(digits[i] * 17) / 255.0,
            6 => f64::from(digits[2 * i] * 16 + digits[2 * i + 1]) / 255.0,
            _ => panic!("not a colour: {value}"),
        };
        return [0, 1, 2].map(channel);
    }
    let numbers: Vec<f64> = value
        .strip_prefix("hsl(")
        .unwrap_or_else(|| panic!("neither #hex nor hsl(): {value}"))
        .split([',', ')'])
        .filter_map(|number| number.trim().trim_end_matches('%').parse().ok())
        .collect();
    let (hue, saturation, lightness) = (numbers[0], numbers[1] / 100.0, numbers[2] / 100.0);
    // CSS Color 4, section 7.1.
    let reach = saturation * f64::min(lightness, 1.0 - lightness);
    [0.0, 8.0, 4.0].map(|n: f64| {
        let k = (n + hue / 30.0) % 12.0;
        lightness - reach * f64::min(k - 3.0, 9.0 - k).clamp(-1.0, 1.0)
    })
}

/// WCAG's contrast ratio, between 1 and 21.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |value: &str| {
        let [red, green, blue] = colour(value).map(|channel| {
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_and_figures_can_be_read_on_every_theme() {
    let mut offenders = Vec::new();
    for (theme, properties) in themes() {
        for (what, ground, least) in PAIRS {
            let value = |name: &str| {
                properties
                    .get(name)
                    .unwrap_or_else(|| panic!("theme {theme} has no --{name}"))
            };
            let found = contrast(value(what), value(ground));
            if found < least {
                offenders.push(format!(
                    "{theme}: --{what} on --{ground}: {found:.2}, wanted {least}"
                ));
            }
        }
    }
    assert_none(&offenders, "mend these in book/theme/course.css:");
}

#[test]
fn contrast_is_what_the_standard_says() {
    // The two ends of the scale, and a pair that the guidelines' own notes give as just enough.
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("hsl(0, 0%, 100%)", "#fff") - 1.0).abs() < 1e-9);
    assert!((contrast("#767676", "#fff") - 4.54).abs() < 0.005);
    assert!((contrast("hsl(197, 37%, 96%)", "#f1f7f9") - 1.0).abs() < 0.01);
}
