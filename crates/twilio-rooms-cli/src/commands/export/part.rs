//! The files of a day.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use twilio_rooms::{Participant, Recording, Room};

use super::failures::failed;
use super::file_format::FileFormat;
use super::journal::Entry;
use crate::failure::Failure;
use crate::output::{OutputOptions, Paint, Printer, Row, Screen, Width};

/// The files of a day, each in the folder of its table.
pub(super) struct Parts<'a> {
    pub(super) rooms: Part<'a, Room>,
    pub(super) participants: Part<'a, Participant>,
    pub(super) recordings: Part<'a, Recording>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(folder: &'a Path, day: NaiveDate, format: FileFormat) -> Self {
        Self {
            rooms: Part::new(folder, "rooms", day, format),
            participants: Part::new(folder, "participants", day, format),
            recordings: Part::new(folder, "recordings", day, format),
        }
    }

    /// The files that the entry tells of are there.
    pub(super) fn exist(&self, entry: &Entry) -> bool {
        (entry.rooms == 0 || self.rooms.path().is_file())
            && (entry.participants == 0 || self.participants.path().is_file())
            && (entry.recordings == 0 || self.recordings.path().is_file())
    }

    /// Gives the files their names, and returns the numbers of their rows.
    pub(super) fn publish(self) -> Result<(u64, u64, u64), Failure> {
        let Self { mut rooms, mut participants, mut recordings } = self;
        let counts = (rooms.finish()?, participants.finish()?, recordings.finish()?);
        rooms.publish()?;
        participants.publish()?;
        recordings.publish()?;
        Ok(counts)
    }
}

/// A file of a table, which has another name until it is whole. It is there if it has a row.
pub(super) struct Part<'a, T: 'static> {
    folder: &'a Path,
    table: &'static str,
    day: NaiveDate,
    format: FileFormat,
    open: Option<Open<T>>,
    /// It is written, and has its first name.
    is_unpublished: bool,
}

struct Open<T: 'static> {
    printer: Printer<T>,
    file: File,
}

impl<'a, T: Row> Part<'a, T> {
    fn new(folder: &'a Path, table: &'static str, day: NaiveDate, format: FileFormat) -> Self {
        Self { folder, table, day, format, open: None, is_unpublished: false }
    }

    pub(super) fn print(&mut self, row: &T) -> Result<(), Failure> {
        let printer = match &mut self.open {
            Some(open) => &mut open.printer,
            None => &mut self.open.insert(self.create()?).printer,
        };
        let result = printer.print(row);
        result.map_err(|failure| self.named(failure))
    }

    /// Adds the name of the file to an error of writing it.
    fn named(&self, mut failure: Failure) -> Failure {
        failure.message = format!("{}: {}", self.partial().display(), failure.message);
        failure
    }

    fn create(&self) -> Result<Open<T>, Failure> {
        let path = self.partial();
        let file = fs::create_dir_all(path.parent().unwrap_or(&path)).and_then(|()| File::create(&path));
        let file = file.map_err(|error| failed("create", &path, &error))?;
        let out = file.try_clone().map_err(|error| failed("create", &path, &error))?;
        let options = OutputOptions { output: self.format.output(), ..OutputOptions::default() };
        let screen = Screen {
            out: Box::new(BufWriter::new(out)),
            width: Width::Unlimited,
            paint: Paint::PLAIN,
            is_terminal: false,
        };
        Ok(Open { printer: Printer::list(&options, screen)?, file })
    }

    /// Ends the file, and returns the number of its rows.
    fn finish(&mut self) -> Result<u64, Failure> {
        let Some(Open { printer, file }) = self.open.take() else { return Ok(0) };
        self.is_unpublished = true;
        let rows = printer.printed();
        printer.finish().map_err(|failure| self.named(failure))?;
        file.sync_all().map_err(|error| failed("write", &self.partial(), &error))?;
        Ok(rows)
    }

    /// Replaces the file of an earlier run.
    fn publish(&mut self) -> Result<(), Failure> {
        let path = self.path();
        if self.is_unpublished {
            fs::rename(self.partial(), &path).map_err(|error| failed("write", &path, &error))?;
            self.is_unpublished = false;
        } else if path.is_file() {
            fs::remove_file(&path).map_err(|error| failed("remove", &path, &error))?;
        }
        Ok(())
    }

    fn path(&self) -> PathBuf {
        let Self { table, day, .. } = self;
        self.folder.join(format!("{table}/day={day}/part.{}", self.format.extension()))
    }
}

impl<T> Part<'_, T> {
    /// The path of the file that is not whole. Its name does not end like those of whole ones.
    fn partial(&self) -> PathBuf {
        let Self { table, day, .. } = self;
        self.folder.join(format!("{table}/day={day}/part.{}.partial", self.format.extension()))
    }
}

impl<T> Drop for Part<'_, T> {
    fn drop(&mut self) {
        if self.open.is_some() || self.is_unpublished {
            let _ = fs::remove_file(self.partial());
        }
    }
}
