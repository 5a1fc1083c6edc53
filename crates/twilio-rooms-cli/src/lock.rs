//! Files that one process at a time writes to.

use std::fs::{File, OpenOptions};
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::Path;

/// A file that is locked until it is dropped.
#[derive(Debug)]
pub(crate) struct LockedFile(File);

impl Deref for LockedFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for LockedFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Closing the file unlocks it too, but not while a child process that is being started has a copy of it.
        #[cfg(unix)]
        let _ = rustix::fs::flock(&self.0, rustix::fs::FlockOperation::Unlock);
    }
}

/// Opens a file that no other process has open so. If one has, the error is of the kind `WouldBlock` on Unix.
pub(crate) fn open_for_one(path: &Path, options: &mut OpenOptions) -> io::Result<LockedFile> {
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(options, 0);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;

        rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive)?;
        // Between opening and locking it, another process may have given it another name.
        let id = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
        if std::fs::metadata(path).map(id).ok() != file.metadata().map(id).ok() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
    }
    Ok(LockedFile(file))
}
