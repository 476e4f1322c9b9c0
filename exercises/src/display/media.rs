//! Single pieces of rich content: HTML, an image, a value as JSON.
//!
//! Each takes the words to show where only text is shown. A figure shows itself
//! ([`Figure`](crate::figure::Figure)), and so does a [`Table`](super::Table).

use super::show;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

/// Shows HTML; `plain` says the same in words.
///
/// # Examples
///
/// ```
/// exercises::display::html("<b>42</b> keys", "42 keys");
/// ```
pub fn html(html: &str, plain: &str) {
    show(&[("text/html", html), ("text/plain", plain)]);
}

/// Shows a picture by the bytes of its file; `description` is its text alternative.
///
/// PNG, JPEG, GIF, WebP and SVG are told apart by their first bytes. Anything else is
/// shown by its description alone.
///
/// # Examples
///
/// ```
/// exercises::display::image(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "nothing");
/// ```
pub fn image(bytes: &[u8], description: &str) {
    let data = match mime(bytes) {
        Some("image/svg+xml") => String::from_utf8_lossy(bytes).into_owned(),
        _ => BASE64_STANDARD.encode(bytes),
    };
    match mime(bytes) {
        Some(mime) => show(&[(mime, &data), ("text/plain", description)]),
        None => show(&[("text/plain", description)]),
    }
}

/// Shows a value as JSON that can be unfolded, and as indented text.
///
/// # Errors
///
/// If the value has no form in JSON, for instance a map whose keys are no text.
///
/// # Examples
///
/// ```
/// exercises::display::json(&[1, 2, 3])?;
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn json(value: &impl Serialize) -> Result<(), serde_json::Error> {
    let compact = serde_json::to_string(value)?;
    let plain = serde_json::to_string_pretty(value)?;
    show(&[("application/json", &compact), ("text/plain", &plain)]);
    Ok(())
}

/// The type of a picture, by the marks that its format begins with.
fn mime(bytes: &[u8]) -> Option<&'static str> {
    let is_svg = || {
        let start = &bytes[..bytes.len().min(1024)];
        String::from_utf8_lossy(start).contains("<svg")
    };
    Some(match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => "image/webp",
        _ if is_svg() => "image/svg+xml",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        assert_eq!(mime(b"\x89PNG\r\n\x1a\n"), Some("image/png"));
        assert_eq!(mime(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(mime(b"GIF89a"), Some("image/gif"));
        assert_eq!(mime(b"RIFF\x01\x02\x03\x04WEBP"), Some("image/webp"));
        assert_eq!(mime(b"<?xml?><svg/>"), Some("image/svg+xml"));
        assert_eq!(mime(b"%PDF"), None);
        assert_eq!(mime(b""), None);
    }
}
