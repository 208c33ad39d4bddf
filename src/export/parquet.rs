//! Claims as Parquet, for `DuckDB`, Spark and pandas: a row for each claim, actors and issues as lists. Only with the feature `parquet`.
//!
//! The same claims give the same bytes: one row group, in the order given, and no time of writing.
//!
//! # References
//!
//! Apache Parquet format 2, <https://parquet.apache.org/docs/file-format/>.

use std::sync::Arc;

use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::claims::{ActorRef, Claim, Quotation, Quote};
use crate::diag::{Error, Result};

type Actors = fn(&Claim) -> &[ActorRef];
type Words = fn(&Claim) -> Option<&Quote>;

/// The cells of a column in order.
enum Cells {
    Text(Vec<Option<String>>),
    Texts(Vec<Vec<Option<String>>>),
    Whole(Vec<Option<i64>>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
}

/// The claims as a Parquet file.
///
/// ```
/// assert!(demarche::export::parquet::parquet(&[]).unwrap().starts_with(b"PAR1"));
/// ```
///
/// # Errors
///
/// What the writer does not take; none is known.
pub fn parquet(claims: &[Claim]) -> Result<Vec<u8>> {
    write(&columns(claims)).map_err(|error| Error::invalid("file", "claims.parquet", error.to_string()))
}

fn columns(claims: &[Claim]) -> Vec<(String, Cells)> {
    let some = |text: &str| Some(text.to_owned());
    let text = |of: &dyn Fn(&Claim) -> Option<String>| Cells::Text(claims.iter().map(of).collect());
    let whole = |of: &dyn Fn(&Claim) -> Option<usize>| {
        Cells::Whole(claims.iter().map(|c| of(c).and_then(|n| i64::try_from(n).ok())).collect())
    };
    let texts = |of: &dyn Fn(&Claim) -> Vec<Option<String>>| Cells::Texts(claims.iter().map(of).collect());
    let mut all: Vec<(String, Cells)> = Vec::new();
    let mut put = |name: &str, cells: Cells| all.push((name.to_owned(), cells));
    put("id", text(&|c| some(&c.id)));
    put("document_id", text(&|c| some(&c.document.id)));
    put("document_path", text(&|c| c.document.path.clone()));
    put("document_sha256", text(&|c| some(&c.document.sha256)));
    put("document_title", text(&|c| c.document.title.clone()));
    put("document_url", text(&|c| c.document.url.clone()));
    put("document_published", text(&|c| c.document.published.clone()));
    put("document_publisher", text(&|c| c.document.publisher.clone()));
    put("document_language", text(&|c| c.document.language.clone()));
    let parts: [(&str, Actors); 3] = [("source", |c| &c.source), ("addressee", |c| &c.addressee), ("via", |c| &c.via)];
    for (part, of) in parts {
        put(&format!("{part}_id"), texts(&|c| of(c).iter().map(|a| some(&a.id)).collect()));
        put(&format!("{part}_label"), texts(&|c| of(c).iter().map(|a| some(&a.label)).collect()));
        let kind = |a: &ActorRef| some(crate::network::NodeKind::Actor(a.kind).as_str());
        put(&format!("{part}_kind"), texts(&|c| of(c).iter().map(kind).collect()));
        put(&format!("{part}_bloc"), texts(&|c| of(c).iter().map(|a| a.bloc.clone()).collect()));
    }
    put("act", text(&|c| some(c.act.as_str())));
    put("stance", text(&|c| some(c.stance.as_str())));
    put("issue_id", texts(&|c| c.issue.iter().map(|i| some(&i.id)).collect()));
    put("issue_label", texts(&|c| c.issue.iter().map(|i| some(&i.label)).collect()));
    put("content", text(&|c| some(&c.content.text)));
    put("content_start", whole(&|c| Some(c.content.start)));
    put("content_end", whole(&|c| Some(c.content.end)));
    let quotes: [(&str, Words); 2] = [("cue", |c| c.cue.as_ref()), ("condition", |c| c.condition.as_ref())];
    for (part, of) in quotes {
        put(part, text(&|c| of(c).map(|q| q.text.clone())));
        put(&format!("{part}_start"), whole(&|c| of(c).map(|q| q.start)));
        put(&format!("{part}_end"), whole(&|c| of(c).map(|q| q.end)));
    }
    let quotation = |c: &Claim| match c.quotation {
        Quotation::Direct => "direct",
        Quotation::Indirect => "indirect",
        Quotation::Mixed => "mixed",
    };
    put("quotation", text(&|c| some(quotation(c))));
    put("negated", Cells::Flag(claims.iter().map(|c| c.negated).collect()));
    put("hedged", Cells::Flag(claims.iter().map(|c| c.hedged).collect()));
    put("date", text(&|c| c.date.clone()));
    put("confidence", Cells::Number(claims.iter().map(|c| c.confidence).collect()));
    put("rule", text(&|c| some(&c.rule)));
    all
}

fn write(columns: &[(String, Cells)]) -> std::result::Result<Vec<u8>, ParquetError> {
    let mut message = String::from("message claims {\n");
    for (name, cells) in columns {
        let (before, after) = match cells {
            Cells::Text(_) => ("optional binary", "(STRING);"),
            Cells::Texts(_) => {
                ("required group", "(LIST) { repeated group list { optional binary element (STRING); } }")
            }
            Cells::Whole(_) => ("optional int64", ";"),
            Cells::Number(_) => ("required double", ";"),
            Cells::Flag(_) => ("required boolean", ";"),
        };
        for part in [before, " ", name, " ", after, "\n"] {
            message.push_str(part);
        }
    }
    message.push('}');
    let properties = WriterProperties::builder().set_created_by("demarche".to_owned()).build();
    let schema = Arc::new(parse_message_type(&message)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (_, cells) in columns {
        let Some(mut column) = group.next_column()? else { break };
        match cells {
            Cells::Text(cells) => {
                let values: Vec<ByteArray> = cells.iter().flatten().map(|text| text.as_str().into()).collect();
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Texts(rows) => {
                let (mut values, mut defined, mut repeated): (Vec<ByteArray>, Vec<i16>, Vec<i16>) = Default::default();
                for row in rows {
                    // An empty list is told by one level without a value.
                    if row.is_empty() {
                        defined.push(0);
                        repeated.push(0);
                    }
                    for (place, cell) in row.iter().enumerate() {
                        defined.push(1 + i16::from(cell.is_some()));
                        repeated.push(i16::from(place > 0));
                        values.extend(cell.as_deref().map(ByteArray::from));
                    }
                }
                column.typed::<ByteArrayType>().write_batch(&values, Some(&defined), Some(&repeated))?;
            }
            Cells::Whole(cells) => {
                let values: Vec<i64> = cells.iter().flatten().copied().collect();
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Number(values) => {
                column.typed::<DoubleType>().write_batch(values, None, None)?;
            }
            Cells::Flag(values) => {
                column.typed::<BoolType>().write_batch(values, None, None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    writer.into_inner()
}
