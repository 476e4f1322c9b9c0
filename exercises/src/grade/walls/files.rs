//! The wall around files: Landlock.

use std::io;

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, Scope, path_beneath_rules,
};

use super::Grounds;

/// What this file is written for. Older kernels confine less and newer ones no more;
/// the first version covers opening, making and removing files, and all that is
/// promised; the later ones add truncating, devices, and signals to others.
const NEWEST: ABI = ABI::V6;

/// Whether the running kernel has Landlock, and has it switched on.
pub(super) fn is_supported() -> bool {
    // Makes a set of rules and throws it away: nothing is confined yet.
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))
        .and_then(Ruleset::create)
        .is_ok()
}

pub(super) fn confine(grounds: &Grounds) -> io::Result<()> {
    restrict(grounds).map_err(io::Error::other)
}

fn restrict(grounds: &Grounds) -> Result<(), RulesetError> {
    // A path that is not there is passed over: nobody can open it either.
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(path_beneath_rules(
            &grounds.readable,
            AccessFs::from_read(NEWEST),
        ))?
        .add_rules(path_beneath_rules(
            &grounds.writable,
            AccessFs::from_all(NEWEST),
        ))?
        .restrict_self()?;
    Ok(())
}
