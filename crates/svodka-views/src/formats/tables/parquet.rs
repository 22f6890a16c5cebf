//! [Parquet](https://parquet.apache.org/docs/): a file for each table. Rows are held back until there are enough for a row group, so that a table of any
//! length needs the memory of one.

use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cell, Column, Rows, Sort, TABLES, Table, rows};
use crate::formats::Job;
use crate::sink::Out;
use crate::{ExportError, Sink};

/// How many bytes of text, and how many rows, a row group holds at most.
const GROUP_BYTES: usize = 8 << 20;
const GROUP_ROWS: usize = 1 << 16;

/// Writes the tables.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut files = Vec::new();
    for table in &TABLES {
        let out = sink.file(&format!("{}.parquet", table.name))?;
        files.push(File::new(job, table, out)?);
    }
    let mut files = Files(files);
    rows(job, &mut files)?;
    files.0.into_iter().try_for_each(File::close)
}

struct Files(Vec<File>);

impl Rows for Files {
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), ExportError> {
        match self.0.get_mut(table) {
            Some(file) => file.row(cells),
            None => Ok(()),
        }
    }
}

/// A table, with the rows that are held back.
struct File {
    writer: SerializedFileWriter<Out>,
    columns: Vec<Held>,
    rows: usize,
    bytes: usize,
}

/// The values of a column that are held back: those that are there, and for each row whether one is.
struct Held {
    required: bool,
    there: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Boolean(Vec<bool>),
}

impl File {
    fn new(job: &Job<'_>, table: &Table, out: Out) -> Result<File, ExportError> {
        let fields = table
            .columns
            .iter()
            .map(|column| schema(column).map(Arc::new));
        let fields = fields.collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder(table.name)
            .with_fields(fields)
            .build()?;
        let said = |name: &str, value: String| KeyValue::new(name.to_owned(), value);
        let mut about = vec![
            said("title", job.about.title.clone()),
            said("description", table.meaning.to_owned()),
            said("notice", job.about.notice()),
        ];
        about.extend(table.columns.iter().map(|column| {
            said(
                &format!("column.{}", column.name),
                column.meaning.to_owned(),
            )
        }));
        let properties = WriterProperties::builder()
            .set_created_by(job.about.program.clone())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about))
            .build();
        Ok(File {
            writer: SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?,
            columns: table.columns.iter().map(Held::new).collect(),
            rows: 0,
            bytes: 0,
        })
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.take(cell);
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.group()?;
        }
        Ok(())
    }

    /// Writes what is held back.
    fn group(&mut self) -> Result<(), ExportError> {
        let mut group = self.writer.next_row_group()?;
        for held in &mut self.columns {
            let Some(mut column) = group.next_column()? else {
                break;
            };
            let there = (!held.required).then_some(held.there.as_slice());
            match &mut held.values {
                Values::Text(values) => {
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(values, there, None)?;
                    values.clear();
                }
                Values::Integer(values) => {
                    column
                        .typed::<Int64Type>()
                        .write_batch(values, there, None)?;
                    values.clear();
                }
                Values::Boolean(values) => {
                    column
                        .typed::<BoolType>()
                        .write_batch(values, there, None)?;
                    values.clear();
                }
            }
            held.there.clear();
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn close(mut self) -> Result<(), ExportError> {
        if self.rows > 0 {
            self.group()?;
        }
        self.writer.close()?;
        Ok(())
    }
}

impl Held {
    fn new(column: &Column) -> Held {
        Held {
            required: column.required,
            there: Vec::new(),
            values: match column.sort {
                Sort::Text => Values::Text(Vec::new()),
                Sort::Integer => Values::Integer(Vec::new()),
                Sort::Boolean => Values::Boolean(Vec::new()),
            },
        }
    }

    /// Takes a cell and says how many bytes it has. What a required column lacks is an empty text, zero or no.
    fn take(&mut self, cell: &Cell) -> usize {
        let lacks = *cell == Cell::Nothing;
        self.there.push(i16::from(!lacks));
        if lacks && !self.required {
            return 1;
        }
        match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                values.push(ByteArray::from(text.as_str()));
                return text.len();
            }
            (Values::Text(values), _) => values.push(ByteArray::from("")),
            (Values::Integer(values), Cell::Integer(number)) => values.push(*number),
            (Values::Integer(values), _) => values.push(0),
            (Values::Boolean(values), cell) => values.push(*cell == Cell::Boolean(true)),
        }
        8
    }
}

fn schema(column: &Column) -> Result<Type, ExportError> {
    let sort = match column.sort {
        Sort::Text => Physical::BYTE_ARRAY,
        Sort::Integer => Physical::INT64,
        Sort::Boolean => Physical::BOOLEAN,
    };
    let repetition = if column.required {
        Repetition::REQUIRED
    } else {
        Repetition::OPTIONAL
    };
    let mut field = Type::primitive_type_builder(column.name, sort).with_repetition(repetition);
    if column.sort == Sort::Text {
        field = field
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8);
    }
    Ok(field.build()?)
}
