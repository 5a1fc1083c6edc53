//! `init`: writes a `steward.toml` that explains every key, beside a document.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::args::InitArgs;
use super::find_documents::{find_documents, is_openapi};
use super::shell::Shell;
use crate::config::{Command, FILE};
use crate::document::Source;
use crate::files::failed;
use crate::outcome::{CouldNotRun, Outcome};

const TEMPLATE: &str = include_str!("steward.toml.template");
/// The document of `--example`, and its name there.
const EXAMPLE: &str = include_str!("../../fixtures/bookshop.yaml");
const EXAMPLE_NAME: &str = "openapi.yaml";
/// The number of documents that an error lists.
const MAX_CHOICES: usize = 10;

pub(super) fn run(args: &InitArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    run_in(Path::new(""), args, shell)
}

/// Runs the command in a folder, whose name is left out of the output if it is empty.
fn run_in(here: &Path, args: &InitArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let document = match &args.document {
        _ if args.example => here.join(EXAMPLE_NAME),
        Some(path) => given(path)?,
        None => found(here)?,
    };
    let settings = settings(&document)?;
    if args.dry_run {
        shell.out(settings.trim_end());
        return Ok(Outcome::Success);
    }
    let file = document.with_file_name(FILE);
    // Both or none: a document of the user is not an example's.
    if args.example {
        refuse_existing(&file)?;
        create(&document, EXAMPLE)?;
        shell.status("Created", document.display());
    }
    create(&file, &settings)?;
    shell.status("Created", file.display());
    shell.text(next_steps(here, &document));
    Ok(Outcome::Success)
}

/// The document of the command line, if it is one.
fn given(path: &Path) -> Result<PathBuf, CouldNotRun> {
    let source = Source::read(path)?;
    if is_openapi(source.document_text()) {
        return Ok(path.to_path_buf());
    }
    let path = path.display();
    Err(CouldNotRun(format!("{path} is not an OpenAPI document: it has no key `openapi`")))
}

/// The only document in the folder and below it.
fn found(here: &Path) -> Result<PathBuf, CouldNotRun> {
    let command = Command::default();
    let mut documents = find_documents(here)?;
    if documents.len() > 1 {
        let choices = documents.iter().take(MAX_CHOICES).map(|path| format!("\n  {command} init {}", path.display()));
        let mut names: Vec<String> = choices.collect();
        if documents.len() > MAX_CHOICES {
            names.push(format!("\n  and {} more", documents.len() - MAX_CHOICES));
        }
        return Err(CouldNotRun(format!("there are several OpenAPI documents; choose one:{}", names.concat())));
    }
    documents.pop().ok_or_else(|| {
        CouldNotRun(format!(
            "there is no OpenAPI document in this folder and those below it: name one, as in `{command} init ../api.yaml`, or \
             write one to try the commands on with `{command} init --example`"
        ))
    })
}

/// The content of `steward.toml` for a document beside it.
fn settings(document: &Path) -> Result<String, CouldNotRun> {
    let name = document.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
        CouldNotRun(format!("the name of {} is not UTF-8, which {FILE} requires: rename it", document.display()))
    })?;
    Ok(TEMPLATE.replace("{document}", &toml::Value::from(name).to_string()))
}

/// Writes a new file. An existing file stays unchanged.
fn create(path: &Path, content: &str) -> Result<(), CouldNotRun> {
    refuse_existing(path)?;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(content.as_bytes())).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => failed("write", path, &error),
    })
}

fn refuse_existing(path: &Path) -> Result<(), CouldNotRun> {
    if path.symlink_metadata().is_ok() { Err(exists(path)) } else { Ok(()) }
}

fn exists(path: &Path) -> CouldNotRun {
    let (path, command) = (path.display(), Command::default());
    CouldNotRun(format!(
        "{path} exists, and `init` overwrites nothing; `{command} init --dry-run` prints the new content"
    ))
}

/// The commands to run next. They name the document if they would not find it.
fn next_steps(here: &Path, document: &Path) -> String {
    let folder = document.strip_prefix(here).unwrap_or(document).parent().unwrap_or(document);
    let is_found = [Path::new(""), Path::new("spec")].contains(&folder);
    let argument = if is_found { String::new() } else { format!(" {}", document.display()) };
    let command = Command::default();
    let steps = [
        (format!("{command} validate{argument}"), "reports mistakes"),
        (format!("{command} diff{argument} --fail-on breaking"), "lists the changes since the main branch"),
        (format!("{command} generate{argument} --out client"), "writes a Rust client"),
    ];
    let width = steps.iter().map(|(step, _)| step.len()).max().unwrap_or_default();
    let lines: Vec<String> = steps.iter().map(|(step, effect)| format!("  {step:width$}  # {effect}")).collect();
    format!("\nNext:\n\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cmd::{Command, ValidateArgs};
    use crate::config::{self, Config};

    type Result = std::result::Result<(), Box<dyn std::error::Error>>;

    /// A new folder for a test.
    fn folder(name: &str) -> std::io::Result<PathBuf> {
        let folder = std::env::temp_dir().join(format!("steward-{}-init-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    fn read(text: &str) -> std::result::Result<Config, String> {
        Config::parse(Source::new(FILE, text)).map_err(|error| format!("{error}\n{text}"))
    }

    /// Removes the `#` of each example line.
    fn uncommented(text: &str) -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(example) if !example.is_empty() && !example.starts_with(' ') => example.to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Runs `init` in the folder. Returns its output, or its error, without the name of the folder.
    fn init(folder: &Path, args: &InitArgs) -> std::result::Result<String, String> {
        let (shell, captured) = Shell::captured();
        let result = run_in(folder, args, &shell);
        let clean = |text: String| text.replace(&format!("{}/", folder.display()), "");
        result.map(|_| clean(captured.text())).map_err(|error| clean(error.0))
    }

    #[test]
    fn every_example_line_can_be_uncommented() -> Result {
        let settings = settings(Path::new("spec/books.yaml"))?;
        assert_eq!(read(&settings)?.document.as_deref(), Some("books.yaml"));
        let all = read(&uncommented(&settings))?;
        let entries = [all.levels.len(), all.crates.len(), all.formats.custom().len(), all.missing_types.len()];
        assert_eq!((entries, all.schemas.as_deref()), ([1; 4], Some("schemas")));
        // Each block alone, too.
        let blocks: Vec<&str> = settings.split("\n\n").collect();
        for index in 0..blocks.len() {
            let block =
                |(at, block): (usize, &&str)| if at == index { uncommented(block) } else { (*block).to_owned() };
            read(&blocks.iter().enumerate().map(block).collect::<Vec<_>>().join("\n\n"))?;
        }
        Ok(())
    }

    #[test]
    fn every_key_is_explained() {
        let examples = uncommented(TEMPLATE);
        for (table, keys) in config::known_keys() {
            let header = format!("[[{table}]]\n");
            let block = if table.is_empty() { Some(("", examples.as_str())) } else { examples.split_once(&header) };
            let block = block.map(|(_, rest)| rest.split("\n\n").next().filter(|_| !table.is_empty()).unwrap_or(rest));
            let block = block.unwrap_or_default();
            for key in keys {
                let is_explained = block.lines().any(|line| line.starts_with(&format!("{key} = ")));
                assert!(is_explained || block.contains(&format!("[[{key}]]")), "`{key}` of [[{table}]] is missing");
            }
        }
    }

    #[test]
    fn the_file_is_written_once_and_validate_finds_nothing_in_it() -> Result {
        let folder = folder("once")?;
        fs::create_dir_all(folder.join("api"))?;
        fs::write(folder.join("api/books.yaml"), EXAMPLE.replace("about 480", "480"))?;
        insta::assert_snapshot!("the_output_of_init", init(&folder, &InitArgs::default())?);
        let file = folder.join("api/steward.toml");
        let written = fs::read_to_string(&file)?;
        let (shell, captured) = Shell::captured();
        let document = Some(folder.join("api/books.yaml"));
        let outcome = Command::Validate(ValidateArgs { document, ..ValidateArgs::default() }).run(&shell)?;
        assert!(outcome == Outcome::Success && !captured.text().contains("warning"), "{}", captured.text());
        fs::write(&file, "# Mine.\n")?;
        insta::assert_snapshot!("a_file_that_exists", init(&folder, &InitArgs::default()).err().unwrap_or_default());
        assert_eq!((fs::read_to_string(&file)?.as_str(), written.starts_with("# The settings")), ("# Mine.\n", true));
        Ok(fs::remove_dir_all(&folder)?)
    }

    #[test]
    fn a_dry_run_writes_nothing() -> Result {
        let folder = folder("dry")?;
        let args = InitArgs { dry_run: true, example: true, ..InitArgs::default() };
        assert_eq!(init(&folder, &args)?, "");
        assert_eq!(fs::read_dir(&folder)?.count(), 0);
        Ok(fs::remove_dir_all(&folder)?)
    }

    #[test]
    fn the_example_is_written_into_a_folder_without_a_document() -> Result {
        let folder = folder("example")?;
        let args = InitArgs { example: true, ..InitArgs::default() };
        fs::write(folder.join(FILE), "")?;
        assert!(init(&folder, &args).is_err_and(|error| error.starts_with("steward.toml exists")));
        assert!(!folder.join(EXAMPLE_NAME).exists());
        fs::remove_file(folder.join(FILE))?;
        insta::assert_snapshot!("the_output_with_an_example", init(&folder, &args)?);
        assert!(init(&folder, &args).is_err());
        let (shell, captured) = Shell::captured();
        let document = Some(folder.join(EXAMPLE_NAME));
        Command::Validate(ValidateArgs { document, ..ValidateArgs::default() }).run(&shell)?;
        let output = captured.text().replace(&format!("{}/", folder.display()), "");
        let (finding, _) = output.split_once("\nerror:").unwrap_or_default();
        // The README shows the output.
        assert!(!finding.is_empty() && include_str!("../../README.md").contains(finding), "{output}");
        Ok(fs::remove_dir_all(&folder)?)
    }

    #[test]
    fn an_unclear_document_is_an_error_that_says_what_to_do() -> Result {
        let folder = folder("unclear")?;
        let none = init(&folder, &InitArgs::default()).err().unwrap_or_default();
        for name in ["b.yaml", "a.json", "other.json"] {
            let text = if name == "a.json" { "{\"openapi\": \"3.1.0\"}" } else { "openapi: 3.0.3\n" };
            fs::write(folder.join(name), if name == "other.json" { "{}" } else { text })?;
        }
        let several = init(&folder, &InitArgs::default()).err().unwrap_or_default();
        let given = |name: &str| InitArgs { document: Some(folder.join(name)), ..InitArgs::default() };
        let other = init(&folder, &given("other.json")).err().unwrap_or_default();
        let missing = init(&folder, &given("missing.yaml")).err().unwrap_or_default();
        insta::assert_snapshot!("unclear_documents", [none, several, other, missing].join("\n\n"));
        Ok(fs::remove_dir_all(&folder)?)
    }

    #[test]
    fn any_file_name_is_written_as_toml() -> Result {
        for name in ["it's.yaml", "a \"b\".yaml", "ä\\b.yaml"] {
            assert_eq!(read(&settings(Path::new(name))?)?.document.as_deref(), Some(name));
        }
        Ok(())
    }
}
