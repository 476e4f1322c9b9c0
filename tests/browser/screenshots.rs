//! Pictures of the product for the README and for whoever reviews a change.
//!
//! Taken only when `SCREENSHOTS=overwrite` asks for it: a picture differs with
//! fonts and browser, so comparing pixels would fail on every other machine.

use std::path::Path;

use fantoccini::Client;

/// Writes what the browser shows to `book/src/images/NAME.png`, if asked to.
pub(crate) async fn take(page: &Client, name: &str) -> anyhow::Result<()> {
    if std::env::var("SCREENSHOTS").is_ok_and(|mode| mode == "overwrite") {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/images");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(
            folder.join(name).with_extension("png"),
            page.screenshot().await?,
        )?;
    }
    Ok(())
}
