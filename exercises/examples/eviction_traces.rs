//! Writes the traces on which our policies are compared with the simulator libCacheSim, and what
//! ours miss on them: `cargo run --release -p exercises --example eviction_traces -- FOLDER`.
//!
//! `exercises/src/eviction/tests/replay_libcachesim.py` then replays them. The format is libCacheSim's
//! *oracleGeneral*: records of time, key, size and place of the next request, little-endian.
//! Further traces in that format may be named behind the folder; ours are played on them as well.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use exercises::eviction::{Kind, comparison_traces};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or_else(|| io::Error::other("say into which folder the traces go, behind `--`"))?;
    fs::create_dir_all(&folder)?;
    for (name, trace, capacities) in comparison_traces() {
        write(
            &Path::new(&folder).join(format!("{name}.oracleGeneral.bin")),
            &trace,
        )?;
        play(name, &trace, &capacities);
    }
    for file in arguments {
        let trace = read(Path::new(&file))?;
        let mut keys = trace.clone();
        keys.sort_unstable();
        keys.dedup();
        play(&file, &trace, &[keys.len() / 100, keys.len() / 10]);
    }
    Ok(())
}

fn play(name: &str, trace: &[u64], capacities: &[usize]) {
    for capacity in capacities {
        let places = NonZeroUsize::new(*capacity).expect("a cache has places");
        for kind in Kind::ALL {
            let misses = kind.misses(trace, places);
            let ratio = misses as f64 / trace.len() as f64;
            println!("{name},{capacity},{kind},{misses},{ratio:.5}");
        }
    }
}

fn write(path: &Path, trace: &[u64]) -> io::Result<()> {
    let mut next: Vec<i64> = vec![-1; trace.len()];
    let mut seen: HashMap<u64, i64> = HashMap::new();
    for (now, key) in trace.iter().enumerate().rev() {
        next[now] = seen.insert(*key, now as i64).unwrap_or(-1);
    }
    let mut file = BufWriter::new(File::create(path)?);
    for ((now, key), next) in (0_u32..).zip(trace).zip(next) {
        file.write_all(&now.to_le_bytes())?;
        file.write_all(&key.to_le_bytes())?;
        file.write_all(&1_u32.to_le_bytes())?;
        file.write_all(&next.to_le_bytes())?;
    }
    file.flush()
}

fn read(path: &Path) -> io::Result<Vec<u64>> {
    let bytes = fs::read(path)?;
    let (records, _) = bytes.as_chunks::<24>();
    let key = |record: &[u8; 24]| {
        let mut key = [0; 8];
        key.copy_from_slice(&record[4..12]);
        u64::from_le_bytes(key)
    };
    Ok(records.iter().map(key).collect())
}
