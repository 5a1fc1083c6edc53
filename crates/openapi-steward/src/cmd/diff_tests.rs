//! `diff`, `accept` and `history` on files and in a repository of git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use super::shell::Shell;
use super::{AcceptArgs, Command, DiffArgs, FailOn, HistoryArgs};
use crate::outcome::Outcome;

type Tested = Result<(), Box<dyn std::error::Error>>;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: T, version: 1.0.0 }
paths:
  /a:
    get:
      parameters: [{ name: size, in: query, schema: { type: integer, maximum: 100 } }]
      responses: { '200': { description: d } }
";

/// A folder for one test, which is removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("steward-{}-diff-{name}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, text)?;
        Ok(path)
    }

    fn git(&self, arguments: &[&str]) -> std::io::Result<()> {
        let own = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
        let output = Program::new("git").current_dir(&self.0).args(own).args(arguments).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    fn commit(&self, name: &str, text: &str, subject: &str) -> std::io::Result<PathBuf> {
        let path = self.write(name, text)?;
        if !self.0.join(".git").exists() {
            self.git(&["init", "--quiet"])?;
        }
        self.git(&["add", "."])?;
        self.git(&["commit", "--quiet", "--message", subject])?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a command, and returns its outcome or error, and its messages.
fn run(command: &Command) -> (Result<Outcome, String>, String) {
    let (shell, captured) = Shell::captured();
    let result = command.run(&shell).map_err(|error| error.0);
    (result, captured.text())
}

fn two(old: &Path, new: &Path, fail_on: FailOn) -> Command {
    let (document, new, fail_on) = (Some(old.to_path_buf()), Some(new.to_path_buf()), Some(fail_on));
    Command::Diff(DiffArgs { document, new, fail_on, ..DiffArgs::default() })
}

#[test]
fn any_two_documents_are_compared_and_every_severity_can_fail() -> Tested {
    let folder = Folder::new("two")?;
    let old = folder.write("old.yaml", DOCUMENT)?;
    let new = folder.write("new.yaml", &DOCUMENT.replace("maximum: 100", "maximum: 50"))?;
    let (result, messages) = run(&two(&old, &new, FailOn::Breaking));
    assert_eq!(result, Ok(Outcome::Breaking));
    assert!(messages.contains("Left out") && messages.contains("accept it in"), "{messages}");
    assert_eq!(run(&two(&new, &old, FailOn::Notice)).0, Ok(Outcome::Success));
    assert_eq!(run(&two(&new, &old, FailOn::Additive)).0, Ok(Outcome::Breaking));
    assert_eq!(run(&two(&old, &old, FailOn::Documentation)).0, Ok(Outcome::Success));
    let announced = fs::read_to_string(&new)?.replace("version: 1.0.0", "version: 2.0.0");
    let announced = folder.write("announced.yaml", &announced)?;
    assert_eq!(run(&two(&old, &announced, FailOn::Breaking)).0, Ok(Outcome::Success));
    Ok(())
}

#[test]
fn a_document_that_the_rules_refuse_is_compared_and_only_another_file_is_not() -> Tested {
    let folder = Folder::new("refused")?;
    let new = folder.write("new.yaml", DOCUMENT)?;
    let refused =
        DOCUMENT.replace("version: 1.0.0", "version: 1.0.0, contact: 5").replace("maximum: 100", "maximum: 200");
    let refused = folder.write("refused.yaml", &refused)?;
    assert_eq!(run(&two(&refused, &new, FailOn::Breaking)).0, Ok(Outcome::Breaking));
    let with_rust = |old: &Path| {
        let (document, new) = (Some(old.to_path_buf()), Some(new.clone()));
        Command::Diff(DiffArgs { document, new, rust: true, ..DiffArgs::default() })
    };
    let (result, messages) = run(&with_rust(&refused));
    assert_eq!(result, Ok(Outcome::Success));
    assert!(messages.contains("the generated Rust: 1 error in") || messages.contains("errors in"), "{messages}");
    for (text, why) in [
        ("a: [", "a.yaml:1"),
        ("- 1\n", "is not an OpenAPI 3 document: it is not a map"),
        ("a: 1\n", "it has neither `openapi` nor `paths`"),
        ("swagger: '2.0'\npaths: {}\n", "Swagger 2.0"),
    ] {
        let other = folder.write("a.yaml", text)?;
        let error = run(&two(&other, &new, FailOn::Breaking)).0.err().unwrap_or_default();
        assert!(error.contains(why), "{text}: {error}");
    }
    Ok(())
}

#[test]
fn a_base_is_a_revision_or_a_file_and_never_empty() -> Tested {
    let folder = Folder::new("base")?;
    let document = folder.commit("spec.yaml", DOCUMENT, "Add it")?;
    folder.write("spec.yaml", &DOCUMENT.replace("maximum: 100", "maximum: 50"))?;
    let with = |base: &str| {
        let (document, base, fail_on) = (Some(document.clone()), Some(base.to_owned()), Some(FailOn::Breaking));
        run(&Command::Diff(DiffArgs { document, base, fail_on, ..DiffArgs::default() })).0
    };
    assert_eq!(with("HEAD"), Ok(Outcome::Breaking));
    let revision = PathBuf::from(format!("HEAD:{}", document.display()));
    assert_eq!(run(&two(&revision, &document, FailOn::Breaking)).0, Ok(Outcome::Breaking));
    assert!(with("").is_err_and(|error| error.contains("--base is empty")));
    assert!(with("no/such.yaml").is_err_and(|error| error.contains("there is no file and no revision no/such.yaml")));
    assert!(with("HEAD~7").is_err_and(|error| error.contains("HEAD~7")));
    Ok(())
}

#[test]
fn an_accepted_change_passes_and_a_kind_can_have_another_severity() -> Tested {
    let folder = Folder::new("accept")?;
    folder.write("steward.toml", "document = \"spec.yaml\"\n")?;
    let document = folder.commit("spec.yaml", DOCUMENT, "Add it")?;
    folder.write("spec.yaml", &DOCUMENT.replace("maximum: 100", "maximum: 50"))?;
    let diff = |fail_on| {
        let (document, base) = (Some(document.clone()), Some("HEAD".to_owned()));
        run(&Command::Diff(DiffArgs { document, base, fail_on: Some(fail_on), ..DiffArgs::default() }))
    };
    let (result, messages) = diff(FailOn::Breaking);
    assert_eq!(result, Ok(Outcome::Breaking));
    let fingerprint = messages.split("accept ").filter_map(|rest| rest.get(..16)).find(|word| !word.contains(' '));
    let fingerprint = fingerprint.ok_or("the message has no fingerprint")?;
    let accept = |fingerprint: &str| {
        let (fingerprints, reason) = (vec![fingerprint.to_owned()], "Nobody asks for more.".to_owned());
        run(&Command::Accept(AcceptArgs {
            fingerprints,
            reason,
            document: Some(document.clone()),
            base: Some("HEAD".to_owned()),
        }))
    };
    assert!(accept("0000000000000000").0.is_err_and(|error| error.contains("no change since")));
    assert_eq!(accept(fingerprint).0, Ok(Outcome::Success));
    assert_eq!(diff(FailOn::Notice).0, Ok(Outcome::Success));
    assert!(accept(fingerprint).1.contains("is accepted already"));
    let kind =
        "[[change-severities]]\nkind = \"maximum-lowered\"\nseverity = \"additive\"\nreason = \"No limit is kept.\"\n";
    folder.write("steward.toml", &format!("document = \"spec.yaml\"\n{kind}"))?;
    assert_eq!(diff(FailOn::Notice).0, Ok(Outcome::Success));
    assert_eq!(diff(FailOn::Additive).0, Ok(Outcome::Breaking));
    folder.write("steward.toml", &kind.replace("maximum-lowered", "maximum-lowerd"))?;
    let error = diff(FailOn::Notice).0.err().unwrap_or_default();
    assert!(error.contains("steward.toml:1: there is no kind of changes `maximum-lowerd`; did you mean"), "{error}");
    Ok(())
}

#[test]
fn the_history_of_a_document_has_every_revision() -> Tested {
    let folder = Folder::new("history")?;
    folder.commit("old.yaml", DOCUMENT, "Add it")?;
    folder.git(&["mv", "old.yaml", "spec.yaml"])?;
    folder.git(&["commit", "--quiet", "--message", "Rename it"])?;
    let document = folder.commit("spec.yaml", &DOCUMENT.replace("maximum: 100", "maximum: 50"), "Limit it")?;
    let history = |document: &Path, limit| {
        run(&Command::History(HistoryArgs { document: Some(document.to_path_buf()), limit, ..HistoryArgs::default() }))
    };
    let (result, messages) = history(&document, 100);
    assert_eq!(result, Ok(Outcome::Success));
    assert!(messages.contains("2 steps"), "{messages}");
    assert!(history(&document, 1).1.contains("1 step"), "{messages}");
    let other = folder.write("other.yaml", DOCUMENT)?;
    assert!(history(&other, 1).0.is_err_and(|error| error.contains("has no commit of")));
    Ok(())
}
