use crate::document::shape::{
    CONTACT, EXTERNAL_DOCUMENTATION, INFO, LICENSE, OAUTH_FLOW, ObjectKind, SECURITY_SCHEME, SERVER, XML,
};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "invalid-url",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every URL of the document is a URL, which can be relative.",
    rationale: "A reader or a client cannot follow it.",
    bad: "\
externalDocs:
  url: see the wiki # here
",
    good: "\
externalDocs:
  url: https://example.com/wiki
",
    check,
};

/// The keys that have a URL.
static KEYS: [(&ObjectKind, &str); 10] = [
    (&INFO, "termsOfService"),
    (&CONTACT, "url"),
    (&LICENSE, "url"),
    (&SERVER, "url"),
    (&EXTERNAL_DOCUMENTATION, "url"),
    (&OAUTH_FLOW, "authorizationUrl"),
    (&OAUTH_FLOW, "tokenUrl"),
    (&OAUTH_FLOW, "refreshUrl"),
    (&SECURITY_SCHEME, "openIdConnectUrl"),
    (&XML, "namespace"),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for object in &context.walk.objects {
        let own = KEYS.iter().filter(|(kind, _)| object.is(kind));
        for entry in own.filter_map(|(_, key)| object.entry(key)) {
            let Some(url) = entry.node.str() else { continue };
            let is_template = object.is(&SERVER);
            if let Some(char) = invalid_character(url, is_template) {
                let finding = object.finding_at_value(entry, "this is not a URL");
                let label = format!("a URL cannot have {}", name(char));
                findings.push(finding.label(label).cause(url).help("write a URL such as `https://example.com/docs`"));
            }
        }
    }
    findings
}

/// The first character that a URL cannot have. The braces of a server's variables are allowed for a template.
fn invalid_character(url: &str, is_template: bool) -> Option<char> {
    let (mut rest, mut has_fragment) = (url.chars(), false);
    while let Some(char) = rest.next() {
        let is_valid = match char {
            '%' => {
                let digits: String = rest.clone().take(2).collect();
                digits.len() == 2 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
            }
            '#' => !std::mem::replace(&mut has_fragment, true),
            '{' | '}' => is_template,
            _ => !char.is_whitespace() && !char.is_control() && !"\"<>\\^`|".contains(char),
        };
        if !is_valid {
            return Some(char);
        }
    }
    None
}

fn name(char: char) -> String {
    match char {
        ' ' => "a space".to_owned(),
        '%' => "a `%` without two digits after it".to_owned(),
        '#' => "a second `#`".to_owned(),
        char if char.is_control() => "a control character".to_owned(),
        char => format!("`{char}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_only_the_characters_of_urls() {
        for url in
            ["https://example.com/a?b=%20c#d", "/docs", "../a", "", "mailto:a@b.example", "https://example.com/ä"]
        {
            assert_eq!(invalid_character(url, false), None, "{url}");
        }
        for (url, char) in [("not a url", ' '), ("ht<p://a", '<'), ("/a%2", '%'), ("#a#b", '#'), ("https://{a}.b", '{')]
        {
            assert_eq!(invalid_character(url, false), Some(char), "{url}");
        }
        assert_eq!(invalid_character("https://{region}.example.com", true), None);
    }
}
