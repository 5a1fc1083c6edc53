//! Changes of `deprecated`, and removals that were announced.

use super::change::ChangeSeverity;
use super::comparison::{At, Comparison, display, json};
use super::place::Place;
use crate::document::Node;

impl Comparison<'_> {
    /// Adds a change of `deprecated`, and of the date after which something deprecated can be removed.
    pub(super) fn deprecation(&mut self, place: &Place, (old, new): (&Node, &Node)) {
        let sunset = |node: &Node| json(node, "x-sunset");
        match (old.is_true("deprecated"), new.is_true("deprecated")) {
            (false, true) => {
                let until = sunset(new).as_str().map_or_else(String::new, |date| format!(", until {date}"));
                let how = format!("is now deprecated{until}");
                self.add(place, ChangeSeverity::Notice, "deprecated", &how, At::key("deprecated", old, new));
            }
            (true, false) => {
                let (kind, how) = ("no-longer-deprecated", "is no longer deprecated");
                self.add(place, ChangeSeverity::Notice, kind, how, At::key("deprecated", old, new));
            }
            _ => {
                let how = format!("the x-sunset was {} and is {}", display(&sunset(old)), display(&sunset(new)));
                self.compare_key(place, "x-sunset", (ChangeSeverity::Notice, "sunset-changed"), &how, (old, new));
            }
        }
    }

    /// Returns the kind, the severity and the words for the removal of something, which may have been announced.
    pub(super) fn removal(
        &self,
        node: &Node,
        [plain, before, after]: [&'static str; 3],
    ) -> (ChangeSeverity, &'static str, String) {
        let sunset = node.get_str("x-sunset").filter(|_| node.is_true("deprecated"));
        match sunset.map(|date| (date, date.get(..10).unwrap_or(date))) {
            Some((date, day)) if is_date(day) && day <= self.settings.today => {
                (ChangeSeverity::Notice, after, format!("was removed, as its x-sunset of {date} announced"))
            }
            Some((date, _)) => (ChangeSeverity::Breaking, before, format!("was removed before its x-sunset of {date}")),
            None if node.is_true("deprecated") => {
                (ChangeSeverity::Breaking, plain, "was removed; it was deprecated without an x-sunset".to_owned())
            }
            None => (ChangeSeverity::Breaking, plain, "was removed".to_owned()),
        }
    }
}

fn is_date(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.len() == 10
        && digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && text.bytes().filter(|byte| *byte == b'-').count() == 2
}
