//! Claims as a table.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Int64Builder, ListBuilder, StringBuilder,
    StructBuilder,
};
use arrow_schema::{DataType, Field, Fields, Schema};
use jiff::civil::Date;
use serde_json::Value;
use svodka::store::Told;
use svodka::{Certainty, Edtf, Polarity};

use crate::failure::Failure;
use crate::table::Table;

/// How many claims there are in a chunk.
const CHUNK: usize = 8_192;

/// The claims, each with how many independent sources it stands on.
pub fn table(claims: &[Told], witnesses: &[usize]) -> Result<Table, Failure> {
    let of = |(claims, witnesses): (&[Told], &[usize])| {
        let mut columns = Columns::default();
        for (told, &witnesses) in claims.iter().zip(witnesses) {
            columns.push(told, witnesses);
        }
        columns.finish()
    };
    let mut chunks: Vec<Vec<ArrayRef>> = claims
        .chunks(CHUNK)
        .zip(witnesses.chunks(CHUNK))
        .map(of)
        .collect();
    if chunks.is_empty() {
        chunks.push(Columns::default().finish());
    }
    Table::new(schema(), chunks)
}

fn pair(names: [&str; 3]) -> Fields {
    Fields::from(
        names
            .map(|name| Field::new(name, DataType::Utf8, true))
            .to_vec(),
    )
}

fn list(of: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(of, true)))
}

const ROLES: [&str; 3] = ["role", "text", "entity"];

fn schema() -> Schema {
    let text = |name| Field::new(name, DataType::Utf8, true);
    Schema::new(vec![
        text("claim"),
        text("kind"),
        Field::new("roles", list(DataType::Struct(pair(ROLES))), true),
        text("fields"),
        text("when"),
        text("when_text"),
        Field::new("first", DataType::Date32, true),
        Field::new("last", DataType::Date32, true),
        text("polarity"),
        text("certainty"),
        Field::new("sources", list(DataType::Utf8), true),
        text("quotation"),
        Field::new("start", DataType::Int64, true),
        Field::new("end", DataType::Int64, true),
        Field::new("report", DataType::Int64, true),
        text("path"),
        text("report_date"),
        Field::new("witnesses", DataType::Int64, true),
        text("grade"),
        text("review"),
        Field::new("may_live", DataType::Boolean, true),
    ])
}

/// The columns while they are filled.
struct Columns {
    claim: StringBuilder,
    kind: StringBuilder,
    roles: ListBuilder<StructBuilder>,
    fields: StringBuilder,
    when: StringBuilder,
    when_text: StringBuilder,
    first: Date32Builder,
    last: Date32Builder,
    polarity: StringBuilder,
    certainty: StringBuilder,
    sources: ListBuilder<StringBuilder>,
    quotation: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
    report: Int64Builder,
    path: StringBuilder,
    report_date: StringBuilder,
    witnesses: Int64Builder,
    grade: StringBuilder,
    review: StringBuilder,
    may_live: BooleanBuilder,
}

impl Default for Columns {
    fn default() -> Columns {
        let text = StringBuilder::new;
        let three = || Box::new(StringBuilder::new()) as Box<dyn ArrayBuilder>;
        Columns {
            claim: text(),
            kind: text(),
            roles: ListBuilder::new(StructBuilder::new(
                pair(ROLES),
                vec![three(), three(), three()],
            )),
            fields: text(),
            when: text(),
            when_text: text(),
            first: Date32Builder::new(),
            last: Date32Builder::new(),
            polarity: text(),
            certainty: text(),
            sources: ListBuilder::new(text()),
            quotation: text(),
            start: Int64Builder::new(),
            end: Int64Builder::new(),
            report: Int64Builder::new(),
            path: text(),
            report_date: text(),
            witnesses: Int64Builder::new(),
            grade: text(),
            review: text(),
            may_live: BooleanBuilder::new(),
        }
    }
}

impl Columns {
    fn push(&mut self, told: &Told, witnesses: usize) {
        let claim = &told.claim;
        self.claim.append_value(told.key.to_string());
        self.kind.append_value(&claim.kind);
        for (role, fillers) in &claim.roles {
            for filler in fillers {
                self.role([Some(role), Some(&filler.text), filler.entity.as_deref()]);
            }
        }
        self.roles.append(true);
        let fields = Value::from_iter(claim.fields.clone());
        self.fields.append_value(fields.to_string());
        let when = claim.when.as_ref();
        self.when.append_option(when.map(|when| &when.edtf));
        self.when_text.append_option(when.map(|when| &when.text));
        let date: Option<Edtf> = when.and_then(|when| when.edtf.parse().ok());
        let (first, last) = date.map_or((None, None), |date| date.bounds());
        self.first.append_option(first.map(days));
        self.last.append_option(last.map(days));
        self.polarity.append_value(match claim.polarity {
            Polarity::Positive => "positive",
            Polarity::Negative => "negative",
        });
        self.certainty
            .append_value(Certainty::word(claim.certainty));
        for source in &claim.sources {
            self.sources.values().append_value(&source.text);
        }
        self.sources.append(true);
        self.quotation.append_value(&claim.evidence.text);
        self.start.append_value(number(claim.evidence.place.start));
        self.end.append_value(number(claim.evidence.place.end));
        self.report.append_value(told.report);
        self.path.append_value(&told.label);
        self.report_date.append_option(told.date.as_deref());
        self.witnesses.append_value(number(witnesses));
        self.grade.append_value(told.grade());
        self.review.append_value(told.review().word());
        self.may_live.append_value(told.may_live);
    }

    fn role(&mut self, values: [Option<&str>; 3]) {
        let roles = self.roles.values();
        for (index, value) in values.into_iter().enumerate() {
            if let Some(column) = roles.field_builder::<StringBuilder>(index) {
                column.append_option(value);
            }
        }
        roles.append(true);
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.claim.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.roles.finish()),
            Arc::new(self.fields.finish()),
            Arc::new(self.when.finish()),
            Arc::new(self.when_text.finish()),
            Arc::new(self.first.finish()),
            Arc::new(self.last.finish()),
            Arc::new(self.polarity.finish()),
            Arc::new(self.certainty.finish()),
            Arc::new(self.sources.finish()),
            Arc::new(self.quotation.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.report.finish()),
            Arc::new(self.path.finish()),
            Arc::new(self.report_date.finish()),
            Arc::new(self.witnesses.finish()),
            Arc::new(self.grade.finish()),
            Arc::new(self.review.finish()),
            Arc::new(self.may_live.finish()),
        ]
    }
}

/// A count as Arrow has it; no text and no list is so long that it would not fit.
pub fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Days since 1 January 1970.
fn days(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.duration_since(epoch)
        .as_hours()
        .div_euclid(24)
        .try_into()
        .unwrap_or(0)
}
