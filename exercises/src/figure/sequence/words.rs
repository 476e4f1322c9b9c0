//! A sequence in words, for readers who cannot see its diagram: every step of it, in the
//! order in which the steps begin.

use super::{Party, Sequence, Step};

/// The parties, then the steps by number, then what the brackets name.
///
/// # Time complexity
///
/// O(s log s) for `s` steps.
pub(super) fn describe(sequence: &Sequence) -> String {
    let mut steps: Vec<&Step> = sequence.steps.iter().collect();
    // Stable: of two that begin together, the one that was told first stays first.
    steps.sort_by_key(|step| step.moments().0);
    let (spans, steps): (Vec<&Step>, Vec<&Step>) = steps
        .into_iter()
        .partition(|step| matches!(step, Step::Span { .. }));
    let mut text = format!(
        "A sequence diagram, time running down. From left to right: {}.",
        sequence.parties.join(", ")
    );
    for (number, step) in (1..).zip(steps) {
        text += &format!(" {number}. {}.", sentence(sequence, step));
    }
    for span in spans {
        text += &format!(" {}.", sentence(sequence, span));
    }
    text
}

fn sentence(sequence: &Sequence, step: &Step) -> String {
    let name = |party: &Party| sequence.parties[party.0].as_str();
    match step {
        Step::Message { from, to, text, .. } => {
            format!("From {} to {}: {text}", name(&from.0), name(&to.0))
        }
        Step::Waiting { party, text, .. } => format!("At the {}, waiting: {text}", name(party)),
        Step::Event { party, text, .. } => format!("At the {}: {text}", name(party)),
        Step::Break { between, text, .. } => format!(
            "Between {} and {}: {text}",
            name(&between.0),
            name(&between.1)
        ),
        Step::Span { moments, text } => {
            let inside = sequence
                .steps
                .iter()
                .filter(|step| matches!(step, Step::Message { .. }))
                .filter(|step| {
                    let (start, end) = step.moments();
                    moments.start <= start && end <= moments.end
                });
            format!("{text}: {} of the messages", inside.count())
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn steps_are_told_in_the_order_in_which_they_begin() {
        let mut sequence = Sequence::new();
        let client = sequence.party("client");
        let server = sequence.party("server");
        sequence.span(0..7, "one round trip");
        sequence.news((server, 5), (client, 7), "answer");
        sequence.waiting(server, 2..5, "thinks");
        sequence.event(server, 4, "idea");
        sequence.message((client, 0), (server, 2), "question");
        sequence.broken((client, server), 9, "cable cut");
        expect![[
            "A sequence diagram, time running down. From left to right: client, server. \
             1. From client to server: question. 2. At the server, waiting: thinks. \
             3. At the server: idea. 4. From server to client: answer. \
             5. Between client and server: cable cut. one round trip: 2 of the messages."
        ]]
        .assert_eq(&describe(&sequence));
    }
}
