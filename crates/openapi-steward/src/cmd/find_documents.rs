//! Finds the OpenAPI documents below a folder.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::files::failed;
use crate::outcome::CouldNotRun;

/// The number of folders that are searched below one another.
const MAX_DEPTH: usize = 8;
/// The number of files and folders that are looked at.
const MAX_ENTRIES: usize = 50_000;
/// The folders that hold the work of others, or of tools. Hidden ones are not searched either.
const SKIPPED: [&str; 6] = ["bower_components", "node_modules", "site-packages", "target", "vendor", "venv"];

/// Returns the documents in a folder and below it, in the order of their paths. Links are not followed.
pub(super) fn find_documents(folder: &Path) -> Result<Vec<PathBuf>, CouldNotRun> {
    let mut search = Search { documents: Vec::new(), entries: 0 };
    search.visit(folder, MAX_DEPTH)?;
    search.documents.sort();
    Ok(search.documents)
}

struct Search {
    documents: Vec<PathBuf>,
    entries: usize,
}

impl Search {
    fn visit(&mut self, folder: &Path, depth: usize) -> Result<(), CouldNotRun> {
        let real = if folder == Path::new("") { Path::new(".") } else { folder };
        for entry in fs::read_dir(real).map_err(|error| failed("read", real, &error))? {
            let entry = entry.map_err(|error| failed("read", real, &error))?;
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                return Err(CouldNotRun(format!(
                    "there are more than {MAX_ENTRIES} files here: name the document, as in `openapi-steward init api.yaml`"
                )));
            }
            let (kind, name) = (entry.file_type(), entry.file_name());
            let (Ok(kind), Some(name)) = (kind, name.to_str()) else { continue };
            let path = folder.join(name);
            if kind.is_dir() && depth > 0 && !name.starts_with('.') && !SKIPPED.contains(&name) {
                // A folder that cannot be read belongs to somebody else.
                if fs::read_dir(&path).is_ok() {
                    self.visit(&path, depth - 1)?;
                }
            } else if kind.is_file()
                && has_extension(&path)
                && fs::read_to_string(&path).is_ok_and(|text| is_openapi(&text))
            {
                self.documents.push(path);
            }
        }
        Ok(())
    }
}

fn has_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    extension.is_some_and(|extension| ["json", "yaml", "yml"].contains(&extension.as_str()))
}

/// Returns whether a text has the key `openapi` at its top. A text that is not quite YAML or JSON can have it too: `validate` says
/// what is wrong with it.
pub(super) fn is_openapi(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let has_key = text.contains("\"openapi\"");
        return has_key && serde_json::from_str::<Value>(text).map_or(true, |root| root["openapi"].is_string());
    }
    let has_key = |line: &str| {
        let rest = ["openapi", "\"openapi\"", "'openapi'"].into_iter().find_map(|key| line.strip_prefix(key));
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    text.lines().any(has_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_the_key_openapi_at_its_top() {
        for text in [
            "openapi: 3.0.3\n",
            "\u{feff}# A comment.\n---\n\"openapi\": '3.1.0'\n",
            "info: {}\nopenapi : 3.0.0\n",
            " {\"info\": {}, \"openapi\": \"3.0.0\"}",
            "{openapi: 3.0.0, \"openapi\"",
        ] {
            assert!(is_openapi(text), "{text}");
        }
        for text in [
            "",
            "swagger: '2.0'\n",
            "dependencies:\n  openapi: 1\n",
            "openapi-generator: 1\n",
            "{\"dependencies\": {\"openapi\": \"1\"}}",
            "{\"openapi\": {}}",
        ] {
            assert!(!is_openapi(text), "{text}");
        }
    }

    #[test]
    fn documents_of_tools_and_of_others_are_left_out() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("steward-{}-find", std::process::id()));
        for path in ["b.yaml", "a/b/C.YML", "a/c.json", "a/d.txt", "node_modules/e.yaml", ".git/f.yaml"] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(&path, if path.ends_with("c.json") { "{\"openapi\": \"3.0.0\"}" } else { "openapi: 3.0.0\n" })?;
        }
        let documents = find_documents(&folder)?;
        let names: Vec<&Path> = documents.iter().filter_map(|path| path.strip_prefix(&folder).ok()).collect();
        assert_eq!(names, ["a/b/C.YML", "a/c.json", "b.yaml"].map(Path::new));
        Ok(fs::remove_dir_all(&folder)?)
    }
}
