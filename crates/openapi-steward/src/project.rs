//! A document with its `steward.toml`, and the crates that belong to it.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::config::{Command, Config, CrateConfig, FILE};
use crate::diff::Version;
use crate::document::{Document, Source};
use crate::files;
use crate::outcome::CouldNotRun;
use crate::rules;
use crate::text::count;

/// A document and the `steward.toml` beside it.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) source: Source,
    pub(crate) config: Config,
    /// The folder of the document.
    pub(crate) folder: PathBuf,
}

impl Project {
    /// Opens this document, or the one that the nearest `steward.toml` names.
    pub(crate) fn open(document: Option<&Path>) -> Result<Self, CouldNotRun> {
        let path = match document {
            Some(path) => path.to_path_buf(),
            None => find()?,
        };
        let folder = folder(&path);
        let config = Config::in_folder(&folder)?;
        Ok(Self { source: Source::read(&path)?, config, folder })
    }

    /// Reads the document. The error for an invalid document names `validate`, which shows the findings.
    pub(crate) fn parse(&self) -> Result<Document, CouldNotRun> {
        parse(&self.source, &self.config.command)
    }

    /// A path of `steward.toml`, which is relative to its folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        normalize(&self.folder.join(relative))
    }

    /// The crates that `steward.toml` names.
    pub(crate) fn packages(&self) -> Result<Vec<Package>, CouldNotRun> {
        self.config.crates.iter().map(|config| Package::open(self, config)).collect()
    }
}

/// Reads a document. The error for an invalid document names `validate`, which shows the findings.
pub(crate) fn parse(source: &Source, command: &Command) -> Result<Document, CouldNotRun> {
    rules::parse(source).map_err(|findings| {
        let errors = count(findings.len(), "error");
        CouldNotRun(format!("{errors} in {0}: run `{command} validate {0}` and fix them first", source.path))
    })
}

/// Finds the document that the nearest `steward.toml` names.
fn find() -> Result<PathBuf, CouldNotRun> {
    let here =
        env::current_dir().map_err(|error| CouldNotRun(format!("cannot determine the current folder: {error}")))?;
    let candidates = here.ancestors().flat_map(|ancestor| [ancestor.to_path_buf(), ancestor.join("spec")]);
    let Some(folder) = candidates.into_iter().find(|folder| folder.join(FILE).is_file()) else {
        return Err(CouldNotRun(format!(
            "no document was given, and there is no {FILE} in this folder, in its folder `spec`, or in a folder above: name the document \
             on the command line, or write the file with `openapi-steward init`"
        )));
    };
    let folder = folder.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(folder);
    let config = Config::in_folder(&folder)?;
    match &config.document {
        Some(document) => Ok(folder.join(document)),
        None => Err(CouldNotRun(format!(
            "no document was given, and {} does not name one: add `document = \"…\"` to it",
            config.source.path
        ))),
    }
}

/// Returns the folder of a file.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Removes `.` from a path, and `..` where a folder before it allows that.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            component => normal.push(component),
        }
    }
    normal
}

/// A crate of the repository.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) config: CrateConfig,
    pub(crate) version: Option<Version>,
}

impl Package {
    fn open(project: &Project, config: &CrateConfig) -> Result<Self, CouldNotRun> {
        let folder = project.path(&config.path);
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| files::failed("read", &manifest, &error))?;
        let (name, version) = name_and_version(&text, |ancestor| fs::read_to_string(folder.join(ancestor)).ok())
            .ok_or_else(|| {
                CouldNotRun(format!(
                    "{} has no `package.name`: `path` below `crates` in steward.toml must be the folder of a crate",
                    manifest.display()
                ))
            })?;
        Ok(Self { name, folder, config: config.clone(), version })
    }

    /// The source files of the crate, by their path below `src`.
    pub(crate) fn sources(&self) -> Result<crate::rust_api::Sources, CouldNotRun> {
        let mut sources = crate::rust_api::Sources::new();
        read_sources(&self.folder.join("src"), "", &mut sources)?;
        Ok(sources)
    }
}

/// Reads the name and the version from a manifest. `read` reads the manifest of the workspace, from a path relative to the crate.
pub(crate) fn name_and_version(
    manifest: &str,
    read: impl Fn(&str) -> Option<String>,
) -> Option<(String, Option<Version>)> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let package = manifest.get("package")?.as_table()?;
    let name = package.get("name")?.as_str()?.to_owned();
    let version = match package.get("version") {
        Some(toml::Value::String(version)) => Version::parse(version),
        _ => ["../Cargo.toml", "../../Cargo.toml", "../../../Cargo.toml"].into_iter().find_map(|path| {
            let workspace: toml::Table = read(path)?.parse().ok()?;
            Version::parse(workspace.get("workspace")?.get("package")?.get("version")?.as_str()?)
        }),
    };
    Some((name, version))
}

fn read_sources(folder: &Path, path: &str, sources: &mut crate::rust_api::Sources) -> Result<(), CouldNotRun> {
    for entry in fs::read_dir(folder).map_err(|error| files::failed("read", folder, &error))? {
        let entry = entry.map_err(|error| files::failed("read", folder, &error))?;
        let (entry_path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if entry_path.is_dir() {
            read_sources(&entry_path, &format!("{path}{name}/"), sources)?;
        } else if entry_path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&entry_path).map_err(|error| files::failed("read", &entry_path, &error))?;
            sources.insert(format!("{path}{name}"), text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_normalized() {
        for (path, normal) in
            [("spec/../crates/a", "crates/a"), ("./../crates/a", "../crates/a"), ("/x/spec/../a", "/x/a"), ("./a", "a")]
        {
            assert_eq!(normalize(Path::new(path)), Path::new(normal));
        }
    }

    #[test]
    fn a_version_comes_from_the_crate_or_from_its_workspace() {
        let workspace =
            |path: &str| (path == "../../Cargo.toml").then(|| "[workspace.package]\nversion = \"1.2.3\"\n".to_owned());
        let version = |manifest: &str| name_and_version(manifest, workspace).and_then(|(_, version)| version);
        assert_eq!(version("[package]\nname = \"a\"\nversion = \"0.2.0\"\n"), Version::parse("0.2.0"));
        assert_eq!(version("[package]\nname = \"a\"\nversion.workspace = true\n"), Version::parse("1.2.3"));
        assert_eq!(name_and_version("[package]\n", workspace), None);
    }
}
