//! XLSX: a workbook with a sheet for each table, and before them one that says what it is and what each column means. Rows go to the disk as they come.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, Format, Workbook};

use super::{Cell, Rows, TABLES, rows};
use crate::formats::Job;
use crate::{ExportError, Sink};

/// How many rows a sheet can have.
const ROWS: u32 = 1_048_576;
/// How many UTF-16 code units a cell can have.
const CELL: usize = 32_767;
/// The end of a text that a cell has no room for.
const CUT: char = '…';

/// Writes the workbook.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut out = sink.file("svodka.xlsx")?;
    let mut book = Book {
        workbook: Workbook::new(),
        bold: Format::new().set_bold(),
        sheets: Vec::new(),
    };
    book.workbook.set_properties(
        &DocProperties::new()
            .set_title(&job.about.title)
            .set_author(&job.about.program)
            .set_comment(job.about.notice()),
    );
    book.about(job)?;
    for table in 0..TABLES.len() {
        let sheet = book.sheet(table, 1)?;
        book.sheets.push(sheet);
    }
    rows(job, &mut book)?;
    book.workbook.save_to_writer(&mut out)?;
    Ok(out.flush()?)
}

struct Book {
    workbook: Workbook,
    bold: Format,
    /// The sheet of each table that is being filled.
    sheets: Vec<Sheet>,
}

struct Sheet {
    /// Its place in the workbook.
    index: usize,
    /// Which of the table's sheets it is, from 1.
    part: usize,
    /// The next row.
    row: u32,
}

impl Book {
    fn about(&mut self, job: &Job<'_>) -> Result<(), ExportError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name("about")?;
        sheet.set_column_width(1, 24)?;
        sheet.set_column_width(2, 100)?;
        sheet.write_string_with_format(0, 0, fitting(&job.about.title), &self.bold)?;
        sheet.write_string(1, 0, job.about.notice())?;
        sheet.write_string(2, 0, &job.about.program)?;
        let mut row = 4;
        for table in &TABLES {
            sheet.write_string_with_format(row, 0, table.name, &self.bold)?;
            sheet.write_string(row, 2, table.meaning)?;
            row += 1;
            for column in table.columns {
                sheet.write_string(row, 1, column.name)?;
                sheet.write_string(row, 2, column.meaning)?;
                row += 1;
            }
        }
        Ok(())
    }

    /// A new sheet for a table, with its heading.
    fn sheet(&mut self, table: usize, part: usize) -> Result<Sheet, ExportError> {
        let index = self.workbook.worksheets().len();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        if let Some(table) = TABLES.get(table) {
            let name = match part {
                1 => table.name.to_owned(),
                part => format!("{} {part}", table.name),
            };
            sheet.set_name(name)?;
            sheet.set_freeze_panes(1, 0)?;
            for (column, at) in table.columns.iter().zip(0..) {
                sheet.write_string_with_format(0, at, column.name, &self.bold)?;
            }
        }
        let row = 1;
        Ok(Sheet { index, part, row })
    }
}

impl Rows for Book {
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), ExportError> {
        let full = self
            .sheets
            .get(table)
            .filter(|sheet| sheet.row >= ROWS)
            .map(|sheet| sheet.part + 1);
        if let Some(part) = full {
            self.sheets[table] = self.sheet(table, part)?;
        }
        let Some(Sheet { index, row, .. }) = self.sheets.get_mut(table) else {
            return Ok(());
        };
        let sheet = self.workbook.worksheet_from_index(*index)?;
        for (cell, column) in cells.iter().zip(0..) {
            match cell {
                Cell::Nothing => continue,
                Cell::Text(text) => sheet.write_string(*row, column, fitting(text))?,
                // A spreadsheet's numbers are exact up to 2^53.
                Cell::Integer(number) => sheet.write_number(*row, column, *number as f64)?,
                Cell::Boolean(value) => sheet.write_boolean(*row, column, *value)?,
            };
        }
        *row += 1;
        Ok(())
    }
}

/// As much of a text as a cell has room for.
fn fitting(text: &str) -> String {
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text.to_owned();
    }
    let mut units = CUT.len_utf16();
    let mut fitting: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= CELL
        })
        .collect();
    fitting.push(CUT);
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_cell_has_no_room_for_is_cut_and_says_so() {
        let long = "😀".repeat(20_000);
        let cut = fitting(&long);
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= CELL);
        assert_eq!(fitting("Orlov"), "Orlov");
    }
}
