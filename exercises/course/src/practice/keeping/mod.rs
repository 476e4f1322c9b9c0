//! What a learner keeps: commands that save their work, move it, and bring it up to
//! date with the course.
//!
//! One rule holds for all of them: a file with a learner's work in it is never
//! overwritten or removed before its content is in the stash.

pub(crate) mod archive;
pub(crate) mod export;
pub(crate) mod handed;
pub(crate) mod ids;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod lock;
pub(crate) mod stash;
pub(crate) mod stubs;
pub(crate) mod sync;

use super::workspace::Workspace;

/// What every command begins with: says if the folder is linked to another clone, and,
/// unless the command is about that, if the course has moved on.
pub(crate) fn look_at(workspace: &Workspace, is_about_that: bool) {
    if !workspace.is_clone() {
        init::check_link(workspace);
    }
    if !is_about_that {
        sync::notice::give(workspace);
    }
}
