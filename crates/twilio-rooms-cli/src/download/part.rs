//! A file that is not yet whole. Its name ends in `.part`, and beside it is the entity tag of the media that it is a part of.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::bulk::ItemError;
use crate::lock::{LockedFile, open_for_one};

/// The longest entity tag that is kept. With none, a download is not resumed.
const MAX_ETAG: usize = 256;

/// A file that is being downloaded. No other process writes to it.
#[derive(Debug)]
pub(super) struct Part {
    file: LockedFile,
    path: PathBuf,
    length: u64,
    /// The entity tag of the media, if it is a strong one.
    etag: Option<String>,
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn part_path(whole: &Path) -> PathBuf {
    beside(whole, ".part")
}

fn etag_path(part: &Path) -> PathBuf {
    beside(part, ".etag")
}

impl Part {
    /// Opens the part of a file, or begins one.
    pub(super) fn open(whole: &Path) -> Result<Self, ItemError> {
        let path = part_path(whole);
        let opened = open_for_one(&path, OpenOptions::new().write(true).create(true).truncate(false))
            .and_then(|file| file.metadata().map(|metadata| (file, metadata.len())));
        let (mut file, length) = opened.map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => ItemError::Other(format!("another process writes {}", path.display())),
            _ => ItemError::of_file("open", &path, &error),
        })?;
        let etag = fs::read_to_string(etag_path(&path)).ok().filter(|etag| is_strong(etag));
        let seek = file.seek(SeekFrom::End(0));
        seek.map_err(|error| ItemError::of_file("open", &path, &error))?;
        let mut part = Self { file, path, length, etag };
        if part.etag.is_none() {
            part.restart(None)?;
        }
        Ok(part)
    }

    /// The number of bytes so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The entity tag with which the rest can be asked for.
    pub(super) fn etag(&self) -> Option<&str> {
        self.etag.as_deref().filter(|_| self.length > 0)
    }

    pub(super) fn is_whole(&self, size: Option<u64>) -> bool {
        self.etag().is_some() && size == Some(self.length)
    }

    /// Begins again, with the media that have this entity tag.
    pub(super) fn restart(&mut self, etag: Option<&str>) -> Result<(), ItemError> {
        let restarted = self.file.set_len(0).and_then(|()| self.file.rewind());
        restarted.map_err(|error| ItemError::of_file("write", &self.path, &error))?;
        self.length = 0;
        let file = etag_path(&self.path);
        self.etag = etag.filter(|etag| is_strong(etag)).map(str::to_owned);
        let kept = match &self.etag {
            Some(etag) => fs::write(&file, etag),
            None => remove(&file),
        };
        kept.map_err(|error| ItemError::of_file("write", &file, &error))
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), ItemError> {
        self.file.write_all(bytes).map_err(|error| ItemError::of_file("write", &self.path, &error))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Gives the file its name, once all of it is on the disk.
    pub(super) async fn finish(self, whole: &Path) -> Result<(), ItemError> {
        let Self { file, path, .. } = self;
        let target = whole.to_owned();
        let finished = tokio::task::spawn_blocking(move || {
            let finish = || {
                file.sync_all()?;
                // An open file can be renamed, and stays locked until then; but not on Windows.
                let locked = if cfg!(windows) { None } else { Some(file) };
                fs::rename(&path, &target)?;
                let removed = remove(&etag_path(&path));
                drop(locked);
                removed
            };
            finish().map_err(|error| ItemError::of_file("finish", &path, &error))
        });
        finished.await.unwrap_or_else(|error| Err(ItemError::Other(format!("cannot finish the file: {error}"))))
    }

    /// Removes the file if it has nothing that the next download could continue.
    pub(super) fn discard_if_empty(self) {
        if self.length == 0 {
            // They do no harm.
            for file in [etag_path(&self.path), self.path] {
                let _ = remove(&file);
            }
        }
    }

    /// Removes what a program that was ended has left beside a whole file.
    pub(super) fn remove_leftovers(whole: &Path) {
        let part = part_path(whole);
        for file in [etag_path(&part), part] {
            // They do no harm.
            let _ = remove(&file);
        }
    }
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Returns whether media with this entity tag are the same byte for byte.
fn is_strong(etag: &str) -> bool {
    etag.len() <= MAX_ETAG && etag.starts_with('"') && etag.len() > 2 && etag.ends_with('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> io::Result<Self> {
            let folder = std::env::temp_dir().join(format!("twilio-rooms-part-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder)?;
            Ok(Self(folder))
        }

        fn names(&self) -> io::Result<Vec<OsString>> {
            let mut names =
                fs::read_dir(&self.0)?.map(|entry| entry.map(|it| it.file_name())).collect::<io::Result<Vec<_>>>()?;
            names.sort();
            Ok(names)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn error(error: &ItemError) -> String {
        format!("{error:?}")
    }

    #[tokio::test]
    async fn a_part_is_continued_with_its_entity_tag_and_renamed_at_the_end() -> Result<(), Box<dyn std::error::Error>>
    {
        let folder = Folder::new("continued")?;
        let whole = folder.0.join("RT1.mka");
        let mut part = Part::open(&whole).map_err(|it| error(&it))?;
        assert_eq!((part.length(), part.etag()), (0, None));
        part.restart(Some("\"1\"")).map_err(|it| error(&it))?;
        part.write(b"abc").map_err(|it| error(&it))?;
        drop(part);
        assert_eq!(folder.names()?, ["RT1.mka.part", "RT1.mka.part.etag"]);
        let mut part = Part::open(&whole).map_err(|it| error(&it))?;
        assert_eq!((part.length(), part.etag(), part.is_whole(Some(3))), (3, Some("\"1\""), true));
        part.write(b"def").map_err(|it| error(&it))?;
        part.finish(&whole).await.map_err(|it| error(&it))?;
        assert_eq!((folder.names()?, fs::read(&whole)?), (vec!["RT1.mka".into()], b"abcdef".to_vec()));
        Ok(())
    }

    #[test]
    fn a_part_without_a_strong_entity_tag_is_begun_again() -> Result<(), Box<dyn std::error::Error>> {
        let folder = Folder::new("begun")?;
        let whole = folder.0.join("RT1.mka");
        for etag in [None, Some("W/\"1\""), Some("\"\""), Some("x")] {
            let mut part = Part::open(&whole).map_err(|it| error(&it))?;
            part.restart(etag).map_err(|it| error(&it))?;
            part.write(b"abc").map_err(|it| error(&it))?;
            drop(part);
            assert_eq!(Part::open(&whole).map_err(|it| error(&it))?.length(), 0, "{etag:?}");
        }
        Ok(())
    }

    #[test]
    fn a_part_that_has_nothing_is_removed() -> Result<(), Box<dyn std::error::Error>> {
        let folder = Folder::new("nothing")?;
        let whole = folder.0.join("RT1.mka");
        for (bytes, left) in [("", 0), ("abc", 2)] {
            let mut part = Part::open(&whole).map_err(|it| error(&it))?;
            part.restart(Some("\"1\"")).map_err(|it| error(&it))?;
            part.write(bytes.as_bytes()).map_err(|it| error(&it))?;
            part.discard_if_empty();
            assert_eq!(folder.names()?.len(), left, "{bytes:?}");
        }
        Ok(())
    }

    #[cfg(any(unix, windows))]
    #[test]
    fn a_part_has_one_writer() -> Result<(), Box<dyn std::error::Error>> {
        let folder = Folder::new("writer")?;
        let whole = folder.0.join("RT1.mka");
        let part = Part::open(&whole).map_err(|it| error(&it))?;
        assert!(Part::open(&whole).is_err());
        drop(part);
        assert!(Part::open(&whole).is_ok());
        Ok(())
    }
}
