//! The check of the links and the pictures of the site: each leads to a file, or to a place in one.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use openapi_steward::cli::{self, CouldNotRun};

/// The links and the ids of a page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    links: Vec<String>,
    ids: HashSet<String>,
}

/// Returns a message for each link of the pages in a folder that leads nowhere. Links to other sites are not followed.
pub(super) fn dead(folder: &Path) -> Result<Vec<String>, CouldNotRun> {
    let entries = fs::read_dir(folder).map_err(|error| cli::failed("read", folder, &error))?;
    let mut files: HashMap<String, Option<Page>> = HashMap::new();
    for entry in entries {
        let path = entry.map_err(|error| cli::failed("read", folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        let page = is_page.then(|| fs::read_to_string(&path).map(|html| read(&html))).transpose();
        files.insert(name, page.map_err(|error| cli::failed("read", &path, &error))?);
    }
    Ok(dead_links(&files))
}

fn dead_links(files: &HashMap<String, Option<Page>>) -> Vec<String> {
    let mut dead = Vec::new();
    for (file, page) in files.iter().filter_map(|(file, page)| Some((file, page.as_ref()?))) {
        for link in &page.links {
            let is_elsewhere =
                ["https://", "http://", "mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme));
            let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if target.is_empty() { file } else { target };
            let problem = match files.get(&decoded(target)) {
                _ if is_elsewhere => continue,
                None => "there is no such file",
                Some(page) => {
                    let has = |id: &str| page.as_ref().is_some_and(|page| page.ids.contains(id));
                    if link.is_empty() || (!fragment.is_empty() && !has(&decoded(fragment))) {
                        "there is no such place in the page"
                    } else {
                        continue;
                    }
                }
            };
            dead.push(format!("{file} leads to `{link}`: {problem}"));
        }
    }
    dead.sort();
    dead
}

/// The links, the pictures and the ids of a page, without its scripts and styles.
fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once('<') {
        let end = tag_end(from);
        let (tag, after) = from.split_at(end);
        rest = after;
        for (name, value) in attributes(tag) {
            match name {
                "href" | "src" => page.links.push(value),
                "id" => drop(page.ids.insert(value)),
                _ => {}
            }
        }
        for element in ["script", "style"] {
            if tag.starts_with(element) {
                rest = rest.split_once(&format!("</{element}>")).map_or("", |(_, after)| after);
            }
        }
    }
    page
}

/// The position of the end of a tag, which can be in quotes as well.
fn tag_end(tag: &str) -> usize {
    let mut is_quoted = false;
    tag.find(|character| {
        is_quoted ^= character == '"';
        character == '>' && !is_quoted
    })
    .unwrap_or(tag.len())
}

/// The attributes of a tag. The pages write them in double quotes.
fn attributes(tag: &str) -> Vec<(&str, String)> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    while let Some((before, from)) = rest.split_once("=\"") {
        let (value, after) = from.split_once('"').unwrap_or((from, ""));
        let entities = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
        let value = entities.into_iter().fold(value.to_owned(), |value, (entity, one)| value.replace(entity, one));
        attributes.push((before.rsplit(char::is_whitespace).next().unwrap_or(before), value));
        rest = after;
    }
    attributes
}

/// A target without its percent-encoding.
fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_pictures_and_ids_are_read_and_scripts_are_not() {
        let page = read(
            "<a title=\">\" href=\"b.html#x&amp;y\">c</a><script id=\"s\">'<a href=\"no\">'</script><img src=\"i.svg\">",
        );
        assert_eq!(page.links, ["b.html#x&y", "i.svg"]);
        assert_eq!(page.ids, HashSet::from(["s".to_owned()]));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_reported() {
        let page = |html: &str| Some(read(html));
        let a = "<p id=\"x\"><a href=\"#x\"><a href=\"#y\"><a href=\"b.html#%C3%A4\"><a href=\"b.html#n\"><a href=\"c.svg\"><img src=\"d.svg\">\
                 <a href=\"https://e.example/#f\"><a href=\"\">";
        let files = HashMap::from([
            ("a.html".to_owned(), page(a)),
            ("b.html".to_owned(), page("<p id=\"ä\">")),
            ("c.svg".to_owned(), None),
        ]);
        let expected = [
            "a.html leads to `#y`: there is no such place in the page",
            "a.html leads to ``: there is no such place in the page",
            "a.html leads to `b.html#n`: there is no such place in the page",
            "a.html leads to `d.svg`: there is no such file",
        ];
        assert_eq!(dead_links(&files), expected);
    }
}
