//! Values as a learner would write them down, for counterexamples that can be run.

use std::time::Duration;

use crate::realtime::{Link, SseEvent};

/// In the largest unit that leaves no remainder.
pub(super) fn duration(time: Duration) -> String {
    const UNITS: [(&str, u128); 4] = [
        ("secs", 1_000_000_000),
        ("millis", 1_000_000),
        ("micros", 1_000),
        ("nanos", 1),
    ];
    let nanos = time.as_nanos();
    let fits = |(_, unit): &&(&str, u128)| {
        nanos.is_multiple_of(*unit) && nanos / unit <= u128::from(u64::MAX)
    };
    match UNITS.iter().find(fits) {
        Some((name, unit)) => format!("Duration::from_{name}({})", nanos / unit),
        None => {
            let (secs, rest) = (time.as_secs(), time.subsec_nanos());
            format!("Duration::new({secs}, {rest})")
        }
    }
}

pub(super) fn link(link: &Link) -> String {
    let Link {
        round_trip,
        resolver,
        tls,
        is_open,
    } = link;
    let resolver = match resolver {
        Some(time) => format!("Some({})", duration(*time)),
        None => "None".to_owned(),
    };
    format!(
        "Link {{ round_trip: {}, resolver: {resolver}, tls: exercises::realtime::Tls::{tls:?}, is_open: {is_open} }}",
        duration(*round_trip)
    )
}

pub(super) fn event(event: &SseEvent) -> String {
    let SseEvent {
        id,
        event: name,
        data,
        retry,
    } = event;
    let text = |field: &str, text: &Option<String>| {
        let text = text.as_ref()?;
        Some(format!("{field}: Some({text:?}.to_owned()), "))
    };
    let retry = retry.map(|pause| format!("retry: Some(std::time::{}), ", duration(pause)));
    let fields = [text("id", id), text("event", name), retry];
    let fields: String = fields.into_iter().flatten().collect();
    match fields.is_empty() {
        true => format!("SseEvent::of({data:?})"),
        false => format!("SseEvent {{ {fields}..SseEvent::of({data:?}) }}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(time: Duration, expected: &str) {
        assert_eq!(duration(time), expected);
    }

    #[test]
    fn durations_have_a_unit_without_a_remainder() {
        check(Duration::ZERO, "Duration::from_secs(0)");
        check(
            Duration::from_micros(218_961),
            "Duration::from_micros(218961)",
        );
        check(Duration::from_nanos(1), "Duration::from_nanos(1)");
        check(
            Duration::MAX,
            "Duration::new(18446744073709551615, 999999999)",
        );
    }

    #[test]
    fn events_name_only_what_they_have() {
        assert_eq!(event(&SseEvent::of("a\nb")), r#"SseEvent::of("a\nb")"#);
        let full = SseEvent {
            id: Some(String::new()),
            retry: Some(Duration::from_secs(3)),
            ..SseEvent::of("a")
        };
        let expected = r#"SseEvent { id: Some("".to_owned()), retry: Some(std::time::Duration::from_secs(3)), ..SseEvent::of("a") }"#;
        assert_eq!(event(&full), expected);
    }
}
