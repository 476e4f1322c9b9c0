//! Marks everything as ignored.

use exercises::consistent_hashing::{ModuloPlacement, checks};

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(_: &[u8], _: usize) -> Option<usize> {
        None
    }

    fn moved(_: &[&[u8]], _: usize, _: usize) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    #[test]
    #[ignore = "it fails"]
    fn everything() {}
}

#[allow(unused_attributes)]
#[ignore = "it fails"]
fn main() -> std::process::ExitCode {
    exercises::grade::main("modulo_placement", checks::modulo_placement::all::<Mine>)
}
