//! The workflows and the action: a shell must not run what somebody else wrote into an input, a branch name or a title.

use std::fs;

use serde_json::Value;

use crate::ci::yaml;
use crate::workspace::root;

/// The values of all `run` keys that contain an expression. GitHub pastes it into the text before a shell reads that.
fn pasted(value: &Value) -> Vec<String> {
    match value {
        Value::Object(entries) => {
            let is_pasted = |(key, value): &(&String, &Value)| {
                *key == "run" && value.as_str().is_some_and(|text| text.contains("${{"))
            };
            let own = entries.iter().filter(is_pasted).map(|(_, value)| value.to_string());
            own.chain(entries.values().flat_map(pasted)).collect()
        }
        Value::Array(items) => items.iter().flat_map(pasted).collect(),
        _ => Vec::new(),
    }
}

/// The paths of the workflows and of the action.
fn files() -> std::io::Result<Vec<String>> {
    let mut files = vec!["action.yml".to_owned()];
    for entry in fs::read_dir(root().join(".github/workflows"))? {
        files.push(format!(".github/workflows/{}", entry?.file_name().to_string_lossy()));
    }
    Ok(files)
}

#[test]
fn no_expression_is_pasted_into_a_shell() -> Result<(), Box<dyn std::error::Error>> {
    let files = files()?;
    assert!(files.len() > 2, "{files:?}");
    for file in files {
        assert_eq!(pasted(&yaml::read(&file)?), [""; 0], "{file}: pass the value through `env`");
    }
    Ok(())
}

#[test]
fn a_pasted_expression_is_found() -> Result<(), String> {
    let workflow = yaml::parse(
        "jobs:\n  a:\n    steps:\n      - run: |\n          base=\"${{ inputs.base }}\"\n      - run: echo\n        env: { A: '${{ inputs.base }}' }\n",
    )?;
    assert_eq!(pasted(&workflow), [r#""base=\"${{ inputs.base }}\"\n""#]);
    Ok(())
}

#[test]
fn the_spec_workflow_uses_its_inputs() -> Result<(), String> {
    let workflow = yaml::read(".github/workflows/spec.yml")?;
    let inputs = workflow.pointer("/on/workflow_call/inputs").and_then(Value::as_object);
    let steps = workflow.pointer("/jobs/spec/steps").and_then(Value::as_array).ok_or("there are no steps")?;
    for input in inputs.ok_or("the workflow has no inputs")?.keys() {
        let name = input.to_uppercase();
        assert_eq!(workflow["env"][&name], format!("${{{{ inputs.{input} }}}}"));
        assert!(steps.iter().any(|step| step["run"].to_string().contains(&format!("${name}"))), "{input}");
    }
    // `ci` runs the checks of this workspace, whose spec is fixed.
    let runs = steps.iter().filter_map(|step| step["run"].as_str()).flat_map(str::lines);
    let calls: Vec<&str> = runs.filter(|run| run.contains("cargo xtask ") && !run.contains("xtask ci ")).collect();
    assert!(calls.len() > 3 && calls.iter().all(|call| call.contains("-- \"$SPEC\"")), "{calls:?}");
    Ok(())
}
