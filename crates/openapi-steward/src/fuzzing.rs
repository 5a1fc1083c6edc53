//! The entry point of fuzz targets.

use std::path::Path;

use crate::diff::{self, DocumentVersion, Settings as DiffSettings};
use crate::document::{Document, Source, lowered, read_document};
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
    for format in
        [Format::Human, Format::Json, Format::Github, Format::Gitlab, Format::Sarif, Format::Junit, Format::Html]
    {
        let report = report::render(&parts, format, &|_| None);
        assert!(format != Format::Json || serde_json::from_str::<serde_json::Value>(&report).is_ok(), "{report}");
    }
    findings.len()
}

/// Compares two documents, renders the changes in every format, and returns their number.
///
/// The first byte 0 separates the documents; without one, the old document is empty of everything but its version. A text that
/// is not YAML has no changes, because the command refuses it before it compares.
#[must_use]
pub fn compare(bytes: &[u8]) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let (old, new) = text.split_once('\0').unwrap_or(("openapi: 3.0.3\n", text));
    let (old, new) = (Source::new("old.yaml", old), Source::new("new.yaml", new));
    let version = |source: &Source| {
        let (root, _) = read_document(source).ok()?;
        Some(DocumentVersion { document: Document { root: lowered(&root) }, items: None })
    };
    let (Some(before), Some(after)) = (version(&old), version(&new)) else { return 0 };
    let formats = Formats::default();
    let changes = diff::changes(&before, &after, DiffSettings { formats: &formats, today: "2030-01-31" });
    let report = diff::Report { old: &old, new: &new, changes: &changes, versions: &[] };
    for format in
        [diff::Format::Human, diff::Format::Markdown, diff::Format::Json, diff::Format::Github, diff::Format::Html]
    {
        let text = report.render(format);
        assert!(format != diff::Format::Json || serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    }
    changes.len()
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

    #[test]
    fn no_pair_of_the_corpus_causes_a_panic() {
        let mut random = Random(0xd1ff);
        let fixtures = [include_str!("../fixtures/rooms.yaml"), include_str!("../fixtures/other.yaml")];
        let rules = RULES.iter().map(|rule| (rule.good, rule.bad));
        let pairs = rules.chain(fixtures.map(|fixture| (fixture, fixture)));
        let found: usize = pairs
            .map(|(old, new)| {
                let pair = |old: &[u8], new: &[u8]| compare(&[old, b"\0", new].concat());
                let mutated = |random: &mut Random| pair(old.as_bytes(), &mutated(new.as_bytes(), random));
                let changed: usize = (0..4).map(|_| mutated(&mut random)).sum();
                pair(old.as_bytes(), new.as_bytes()) + pair(new.as_bytes(), old.as_bytes()) + changed
            })
            .sum();
        assert!(found > RULES.len());
        assert_eq!(compare(b"\xff"), 0);
    }

    #[test]
    fn documents_that_refer_to_themselves_are_compared() {
        let deep = |limit: &str| {
            let schema = |at: usize| {
                format!(
                    "    S{at}: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/S{}' }} }} }}",
                    at + 1
                )
            };
            let chain = (0..5_000).map(schema).collect::<Vec<_>>().join("\n");
            format!(
                "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      responses:\n        '200': \
                 {{ description: d, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/S0' }} }} }} }}\n\
                 components:\n  schemas:\n{chain}\n    S5000: {{ anyOf: [{{ $ref: '#/components/schemas/S0' }}, \
                 {{ type: string, maxLength: {limit} }}, {{ allOf: [{{ $ref: '#/components/schemas/S5000' }}] }}] }}\n"
            )
        };
        assert_eq!(compare(format!("{}\0{}", deep("5"), deep("6")).as_bytes()), 1);
        let selves = "paths: { /a: { get: { responses: { '200': { $ref: '#/components/responses/A' } } } } }\n\
                      components: { responses: { A: { $ref: '#/components/responses/A' } }, schemas: { A: { $ref: '#/components/schemas/A' } } }\n";
        assert_eq!(compare(format!("{selves}\0{selves}").as_bytes()), 0);
    }
}
