//! Reads `steward.toml`, and refuses what it does not know.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::{
    AcceptedBreak, Command, Config, CrateConfig, Exception, MissingType, RustDifference, RustReplacement,
    VendorDifference,
};
use crate::document::Source;
use crate::files;
use crate::formats::{CustomFormat, Formats};
use crate::outcome::CouldNotRun;

/// The name of the file, in the folder of the document.
pub(crate) const FILE: &str = "steward.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[derive(Default)]
struct File {
    command: Option<String>,
    document: Option<String>,
    schemas: Option<String>,
    formats: Vec<CustomFormat>,
    crates: Vec<CrateEntry>,
    exceptions: Vec<Spanned<ExceptionEntry>>,
    accepted_breaks: Vec<Spanned<BreakEntry>>,
    vendor_differences: Vec<VendorEntry>,
    rust_differences: Vec<Spanned<RustEntry>>,
    rust_replacements: Vec<Spanned<ComponentEntry>>,
    missing_types: Vec<Spanned<ComponentEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CrateEntry {
    path: String,
    generated: Option<String>,
    public_api: Option<String>,
    reexports: Option<String>,
    #[serde(default = "yes")]
    diff: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionEntry {
    rule: String,
    at: Option<String>,
    #[expect(dead_code, reason = "it is for those who read the file")]
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BreakEntry {
    what: String,
    how: String,
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VendorEntry {
    /// Empty for a difference that the comparison cannot see.
    #[serde(default)]
    differences: Vec<Spanned<String>>,
    #[expect(dead_code, reason = "it is for those who read the file")]
    here: String,
    #[expect(dead_code, reason = "it is for those who read the file")]
    there: String,
    #[expect(dead_code, reason = "it is for those who read the file")]
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RustEntry {
    place: String,
    fact: String,
    document: String,
    rust: String,
    #[expect(dead_code, reason = "it is for those who read the file")]
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComponentEntry {
    component: String,
    #[expect(dead_code, reason = "it is for those who read the file")]
    reason: Reason,
}

/// The reason for an entry, which cannot be empty.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Reason(String);

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(reason: String) -> Result<Self, Self::Error> {
        if reason.trim().is_empty() {
            Err("the reason is empty: say why the entry is needed")
        } else {
            Ok(Self(reason))
        }
    }
}

impl Config {
    /// Reads the `steward.toml` of a folder. A missing file is an empty configuration.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, CouldNotRun> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(Source { path: path.display().to_string(), text }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(files::failed("read", &path, &error)),
        }
    }

    pub(crate) fn parse(source: Source) -> Result<Self, CouldNotRun> {
        let file: File = toml::from_str(&source.text).map_err(|error| explain(&source, &error))?;
        Ok(Self {
            command: file.command.map_or_else(Command::default, Command),
            document: file.document,
            schemas: file.schemas,
            formats: Formats::new(file.formats),
            crates: file.crates.into_iter().map(CrateEntry::into_config).collect(),
            exceptions: spanned(file.exceptions, |ExceptionEntry { rule, at, reason: _ }, span| Exception {
                rule,
                at,
                span,
            }),
            accepted_breaks: spanned(file.accepted_breaks, |BreakEntry { what, how, reason }, span| AcceptedBreak {
                what,
                how,
                reason: reason.0,
                span,
            }),
            vendor_differences: file.vendor_differences.into_iter().map(VendorEntry::into_config).collect(),
            rust_differences: spanned(file.rust_differences, |entry, span| {
                let RustEntry { place, fact, document, rust, reason: _ } = entry;
                RustDifference { place, fact, document, rust, span }
            }),
            rust_replacements: spanned(file.rust_replacements, |ComponentEntry { component, reason: _ }, span| {
                RustReplacement { component, span }
            }),
            missing_types: spanned(file.missing_types, |ComponentEntry { component, reason: _ }, span| MissingType {
                component,
                span,
            }),
            source,
        })
    }
}

impl CrateEntry {
    fn into_config(self) -> CrateConfig {
        let Self { path, generated, public_api, reexports, diff } = self;
        CrateConfig { path, generated, public_api, reexports, diff }
    }
}

impl VendorEntry {
    fn into_config(self) -> VendorDifference {
        let differences = spanned(self.differences, |name, span| (name, span));
        VendorDifference { differences }
    }
}

fn spanned<T, U>(entries: Vec<Spanned<T>>, make: impl Fn(T, Range<usize>) -> U) -> Vec<U> {
    let make = |entry: Spanned<T>| {
        let span = entry.span();
        make(entry.into_inner(), span)
    };
    entries.into_iter().map(make).collect()
}

/// The error of a file that is not as it should be, with the line.
fn explain(source: &Source, error: &toml::de::Error) -> CouldNotRun {
    let line = error.span().map_or(1, |span| source.position(span.start).line);
    CouldNotRun(format!("{}:{line}: {}", source.path, error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(Source { path: "steward.toml".to_owned(), text: text.to_owned() }).map_err(|error| error.0)
    }

    #[test]
    fn an_empty_file_is_an_empty_configuration() -> Result<(), String> {
        let config = parse("")?;
        assert!(config.crates.is_empty() && config.command.to_string() == "openapi-steward");
        Ok(())
    }

    #[test]
    fn an_entry_knows_its_line() -> Result<(), String> {
        let text = "# Breaks.\n\n[[accepted-breaks]]\nwhat = \"Room.sid\"\nhow = \"is gone\"\nreason = \"Unused.\"\n";
        let config = parse(text)?;
        let lines: Vec<usize> =
            config.accepted_breaks.iter().map(|entry| config.source.position(entry.span.start).line).collect();
        assert_eq!(lines, [3]);
        Ok(())
    }

    #[test]
    fn an_unknown_key_and_a_missing_reason_are_named_with_their_line() {
        let unknown = parse("command = \"x\"\n\nexeptions = []\n").err().unwrap_or_default();
        assert!(unknown.starts_with("steward.toml:3: unknown field `exeptions`"), "{unknown}");
        let missing = parse("[[exceptions]]\nrule = \"house\"\n").err().unwrap_or_default();
        assert!(missing.starts_with("steward.toml:1: missing field `reason`"), "{missing}");
        let empty = parse("[[exceptions]]\nrule = \"house\"\nreason = \" \"\n").err().unwrap_or_default();
        assert!(empty.contains("the reason is empty"), "{empty}");
    }
}
