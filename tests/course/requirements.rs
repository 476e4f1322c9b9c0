//! The pinned Python packages: whole, hashed, and from no place in particular.

use crate::fixture::course::root;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join("notebooks").join(name)).expect("it is committed")
}

/// Names and bodies of the pins: a name at the start of a line begins one.
fn pins(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut pins: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.split_once("==") {
            Some((name, _)) if !line.starts_with(['#', ' ']) => {
                pins.push((name.split('[').next().unwrap_or(name), vec![]))
            }
            _ => pins.last_mut().into_iter().for_each(|pin| pin.1.push(line)),
        }
    }
    pins
}

#[test]
fn every_package_asked_for_is_pinned() {
    let asked = read("requirements.in");
    let pinned = read("requirements.txt");
    let names: Vec<&str> = pins(&pinned).into_iter().map(|(name, _)| name).collect();
    let asked = asked
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    for line in asked {
        let name = line
            .split([' ', '<', '=', '>', '['])
            .next()
            .unwrap_or(line)
            .replace('_', "-");
        assert!(
            names.contains(&name.as_str()),
            "{name} is in requirements.in and not pinned; run the command on top of requirements.txt"
        );
    }
}

#[test]
fn every_pin_has_hashes() {
    let text = read("requirements.txt");
    let pins = pins(&text);
    assert!(
        pins.len() > 50,
        "JupyterLab alone needs more than {} packages",
        pins.len()
    );
    for (name, body) in pins {
        assert!(
            body.iter().any(|line| line.contains("--hash=sha256:")),
            "{name} has no hash"
        );
    }
}

#[test]
fn the_file_names_its_command_and_no_index() {
    let text = read("requirements.txt");
    assert!(text.contains("uv pip compile --universal --generate-hashes"));
    assert!(
        !text.contains("://") && !text.contains("--index-url"),
        "an address is in the file"
    );
}
