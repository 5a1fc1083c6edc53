//! Downloads of media, which are resumed where an earlier one has ended.

mod media;
mod part;

use std::path::{Path, PathBuf};
use std::time::Duration;

use twilio_rooms::Client;

use self::media::{FetchError, MediaClient};
use self::part::Part;
use crate::bulk::{ItemError, Target};
use crate::failure::Failure;
use crate::rows::Outcome;
use crate::session::Session;

/// The number of requests in a row that bring nothing.
const ATTEMPTS: u32 = 4;
/// The delay before a request after one that brought nothing. The first one follows at once, with a new URL.
const DELAY: Duration = Duration::from_millis(500);
/// The extension of media whose format the service does not say.
const UNKNOWN_FORMAT: &str = "bin";

/// Downloads the media of recordings into a folder.
#[derive(Debug)]
pub(crate) struct Downloader {
    client: Client,
    media: MediaClient,
    folder: PathBuf,
}

impl Downloader {
    pub(crate) fn new(session: &Session<'_>, folder: PathBuf) -> Result<Self, Failure> {
        if std::fs::metadata(&folder).is_ok_and(|folder| !folder.is_dir()) {
            return Err(Failure::usage(format!("{} is no folder", folder.display())));
        }
        Ok(Self { client: session.client.clone(), media: MediaClient::new(session.global.debug)?, folder })
    }

    /// Downloads a recording, unless its file is there already.
    pub(crate) async fn download(&self, target: Target) -> Result<Outcome, ItemError> {
        let path = self.folder.join(file_name(&target)?);
        if is_whole(&path, target.size) {
            Part::remove_leftovers(&path);
            return Ok(Outcome::Present);
        }
        let cannot = |error| ItemError::Disk(format!("cannot make the folder {}: {error}", self.folder.display()));
        std::fs::create_dir_all(&self.folder).map_err(cannot)?;
        let mut part = Part::open(&path)?;
        // Another process may have finished it in between.
        if is_whole(&path, target.size) {
            Part::remove_leftovers(&path);
            return Ok(Outcome::Present);
        }
        if let Err(error) = self.complete(&target, &mut part).await {
            part.discard_if_empty();
            return Err(error);
        }
        part.finish(&path).await?;
        Ok(Outcome::Downloaded)
    }

    /// Reads what the part is missing, in as many requests as that takes.
    async fn complete(&self, target: &Target, part: &mut Part) -> Result<(), ItemError> {
        let mut failures = 0;
        while !part.is_whole(target.size) {
            let before = part.length();
            match self.fetch(target, part).await {
                Ok(()) => break,
                Err(FetchError::Final(error)) => return Err(error),
                Err(FetchError::Transient(message)) => {
                    failures = if part.length() > before { 1 } else { failures + 1 };
                    if failures >= ATTEMPTS {
                        return Err(ItemError::Other(message));
                    }
                    if failures > 1 {
                        tokio::time::sleep(DELAY).await;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads the media from where the part ends. Each request has a new URL, since they expire.
    async fn fetch(&self, target: &Target, part: &mut Part) -> Result<(), FetchError> {
        let recording = self.client.room(&target.room).recording(&target.sid);
        let url = recording.media_url().await.map_err(|error| FetchError::Final(error.into()))?;
        self.media.fetch(&url, target.size, part).await
    }
}

/// The name of a recording's file. The service decides on its parts, so they are checked.
fn file_name(target: &Target) -> Result<String, ItemError> {
    let is_plain = |text: &str, longest: usize| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if !is_plain(&target.sid, 64) {
        return Err(ItemError::Other(format!("{:?} is no SID to name a file after", target.sid)));
    }
    let format = target.format.as_deref().filter(|format| is_plain(format, 8)).unwrap_or(UNKNOWN_FORMAT);
    Ok(format!("{}.{format}", target.sid))
}

/// Returns whether the file is there. It has its name only once all of it is written.
fn is_whole(path: &Path, size: Option<u64>) -> bool {
    let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
    file.is_some_and(|file| size.is_none_or(|size| file.len() == size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(sid: &str, format: Option<&str>) -> Option<String> {
        let format = format.map(str::to_owned);
        file_name(&Target { sid: sid.to_owned(), format, ..Target::default() }).ok()
    }

    #[test]
    fn a_file_is_named_after_its_recording_and_stays_in_the_folder() {
        assert_eq!(name("RT01", Some("mka")).as_deref(), Some("RT01.mka"));
        assert_eq!(name("RT01", None).as_deref(), Some("RT01.bin"));
        for odd in ["", "../x", "m/k", ".", "m k", "averylongformat"] {
            assert_eq!(name("RT01", Some(odd)).as_deref(), Some("RT01.bin"), "{odd}");
        }
        for odd in ["", "..", "../RT01", "/etc/passwd", "RT01\0", "RT 01", "C:RT01"] {
            assert_eq!(name(odd, Some("mka")), None, "{odd}");
        }
    }
}
