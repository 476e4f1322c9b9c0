//! Tables of made-up numbers.

use super::*;
use expect_test::expect;

fn report(has_other: bool) -> Report {
    let mut samples = Samples::default();
    let mut add = |row, ours: &[f64], other: &[f64]| {
        for (run, number) in ours.iter().enumerate() {
            samples.add(row, Side::Ours, run, Ok(*number));
        }
        for (run, number) in other.iter().enumerate() {
            samples.add(row, Side::Other, run, Ok(*number));
        }
    };
    add(Row::Tour, &[4.9, 5.2, 7.0], &[61.0, 60.0, 70.0]);
    add(Row::WarmVariable, &[0.21, 0.19, 0.2], &[0.31, 0.3, 0.33]);
    add(Row::Crowd, &[1.75], &[]);
    add(Row::Memory, &[4e8], &[5e8]);
    add(Row::Restart, &[0.4], &[]);
    samples.add(
        Row::Restart,
        Side::Other,
        0,
        Err("error: no such crate".to_owned()),
    );
    let rows = [
        Row::Tour,
        Row::WarmVariable,
        Row::KnownCrate,
        Row::Crowd,
        Row::Restart,
        Row::Memory,
    ];
    Report {
        circumstances: vec![
            "kernel-ext 1 beside evcxr_jupyter 2".to_owned(),
            "Some CPU".to_owned(),
        ],
        rows: rows.into_iter().collect(),
        other: has_other.then(|| "stock".to_owned()),
        samples,
    }
}

#[test]
fn both_kernels_stand_side_by_side() {
    expect![[r#"
        kernel-ext 1 beside evcxr_jupyter 2
        Some CPU

                                               stock     ours  ours / stock         goal
        start to first figure, run at once    61.0 s   5.20 s  0.085 (0.080–0.100)  ≤ 0.15, ≤ 6 s  met
        a cell that uses a variable           310 ms   200 ms  0.65 (0.61–0.68)     ≤ 0.5          missed
        `:dep` of a crate of the course            –        –                       ≤ 0.05
        4 first figures at once, to one            –   1.75 ×                       ≤ 2 ×          met
        restart after 30 s, to a cell's end    fails   400 ms                       ≤ 0.5
        memory when idle, after a figure     477 MiB  381 MiB  0.80 (0.80–0.80)     ≤ 1            met

        Medians; in brackets the smallest and the largest ratio of a pair of runs, one after the other.
        Answer of stock to “restart after 30 s, to a cell's end”: error: no such crate
    "#]].assert_eq(&report(true).text());
}

#[test]
fn our_kernel_alone_has_no_ratios() {
    expect![[r#"
        kernel-ext 1 beside evcxr_jupyter 2
        Some CPU

                                                ours  from, to            goal
        start to first figure, run at once    5.20 s  4.90 s to 7.00 s    ≤ 6 s  met
        a cell that uses a variable           200 ms  190 ms to 210 ms
        `:dep` of a crate of the course            –
        4 first figures at once, to one       1.75 ×  1.75 × to 1.75 ×    ≤ 2 ×  met
        restart after 30 s, to a cell's end   400 ms  400 ms to 400 ms
        memory when idle, after a figure     381 MiB  381 MiB to 381 MiB

        Medians, and the smallest and the largest of all runs.
    "#]]
    .assert_eq(&report(false).text());
}

#[test]
fn a_page_has_the_same_table() {
    expect![[r#"
        kernel-ext 1 beside evcxr_jupyter 2; Some CPU.

        |  | stock | ours | ours / stock | goal |  |
        | --- | --: | --: | --- | --- | --- |
        | start to first figure, run at once | 61.0 s | 5.20 s | 0.085 (0.080–0.100) | ≤ 0.15, ≤ 6 s | met |
        | a cell that uses a variable | 310 ms | 200 ms | 0.65 (0.61–0.68) | ≤ 0.5 | missed |
        | `:dep` of a crate of the course | – | – |  | ≤ 0.05 |  |
        | 4 first figures at once, to one | – | 1.75 × |  | ≤ 2 × | met |
        | restart after 30 s, to a cell's end | fails | 400 ms |  | ≤ 0.5 |  |
        | memory when idle, after a figure | 477 MiB | 381 MiB | 0.80 (0.80–0.80) | ≤ 1 | met |

        Medians; in brackets the smallest and the largest ratio of a pair of runs, one after the other.

        Answer of stock to “restart after 30 s, to a cell's end”: error: no such crate
    "#]].assert_eq(&report(true).markdown());
    expect![[r#"
        kernel-ext 1 beside evcxr_jupyter 2; Some CPU.

        |  | ours | from, to | goal |  |
        | --- | --: | --- | --- | --- |
        | start to first figure, run at once | 5.20 s | 4.90 s to 7.00 s | ≤ 6 s | met |
        | a cell that uses a variable | 200 ms | 190 ms to 210 ms |  |  |
        | `:dep` of a crate of the course | – |  |  |  |
        | 4 first figures at once, to one | 1.75 × | 1.75 × to 1.75 × | ≤ 2 × | met |
        | restart after 30 s, to a cell's end | 400 ms | 400 ms to 400 ms |  |  |
        | memory when idle, after a figure | 381 MiB | 381 MiB to 381 MiB |  |  |

        Medians, and the smallest and the largest of all runs.
    "#]]
    .assert_eq(&report(false).markdown());
}

#[test]
fn the_text_fits_a_terminal_of_a_hundred_columns() {
    let mut wide = report(true);
    wide.rows = Row::ALL.into_iter().collect();
    for (run, row) in Row::ALL.into_iter().enumerate() {
        let (ours, other) = match row.unit() {
            Unit::Bytes => (1.234e9, 2.345e9),
            _ => (0.012_345, 123.4),
        };
        wide.samples.add(row, Side::Ours, run, Ok(ours));
        wide.samples.add(row, Side::Other, run, Ok(other));
    }
    let text = wide.text();
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{text}");
}
