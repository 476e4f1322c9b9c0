//! The standard library as rust-analyzer gets it tells what the whole one tells.

use super::client::{CRATES_VAR, Kernel};
use std::collections::BTreeSet;
use std::path::Path;

/// Variables whose types are made of much of it: collections, iterators, text, threads, files,
/// the network, time, and what belongs to the system.
const CELL: &str = r#"
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::io::{BufRead, Read};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
let map: HashMap<_, _> = [(1, "one"), (2, "two")].into();
let most = map.iter().map(|(number, word)| number + word.len()).max();
let keys = map.keys().copied().collect::<Vec<_>>();
let grouped = map.iter().fold(BTreeMap::new(), |mut all, (n, w)| { all.insert(*w, *n); all });
let range = grouped.range("a"..).next().map(|(word, number)| (word.len(), *number));
let union = HashSet::from([1, 2]).union(&HashSet::from([3])).count();
let by_length = map.values().map(|word| word.len()).collect::<BTreeSet<_>>();
let heap = BinaryHeap::from([3, 1, 2]).into_sorted_vec();
let list = LinkedList::from(["a"]).pop_front();
let queue = VecDeque::from([1.5]);
let sum = queue.iter().sum::<f64>();
let steps = std::iter::successors(Some(1u32), |n| n.checked_mul(3)).take_while(|n| *n < 99)
    .zip((0..).step_by(2)).collect::<Vec<_>>();
let chunks = [1u8, 2, 3].chunks(2).map(|chunk| chunk.to_vec()).collect::<Vec<_>>();
let words = "a b".split_whitespace().rev().map(str::to_owned).collect::<Vec<_>>();
let letters = "éa".char_indices().filter(|(_, c)| c.is_alphabetic()).last();
let number = "12".parse::<i64>().map_err(|error| error.to_string());
let address = "127.0.0.1".parse::<std::net::IpAddr>();
let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
let told = std::thread::spawn(|| (1, "told")).join().ok();
let shared = std::sync::Arc::new(std::sync::Mutex::new(vec![1u16]));
let locked = shared.lock().map(|all| all.len()).ok();
let sent = { let (to, from) = std::sync::mpsc::channel(); to.send((1u8, 'c')).unwrap(); from.recv() };
let once = std::sync::OnceLock::from(7u8).into_inner();
let added = std::sync::atomic::AtomicU64::new(1).fetch_add(2, std::sync::atomic::Ordering::Relaxed);
let elapsed = std::time::Instant::now().elapsed().as_secs_f64();
let since = std::time::SystemTime::UNIX_EPOCH.elapsed().map(|time| time.as_millis()).ok();
let taken = std::rc::Rc::new(std::cell::RefCell::new(Some(1))).borrow_mut().take();
let file = std::fs::File::open("/dev/null").unwrap();
let descriptor = file.as_raw_fd();
let owner = file.metadata().map(|found| (found.uid(), found.permissions().mode())).ok();
let lines = std::io::Cursor::new("a\nb").lines().map_while(Result::ok).collect::<Vec<_>>();
let folder = std::env::current_dir().map(|path| path.components().count()).ok();
let exit = std::process::Command::new("true").status().map(|status| status.code());
let caught = std::panic::catch_unwind(|| 1i8).ok();
let size = std::mem::size_of::<[u64; 3]>();
let layout = std::alloc::Layout::new::<u32>().align();
let any = (Box::new(1u8) as Box<dyn std::any::Any>).downcast::<u8>().ok();
let text = std::ffi::CString::new("a").map(|text| text.into_bytes()).ok();
let bytes = file.bytes().count();
"#;

/// The types of the variables, as the kernel has found them.
fn types(kept: &Path) -> BTreeSet<String> {
    let mut kernel = Kernel::start_with(&[(CRATES_VAR, kept.as_os_str())]);
    assert_eq!(kernel.run(CELL).transcript(), "reply ok");
    // evcxr lists them in no order.
    let shown = kernel.run(":vars").transcript();
    let (_, list) = shown.split_once(r#""text/plain":""#).unwrap();
    list.split("\\n").map(str::to_owned).collect()
}

#[test]
fn what_is_left_out_of_the_library_changes_no_type() {
    let kept = tempfile::tempdir().unwrap();
    let whole = types(Path::new(""));
    assert!(whole.contains("most: Option<usize>"), "{whole:?}");
    assert_eq!(types(kept.path()), whole);
    // What it was about: of other people's crates there is one, and what that needs.
    let beside = std::fs::read_dir(kept.path().join("beside")).unwrap();
    let mut locks = beside.map(|entry| entry.unwrap().path().join("Cargo.lock"));
    let lock = locks.find(|path| path.is_file()).unwrap();
    let lock = std::fs::read_to_string(lock).unwrap();
    assert!(lock.contains("name = \"hashbrown\""), "{lock}");
    assert!(!lock.contains("name = \"libc\""), "{lock}");
}
