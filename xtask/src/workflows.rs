//! The workflows and the action: a shell must not run what somebody else wrote into an input, a branch name or a title; a job may do no
//! more than it needs; and the tasks that they call exist.

use std::collections::BTreeSet;
use std::fs;

use clap::Parser;
use serde_json::Value;

use crate::args::{Args, Task};
use crate::ci::{self, yaml};
use crate::release;
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

/// A job of a workflow.
struct Job {
    file: String,
    name: String,
    body: Value,
}

/// The jobs of all workflows.
fn jobs() -> Result<Vec<Job>, Box<dyn std::error::Error>> {
    let mut jobs = Vec::new();
    for file in files()?.into_iter().filter(|file| file != "action.yml") {
        let workflow = yaml::read(&file)?;
        let own = workflow["jobs"].as_object().ok_or("there are no jobs")?;
        jobs.extend(own.iter().map(|(name, job)| Job { file: file.clone(), name: name.clone(), body: job.clone() }));
    }
    Ok(jobs)
}

/// The steps of a job. One that calls a workflow has none.
fn steps(job: &Value) -> &[Value] {
    job["steps"].as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn each_job_names_its_permissions_and_its_time_limit() -> Result<(), Box<dyn std::error::Error>> {
    for file in files()?.into_iter().filter(|file| file != "action.yml") {
        assert_eq!(yaml::read(&file)?["permissions"], serde_json::json!({}), "{file}");
    }
    for Job { file, name, body: job } in jobs()? {
        assert!(job["permissions"].is_object(), "{file}: {name} has no `permissions`");
        let is_call = job["uses"].is_string();
        assert!(is_call || job["timeout-minutes"].is_u64(), "{file}: {name} has no `timeout-minutes`");
        let writes = job["permissions"].as_object().into_iter().flatten().filter(|(_, level)| *level == "write");
        let writes: Vec<&str> = writes.map(|(scope, _)| scope.as_str()).collect();
        let publishes = file.ends_with("/release.yml") || (file.ends_with("/site.yml") && name == "deploy");
        assert!(writes.is_empty() || publishes, "{file}: {name} may write {writes:?}");
    }
    Ok(())
}

#[test]
fn no_checkout_leaves_its_token_behind() -> Result<(), Box<dyn std::error::Error>> {
    let mut checkouts = 0;
    for Job { file, name, body: job } in jobs()? {
        for step in steps(&job).iter().filter(|step| step["uses"].to_string().contains("actions/checkout@")) {
            assert_eq!(step["with"]["persist-credentials"], false, "{file}: {name}");
            checkouts += 1;
        }
    }
    assert!(checkouts > 5, "{checkouts}");
    Ok(())
}

#[test]
fn the_tasks_that_workflows_call_exist() -> Result<(), Box<dyn std::error::Error>> {
    let mut calls = BTreeSet::new();
    for Job { file, name, body: job } in jobs()? {
        let runs = steps(&job).iter().filter_map(|step| step["run"].as_str()).flat_map(str::lines);
        for call in runs.filter_map(|run| run.trim().strip_prefix("cargo xtask ")) {
            let call = call.split(" >> ").next().unwrap_or(call).replace("\"$@\"", "diff").replace('"', "");
            let words = ["cargo xtask"].into_iter().chain(call.split_whitespace());
            let args = Args::try_parse_from(words).map_err(|error| format!("{file}: {name}: {call}: {error}"))?;
            match args.task {
                Task::Ci { steps, .. } => assert!(ci::has_steps(&steps), "{file}: {name}: {call}"),
                Task::Release(args) => assert!(release::has_checks(&args.only), "{file}: {name}: {call}"),
                _ => {}
            }
            calls.insert(call);
        }
    }
    assert!(calls.iter().any(|call| call.starts_with("release --publish")), "{calls:?}");
    Ok(())
}

#[test]
fn each_fuzz_target_is_run() -> Result<(), Box<dyn std::error::Error>> {
    let manifest: toml::Table = fs::read_to_string(root().join("tests/fuzz/Cargo.toml"))?.parse()?;
    let bins = manifest["bin"].as_array().ok_or("there are no targets")?;
    let bins: BTreeSet<&str> = bins.iter().filter_map(|bin| bin.get("name")?.as_str()).collect();
    let workflow = yaml::read(".github/workflows/fuzz.yml")?;
    let run = workflow.pointer("/jobs/fuzz/strategy/matrix/target").and_then(Value::as_array).ok_or("no matrix")?;
    assert_eq!(run.iter().filter_map(Value::as_str).collect::<BTreeSet<_>>(), bins);
    Ok(())
}

#[test]
fn the_platforms_that_the_action_downloads_are_released() -> Result<(), Box<dyn std::error::Error>> {
    let workflow = yaml::read(".github/workflows/release.yml")?;
    let released = workflow.pointer("/jobs/programs/strategy/matrix/include").and_then(Value::as_array);
    let released = released.ok_or("there is no matrix")?.iter().filter_map(|platform| platform["target"].as_str());
    let released: BTreeSet<&str> = released.collect();
    let script = fs::read_to_string(root().join(".github/action/steward.sh"))?;
    let downloaded: Vec<&str> =
        script.split("platform=").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
    assert!(downloaded.len() > 4 && downloaded.iter().all(|platform| released.contains(platform)), "{downloaded:?}");
    assert!(released.iter().any(|platform| platform.ends_with("-musl")), "{released:?}");
    Ok(())
}

#[test]
fn the_oldest_rust_is_that_of_the_workspace() -> Result<(), Box<dyn std::error::Error>> {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))?.parse()?;
    let oldest = manifest["workspace"]["package"]["rust-version"].as_str().ok_or("no rust-version")?;
    let workflow = yaml::read(".github/workflows/ci.yml")?;
    let runs = steps(&workflow["jobs"]["oldest-rust"]).iter().filter_map(|step| step["run"].as_str());
    let runs: Vec<&str> = runs.collect();
    assert!(runs.iter().any(|run| run.contains(&format!("install {oldest} "))), "{runs:?}");
    let checks = runs.iter().filter(|run| run.starts_with("cargo "));
    assert!(checks.clone().count() > 0 && checks.clone().all(|run| run.contains(&format!("+{oldest} "))), "{runs:?}");
    Ok(())
}
