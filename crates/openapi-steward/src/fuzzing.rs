//! The entry point of fuzz targets.

use std::path::Path;

use crate::document::Source;
use crate::formats::Formats;
use crate::report::{self, Format, Part};
use crate::rules::{self, Levels, Settings};

/// Validates arbitrary bytes as a document, renders the findings in every format, and returns their number.
///
/// It reads no file: example files of the document are looked for in a folder that does not exist. Bytes that are not UTF-8 have
/// no findings, because the command refuses such a file before it reads the document.
#[must_use]
pub fn validate(bytes: &[u8]) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let source = Source::new("document.yaml", text.to_owned());
    let (formats, levels) = (Formats::default(), Levels::default());
    let settings =
        Settings { directory: Path::new("no-such-folder"), formats: &formats, levels: &levels, strict: false };
    let findings = rules::check(&source, settings).findings;
    let parts = [Part { source: &source, findings: &findings }];
    for format in [Format::Human, Format::Json, Format::Github, Format::Gitlab, Format::Sarif, Format::Junit] {
        let report = report::render(&parts, format);
        assert!(format != Format::Json || serde_json::from_str::<serde_json::Value>(&report).is_ok(), "{report}");
    }
    findings.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    /// A generator of numbers, so that a failure can be repeated.
    struct Random(u64);

    impl Random {
        /// A number below `limit`.
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
        }
    }

    /// Changes a few places of a document as a careless editor would.
    fn mutated(document: &[u8], random: &mut Random) -> Vec<u8> {
        const TEXTS: [&str; 12] =
            ["null", "{}", "[]", "- ", ": ", "\n", "\"", "'", "&a ", "*a", "$ref: '#/paths'\n", "\u{1f6aa}"];
        let mut bytes = document.to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            let end = (at + random.below(40)).min(bytes.len());
            match random.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let copy = bytes[at..end].to_vec();
                    let to = random.below(bytes.len());
                    bytes.splice(to..to, copy);
                }
                2 => drop(bytes.splice(at..at, TEXTS[random.below(TEXTS.len())].bytes())),
                _ => drop(bytes.splice(at..end, TEXTS[random.below(TEXTS.len())].bytes())),
            }
        }
        bytes
    }

    #[test]
    fn no_document_of_the_corpus_causes_a_panic() {
        let mut random = Random(0x5eed);
        let fixtures = [include_str!("../fixtures/rooms.yaml"), include_str!("../fixtures/other.yaml")];
        let corpus = RULES.iter().flat_map(|rule| [rule.bad, rule.good]).chain(fixtures);
        let found: usize = corpus
            .map(|document| {
                let document = document.as_bytes();
                let mutated = (0..6).map(|_| validate(&mutated(document, &mut random))).sum::<usize>();
                validate(document) + mutated
            })
            .sum();
        assert!(found > RULES.len());
        assert_eq!(validate(b"\xff"), 0);
    }
}
