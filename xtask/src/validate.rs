//! `cargo xtask validate`: says everything that is wrong with the spec and its examples.

use std::path::Path;
use std::time::Instant;

use crate::codegen;
use crate::files::count;
use crate::generate;
use crate::outcome::{CouldNotRun, Outcome};
use crate::shell::Shell;
use crate::spec::Spec;

pub(crate) fn run(path: &Path, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let source = generate::read(path)?;
    let findings = match Spec::parse(&source) {
        Err(findings) => findings,
        Ok(spec) => {
            let directory = Path::new(&source.path).parent().unwrap_or(Path::new("."));
            [codegen::check(&spec), spec.check_examples(directory)].concat()
        }
    };
    if findings.is_empty() {
        shell.status("Valid", format_args!("{} in {:.2}s", source.path, started.elapsed().as_secs_f64()));
        return Ok(Outcome::Fine);
    }
    shell.text(source.render(&findings));
    shell.error(&format!("{} in {}", count(findings.len(), "error"), source.path));
    Ok(Outcome::Findings)
}
