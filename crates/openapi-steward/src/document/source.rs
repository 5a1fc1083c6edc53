//! The text of a document and of the files that it refers to, and positions in it in lines and columns.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::diagnostic::Span;
use super::file_references::{join, referenced_files};
use crate::outcome::CouldNotRun;

/// The size up to which the files that a document refers to are read, in bytes.
const MAX_SIZE: usize = 128 << 20;

/// The text of a document, and the path that its findings name.
///
/// The texts of the files that the document refers to follow its own, so that every position is a range of bytes of one text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The files after the document, in the order of their texts.
    files: Vec<File>,
    /// The index of each file by its path relative to the document, or the reason why it could not be read.
    indexes: HashMap<String, Result<usize, String>>,
}

/// A file that a document refers to.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The path that findings name.
    pub(crate) path: String,
    /// The path relative to the folder of the document.
    pub(crate) relative: String,
    /// The part of the text that is the file.
    pub(crate) span: Span,
}

/// The file that a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The document itself.
    Document,
    /// A file, by its index.
    File(usize),
    /// A file that could not be read, with the reason.
    Unreadable(String),
    /// A URL, or a file outside the folder of the document. They are not followed.
    Elsewhere,
}

/// A position in lines and characters, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Source {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), ..Self::default() }
    }

    /// Reads a document, and the files in its folder that it refers to.
    pub(crate) fn read(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| CouldNotRun(format!("cannot read the document {name}: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + String::from_utf8_lossy(valid).matches('\n').count();
            CouldNotRun(format!("{name}:{line}: the document is not UTF-8; save the file as UTF-8"))
        })?;
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        Ok(Self::new(name, text).with_files(|relative| read_below(folder, relative)))
    }

    /// Reads a body in JSON.
    pub(crate) fn read_body(path: &Path) -> Result<Self, CouldNotRun> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| CouldNotRun(format!("cannot read {name}: {error}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| CouldNotRun(format!("{name} is not UTF-8, which JSON requires; save the file as UTF-8")))?;
        Ok(Self::new(name, text))
    }

    /// Adds the files that the document refers to, and those that these refer to. `read` returns the text of a file below the folder of
    /// the document, or the reason why there is none.
    pub(crate) fn with_files(mut self, read: impl Fn(&str) -> Result<String, String>) -> Self {
        let (own_name, folder) = self.name_and_folder();
        let (own_name, folder) = (own_name.to_owned(), folder.to_owned());
        let mut queue = vec![(String::new(), 0..self.text.len())];
        while let Some((referring, span)) = queue.pop() {
            let text = self.text.get(span).unwrap_or_default();
            let targets = referenced_files(text).filter_map(|target| join(&referring, &target));
            let targets: Vec<String> = targets.collect();
            for relative in targets {
                if relative == own_name || self.indexes.contains_key(&relative) {
                    continue;
                }
                let index = match read(&relative) {
                    Ok(text) if self.text.len() + text.len() <= MAX_SIZE => {
                        let (path, span) = (format!("{folder}{relative}"), self.append(&text));
                        queue.push((relative.clone(), span.clone()));
                        self.files.push(File { path, relative: relative.clone(), span });
                        Ok(self.files.len() - 1)
                    }
                    Ok(_) => Err(format!("the files are larger than {} MB together", MAX_SIZE >> 20)),
                    Err(reason) => Err(reason),
                };
                self.indexes.insert(relative, index);
            }
        }
        self
    }

    /// Adds a text at the beginning of a line.
    fn append(&mut self, text: &str) -> Span {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The files that the document refers to.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The text of the document without that of other files.
    pub(crate) fn document_text(&self) -> &str {
        self.files.first().map_or(&self.text, |file| self.text.get(..file.span.start).unwrap_or_default())
    }

    /// The file that contains this byte. Missing for the document itself.
    pub(crate) fn file_at(&self, byte: usize) -> Option<&File> {
        self.files.get(self.index_at(byte)?)
    }

    fn index_at(&self, byte: usize) -> Option<usize> {
        self.files.partition_point(|file| file.span.start <= byte).checked_sub(1)
    }

    /// The file that a reference leads to. `byte` is the position of the reference, to whose file it is relative.
    pub(crate) fn target(&self, reference: &str, byte: usize) -> Target {
        let file = reference.split('#').next().unwrap_or_default();
        if file.is_empty() {
            return self.index_at(byte).map_or(Target::Document, Target::File);
        }
        let referring = self.file_at(byte).map_or("", |file| file.relative.as_str());
        let Some(relative) = join(referring, file) else { return Target::Elsewhere };
        if relative == self.name_and_folder().0 {
            return Target::Document;
        }
        match self.indexes.get(&relative) {
            Some(Ok(index)) => Target::File(*index),
            Some(Err(reason)) => Target::Unreadable(reason.clone()),
            None => Target::Elsewhere,
        }
    }

    /// A reference to another file as the document itself would write it. `byte` is the position of the reference.
    pub(super) fn seen_from_document(&self, reference: &str, byte: usize) -> Option<String> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let referring = self.file_at(byte).map_or("", |file| file.relative.as_str());
        let relative = if file.is_empty() { referring.to_owned() } else { join(referring, file)? };
        (!relative.is_empty()).then(|| if fragment.is_empty() { relative } else { format!("{relative}#{fragment}") })
    }

    /// The name of the document's file, and its folder with the separator after it.
    fn name_and_folder(&self) -> (&str, &str) {
        let at = self.path.rfind(['/', std::path::MAIN_SEPARATOR]).map_or(0, |at| at + 1);
        let (folder, name) = self.path.split_at(at);
        (name, folder)
    }

    /// The position of a byte of the text in its file.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let start = self.file_at(byte).map_or(0, |file| file.span.start);
        let before = self.text.get(start..byte.min(self.text.len()).max(start)).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: 1 + before.matches('\n').count(), column: 1 + before[line_start..].chars().count() }
    }
}

/// Reads a file below a folder.
fn read_below(folder: &Path, relative: &str) -> Result<String, String> {
    let path = folder.join(relative);
    let is_below = match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        (Err(error), _) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err("the file does not exist".to_owned());
        }
        (Err(error), _) | (_, Err(error)) => return Err(format!("cannot read the file: {error}")),
    };
    if !is_below {
        return Err("the file is a link to another folder".to_owned());
    }
    let bytes = fs::read(&path).map_err(|error| format!("cannot read the file: {error}"))?;
    String::from_utf8(bytes).map_err(|_| "the file is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        let source = Source::new("", "a\nöä: x\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(2 + "öä: ".len()), Position { line: 2, column: 5 });
        assert_eq!(source.position(1000), Position { line: 3, column: 1 });
    }

    #[test]
    fn the_files_of_a_document_follow_it() {
        let read = |relative: &str| match relative {
            "parts/a.yaml" => Ok("$ref: b.yaml#/x\n".to_owned()),
            "parts/b.yaml" => Ok("x:\n  $ref: ../main.yaml#/y\n".to_owned()),
            _ => Err("the file does not exist".to_owned()),
        };
        let text = "y: { $ref: 'parts/a.yaml' }\nz: { $ref: '../up.yaml' }\nn: { $ref: none.yaml }";
        let source = Source::new("spec/main.yaml", text).with_files(read);
        assert_eq!(source.document_text().trim_end(), text);
        let files: Vec<&str> = source.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(files, ["spec/parts/a.yaml", "spec/parts/b.yaml"]);
        let b = &source.files()[1].span;
        assert_eq!(source.position(b.start + 5), Position { line: 2, column: 3 });
        assert_eq!(source.target("b.yaml#/x", source.files()[0].span.start), Target::File(1));
        assert_eq!(source.target("../main.yaml#/y", b.start + 5), Target::Document);
        assert_eq!(source.target("#/x", b.start), Target::File(1));
        assert_eq!(source.target("none.yaml", 0), Target::Unreadable("the file does not exist".to_owned()));
        for elsewhere in ["../up.yaml", "/etc/hosts", "https://example.com/a.yaml#/x", "parts/../../up.yaml"] {
            assert_eq!(source.target(elsewhere, 0), Target::Elsewhere, "{elsewhere}");
        }
    }
}
