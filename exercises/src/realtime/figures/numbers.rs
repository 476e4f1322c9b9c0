//! The numbers of the chapter's text, counted or computed here, never typed there.

use std::time::Duration;

use super::{Comparison, tables};
use crate::realtime::model::{ENVELOPE_BYTES, Technique, texts};
use crate::realtime::{HANDSHAKE_GUID, WsAccept, WsHandshake, sha1};

/// The match of the chapter's story.
const CLIENTS: f64 = 1_000_000.0;
const EVENTS_PER_MIN: f64 = 1.0;
const INTERVAL: Duration = Duration::from_millis(500);

/// The key of the sample handshake in RFC 6455, § 1.3.
const SAMPLE_KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// The pieces of `numbers.md`, by name.
pub(super) fn pieces() -> Vec<(&'static str, String)> {
    let comparison = Comparison::default();
    let mut pieces = story();
    pieces.extend(messages(&comparison));
    pieces.extend(handshake());
    pieces.extend(floods(&comparison));
    pieces.extend(slow());
    pieces.extend(tables::pieces(&comparison));
    pieces
}

pub(super) fn per_cent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// `45682.4` as `45,700`: three digits say what an estimate can promise.
pub(super) fn rounded(number: f64) -> String {
    let step = 10_f64.powi((number.max(1.0).log10().floor() as i32 - 2).max(0));
    grouped(((number / step).round() * step) as u64)
}

/// `160000` as `160,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes a second as bits a second, which is how networks are sold.
pub(super) fn bits(bytes_per_sec: f64) -> String {
    let bits = 8.0 * bytes_per_sec;
    match bits {
        bits if bits >= 1e9 => format!("{:.1} Gbit/s", bits / 1e9),
        bits => format!("{:.0} Mbit/s", bits / 1e6),
    }
}

pub(super) fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        secs if secs < 1.0 => format!("{:.0} ms", secs * 1e3),
        secs => format!("{secs:.2} s"),
    }
}

/// A million phones that follow a match, each told of an event a minute.
fn story() -> Vec<(&'static str, String)> {
    let comparison = Comparison {
        interval: INTERVAL,
        ..Comparison::default()
    };
    let costs = comparison.costs(EVENTS_PER_MIN);
    let [polling, long, stream, _] = costs;
    let sizes = &comparison.sizes;
    let news_per_sec = CLIENTS * EVENTS_PER_MIN / 60.0;
    let idle = comparison.techniques()[1].cost(&comparison.scene(1e-6));
    vec![
        (
            "story_requests",
            rounded(CLIENTS * polling.requests_per_sec),
        ),
        (
            "story_empty",
            per_cent(polling.empty_per_sec / polling.requests_per_sec),
        ),
        (
            "story_polls_per_event",
            rounded(polling.requests_per_sec * 60.0),
        ),
        ("story_traffic", bits(CLIENTS * polling.bytes_per_sec)),
        ("story_news", bits(news_per_sec * sizes.event)),
        ("story_news_per_sec", rounded(news_per_sec)),
        ("story_mean", seconds(polling.latency.mean())),
        ("story_p99", seconds(polling.latency.quantile(0.99))),
        ("story_long", rounded(CLIENTS * long.requests_per_sec)),
        ("story_long_idle", rounded(CLIENTS * idle.requests_per_sec)),
        (
            "story_fewer",
            rounded(polling.requests_per_sec / long.requests_per_sec),
        ),
        (
            "story_fewer_again",
            rounded(long.requests_per_sec / stream.requests_per_sec),
        ),
        (
            "story_outage",
            format!("1 in {}", rounded(1.0 / stream.latency.chance)),
        ),
        ("story_push_mean", seconds(stream.latency.least)),
        ("story_table", tables::story(&costs, CLIENTS)),
    ]
}

/// What stands in the messages, and how long they are.
fn messages(comparison: &Comparison) -> Vec<(&'static str, String)> {
    let sizes = &comparison.sizes;
    let fence = |text: &str| format!("```http\n{}\n```", text.trim_end());
    let poll = sizes.poll - ENVELOPE_BYTES as f64;
    vec![
        ("poll_request", fence(texts::POLL)),
        (
            "poll_answer",
            fence(&format!("{}[{}]", texts::NEWS_HEAD, texts::EVENT)),
        ),
        ("sse_head", fence(texts::SSE_HEAD)),
        ("ws_request", fence(&upgrade_request())),
        ("ws_answer", fence(texts::WS_SWITCH)),
        ("poll_bytes", grouped(poll as u64)),
        ("event_bytes", grouped(sizes.event as u64)),
        ("envelope_bytes", ENVELOPE_BYTES.to_string()),
        (
            "sse_framing",
            grouped((sizes.sse_event - sizes.event) as u64 - ENVELOPE_BYTES as u64),
        ),
        (
            "ws_framing",
            grouped((sizes.ws_event - sizes.event) as u64 - ENVELOPE_BYTES as u64),
        ),
    ]
}

/// The lines that matter of a WebSocket's opening request.
fn upgrade_request() -> String {
    format!(
        "GET /match/42/chat HTTP/1.1\nHost: live.example\n{}",
        texts::WS_EXTRA
    )
}

/// From the digest to the text that the server answers with.
fn handshake() -> Vec<(&'static str, String)> {
    let digest = sha1(format!("{SAMPLE_KEY}{HANDSHAKE_GUID}").as_bytes());
    let hex: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let first: Vec<String> = digest[..3]
        .iter()
        .map(|byte| format!("{byte:08b}"))
        .collect();
    let sixes = first.concat();
    let sixes: Vec<&str> = (0..4).map(|six| &sixes[six * 6..six * 6 + 6]).collect();
    let numbers: Vec<String> = sixes
        .iter()
        .map(|six| u8::from_str_radix(six, 2).map_or(String::new(), |number| number.to_string()))
        .collect();
    let accept = WsHandshake::accept(SAMPLE_KEY);
    let letters: Vec<String> = accept.chars().take(4).map(String::from).collect();
    vec![
        ("guid", format!("`{HANDSHAKE_GUID}`")),
        ("digest_hex", format!("`{}`", hex.join(" "))),
        (
            "digest_letters",
            format!(
                "```text\nbytes    {}\nbits     {}\nsixes    {}\nnumbers  {}\nletters  {}\n```",
                hex[..3].join(" "),
                first.join(" "),
                sixes.join(" "),
                numbers.join(" "),
                letters.join(" ")
            ),
        ),
        ("digest_accept", format!("`{accept}`")),
    ]
}

/// Everybody at once.
fn floods(comparison: &Comparison) -> Vec<(&'static str, String)> {
    const SPREAD_SECS: f64 = 30.0;
    // IP and TCP of the model's envelope: every packet has them, but not every one has a
    // record of TLS. A packet of Ethernet is 1,500 bytes with them.
    const PACKET_HEADS: f64 = 52.0;
    let sizes = &comparison.sizes;
    let batch = 10_000.0 / 60.0 * comparison.interval.as_secs_f64();
    let answer = sizes.news_head + batch * (sizes.event + 1.0) - PACKET_HEADS;
    let packets = (answer / (1_500.0 - PACKET_HEADS)).ceil();
    let round_trip = comparison.round_trip.as_secs_f64();
    // Half of the long polls find news waiting if e^(−λR) is a half.
    let half = std::f64::consts::LN_2 / round_trip;
    let ceiling = Technique::LongPolling {
        timeout: comparison.timeout,
    }
    .cost(&comparison.scene(1e6));
    vec![
        ("herd_times", rounded(INTERVAL.as_secs_f64() / round_trip)),
        ("crossing_requests", rounded(crossing(comparison))),
        ("crossing_streams", rounded(crossing_streams(comparison))),
        ("batch_events", rounded(batch)),
        ("batch_packets", rounded(packets)),
        (
            "batch_packet_bytes",
            rounded((packets - 1.0) * PACKET_HEADS / batch),
        ),
        // What Linux hands out by default: 32,768 to 60,999.
        ("ports", grouped(60_999 - 32_768 + 1)),
        (
            "glass_ms",
            format!("{:.0} ms", light_in_glass(5_570.0).as_secs_f64() * 1e3),
        ),
        ("herd_peak", rounded(CLIENTS / round_trip)),
        ("storm_spread", rounded(CLIENTS / SPREAD_SECS)),
        ("half_at_once", format!("{half:.1}")),
        ("long_ceiling", rounded(ceiling.requests_per_sec)),
    ]
}

/// Events a minute at which long polling makes as many requests as polling.
fn crossing(comparison: &Comparison) -> f64 {
    last_rate(|rate| {
        let [polling, long, ..] = comparison.costs(rate);
        long.requests_per_sec < polling.requests_per_sec
    })
}

/// Events a minute at which a WebSocket that pings costs as many bytes as a stream of SSE.
fn crossing_streams(comparison: &Comparison) -> f64 {
    last_rate(|rate| {
        let [.., sse, socket] = comparison.costs(rate);
        sse.bytes_per_sec < socket.bytes_per_sec
    })
}

/// Events a minute up to which something holds.
fn last_rate(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut above) = (0.0, 1_000.0);
    for _ in 0..50 {
        let middle = (below + above) / 2.0;
        match holds(middle) {
            true => below = middle,
            false => above = middle,
        }
    }
    below
}

/// How long light takes for a way through optical fibre, whose refractive index is 1.468.
fn light_in_glass(km: f64) -> Duration {
    const KM_PER_SEC: f64 = 299_792.458;
    Duration::from_secs_f64(km * 1.468 / KM_PER_SEC)
}

/// Clients that do not read, and news that is kept for them.
fn slow() -> Vec<(&'static str, String)> {
    const EVENTS_PER_SEC: f64 = 100.0;
    const STUCK: f64 = 0.01 * CLIENTS;
    const CAP: f64 = 256.0;
    const MEMORY_BYTES: f64 = 8e9;
    let event = texts::EVENT.len() as f64;
    let grows = STUCK * EVENTS_PER_SEC * event;
    vec![
        ("slow_stuck", grouped(STUCK as u64)),
        ("slow_grows", format!("{:.0} MB", grows / 1e6)),
        (
            "slow_minutes",
            format!("{:.1}", MEMORY_BYTES / grows / 60.0),
        ),
        (
            "slow_capped",
            format!("{:.0} MB", STUCK * CAP * event / 1e6),
        ),
        ("slow_cap_secs", format!("{:.1} s", CAP / EVENTS_PER_SEC)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_reader_would_say_them() {
        assert_eq!(rounded(45_682.4), "45,700");
        assert_eq!(rounded(0.4), "0");
        assert_eq!(bits(2.5e9), "20.0 Gbit/s");
        assert_eq!(bits(1e6), "8 Mbit/s");
        assert_eq!(seconds(Duration::from_millis(300)), "300 ms");
        assert_eq!(seconds(Duration::from_millis(2_550)), "2.55 s");
    }

    #[test]
    fn the_sample_answer_fits_the_sample_request() {
        assert!(texts::WS_EXTRA.contains(SAMPLE_KEY));
        assert!(texts::WS_SWITCH.contains(&WsHandshake::accept(SAMPLE_KEY)));
    }

    #[test]
    fn no_number_is_missing() {
        for (name, text) in pieces() {
            assert!(
                !text.contains("NaN") && !text.contains("inf ") && !text.is_empty(),
                "{name}: {text}"
            );
        }
    }
}
