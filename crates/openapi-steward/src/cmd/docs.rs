//! `docs`: writes the reference of a document as a page.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::DocsArgs;
use super::findings::refuse;
use super::shell::Shell;
use crate::document::{self, Version, read_document};
use crate::files;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::Project;
use crate::reference::{self, Downloads, Input, Template};
use crate::text::count;

pub(super) fn run(args: &DocsArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from("reference.html"));
    let project = Project::open(args.document.as_deref())?;
    let source = &project.source;
    // A document with errors has a page as well: `validate` is the command that reports them.
    let root = match read_document(source) {
        Ok((root, _)) => root,
        Err(finding) => return Ok(refuse(&[finding], source, "no page was written", shell)),
    };
    if root.get("openapi").is_none() {
        return Err(CouldNotRun(format!(
            "{} has no `openapi`: name a document of OpenAPI 3.0, 3.1 or 3.2",
            source.path
        )));
    }
    let lowered = if Version::of(&root).has_json_schema() { document::lowered(&root) } else { root };
    let template = args.rust_template.as_deref().map(template).transpose()?;
    let name = Path::new(&source.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    let downloads = Downloads::of(&name, source.document_text(), &lowered, &stem);
    let beside: Vec<(String, String)> =
        downloads.beside().map(|(name, content)| (name.to_owned(), content.to_owned())).collect();
    let home = args.home.as_deref().map(|target| ("Home", target));
    let input = Input { root: &lowered, folder: &project.folder, template: template.as_ref(), downloads, home };
    let page = reference::page(&input);
    files::write(&output, &page)?;
    for (name, content) in &beside {
        files::write(&output.with_file_name(name), content)?;
    }
    let size = page.len().div_ceil(1000);
    let more =
        if beside.is_empty() { String::new() } else { format!(", with {} beside it", count(beside.len(), "file")) };
    let seconds = started.elapsed().as_secs_f64();
    shell.status("Wrote", format_args!("{}, {size} kB{more} in {seconds:.2}s", output.display()));
    Ok(Outcome::Success)
}

fn template(path: &Path) -> Result<Template, CouldNotRun> {
    let text = fs::read_to_string(path).map_err(|error| files::failed("read", path, &error))?;
    Template::parse(&text).map_err(|error| CouldNotRun(format!("{}: {error}", path.display())))
}
