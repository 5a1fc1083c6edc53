//! The templates of paths, such as `/rooms/{Sid}`.

use std::cmp::Ordering;

/// The names in the braces of a path, in their order.
pub(super) fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|text| text.split_once('}')).map(|(name, _)| name)
}

/// The path without the names in its braces, which do not appear in a URL.
pub(super) fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("{}");
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}

/// A segment of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment<'p> {
    /// The text before the first parameter, or all of it.
    prefix: &'p str,
    /// The text after the last parameter. Missing for a segment without a parameter.
    suffix: Option<&'p str>,
}

impl<'p> Segment<'p> {
    pub(super) fn all(path: &'p str) -> impl Iterator<Item = Self> {
        path.trim_start_matches('/').split('/').map(|text| match (text.split_once('{'), text.rsplit_once('}')) {
            (Some((prefix, _)), Some((_, suffix))) => Self { prefix, suffix: Some(suffix) },
            _ => Self { prefix: text, suffix: None },
        })
    }

    /// Compares how specific two segments are. `None` means that no text matches both.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match (self.suffix, other.suffix) {
            (None, None) => (self.prefix == other.prefix).then_some(Ordering::Equal),
            (None, Some(_)) => other.matches(self.prefix).then_some(Ordering::Greater),
            (Some(_), None) => self.matches(other.prefix).then_some(Ordering::Less),
            (Some(suffix), Some(other_suffix)) => {
                let prefixes = self.prefix.starts_with(other.prefix) || other.prefix.starts_with(self.prefix);
                let suffixes = suffix.ends_with(other_suffix) || other_suffix.ends_with(suffix);
                let fixed = (self.prefix.len() + suffix.len()).cmp(&(other.prefix.len() + other_suffix.len()));
                (prefixes && suffixes).then_some(fixed)
            }
        }
    }

    fn matches(self, text: &str) -> bool {
        let suffix = self.suffix.unwrap_or_default();
        text.len() > self.prefix.len() + suffix.len() && text.starts_with(self.prefix) && text.ends_with(suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_names_and_a_form_without_them() {
        assert_eq!(names("/a/{x}/b{y}.{z}").collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(without_names("/a/{x}/b{y}.json"), "/a/{}/b{}.json");
        assert_eq!(without_names("/a/{x"), "/a/{}x");
    }

    #[test]
    fn fixed_text_makes_a_segment_more_specific() {
        let segment = |text| Segment::all(text).next();
        let compare = |one, other| segment(one).zip(segment(other)).and_then(|(one, other)| one.compare(other));
        assert_eq!(compare("a", "{x}"), Some(Ordering::Greater));
        assert_eq!(compare("{x}", "{y}"), Some(Ordering::Equal));
        assert_eq!(compare("{x}", "{y}.json"), Some(Ordering::Less));
        assert_eq!(compare("{x}.xml", "{y}.json"), None);
        assert_eq!(compare("a", "b"), None);
        assert_eq!(compare("a.json", "{x}.json"), Some(Ordering::Greater));
        assert_eq!(compare(".json", "{x}.json"), None);
    }
}
