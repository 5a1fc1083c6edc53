//! Compares two versions of a document with the settings of a project, for `diff` and `accept`.

use super::accepted::with_severities;
use super::api::items_of;
use super::document_version::{Generated, ReadVersion, document_version};
use super::revision::Revision;
use crate::config::Config;
use crate::diff::{self, Change, Settings, Surface, Version};
use crate::document::{Node, Source};
use crate::outcome::CouldNotRun;
use crate::project::Package;

/// The result of a comparison.
pub(super) struct Compared {
    pub(super) changes: Vec<Change>,
    /// The `info.version` of both documents.
    pub(super) info_versions: [Option<Version>; 2],
    /// The reasons why the Rust surface is left out.
    pub(super) left_out: Vec<String>,
}

/// Collects the changes of requests and responses, of the generated items, and of the items of the crates that build on them.
pub(super) fn compare(
    (base, new): (&Revision, &Source),
    config: &Config,
    packages: &[Package],
    generated: Option<&Generated<'_>>,
    today: &str,
) -> Result<Compared, CouldNotRun> {
    let (before, after) = versions(&base.source, new, config, generated)?;
    let settings = Settings { formats: &config.formats, today };
    let mut changes =
        before.as_ref().map_or_else(Vec::new, |before| diff::changes(&before.version, &after.version, settings));
    for package in packages.iter().filter(|package| package.config.diff) {
        let Some(old) = base.items(package) else { continue };
        // The hand-written part or the generator may have changed as well.
        changes.extend(match (&after.version.items, package.config.generated.is_some()) {
            (Some(items), true) => diff::rust_changes(Surface::Rust, &old, items),
            _ => diff::rust_changes(Surface::Crate, &old, &items_of(package)?),
        });
    }
    changes.sort();
    changes.dedup();
    let info_versions =
        [before.as_ref().unwrap_or(&after), &after].map(|read| info_version(&read.version.document.root));
    let left_out = before.into_iter().chain([after]).filter_map(|version| version.refusal).collect();
    Ok(Compared { changes: with_severities(changes, &config.change_severities), info_versions, left_out })
}

fn info_version(root: &Node) -> Option<Version> {
    Version::parse(root.get("info")?.get_str("version")?)
}

/// Reads both versions, each on its own thread. An unchanged document is read once.
fn versions(
    old: &Source,
    new: &Source,
    config: &Config,
    generated: Option<&Generated<'_>>,
) -> Result<(Option<ReadVersion>, ReadVersion), CouldNotRun> {
    if old.text == new.text {
        return Ok((None, document_version(new, config, generated)?));
    }
    std::thread::scope(|scope| {
        let before = scope.spawn(|| document_version(old, config, generated));
        let after = document_version(new, config, generated);
        let before = before
            .join()
            .unwrap_or_else(|_| Err(CouldNotRun(format!("cannot read {}: the reader panicked", old.path))));
        Ok((Some(before?), after?))
    })
}

/// The date in UTC, such as `2030-01-31`.
pub(super) fn today() -> String {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    date(elapsed.as_secs() / 86_400)
}

/// The date of a number of days after 1 January 1970.
fn date(days: u64) -> String {
    // From the first of March, a year ends with the day that only some years have.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_days_is_a_date() {
        let dates = [0, 58, 59, 10_957, 19_782, 19_783, 20_148].map(date);
        let expected =
            ["1970-01-01", "1970-02-28", "1970-03-01", "2000-01-01", "2024-02-29", "2024-03-01", "2025-03-01"];
        assert_eq!(dates, expected);
    }
}
