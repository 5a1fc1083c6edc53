//! References to other files, as they stand in the text of a document.

use super::pointer::percent_decode;

/// The files that references in a text name, without their fragments.
///
/// The text is not parsed: a `$ref` in an example or in a description counts as well, which does no harm.
pub(super) fn referenced_files(text: &str) -> impl Iterator<Item = String> + '_ {
    let after = text.match_indices("$ref").filter_map(|(at, key)| text.get(at + key.len()..));
    after.filter_map(|after| {
        let after = after.strip_prefix(['"', '\'']).unwrap_or(after).trim_start_matches([' ', '\t']);
        let value = after.strip_prefix(':')?.trim_start();
        let value = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'', '\n']).next(),
            None => value.split(['\n', '\r', ' ', '\t', ',', '}']).next(),
        }?;
        let file = value.split('#').next().filter(|file| !file.is_empty() && !is_url(file))?;
        Some(file.to_owned())
    })
}

/// The path of a file that another file refers to, relative to the folder of the document. Missing for a URL and for a file outside
/// that folder.
pub(super) fn join(referring: &str, target: &str) -> Option<String> {
    // A reference is a URL, in which a space is `%20`.
    let decoded = percent_decode(target);
    let target = decoded.as_deref().unwrap_or(target);
    if is_url(target) || target.starts_with(['/', '\\']) {
        return None;
    }
    let folder = referring.rsplit_once('/').map(|(folder, _)| folder);
    let mut steps: Vec<&str> = folder.into_iter().flat_map(|folder| folder.split('/')).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

fn is_url(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    target.starts_with("//") || scheme.is_some_and(|scheme| scheme.len() > 1 && !scheme.contains(['/', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_references_are_found() {
        let text = "a: {$ref: 'a.yaml#/x'}\nb: {$ref: b.json}\n\"$ref\" : \"c d.yaml\"\n$ref: '#/x'\n$ref: https://x.example/d\n$ref";
        assert_eq!(referenced_files(text).collect::<Vec<_>>(), ["a.yaml", "b.json", "c d.yaml"]);
    }

    #[test]
    fn a_path_is_relative_to_the_file_that_refers_to_it() {
        for (referring, target, expected) in [
            ("", "a.yaml", Some("a.yaml")),
            ("parts/a.yaml", "./b.yaml", Some("parts/b.yaml")),
            ("parts/a.yaml", "../b.yaml", Some("b.yaml")),
            ("a.yaml", "../b.yaml", None),
            ("", "parts/a%20b.yaml", Some("parts/a b.yaml")),
            ("", "parts/100%.yaml", Some("parts/100%.yaml")),
            ("", "%2e%2e/b.yaml", None),
            ("", "%2Fb.yaml", None),
            ("", "/b.yaml", None),
            ("", "file:b.yaml", None),
        ] {
            assert_eq!(join(referring, target).as_deref(), expected, "{referring} {target}");
        }
    }
}
