//! Prints resources in the form that was asked for, one after the other.

use std::io::{self, Write};

use super::delimited::write_record;
use super::format::{Format, OutputOptions};
use super::json::write_json;
use super::paint::{Cell, Paint};
#[cfg(feature = "parquet")]
use super::parquet::ParquetRows;
use super::row::{Column, Fit, Row};
use super::screen::{BUFFER, Screen, Width};
use super::table::{Look, Table};
use crate::failure::Failure;

/// The size of the lines of NDJSON that are written at once: nearly what a pipe of Linux holds, and more than the buffer of the output,
/// into which they are not copied then.
const LINES: usize = 60 << 10;
const _: () = assert!(LINES > BUFFER, "the lines would be copied into the buffer");

/// A printer of resources of one kind. It holds one page of them at most.
pub(crate) struct Printer<T: 'static> {
    out: Box<dyn Write + Send>,
    form: Form<T>,
    printed: u64,
}

enum Form<T: 'static> {
    Table(Table<T>),
    /// Fields by line, for a single resource.
    Record {
        columns: Vec<&'static Column<T>>,
        paint: Paint,
    },
    Json,
    /// A single object.
    JsonObject,
    Ndjson {
        /// The lines that are not yet written.
        lines: Vec<u8>,
    },
    Delimited {
        columns: Vec<&'static Column<T>>,
        delimiter: char,
    },
    /// Owns the output.
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetRows<T>>),
}

impl<T: Row> Printer<T> {
    /// A printer of a list.
    pub(crate) fn list(options: &OutputOptions, screen: Screen) -> Result<Self, Failure> {
        options.output.check()?;
        let columns = choose(options)?;
        let (width, paint) = (screen.width, screen.paint);
        let header = !options.no_header;
        let width = if options.output == Format::Table { width } else { Width::Unlimited };
        let delimited = |columns, delimiter| Form::Delimited { columns, delimiter };
        let form = match options.output {
            Format::Table | Format::Wide => Form::Table(Table::new(columns, Look { width, paint, header })),
            Format::Json => Form::Json,
            Format::Ndjson => Form::Ndjson { lines: Vec::new() },
            Format::Csv => delimited(columns, ','),
            Format::Tsv => delimited(columns, '\t'),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let form = Form::Parquet(Box::new(ParquetRows::new(columns, screen.out)?));
                return Ok(Self { out: Box::new(io::sink()), form, printed: 0 });
            }
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => Form::Ndjson { lines: Vec::new() }, // Refused above.
        };
        // The cells of tables are safe for a terminal, and have colours.
        let out = if matches!(form, Form::Table(_)) { screen.out } else { screen.for_programs() };
        let mut printer = Self { out, form, printed: 0 };
        if let Form::Delimited { columns, delimiter } = &printer.form
            && header
        {
            write_record(columns.iter().map(|column| column.name.to_owned()), *delimiter, &mut printer.out)?;
        }
        Ok(printer)
    }

    /// A printer of a single resource: a table has a line for each field.
    pub(crate) fn one(options: &OutputOptions, screen: Screen) -> Result<Self, Failure> {
        let chosen = !options.columns.is_empty();
        let (columns, paint) = (if chosen { choose(options)? } else { T::COLUMNS.iter().collect() }, screen.paint);
        let mut printer = Self::list(options, screen)?;
        match options.output {
            Format::Table | Format::Wide => printer.form = Form::Record { columns, paint },
            Format::Json => printer.form = Form::JsonObject,
            Format::Ndjson | Format::Csv | Format::Tsv | Format::Parquet => {}
        }
        Ok(printer)
    }

    /// The number of resources so far.
    pub(crate) fn printed(&self) -> u64 {
        self.printed
    }

    pub(crate) fn print(&mut self, row: &T) -> Result<(), Failure> {
        let is_first = self.printed == 0;
        self.printed += 1;
        let out = &mut self.out;
        match &mut self.form {
            Form::Table(table) => table.add(row, out)?,
            Form::Record { columns, paint } => print_record(row, columns, *paint, out)?,
            Form::Json => {
                // A JSON text has no line break but those between values.
                let json = serde_json::to_string_pretty(row).map_err(io::Error::from)?.replace('\n', "\n  ");
                let before = if is_first { "[\n  " } else { ",\n  " };
                write!(out, "{before}{json}")?;
            }
            Form::JsonObject => {
                serde_json::to_writer_pretty(&mut *out, row).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Form::Ndjson { lines } => {
                write_json(lines, row).map_err(io::Error::from)?;
                lines.push(b'\n');
                if lines.len() >= LINES {
                    write_lines(lines, out)?;
                }
            }
            Form::Delimited { columns, delimiter } => {
                write_record(columns.iter().map(|column| (column.value)(row).machine()), *delimiter, out)?;
            }
            #[cfg(feature = "parquet")]
            Form::Parquet(rows) => rows.add(row)?,
        }
        Ok(())
    }

    /// Shows the rows that were printed so far, unless they are those that decide the widths of a table.
    pub(crate) fn flush_rows(&mut self) -> Result<(), Failure> {
        if let Form::Ndjson { lines } = &mut self.form {
            write_lines(lines, &mut self.out)?;
        }
        Ok(self.out.flush()?)
    }

    /// Returns whether the next row is printed with others later, since they decide the widths of a table.
    pub(crate) fn collects_next(&self) -> bool {
        matches!(&self.form, Form::Table(table) if table.collects_next())
    }

    /// Shows what was printed so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        if let Form::Table(table) = &mut self.form {
            table.flush(&mut self.out)?;
        }
        self.flush_rows()
    }

    /// Ends the output. An error in between leaves it without this, so that half an array is not taken for a whole one.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if let Form::Json = self.form {
            self.out.write_all(if self.printed == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        #[cfg(feature = "parquet")]
        if let Form::Parquet(rows) = self.form {
            return Ok(rows.finish()?);
        }
        self.flush()
    }
}

/// Writes the lines, and leaves none.
fn write_lines(lines: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    let written = out.write_all(lines);
    lines.clear();
    written
}

fn print_record<T>(row: &T, columns: &[&Column<T>], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let width = columns.iter().map(|column| column.name.len()).max().unwrap_or_default();
    for column in columns {
        let cell = Cell::from((column.value)(row));
        write!(out, "{:width$}  ", column.name)?;
        paint.write(&cell.text, &cell, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The columns that were asked for, or those that the form has.
fn choose<T: Row>(options: &OutputOptions) -> Result<Vec<&'static Column<T>>, Failure> {
    if options.columns.is_empty() {
        let is_shown = |column: &&Column<T>| options.output != Format::Table || column.fit != Fit::Wide;
        return Ok(T::COLUMNS.iter().filter(is_shown).collect());
    }
    if matches!(options.output, Format::Json | Format::Ndjson) {
        let failure = Failure::usage("--columns does not go with JSON, which has every field of the service");
        return Err(failure.hint("Use csv or tsv, or choose the fields with jq."));
    }
    let find = |name: &String| {
        let is_named =
            |column: &&Column<T>| [column.name, column.title].iter().any(|one| one.eq_ignore_ascii_case(name));
        T::COLUMNS.iter().find(is_named).ok_or_else(|| {
            let names: Vec<&str> = T::COLUMNS.iter().map(|column| column.name).collect();
            Failure::usage(format!("there is no column {name:?}"))
                .hint(format!("The columns are {}.", names.join(", ")))
        })
    };
    options.columns.iter().map(find).collect()
}
