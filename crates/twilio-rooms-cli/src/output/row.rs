//! The columns of a resource.

use serde::Serialize;

use super::value::Value;

/// A resource that is printed in columns, or as the JSON that it serializes to.
pub(crate) trait Row: Serialize + Sized + 'static {
    /// All columns, in the order in which they are shown.
    const COLUMNS: &'static [Column<Self>];
}

/// A column of a table and of CSV.
#[derive(Debug)]
pub(crate) struct Column<T> {
    /// The name of the field in the API, which is the header in CSV.
    pub(crate) name: &'static str,
    /// The header in tables.
    pub(crate) title: &'static str,
    pub(crate) value: fn(&T) -> Value,
    /// Tables that are too wide leave out the columns of the highest rank first, and never one of rank 0.
    pub(crate) rank: u8,
    pub(crate) fit: Fit,
    /// The type of the values.
    pub(crate) kind: Kind,
}

/// The type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Flag,
    /// A whole number: a count, seconds, or bytes.
    Number,
    /// A number of minutes with its fraction.
    Minutes,
    Time,
}

/// The part that a column takes in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It is as wide as its widest value.
    Whole,
    /// Its values are cut if the table is too wide.
    Cut,
    /// Its values are numbers, which stand on the right.
    Right,
    /// Only `wide` and the forms for programs have it.
    Wide,
}

impl<T> Column<T> {
    pub(crate) const fn new(name: &'static str, title: &'static str, value: fn(&T) -> Value) -> Self {
        Self { name, title, value, rank: 0, fit: Fit::Whole, kind: Kind::Text }
    }

    pub(crate) const fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    pub(crate) const fn fit(mut self, fit: Fit) -> Self {
        self.fit = fit;
        self
    }

    pub(crate) const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Whole numbers, which stand on the right.
    pub(crate) const fn number(self) -> Self {
        self.kind(Kind::Number).fit(Fit::Right)
    }

    pub(crate) const fn wide(self) -> Self {
        self.fit(Fit::Wide)
    }
}
