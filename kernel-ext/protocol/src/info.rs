//! Who the kernel is: its name, its language, their versions.

use crate::message::PROTOCOL_VERSION;
use jupyter_protocol::messaging::{
    CodeMirrorMode, HelpLink, KernelInfoReply, LanguageInfo, ReplyStatus,
};

/// The answer to `kernel_info_request`, known before any evaluator has started.
///
/// # Examples
///
/// ```
/// use kernel_protocol::KernelInfo;
///
/// let info = KernelInfo {
///     implementation: "kernel-ext".into(),
///     implementation_version: "0.1.0".into(),
///     language_version: "1.95.0".into(),
///     banner: "Rust".into(),
///     help_links: vec![("The Rust book".into(), "https://doc.rust-lang.org/book/".into())],
/// };
/// assert_eq!(info.implementation, "kernel-ext");
/// ```
#[derive(Debug, Clone)]
pub struct KernelInfo {
    /// Name of the program that is the kernel.
    pub implementation: String,
    /// Its version.
    pub implementation_version: String,
    /// Version of the compiler that compiles cells.
    pub language_version: String,
    /// What a console prints on start.
    pub banner: String,
    /// Entries of the front end's help menu: text and address.
    pub help_links: Vec<(String, String)>,
}

impl KernelInfo {
    /// For the tests of this crate, to which it does not matter.
    #[cfg(test)]
    pub(crate) fn of_a_test() -> Self {
        Self {
            implementation: "test".to_owned(),
            implementation_version: "1.0.0".to_owned(),
            language_version: "1.95.0".to_owned(),
            banner: "hello".to_owned(),
            help_links: Vec::new(),
        }
    }

    pub(crate) fn reply(&self) -> KernelInfoReply {
        let links = self.help_links.iter();
        KernelInfoReply {
            status: ReplyStatus::Ok,
            protocol_version: PROTOCOL_VERSION.to_owned(),
            implementation: self.implementation.clone(),
            implementation_version: self.implementation_version.clone(),
            language_info: LanguageInfo {
                name: "rust".to_owned(),
                version: self.language_version.clone(),
                mimetype: Some("text/rust".to_owned()),
                file_extension: Some(".rs".to_owned()),
                pygments_lexer: Some("rust".to_owned()),
                codemirror_mode: Some(CodeMirrorMode::Simple("rust".to_owned())),
                nbconvert_exporter: Some("script".to_owned()),
            },
            banner: self.banner.clone(),
            help_links: links
                .map(|(text, url)| HelpLink {
                    text: text.clone(),
                    url: url.clone(),
                })
                .collect(),
            debugger: false,
            error: None,
        }
    }
}
