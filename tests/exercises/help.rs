//! A learner who is stuck: hints in layers, a mistake told by its name, and the reference
//! for those who have tried.

use std::process::Command;

use exercises::catalog::Exercise;
use expect_test::expect;

use super::journey::{Learner, SOLVED};
use super::{cargo, course, root, text};

const STUB: &str = "exercises/stubs/replicas.rs";

/// The stub of `replicas` with this body.
fn with_body(fresh: &str, body: &str) -> String {
    let begin = fresh.find("        todo!(").expect("the stub has a todo");
    let end = begin + fresh[begin..].find("    }\n").expect("the body ends");
    format!("{}{body}\n{}", &fresh[..begin], &fresh[end..])
}

/// Takes the next `count` distinct points, but drops neighbours only.
const DEDUPS_NEIGHBOURS: &str = "
        let start = self.successor(self.hash.key(key));
        let all = self.points[start..].iter().chain(&self.points[..start]);
        let mut walk: Vec<&str> = all.map(|(_, server)| server.as_str()).collect();
        walk.dedup();
        walk.truncate(count);
        walk";

const RIGHT: &str = "
        let start = self.successor(self.hash.key(key));
        let mut found: Vec<&str> = Vec::new();
        for (_, server) in self.points[start..].iter().chain(&self.points[..start]) {
            if found.len() < count && !found.contains(&server.as_str()) {
                found.push(server);
            }
        }
        found";

/// One test, because each step stands on the one before it.
#[test]
fn a_learner_who_is_stuck_gets_from_a_named_mistake_to_the_reference() {
    let clone = Learner::new("stuck");
    let fresh = clone.read(STUB);
    is_refused_at_first(&clone);
    is_told_the_mistake(&clone, &fresh);
    gets_layer_after_layer(&clone);
    runs_the_trace(&clone);
    panics(&clone, &fresh);
    sees_the_reference(&clone);
    solves(&clone, &fresh);
    is_told_no_mistake(&clone);
    answers_by_chance(&clone);
    has_traces_that_hold(&clone);
}

fn is_refused_at_first(clone: &Learner) {
    for command in [
        "solution replicas",
        "solution replicas --yes",
        "diff replicas --yes",
    ] {
        let missing = ["Missing:", "cargo course check replicas"];
        clone.course(command, false, &missing);
    }
    clone.course(
        "hint replicas --all",
        true,
        &["the `todo!` at", "fn trace_distinct()"],
    );
    // Of what is not written, nothing can be said.
    let (_, text) = clone.command(Command::new(course()), "check replicas");
    assert!(
        !text.contains("looks like") && !text.contains("behaves like"),
        "{text}"
    );
}

fn is_told_the_mistake(clone: &Learner, fresh: &str) {
    clone.write(STUB, with_body(fresh, DEDUPS_NEIGHBOURS).as_bytes());
    let told =
        "This looks like \"dedups neighbours\": `dedup` removes a server only next to itself";
    clone.course("check replicas", false, &[told]);
    clone.course(
        "check replicas --json",
        false,
        &["\"diagnosis\": \"This looks like"],
    );
    let only_some = with_body(fresh, &DEDUPS_NEIGHBOURS.replace("count)", "count.max(1))"));
    clone.write(STUB, only_some.as_bytes());
    let so_far = "So far it behaves like \"dedups neighbours\"";
    clone.course("check replicas", false, &[so_far]);
    clone.write(STUB, with_body(fresh, DEDUPS_NEIGHBOURS).as_bytes());
}

fn gets_layer_after_layer(clone: &Learner) {
    let _ = std::fs::remove_dir_all(clone.root.join(".course"));
    let contract = "`Replicas` in exercises/src/consistent_hashing/contract/replicas.rs";
    // The file was not checked yet: the first hint does that.
    clone.course(
        "hint replicas",
        true,
        &["Hint 1 of 4", contract, "looks like"],
    );
    let place = "book/src/28-consistent-hashing.md, under \"Weights, copies, and a cap\"";
    clone.course("hint replicas", true, &["Hint 2 of 4", place]);
    let trace = [
        "Hint 3 of 4",
        "fn trace_clockwise()",
        "// Your answer was [",
    ];
    clone.course("hint replicas", true, &trace);
    let missing = [
        "hints for clockwise: 3 of 4 shown",
        "hints for distinct: 0 of 4",
    ];
    clone.course("solution replicas", false, &missing);
    clone.course("hint replicas", true, &["Hint 4 of 4"]);
    let all = ["These are all the hints", "Hint 1 of 4", "Hint 4 of 4"];
    clone.course("hint replicas", true, &all);
}

/// Pasted as the hint says, the trace fails as the check did.
fn runs_the_trace(clone: &Learner) {
    let stub = clone.read(STUB);
    clone.write(
        STUB,
        with_traces(clone, "replicas", &stub, &["clockwise"]).as_bytes(),
    );
    let plain = "test -q -p exercises --test replicas";
    clone.check(cargo(), plain, false, &["assertion `left == right` failed"]);
    clone.write(
        STUB,
        with_body(
            &clone
                .read(STUB)
                .replace(DEDUPS_NEIGHBOURS, "        todo!("),
            RIGHT,
        )
        .as_bytes(),
    );
    clone.check(cargo(), plain, true, &["11 of 11 points"]);
    clone.write(STUB, stub.as_bytes());
}

/// The stub with what `hint --all` prints for these checks, called in `main`.
fn with_traces(clone: &Learner, id: &str, stub: &str, checks: &[&str]) -> String {
    let (_, hints) = clone.command(Command::new(course()), &format!("hint {id} --all"));
    let mut stub = stub.to_owned();
    for check in checks {
        let name = format!("trace_{}", check.replace('-', "_"));
        let lines = hints
            .lines()
            .skip_while(|line| !line.contains(&format!("fn {name}()")))
            .take_while(|line| *line != "  }");
        let body: Vec<&str> = lines.map(str::trim).collect();
        if body.is_empty() {
            let of_rule = hints
                .split(&format!("{check}: "))
                .nth(1)
                .unwrap_or_default();
            let third = of_rule.split("Hint 4 of 4").next().unwrap_or_default();
            let is_about_time = third.contains("right answers, too late");
            assert!(is_about_time, "no trace for {check} in:\n{hints}");
            continue;
        }
        let main = "fn main() -> std::process::ExitCode {\n";
        stub = stub.replace(main, &format!("{main}    {name}();\n"));
        stub += &format!("\n{}\n}}\n", body.join("\n"));
    }
    stub
}

fn panics(clone: &Learner, fresh: &str) {
    let body = "        vec![self.owner(key).unwrap(); count]";
    clone.write(STUB, with_body(fresh, body).as_bytes());
    clone.course("check replicas", false, &["failed"]);
    let body = "        panic!(\"no server {count}\")";
    clone.write(STUB, with_body(fresh, body).as_bytes());
    let told = [
        "it panicked at exercises/stubs/replicas.rs:31:9: no server ",
        "That line is: panic!(\"no server {count}\")",
        "Your solution panics in the last line of this.",
    ];
    clone.course("hint replicas --all", true, &told);
}

fn sees_the_reference(clone: &Learner) {
    let question = "You have not solved replicas. Show the solution all the same? [y/N]";
    // Nobody is there to answer.
    clone.course("solution replicas", false, &[question, "was not shown"]);
    let (_, text) = clone.command(Command::new(course()), "list");
    assert!(!text.contains("solution seen"), "{text}");
    let shown = [
        "// The reference: exercises/src/consistent_hashing/replicas.rs",
        "if !chosen.contains(&server) {",
        "// In the book: ",
    ];
    clone.course("solution replicas --yes", true, &shown);
    clone.course("list", true, &["begun, solution seen"]);
    let plain = ["== fn replicas ==", "yours:", "- ", "the reference:", "+ "];
    clone.course("diff replicas --plain --yes", true, &plain);
    let note = "The reference was shown before this was solved.";
    clone.course("check replicas", false, &[note]);
}

fn solves(clone: &Learner, fresh: &str) {
    clone.write(STUB, with_body(fresh, RIGHT).as_bytes());
    let (solved, text) = clone.command(Command::new(course()), "check replicas");
    assert!(solved && !text.contains("looks like"), "{text}");
    // Nothing is asked any more, and what is not readable is compared whole.
    clone.course("diff replicas", true, &["chosen.contains(&server)"]);
    clone.write(STUB, b"fn fn");
    clone.course(
        "diff replicas",
        true,
        &["whole files are compared", "-fn fn"],
    );
    clone.course("solution nope", false, &["there is no exercise `nope`"]);
}

/// A right solution is told no mistake.
fn is_told_no_mistake(clone: &Learner) {
    clone.write("exercises/stubs/modulo_placement.rs", SOLVED.as_bytes());
    let (solved, text) = clone.command(Command::new(course()), "check modulo_placement --json");
    assert!(solved && !text.contains("diagnosis"), "{text}");
}

/// The same file, another answer: chance is in it.
fn answers_by_chance(clone: &Learner) {
    let hasher = "std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), key)";
    let by_chance = SOLVED
        .replace("key_position(key).", &format!("{hasher}."))
        .replace(", key_position", "");
    clone.write("exercises/stubs/modulo_placement.rs", by_chance.as_bytes());
    // Two runs are the same by chance in one case of two at most; forty never are.
    let is_told = (0..40).any(|_| {
        let (_, text) = clone.command(Command::new(course()), "check modulo_placement");
        text.contains("The same file answered differently last time.")
    });
    assert!(is_told);
}

/// What a hint shows for a stub that is not written yet is code that compiles in it, and
/// that a right solution does not fail.
fn has_traces_that_hold(clone: &Learner) {
    let mut tests = String::from("test -q -p exercises --no-fail-fast");
    for exercise in exercises::catalog::all() {
        let path = format!("exercises/stubs/{}.rs", exercise.id);
        let fresh = clone.read(&format!("exercises/src/catalog/fresh/{}.rs", exercise.id));
        clone.write(&path, fresh.as_bytes());
        let checks: Vec<&str> = (exercise.checks)().iter().map(|check| check.name).collect();
        let stub = with_traces(clone, exercise.id, &fresh, &checks);
        clone.write(&path, solved_otherwise(clone, &exercise, &stub).as_bytes());
        tests += &format!(" --test {}", exercise.id);
    }
    clone.check(cargo(), &tests, true, &[]);
}

/// The stub with another solution's type in place of its own, and without grading. Not the
/// reference: its methods of the same names need not be the contract's.
fn solved_otherwise(clone: &Learner, exercise: &Exercise, stub: &str) -> String {
    let solution = clone.read(&format!("exercises/alternatives/{}.rs", exercise.id));
    let solution = ["struct Mine", "enum Mine"]
        .iter()
        .fold(solution, |text, head| {
            text.replace(head, &format!("pub(crate) {head}"))
        });
    let mine = ["struct Mine", "enum Mine"].map(|head| stub.find(head));
    let mine = mine.into_iter().flatten().min().expect("there is a `Mine`");
    let main = stub.find("fn main()").expect("there is a `main`");
    let (head, tail) = (&stub[..mine], &stub[main..]);
    let (head, _attributes) = head.rsplit_once("\n\n").expect("imports stand before");
    let (calls, rest) = tail
        .split_once("    exercises::grade::main")
        .expect("it grades");
    let (_, traces) = rest.split_once("\n}\n").expect("it ends");
    format!(
        "{head}\n\nmod solution {{\n{solution}\n}}\nuse solution::Mine;\n\n\
         {calls}    std::process::ExitCode::SUCCESS\n}}\n{traces}"
    )
}

/// Those that read otherwise than their own name are the pairs that no check tells apart.
#[test]
fn every_wrong_solution_is_told_by_its_name() {
    let output = Command::new(course())
        .args(["dev", "diagnoses"])
        .current_dir(root())
        .output()
        .expect("the command line starts");
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    let n_wrong: usize = exercises::catalog::all()
        .iter()
        .map(|exercise| exercise.wrong.len())
        .sum();
    assert_eq!(lines.len(), n_wrong, "{text}");
    /// Right but for the time they take, which many mistakes end in.
    const TOO_SLOW: [&str; 3] = ["WalksThroughAll", "WalksTheStack", "SearchesTheFuture"];
    /// They answer differently each time, so nothing is the same on all checks.
    const BY_CHANCE: [&str; 2] = ["RandomHash", "FirstComeFirstServed"];
    let named_otherwise = |line: &&&str| {
        let (at, told) = line.split_once(": ").expect("a name and what is told");
        let name = at.split('/').next_back().expect("a name");
        // Under a busy machine a check may end by its time limit, which says nothing.
        let told = told.strip_prefix("perhaps ").unwrap_or(told);
        name != told && !BY_CHANCE.contains(&name) && !TOO_SLOW.contains(&name)
    };
    let others: Vec<&str> = lines.iter().filter(named_otherwise).copied().collect();
    expect![[r#"
        availability_parse/KeepsTheUpSide: KeepsTheUpSide or PerCentOfHundred
        availability_parse/PerCentOfHundred: KeepsTheUpSide or PerCentOfHundred
        series_parallel/WeakestLink: WeakestLink or Mean
        series_parallel/Mean: WeakestLink or Mean
        series_parallel/SubtractsFromOne: SubtractsFromOne or Logarithms
        series_parallel/Logarithms: SubtractsFromOne or Logarithms
        shared_parts/TwoOfOne: TwoOfOne or SiblingsOnly
        shared_parts/SiblingsOnly: TwoOfOne or SiblingsOnly
        burn_rate/LongOnly: LongOnly or EitherWindow
        burn_rate/EitherWindow: LongOnly or EitherWindow
        request_cost/NotAtOnce: NotAtOnce or RoundsUp
        request_cost/RoundsUp: NotAtOnce or RoundsUp
        sse_encode/NoSpace: NoSpace or Trims
        sse_encode/Trims: NoSpace or Trims
        belady_anomaly/CountsHits: CountsHits or LeavesOutTheFirst
        belady_anomaly/LeavesOutTheFirst: CountsHits or LeavesOutTheFirst
        eviction_lfu/ForgetsToResetTheLeast: ForgetsToResetTheLeast or IgnoresCounts
        eviction_lfu/IgnoresCounts: ForgetsToResetTheLeast or IgnoresCounts
        eviction_clock/NoSecondChance: NoSecondChance or MarksNewcomers
        eviction_clock/MarksNewcomers: NoSecondChance or MarksNewcomers
        eviction_sieve/IgnoresMarks: IgnoresMarks or MarksNewcomers
        eviction_sieve/MarksNewcomers: IgnoresMarks or MarksNewcomers
        eviction_two_queue/RemembersNobody: RemembersNobody or LooksTooLate
        eviction_two_queue/LooksTooLate: RemembersNobody or LooksTooLate
        eviction_s3_fifo/KeepsUses: KeepsUses or MainWithoutSecondChance
        eviction_s3_fifo/NoGhosts: NoGhosts or LooksTooLate
        eviction_s3_fifo/LooksTooLate: NoGhosts or LooksTooLate
        eviction_s3_fifo/MainWithoutSecondChance: KeepsUses or MainWithoutSecondChance
        count_min_sketch/FirstRowOnly: FirstRowOnly or SamePlaceInAllRows
        count_min_sketch/SamePlaceInAllRows: FirstRowOnly or SamePlaceInAllRows
        virtual_nodes/SamePoint: SamePoint or OnePointOnly
        virtual_nodes/OnePointOnly: SamePoint or OnePointOnly
        bounded_loads/NeverSpills: NeverSpills or OneTooMany
        bounded_loads/OneTooMany: NeverSpills or OneTooMany
        rendezvous/LargerName: LargerName or FirstCome
        rendezvous/FirstCome: LargerName or FirstCome
        multi_probe/LastProbe: LastProbe or Farthest
        multi_probe/Farthest: LastProbe or Farthest"#]]
    .assert_eq(&others.join("\n"));
}
