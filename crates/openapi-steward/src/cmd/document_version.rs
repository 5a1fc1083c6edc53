//! Reads the versions that `diff` compares. Only a file that is no OpenAPI document stops it.

use super::api::items_in;
use super::checked_code::{Refusal, checked_code, name_problem, settings};
use crate::codegen::{self, Scope, Settings, package};
use crate::config::Config;
use crate::diff::DocumentVersion;
use crate::document::{Document, Node, ReadFindings, Source, Value, lowered, read_document};
use crate::outcome::CouldNotRun;
use crate::project::Package;
use crate::rules::{self, Checked};
use crate::rust_api::Sources;
use crate::text::count;

/// The crate that is generated from the document.
pub(crate) struct Generated<'a> {
    name: &'a str,
    /// The file of generated code, below `src`.
    file: &'a str,
    /// The hand-written part. Missing for the crate that `generate --out` writes, whose part depends on the generated code.
    sources: Option<Sources>,
}

impl<'a> Generated<'a> {
    pub(crate) fn of(packages: &'a [Package]) -> Result<Option<Self>, CouldNotRun> {
        let generated = packages.iter().find_map(|package| Some((package, package.config.generated.as_deref()?)));
        let Some((package, file)) = generated else { return Ok(None) };
        let file = file.strip_prefix("src/").unwrap_or(file);
        Ok(Some(Self { name: &package.name, file, sources: Some(package.sources()?) }))
    }

    /// The crate that `generate --out` writes.
    pub(super) fn standalone() -> Self {
        Self { name: "the client", file: "generated.rs", sources: None }
    }

    /// Lists the public items of the crate with this generated code.
    fn items(&self, code: String) -> Result<Vec<String>, CouldNotRun> {
        let mut sources = self.sources.clone().unwrap_or_else(|| {
            let runtime = package::runtime(&code).map(|(name, text)| (format!("runtime/{name}"), text));
            runtime.chain([("lib.rs".to_owned(), package::lib(&code))]).collect()
        });
        sources.insert(self.file.to_owned(), code);
        items_in(self.name, &sources)
    }
}

/// A version of a document, and the reason why the items of its crate are unknown.
#[derive(Debug)]
pub(crate) struct ReadVersion {
    pub(crate) version: DocumentVersion,
    /// `3 errors, such as …`, if the generator cannot take the document.
    pub(crate) refusal: Option<String>,
}

/// Reads one version of a document, with the public items of its generated crate.
pub(crate) fn document_version(
    source: &Source,
    config: &Config,
    generated: Option<&Generated<'_>>,
) -> Result<ReadVersion, CouldNotRun> {
    let (root, read) = read(source)?;
    let Some(generated) = generated else {
        let document = Document { root: lowered(&root) };
        return Ok(ReadVersion { version: DocumentVersion { document, items: None }, refusal: None });
    };
    let Checked { document, stopping, .. } = rules::structure_for_generator(root, read, source);
    let code = if stopping.is_empty() {
        // The other version can have other places.
        let names = codegen::existing_names(&document.root, &config.names);
        let settings = Settings { names: &names, ..settings(config, Scope::Client) };
        checked_code(&document, settings).map(|generated| generated.code)
    } else {
        Err(Refusal::Findings(stopping))
    };
    match code {
        Ok(code) => {
            let items = Some(generated.items(code)?);
            Ok(ReadVersion { version: DocumentVersion { document, items }, refusal: None })
        }
        Err(Refusal::Name(problem)) => {
            let refusal = Some(name_problem(config, &problem).0);
            Ok(ReadVersion { version: DocumentVersion { document, items: None }, refusal })
        }
        Err(Refusal::Findings(findings)) => {
            let first = findings.first().map(|finding| {
                let line = source.position(finding.span.start).line;
                format!(
                    "{} in {}, the first in line {line}: {}",
                    count(findings.len(), "error"),
                    source.path,
                    finding.message
                )
            });
            let refusal = first.or_else(|| Some(format!("the generator does not support {}", source.path)));
            Ok(ReadVersion { version: DocumentVersion { document, items: None }, refusal })
        }
    }
}

/// Reads a document regardless of its findings. The error says why it is not an OpenAPI document.
fn read(source: &Source) -> Result<(Node, ReadFindings), CouldNotRun> {
    let (root, findings) = read_document(source).map_err(|finding| {
        let position = source.position(finding.span.start);
        let help = finding.help.map(|help| format!("; {help}")).unwrap_or_default();
        CouldNotRun(format!("{}:{}:{}: {}{help}", source.path, position.line, position.column, finding.message))
    })?;
    let refuse = |why: &str| Err(CouldNotRun(format!("{} is not an OpenAPI 3 document: {why}", source.path)));
    match &root.value {
        Value::Map(_) if root.get("swagger").is_some() => refuse("it is written in Swagger 2.0; convert it first"),
        Value::Map(_) if root.get("openapi").is_some() || root.get("paths").is_some() => Ok((root, findings)),
        Value::Map(_) => refuse("it has neither `openapi` nor `paths`"),
        _ => refuse("it is not a map"),
    }
}
