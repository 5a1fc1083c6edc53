//! The versions of the packages, and the addresses that their pages show.

use openapi_steward::cli::Shell;
use serde_json::Value;

use super::Notes;
use crate::packages::{Published, published_in_order};

/// Checks that all packages have one version, that they need each other in that version, and that the repository is known.
pub(super) fn check(shell: &Shell, notes: &mut Notes) -> Result<(), String> {
    let packages = published_in_order()?;
    let version = one_version(&packages)?;
    let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    shell.status("Order", format_args!("{version} of {}", names.join(", ")));
    notes.reminders.extend(missing_addresses(&packages));
    Ok(())
}

/// The version of all packages.
pub(super) fn one_version(packages: &[Published]) -> Result<&str, String> {
    let version = packages.first().map(|package| package.version.as_str()).ok_or("no package is published")?;
    let mut findings = Vec::new();
    for package in packages {
        if package.version != version {
            findings.push(format!("{} has the version {}, and others have {version}", package.name, package.version));
        }
        for (name, requirement) in requirements(package) {
            if requirement != format!("^{version}") {
                findings.push(format!("{} needs {name} {requirement}; write {version}", package.name));
            }
        }
    }
    if findings.is_empty() { Ok(version) } else { Err(findings.join("\n")) }
}

/// The members of the workspace that a package needs, and the versions that it accepts.
fn requirements(package: &Published) -> impl Iterator<Item = (&str, &str)> {
    let dependencies = package.metadata["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let members = dependencies.iter().filter(|one| one["path"].is_string() && one["req"] != "*");
    members.filter_map(|one| Some((one["name"].as_str()?, one["req"].as_str()?)))
}

/// Addresses that are set in `[workspace.package]` once they are known.
fn missing_addresses(packages: &[Published]) -> Vec<String> {
    let missing = |key: &&str| {
        let lacks = |package: &&Published| package.metadata.get(key).is_none_or(Value::is_null);
        let names: Vec<&str> = packages.iter().filter(lacks).map(|package| package.name.as_str()).collect();
        (!names.is_empty()).then(|| {
            format!("set `{key}` in `[workspace.package]`, and `{key}.workspace = true` in {}", names.join(", "))
        })
    };
    ["repository", "homepage"].iter().filter_map(missing).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, version: &str, dependencies: &Value, repository: Option<&str>) -> Published {
        let metadata =
            json!({ "dependencies": dependencies, "repository": repository, "homepage": "https://example.com" });
        Published { name: name.to_owned(), version: version.to_owned(), needs: Vec::new(), metadata }
    }

    #[test]
    fn packages_have_one_version_and_need_each_other_in_it() {
        let api = package("api", "1.2.3", &json!([{ "name": "serde", "req": "^1" }]), None);
        let client =
            |req: &str| package("client", "1.2.3", &json!([{ "name": "api", "path": "/api", "req": req }]), None);
        let fine = [api, client("^1.2.3")];
        assert_eq!(one_version(&fine), Ok("1.2.3"));
        let [api, _] = fine;
        let wrong = [api, client("^1.0"), package("cli", "1.2.4", &json!([]), None)];
        assert_eq!(
            one_version(&wrong),
            Err("client needs api ^1.0; write 1.2.3\ncli has the version 1.2.4, and others have 1.2.3".to_owned())
        );
        assert!(one_version(&[]).is_err());
    }

    #[test]
    fn an_unknown_repository_is_a_reminder() {
        let packages =
            [package("a", "1.0.0", &json!([]), None), package("b", "1.0.0", &json!([]), Some("https://example.com"))];
        assert_eq!(
            missing_addresses(&packages),
            ["set `repository` in `[workspace.package]`, and `repository.workspace = true` in a"]
        );
    }
}
