//! The widths of a table's columns.

use super::row::Fit;

/// The space between columns.
pub(super) const GAP: usize = 2;
/// The width to which a column of texts is cut at most.
const MIN_CUT: usize = 12;

/// A column whose width is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// The width of its widest value or of its title.
    pub(super) natural: usize,
    pub(super) rank: u8,
    pub(super) fit: Fit,
}

impl Wish {
    fn least(&self) -> usize {
        if self.fit == Fit::Cut { self.natural.min(MIN_CUT) } else { self.natural }
    }
}

/// Returns the width of each column, or `None` for one that is left out so that the table is at most `limit` wide.
///
/// Texts are cut before columns are left out. If the most important columns do not fit, the table is wider.
pub(super) fn widths(wishes: &[Wish], limit: Option<usize>) -> Vec<Option<usize>> {
    let Some(limit) = limit else { return wishes.iter().map(|wish| Some(wish.natural)).collect() };
    let mut widths: Vec<Option<usize>> = wishes.iter().map(|wish| Some(wish.least())).collect();
    while total(&widths) > limit {
        // The last of those with the highest rank.
        let candidates = wishes.iter().enumerate().filter(|(index, wish)| wish.rank > 0 && widths[*index].is_some());
        let Some((index, _)) = candidates.max_by_key(|(index, wish)| (wish.rank, *index)) else { break };
        widths[index] = None;
    }
    let mut left = limit.saturating_sub(total(&widths));
    for (width, wish) in widths.iter_mut().zip(wishes) {
        if let Some(width) = width {
            let more = (wish.natural - *width).min(left);
            *width += more;
            left -= more;
        }
    }
    widths
}

fn total(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(natural: usize, rank: u8, fit: Fit) -> Wish {
        Wish { natural, rank, fit }
    }

    #[test]
    fn texts_are_cut_before_columns_are_left_out() {
        let wishes = [wish(34, 0, Fit::Whole), wish(30, 0, Fit::Cut), wish(11, 1, Fit::Whole), wish(20, 2, Fit::Whole)];
        assert_eq!(widths(&wishes, None), [Some(34), Some(30), Some(11), Some(20)]);
        assert_eq!(widths(&wishes, Some(101)), [Some(34), Some(30), Some(11), Some(20)]);
        assert_eq!(widths(&wishes, Some(100)), [Some(34), Some(29), Some(11), Some(20)]);
        assert_eq!(widths(&wishes, Some(80)), [Some(34), Some(30), Some(11), None]);
        assert_eq!(widths(&wishes, Some(50)), [Some(34), Some(14), None, None]);
        assert_eq!(widths(&wishes, Some(10)), [Some(34), Some(12), None, None], "the rest is too important");
    }
}
