//! The programs that are released.

use serde_json::Value;

use crate::packages::Published;

/// A program that is released.
#[derive(Debug)]
pub(crate) struct Program<'a> {
    pub(crate) name: String,
    pub(crate) package: &'a Published,
    /// The features that it is released with, from `package.metadata.dist` in its manifest.
    pub(crate) features: Vec<String>,
}

/// The programs of the published packages.
pub(crate) fn programs(packages: &[Published]) -> Vec<Program<'_>> {
    packages.iter().flat_map(programs_of).collect()
}

fn programs_of(package: &Published) -> Vec<Program<'_>> {
    let targets = package.metadata["targets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_program =
        |target: &&Value| target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "bin"));
    let features = texts(&package.metadata["metadata"]["dist"]["features"]);
    let names = targets.iter().filter(is_program).filter_map(|target| target["name"].as_str().map(str::to_owned));
    names.map(|name| Program { name, package, features: features.clone() }).collect()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn programs_are_the_binaries_of_packages_with_the_features_of_their_manifests() {
        let metadata = json!({
            "targets": [
                { "kind": ["lib"], "name": "cli" }, { "kind": ["bin"], "name": "rooms" }, { "kind": ["example"], "name": "e" },
            ],
            "metadata": { "dist": { "features": ["parquet"] } },
        });
        let package = Published { name: "cli".to_owned(), version: "1.2.3".to_owned(), needs: Vec::new(), metadata };
        let packages = [package];
        let programs = programs(&packages);
        assert_eq!(programs.iter().map(|program| program.name.as_str()).collect::<Vec<_>>(), ["rooms"]);
        assert_eq!(programs[0].features, ["parquet"]);
    }
}
