//! The licence of a document, as Cargo names it.

use crate::document::Node;

/// The licence of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Licence {
    /// An expression of SPDX identifiers.
    Spdx(String),
    /// A name that is none.
    Other(String),
    None,
}

/// Identifiers of the SPDX list (version 3.27) that descriptions of APIs use.
const IDENTIFIERS: [&str; 54] = [
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-1.1",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-2-Clause-Patent",
    "BSD-3-Clause",
    "BSD-3-Clause-Clear",
    "BSD-4-Clause",
    "BSL-1.0",
    "BUSL-1.1",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDDL-1.0",
    "CDDL-1.1",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-1.1",
    "MPL-2.0",
    "MS-PL",
    "MulanPSL-2.0",
    "NCSA",
    "ODbL-1.0",
    "OFL-1.1",
    "OSL-3.0",
    "PostgreSQL",
    "Python-2.0",
    "Unlicense",
    "UPL-1.0",
    "WTFPL",
    "Zlib",
];

/// Names in use that are no identifiers, but say the same as one.
const NAMES: [(&str, &str); 14] = [
    ("apache 2", "Apache-2.0"),
    ("apache 2.0", "Apache-2.0"),
    ("apache license 2.0", "Apache-2.0"),
    ("apache license version 2.0", "Apache-2.0"),
    ("apache-2", "Apache-2.0"),
    ("bsd 2-clause license", "BSD-2-Clause"),
    ("bsd 3-clause license", "BSD-3-Clause"),
    ("creative commons attribution 4.0 international", "CC-BY-4.0"),
    ("mit license", "MIT"),
    ("mozilla public license 2.0", "MPL-2.0"),
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("the apache license version 2.0", "Apache-2.0"),
    ("the mit license", "MIT"),
    ("the unlicense", "Unlicense"),
];

impl Licence {
    /// Returns the licence in the document.
    pub(crate) fn of(root: &Node) -> Self {
        let text = |key: &str| root.get("info")?.get("license")?.get_str(key);
        match (text("identifier"), text("name")) {
            // Since OpenAPI 3.1, which says that it is an expression of SPDX.
            (Some(identifier), _) if !identifier.trim().is_empty() => Self::Spdx(identifier.trim().to_owned()),
            (_, Some(name)) if !name.trim().is_empty() => Self::named(name.trim()),
            _ => Self::None,
        }
    }

    fn named(name: &str) -> Self {
        let parts: Option<Vec<&str>> = name
            .split_whitespace()
            .map(|part| match part {
                "OR" | "AND" => Some(part),
                part => IDENTIFIERS.iter().find(|identifier| identifier.eq_ignore_ascii_case(part)).copied(),
            })
            .collect();
        // An operator is between two identifiers.
        let is_expression = |parts: &Vec<&str>| {
            parts.len() % 2 == 1
                && parts.iter().enumerate().all(|(index, part)| ["OR", "AND"].contains(part) == (index % 2 == 1))
        };
        if let Some(parts) = parts.filter(is_expression) {
            return Self::Spdx(parts.join(" "));
        }
        let plain = name.to_lowercase().replace([',', '.'], " ").replace("version", " version ");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let is_same = |other: &str| words(&other.replace('.', " ")) == words(&plain);
        match NAMES.iter().find(|(other, _)| is_same(other)) {
            Some((_, identifier)) => Self::Spdx((*identifier).to_owned()),
            None => Self::Other(name.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    #[test]
    fn a_licence_is_used_if_it_is_an_identifier_or_a_name_of_one() {
        for (licence, expected) in [
            ("{name: MIT}", Licence::Spdx("MIT".to_owned())),
            ("{name: apache-2.0}", Licence::Spdx("Apache-2.0".to_owned())),
            ("{name: MIT OR Apache-2.0}", Licence::Spdx("MIT OR Apache-2.0".to_owned())),
            ("{name: 'Apache License, Version 2.0'}", Licence::Spdx("Apache-2.0".to_owned())),
            ("{name: Apache 2.0}", Licence::Spdx("Apache-2.0".to_owned())),
            ("{name: OR}", Licence::Other("OR".to_owned())),
            ("{name: MIT MIT}", Licence::Other("MIT MIT".to_owned())),
            ("{name: Terms of Service}", Licence::Other("Terms of Service".to_owned())),
            ("{name: X, identifier: MIT AND BSD-2-Clause}", Licence::Spdx("MIT AND BSD-2-Clause".to_owned())),
            ("{name: ''}", Licence::None),
        ] {
            let root = read_yaml(&format!("info: {{license: {licence}}}\n"));
            let root = root.map_or_else(|finding| panic!("{finding:?}"), |(root, _)| root);
            assert_eq!(Licence::of(&root), expected, "{licence}");
        }
    }
}
