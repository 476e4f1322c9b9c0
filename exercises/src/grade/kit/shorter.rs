//! Lists with a part left out: what every cutting down of a list begins with.

/// The list without one part: first without a half, then without a quarter, and so on to
/// single things, those at the end first.
///
/// # Time complexity
///
/// About twice as many lists as there are things.
pub(crate) fn shorter<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    let n = list.len();
    let lengths = std::iter::successors(Some(n.div_ceil(2)), |length| Some(length / 2));
    let parts = lengths
        .take_while(|length| *length > 0)
        .flat_map(move |length| {
            let starts = (0..n).step_by(length).rev();
            starts.map(move |start| start..n.min(start + length))
        });
    parts.map(|part| [&list[..part.start], &list[part.end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_parts_go_first_and_later_ones_before_earlier_ones() {
        let lists: Vec<Vec<u8>> = shorter(&[1, 2, 3]).collect();
        assert_eq!(
            lists,
            [vec![1, 2], vec![3], vec![1, 2], vec![1, 3], vec![2, 3]]
        );
        assert_eq!(shorter(&[1]).collect::<Vec<_>>(), [Vec::<i32>::new()]);
        assert_eq!(shorter::<u8>(&[]).count(), 0);
    }
}
