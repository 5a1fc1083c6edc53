//! The search: its button, its dialog, and the index that it reads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use serde_json::json;

use super::{embed, icon};

/// The button in the header, which the script shows.
pub(crate) fn button() -> Markup {
    html! {
        button .search-button #search-open type="button" hidden aria-haspopup="dialog" aria-label="Search" {
            (icon::SEARCH) span { "Search" } kbd { "/" }
        }
    }
}

/// The dialog, which the script opens, and the data of an index.
pub(crate) fn dialog(prompt: &str, index: &str) -> Markup {
    html! {
        dialog #search aria-label="Search" {
            div .search-field {
                (icon::SEARCH)
                input #search-input type="search" placeholder=(prompt) autocomplete="off" spellcheck="false"
                    role="combobox" aria-label="Search" aria-expanded="false" aria-controls="search-results" aria-autocomplete="list";
                kbd { "Esc" }
            }
            ul #search-results role="listbox" aria-label="Results" {}
            p #search-status role="status" {}
        }
        script #search-index type="application/octet-stream" { (index) }
    }
}

/// The columns of the index. Each is a text with a line for each entry.
#[derive(Debug, Default)]
pub(crate) struct Index {
    count: usize,
    kinds: Vec<String>,
    /// The kind of each entry, by its position in `kinds`.
    kind: Vec<u8>,
    /// The title, what stands beside it, the id of the section, and the description.
    columns: [String; 4],
}

impl Index {
    /// Adds an entry. An id with a file is that of a section of another page.
    pub(crate) fn add(&mut self, kind: &str, title: &str, beside: &str, id: &str, text: &str) {
        let kind = self.kinds.iter().position(|known| known == kind).unwrap_or_else(|| {
            self.kinds.push(kind.to_owned());
            self.kinds.len() - 1
        });
        self.kind.push(u8::try_from(kind).unwrap_or(u8::MAX));
        for (column, text) in self.columns.iter_mut().zip([title, beside, id, text]) {
            if self.count > 0 {
                column.push('\n');
            }
            column
                .extend(text.chars().map(|character| if ['\n', '\r'].contains(&character) { ' ' } else { character }));
        }
        self.count += 1;
    }

    /// Returns the index as data of a page.
    pub(crate) fn finish(self) -> String {
        let Self { count, kinds, kind, columns: [title, beside, id, text] } = self;
        let kind = STANDARD.encode(kind);
        let index = json!({
            "count": count, "kinds": kinds, "kind": kind, "title": title, "beside": beside, "id": id, "text": text,
        });
        embed::gzip_base64(index.to_string().as_bytes())
    }
}
