//! Versions of a document: files, revisions of git, and standard input.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::diff::Version;
use crate::document::Source;
use crate::outcome::CouldNotRun;
use crate::project::{Package, Project, name_and_version};
use crate::rust_api;

/// A version of a document, and the git revision that it is of.
#[derive(Debug)]
pub(super) struct Revision {
    pub(super) source: Source,
    /// The revision, and the folder to run git in. Missing for a file.
    git: Option<(String, PathBuf)>,
    /// The document has no earlier version, and stands for it itself.
    pub(super) is_first: bool,
}

impl Revision {
    /// Finds the old version of the document of a project: a file, a revision, `REV:PATH` or `-`.
    pub(super) fn base(base: Option<&str>, project: &Project) -> Result<Self, CouldNotRun> {
        let revision = match base {
            Some(text) if text.trim().is_empty() => {
                return Err(CouldNotRun(
                    "--base is empty: name a revision or a file, or leave out --base for the commit where this branch left the main branch".to_owned(),
                ));
            }
            Some(text) if text == "-" || Path::new(text).is_file() || text.contains(':') => return Self::of(text),
            Some(revision) => revision.to_owned(),
            None => match merge_base(&project.folder)? {
                Some(commit) if has_file(project, &commit) => commit,
                _ => return Ok(Self { source: project.source.clone(), git: None, is_first: true }),
            },
        };
        let path = Path::new(&project.source.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self::at(&project.folder, &revision, &name, &path.display().to_string())
    }

    /// Reads a file, `REV:PATH`, or `-` for standard input.
    pub(super) fn of(text: &str) -> Result<Self, CouldNotRun> {
        if text.trim().is_empty() {
            return Err(CouldNotRun("the name of a document is empty: name a file, `REV:PATH`, or `-`".to_owned()));
        }
        if text == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| CouldNotRun(format!("cannot read standard input: {error}")))?;
            let text = String::from_utf8(bytes)
                .map_err(|_| CouldNotRun("standard input is not UTF-8; save the document as UTF-8".to_owned()))?;
            return Ok(Self { source: Source::new("<stdin>", text), git: None, is_first: false });
        }
        let path = Path::new(text);
        match text.split_once(':') {
            Some((revision, name)) if !path.exists() && !revision.is_empty() && !name.is_empty() => {
                let path = Path::new(name);
                let folder = path.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
                let folder = if folder == Path::new("") { Path::new(".") } else { folder };
                let relative = path.strip_prefix(folder).unwrap_or(path).display().to_string();
                Self::at(folder, revision, &relative, name)
            }
            _ => Ok(Self { source: Source::read(path)?, git: None, is_first: false }),
        }
    }

    /// Reads a document at a revision, with the files in its folder that it refers to. `name` is relative to `folder`.
    pub(super) fn at(folder: &Path, revision: &str, name: &str, shown: &str) -> Result<Self, CouldNotRun> {
        if revision.starts_with('-') {
            return Err(CouldNotRun(format!(
                "{revision} is an option of git and not a revision: name a file or a revision"
            )));
        }
        let text = show(folder, revision, name).map_err(|error| {
            let looks_like_file = revision.contains('/') || Path::new(revision).extension().is_some();
            if looks_like_file && git(folder, &["rev-parse", "--verify", "--quiet", revision]).is_err() {
                return CouldNotRun(format!("there is no file and no revision {revision}: name a file or a revision"));
            }
            CouldNotRun(format!("revision {revision} has no {shown}: {error}; name a revision or a file"))
        })?;
        let short = git(folder, &["rev-parse", "--short", revision]).unwrap_or_else(|_| revision.to_owned());
        let parent = Path::new(name).parent().map(|parent| parent.display().to_string()).unwrap_or_default();
        let below =
            |relative: &str| if parent.is_empty() { relative.to_owned() } else { format!("{parent}/{relative}") };
        let source = Source::new(format!("{}:{shown}", short.trim()), text).with_files(|relative| {
            show(folder, revision, &below(relative)).map_err(|_| "the revision does not have the file".to_owned())
        });
        Ok(Self { source, git: Some((revision.to_owned(), folder.to_path_buf())), is_first: false })
    }

    /// Reads a file of a crate at the revision.
    fn file(&self, package: &Package, name: &str) -> Option<String> {
        let (revision, folder) = self.git.as_ref()?;
        let path = Path::new(&package.config.path).join(name);
        show(folder, revision, &path.display().to_string()).ok()
    }

    /// Reads the listed public items of a crate at the revision.
    pub(super) fn items(&self, package: &Package) -> Option<Vec<String>> {
        let list = package.config.public_api.as_deref()?;
        Some(rust_api::from_file(&self.file(package, list)?))
    }

    /// Reads the version of a crate at the revision.
    pub(super) fn version(&self, package: &Package) -> Option<Version> {
        let manifest = self.file(package, "Cargo.toml")?;
        name_and_version(&manifest, |path| self.file(package, path))?.1
    }

    /// Returns whether the version is a revision of git, which has the files of the crates too.
    pub(super) fn is_of_git(&self) -> bool {
        self.git.is_some()
    }
}

/// Reads a file at a revision. Its path is relative to the folder.
fn show(folder: &Path, revision: &str, path: &str) -> Result<String, String> {
    git(folder, &["show", &format!("{revision}:./{path}")])
}

/// Returns the commit where this branch left the main branch. A new repository has none.
fn merge_base(folder: &Path) -> Result<Option<String>, CouldNotRun> {
    git(folder, &["rev-parse", "--git-dir"]).map_err(|error| {
        CouldNotRun(format!("there is no git repository to compare with: name a file with --base ({error})"))
    })?;
    let found = ["origin/main", "main"].iter().find_map(|main| git(folder, &["merge-base", "HEAD", main]).ok());
    // Without a main branch, the base is the last commit.
    let found = found.or_else(|| git(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).ok());
    Ok(found.map(|revision| revision.trim().to_owned()))
}

/// Returns whether a commit has the document of a project.
fn has_file(project: &Project, commit: &str) -> bool {
    let name = Path::new(&project.source.path).file_name().unwrap_or_default().to_string_lossy();
    git(&project.folder, &["cat-file", "-e", &format!("{commit}:./{name}")]).is_ok()
}

/// Runs git in a folder, and returns its output.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    // The repository is only read, and in CI it often belongs to another user.
    command.args(["-c", "safe.directory=*"]).args(arguments).current_dir(folder);
    let output = command.output().map_err(|error| format!("cannot run git: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr).trim().to_owned()) }
}
