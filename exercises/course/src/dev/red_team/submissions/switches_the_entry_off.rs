//! Ends with an attribute that takes what follows out of the program.

use exercises::consistent_hashing::ModuloPlacement;

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(_: &[u8], _: usize) -> Option<usize> {
        None
    }

    fn moved(_: &[&[u8]], _: usize, _: usize) -> usize {
        0
    }
}

#[cfg(any())]
