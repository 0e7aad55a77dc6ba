//! A table as Parquet.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::model::table::{Cell, Column, Kind};

/// How many rows are in memory at once.
const ROWS_AT_ONCE: usize = 65_536;
/// The day that days are counted from.
const FIRST_DAY: Date = Date::constant(1970, 1, 1);

/// Writes it. Every column may be empty; nothing in the file tells when or where it was written.
pub(super) fn write<'c>(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'c>>>,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let fields = columns.iter().map(field);
    let schema = Type::group_type_builder("schema")
        .with_fields(fields.collect::<Result<_, _>>()?)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("intervy ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut count = 0;
    let mut gathered: Vec<Vec<Cell<'c>>> = columns.iter().map(|_| Vec::new()).collect();
    let mut rows = rows.peekable();
    while let Some(row) = rows.next() {
        for (column, cell) in gathered.iter_mut().zip(row) {
            column.push(cell);
        }
        count += 1;
        if count % ROWS_AT_ONCE == 0 || rows.peek().is_none() {
            let mut group = writer.next_row_group()?;
            for (column, cells) in columns.iter().zip(&mut gathered) {
                let writer = group.next_column()?;
                let mut writer = writer.ok_or(ParquetError::EOF("a column".to_owned()))?;
                put(column.kind, cells, &mut writer)?;
                writer.close()?;
                cells.clear();
            }
            group.close()?;
        }
    }
    writer.close()?;
    Ok(count)
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT32, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Moment => {
            let unit = LogicalType::timestamp(true, TimeUnit::MICROS);
            (Physical::INT64, Some(unit))
        }
        Kind::Truth => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    Ok(Arc::new(field.build()?))
}

fn put(
    kind: Kind,
    cells: &[Cell<'_>],
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => put_as::<ByteArrayType>(cells, writer, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
            _ => None,
        }),
        Kind::Whole => put_as::<Int32Type>(cells, writer, |cell| match cell {
            Cell::Whole(number) => Some(i32::try_from(*number).unwrap_or(i32::MAX)),
            _ => None,
        }),
        Kind::Day => put_as::<Int32Type>(cells, writer, |cell| match cell {
            Cell::Day(day) => Some((*day - FIRST_DAY).get_days()),
            _ => None,
        }),
        Kind::Moment => put_as::<Int64Type>(cells, writer, |cell| match cell {
            Cell::Moment(moment) => Some(moment.as_microsecond()),
            _ => None,
        }),
        Kind::Truth => put_as::<BoolType>(cells, writer, |cell| match cell {
            Cell::Truth(is_so) => Some(*is_so),
            _ => None,
        }),
    }
}

/// Writes the values of a column, and where there is none.
fn put_as<T: DataType>(
    cells: &[Cell<'_>],
    writer: &mut SerializedColumnWriter<'_>,
    value: impl Fn(&Cell<'_>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let mut levels = Vec::with_capacity(cells.len());
    let mut values = Vec::with_capacity(cells.len());
    for cell in cells {
        let value = value(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    writer
        .typed::<T>()
        .write_batch(&values, Some(&levels), None)?;
    Ok(())
}
