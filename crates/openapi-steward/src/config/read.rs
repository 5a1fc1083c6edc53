//! Reads `steward.toml`. Unknown keys and wrong values are errors that name the line and the key.

use std::fmt::Write;
use std::fs;
use std::io;
use std::ops::Range;

use serde::Deserialize;
use serde_path_to_error::{Path, Segment};
use toml::Spanned;

use super::change_entries::{BreakEntry, SeverityEntry, severities};
use super::difference_entries::{ComponentEntry, RustEntry, VendorEntry};
use super::entries::CrateConfig;
use super::model::{Command, Config};
use super::reason::Reason;
use crate::document::Source;
use crate::files;
use crate::formats::{CustomFormat, Formats};
use crate::outcome::CouldNotRun;
use crate::rules::{Level, LevelEntry};
use crate::rust_names::RustName;

/// The name of the file, which is in the folder of the document.
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
    levels: Vec<Spanned<LevelText>>,
    accepted_breaks: Vec<Spanned<BreakEntry>>,
    change_severities: Vec<Spanned<SeverityEntry>>,
    vendor_differences: Vec<VendorEntry>,
    names: Vec<Spanned<NameEntry>>,
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
    #[serde(default = "enabled")]
    diff: bool,
}

fn enabled() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelText {
    level: LevelName,
    rule: String,
    at: Option<String>,
    #[expect(dead_code, reason = "only readers of the file need it")]
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameEntry {
    at: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum LevelName {
    Deny,
    Warn,
    Allow,
}

impl Config {
    /// Reads the `steward.toml` of a folder. A missing file is an empty configuration.
    pub(crate) fn in_folder(folder: &std::path::Path) -> Result<Self, CouldNotRun> {
        let path = folder.join(FILE);
        let path = path.strip_prefix(".").unwrap_or(&path);
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(Source::new(path.display().to_string(), text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(files::failed("read", path, &error)),
        }
    }

    pub(crate) fn parse(source: Source) -> Result<Self, CouldNotRun> {
        let deserializer = toml::Deserializer::parse(&source.text).map_err(|error| explain(&source, None, &error))?;
        let file: File = serde_path_to_error::deserialize(deserializer)
            .map_err(|error| explain(&source, Some(error.path()), error.inner()))?;
        Ok(Self {
            command: file.command.map_or_else(Command::default, Command),
            document: file.document,
            schemas: file.schemas,
            formats: Formats::new(file.formats),
            crates: file.crates.into_iter().map(CrateEntry::into_config).collect(),
            levels: levels(file.levels, &source)?,
            accepted_breaks: spanned(file.accepted_breaks, BreakEntry::into_accepted),
            change_severities: severities(file.change_severities, &source)?,
            vendor_differences: file.vendor_differences.into_iter().map(VendorEntry::into_config).collect(),
            names: spanned(file.names, NameEntry::into_name),
            rust_differences: spanned(file.rust_differences, RustEntry::into_difference),
            rust_replacements: spanned(file.rust_replacements, ComponentEntry::into_replacement),
            missing_types: spanned(file.missing_types, ComponentEntry::into_missing_type),
            source,
        })
    }
}

/// The levels of findings. The error names the line with an unknown rule.
fn levels(texts: Vec<Spanned<LevelText>>, source: &Source) -> Result<Vec<LevelEntry>, CouldNotRun> {
    let entry = |text: Spanned<LevelText>| {
        let span = text.span();
        let LevelText { level, rule, at, reason: _ } = text.into_inner();
        let level = match level {
            LevelName::Deny => Level::Deny,
            LevelName::Warn => Level::Warn,
            LevelName::Allow => Level::Allow,
        };
        let line = source.position(span.start).line;
        LevelEntry::new(level, &rule, at.as_deref(), Some(span))
            .map_err(|error| CouldNotRun(format!("{}:{line}: {error}", source.path)))
    };
    texts.into_iter().map(entry).collect()
}

impl CrateEntry {
    fn into_config(self) -> CrateConfig {
        let Self { path, generated, public_api, reexports, diff } = self;
        CrateConfig { path, generated, public_api, reexports, diff }
    }
}

impl NameEntry {
    fn into_name(self, span: Range<usize>) -> RustName {
        RustName { at: self.at.trim_start_matches('#').to_owned(), name: self.name, span }
    }
}

fn spanned<T, U>(entries: Vec<Spanned<T>>, make: impl Fn(T, Range<usize>) -> U) -> Vec<U> {
    let make = |entry: Spanned<T>| {
        let span = entry.span();
        make(entry.into_inner(), span)
    };
    entries.into_iter().map(make).collect()
}

/// Explains an error with its line and its key: ``steward.toml:3: `formats[0].rust`: missing field …``.
fn explain(source: &Source, path: Option<&Path>, error: &toml::de::Error) -> CouldNotRun {
    let line = error.span().map_or(1, |span| source.position(span.start).line);
    let key = path.map(key).filter(|key| !key.is_empty()).map_or_else(String::new, |key| format!("`{key}`: "));
    // The names of Rust types mean nothing to authors of the file.
    let message = error
        .message()
        .trim_end()
        .replace("expected i64", "expected an integer")
        .replace("expected a sequence", "expected an array");
    CouldNotRun(format!("{}:{line}: {key}{message}", source.path))
}

/// The key at a path, without the segments that `toml::Spanned` adds to it.
fn key(path: &Path) -> String {
    let mut key = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                let _ = write!(key, "[{index}]");
            }
            Segment::Map { key: name } if !name.starts_with('$') => {
                key.push_str(if key.is_empty() { "" } else { "." });
                key.push_str(name);
            }
            _ => {}
        }
    }
    key
}

/// The keys of the file, and of each table in it, as the reader names them.
#[cfg(test)]
pub(crate) fn known_keys() -> Vec<(String, Vec<String>)> {
    let keys = |table: &str| {
        let header = if table.is_empty() { String::new() } else { format!("[[{table}]]\n") };
        let error = Config::parse(Source::new(FILE, format!("{header}unknown-key = 1\n")));
        let error = error.err().map(|error| error.0).unwrap_or_default();
        let (_, keys) = error.split_once("expected ").unwrap_or_default();
        keys.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let is_table = |key: &String| Config::parse(Source::new(FILE, format!("{key} = []\n"))).is_ok();
    let tables: Vec<String> = keys("").into_iter().filter(is_table).collect();
    std::iter::once(String::new()).chain(tables).map(|table| (table.clone(), keys(&table))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(Source::new("steward.toml", text.to_owned())).map_err(|error| error.0)
    }

    #[test]
    fn an_empty_file_is_an_empty_configuration() -> Result<(), String> {
        let config = parse("")?;
        assert!(config.crates.is_empty() && config.command.to_string() == "openapi-steward");
        Ok(())
    }

    #[test]
    fn an_entry_has_its_line() -> Result<(), String> {
        let text =
            "# Breaks.\n\n[[accepted-breaks]]\nitem = \"Room.sid\"\nchange = \"was removed\"\nreason = \"Unused.\"\n";
        let config = parse(text)?;
        let lines: Vec<usize> =
            config.accepted_breaks.iter().map(|entry| config.source.position(entry.span.start).line).collect();
        assert_eq!(lines, [3]);
        Ok(())
    }

    #[test]
    fn the_readme_documents_every_key() {
        let readme = include_str!("../../README.md");
        assert!(known_keys().len() > 7);
        for (table, keys) in known_keys() {
            assert!(keys.len() > 1, "the keys of [[{table}]] are unknown");
            for key in keys {
                let is_documented = readme.contains(&format!("`{key}`")) || readme.contains(&format!("[[{key}]]"));
                assert!(is_documented, "`{key}` of [[{table}]] is not in README.md");
            }
        }
    }

    #[test]
    fn the_examples_in_the_readme_are_valid() -> Result<(), String> {
        let readme = include_str!("../../README.md");
        let blocks = readme.split("```toml\n").skip(1).filter_map(|text| text.split_once("```"));
        let mut examples = blocks.map(|(toml, _)| toml).filter(|toml| !toml.contains("[dependencies]"));
        let names = parse(examples.next().unwrap_or_default())?.names;
        assert_eq!(names.first().map(|entry| entry.at.as_str()), Some("/components/schemas/Room/properties/status"));
        let config = parse(examples.next().unwrap_or_default())?;
        assert_eq!((config.crates.len(), config.levels.len(), config.formats.custom().len()), (1, 1, 1));
        assert_eq!(examples.next(), None);
        Ok(())
    }

    #[test]
    fn an_error_names_the_line_the_key_and_the_expected_value() {
        let errors = [
            "command = \"x\"\n\nexeptions = []\n",
            "command = 5\n",
            "document = \"rooms.yaml\n",
            "[[formats]]\nformat = \"seconds\"\ntype = \"number\"\nrust = \"crate::Seconds\"\n",
            "[[formats]]\nformat = \"seconds\"\ntype = \"integer\"\nrust = \"crate::Seconds\"\nminimum = \"0\"\n",
            "[[crates]]\npath = \"a\"\n\n[[crates]]\npath = \"b\"\ndiff = \"no\"\n",
            "[[crates]]\ngenerated = \"src/generated.rs\"\n",
            "[[levels]]\nlevel = \"allow\"\nrule = \"style\"\n",
            "[[levels]]\nlevel = \"allow\"\nrule = \"style\"\nreason = \" \"\n",
            "[[levels]]\nlevel = \"forbid\"\nrule = \"style\"\nreason = \"c\"\n",
            "\n[[levels]]\nlevel = \"allow\"\nrule = \"stile\"\nreason = \"c\"\n",
            "[[accepted-breaks]]\nitem = \"Room\"\nchange = 1\nreason = \"Unused.\"\n",
            "[[vendor-differences]]\ndifferences = [1]\ndocument = \"a\"\nvendor = \"b\"\nreason = \"c\"\n",
            "[[rust-differences]]\npath = \"Room\"\nfact = \"type\"\n",
            "[[rust-replacements]]\ncomponent = []\nreason = \"c\"\n",
            "missing-types = 1\n",
            "[[names]]\nat = \"#/components/schemas/Room\"\nreason = \"c\"\n",
        ]
        .map(|text| parse(text).err().unwrap_or_else(|| format!("no error in {text}")));
        insta::assert_snapshot!("errors", errors.join("\n"));
    }
}
