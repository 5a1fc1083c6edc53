//! Parquet.
//!
//! Rows are kept until there are enough for a row group, so that memory does not grow with their number. The file ends with its
//! index: one that was not finished has none, and no reader takes it for a whole one.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::row::{Column, Kind};
use super::value::Value;

/// The number of rows of a row group.
const GROUP: usize = 10_000;

type Out = Box<dyn Write + Send>;

/// The rows of a Parquet file, with a column for each of the table's. Every value can be missing.
pub(super) struct ParquetRows<T: 'static> {
    columns: Vec<(&'static Column<T>, Values)>,
    rows: usize,
    writer: SerializedFileWriter<Out>,
}

impl<T> ParquetRows<T> {
    pub(super) fn new(columns: Vec<&'static Column<T>>, out: Out) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("twilio-rooms ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = schema(&columns).map_err(error)?;
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(error)?;
        let columns = columns.into_iter().map(|column| (column, Values::new(column.kind))).collect();
        Ok(Self { columns, rows: 0, writer })
    }

    pub(super) fn add(&mut self, row: &T) -> io::Result<()> {
        for (column, values) in &mut self.columns {
            let value = (column.value)(row);
            values.push(value).map_err(|value| {
                io::Error::other(format!("{} is {value:?}, which is not of the column's type", column.name))
            })?;
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(error)?;
        self.columns.iter_mut().try_for_each(|(_, values)| values.write(&mut group)).map_err(error)?;
        group.close().map_err(error)?;
        self.rows = 0;
        Ok(())
    }

    /// Writes the last rows, and the index of the file.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write_group()?;
        self.writer.into_inner().map_err(error)?.flush()
    }
}

/// The values of a column in the current row group.
enum Values {
    Text(Data<ByteArray>),
    Flag(Data<bool>),
    Number(Data<i64>),
    Minutes(Data<f64>),
    /// In milliseconds.
    Time(Data<i64>),
}

/// The values that are there, and for each row whether it has one.
struct Data<V> {
    values: Vec<V>,
    levels: Vec<i16>,
}

impl<V> Data<V> {
    fn push(&mut self, value: Option<V>) {
        self.levels.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    fn write<D: DataType<T = V>>(&mut self, group: &mut SerializedRowGroupWriter<'_, Out>) -> Result<(), ParquetError> {
        let column = group.next_column()?;
        let mut column = column.ok_or_else(|| ParquetError::General("there is no column left".to_owned()))?;
        column.typed::<D>().write_batch(&self.values, Some(&self.levels), None)?;
        self.values.clear();
        self.levels.clear();
        column.close()
    }
}

impl Values {
    fn new(kind: Kind) -> Self {
        fn empty<V>() -> Data<V> {
            Data { values: Vec::new(), levels: Vec::new() }
        }
        match kind {
            Kind::Text => Self::Text(empty()),
            Kind::Flag => Self::Flag(empty()),
            Kind::Number => Self::Number(empty()),
            Kind::Minutes => Self::Minutes(empty()),
            Kind::Time => Self::Time(empty()),
        }
    }

    /// Adds the value of the next row. A value of another type is returned.
    fn push(&mut self, value: Value) -> Result<(), Value> {
        match (self, value) {
            (Self::Text(data), Value::Text(text) | Value::Redundant(text) | Value::Url(text) | Value::Status(text)) => {
                data.push(Some(text.into_bytes().into()));
            }
            (Self::Flag(data), Value::Flag(flag)) => data.push(Some(flag)),
            (
                Self::Number(data),
                Value::Count(number) | Value::Seconds(number) | Value::Bytes(number) | Value::WholeMinutes(number),
            ) => {
                data.push(Some(i64::try_from(number).map_err(|_| Value::Count(number))?));
            }
            #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 seconds")]
            (Self::Minutes(data), Value::Minutes(seconds)) => data.push(Some(seconds as f64 / 60.0)),
            (Self::Time(data), Value::Time(time)) => data.push(Some(time.timestamp_millis())),
            (Self::Text(data), Value::Missing) => data.push(None),
            (Self::Flag(data), Value::Missing) => data.push(None),
            (Self::Number(data) | Self::Time(data), Value::Missing) => data.push(None),
            (Self::Minutes(data), Value::Missing) => data.push(None),
            (_, value) => return Err(value),
        }
        Ok(())
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Out>) -> Result<(), ParquetError> {
        match self {
            Self::Text(data) => data.write::<ByteArrayType>(group),
            Self::Flag(data) => data.write::<BoolType>(group),
            Self::Number(data) | Self::Time(data) => data.write::<Int64Type>(group),
            Self::Minutes(data) => data.write::<DoubleType>(group),
        }
    }
}

fn schema<T>(columns: &[&'static Column<T>]) -> Result<TypePtr, ParquetError> {
    let field = |column: &&'static Column<T>| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Flag => (Physical::BOOLEAN, None),
            Kind::Number => (Physical::INT64, None),
            Kind::Minutes => (Physical::DOUBLE, None),
            Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        };
        let field = Type::primitive_type_builder(column.name, physical);
        Ok(Arc::new(field.with_logical_type(logical).with_repetition(Repetition::OPTIONAL).build()?))
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<TypePtr>, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?))
}

/// The error of the output, such as a broken pipe, if that is what it was.
fn error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => source.downcast().map_or_else(io::Error::other, |error| *error),
        error => io::Error::other(error),
    }
}
