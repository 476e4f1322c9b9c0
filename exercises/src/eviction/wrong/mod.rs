//! Named wrong solutions, each with the check that must reject it. Nothing here is
//! for use.
