//! Has the system run code before the walls are up.

use exercises::consistent_hashing::ModuloPlacement;

extern "C" fn early() {
    std::process::exit(0)
}

#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = early;

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(_: &[u8], _: usize) -> Option<usize> {
        None
    }

    fn moved(_: &[&[u8]], _: usize, _: usize) -> usize {
        0
    }
}
