//! Finding the exercise that a learner means.

use exercises::catalog::{self, Exercise};

/// The exercise of this name; hyphens are taken for underscores.
///
/// # Errors
///
/// An unknown name, with the nearest ones.
pub(crate) fn exercise(name: &str) -> anyhow::Result<Exercise> {
    let id = name.trim().replace('-', "_").to_lowercase();
    catalog::find(&id).ok_or_else(|| {
        let known: Vec<&str> = catalog::all().iter().map(|exercise| exercise.id).collect();
        anyhow::anyhow!("{}", unknown("exercise", name, &known, "cargo course list"))
    })
}

/// Says that a name is unknown, which ones are near it, and what lists them all.
pub(crate) fn unknown(kind: &str, name: &str, known: &[&str], list: &str) -> String {
    let near = nearest(&name.to_lowercase(), known);
    let meant = match near.as_slice() {
        [] => String::new(),
        names => format!("; did you mean {}?", names.join(" or ")),
    };
    format!("there is no {kind} `{name}`{meant}\n`{list}` shows them all")
}

/// Up to three names that a person may have meant, nearest first.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    /// Jaro-Winkler calls 1 equal; below this, names of six letters that share
    /// three of them begin to appear.
    const ALIKE: f64 = 0.75;
    let mut scored: Vec<(f64, &str)> = known
        .iter()
        .map(|&candidate| (likeness(name, candidate), candidate))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// Likeness of a typed name to a candidate, or to one of the candidate's words:
/// `ring` should find `hash_ring`.
fn likeness(name: &str, candidate: &str) -> f64 {
    let words = candidate
        .split('_')
        .map(|word| strsim::jaro_winkler(name, word));
    words.fold(strsim::jaro_winkler(name, candidate), f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &[
        "modulo_placement",
        "hash_ring",
        "virtual_nodes",
        "weighted_nodes",
        "replicas",
        "bounded_loads",
    ];

    #[track_caller]
    fn check(name: &str, first: Option<&str>) {
        assert_eq!(nearest(name, KNOWN).first().copied(), first, "{name}");
    }

    #[test]
    fn a_slip_of_the_fingers_finds_the_name() {
        check("hash_rnig", Some("hash_ring"));
        check("hashring", Some("hash_ring"));
        check("modulo_placment", Some("modulo_placement"));
        check("replica", Some("replicas"));
    }

    #[test]
    fn one_word_of_a_name_finds_it() {
        check("ring", Some("hash_ring"));
        check("bounded", Some("bounded_loads"));
    }

    #[test]
    fn a_name_that_is_like_none_finds_none() {
        check("xyz", None);
        check("", None);
    }

    #[test]
    fn the_message_says_what_to_run_next() {
        assert_eq!(
            unknown("exercise", "hash_rnig", KNOWN, "cargo course list"),
            "there is no exercise `hash_rnig`; did you mean hash_ring?\n`cargo course list` shows them all"
        );
    }
}
