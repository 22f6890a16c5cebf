//! Tables that other libraries take without copying, through Arrow's interface for Python.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::failure::Failure;

/// A table, as `svodka.Project` gives it.
#[pyclass(frozen, module = "svodka._svodka")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// Of these columns, in chunks that have the same ones.
    pub fn new(schema: Schema, chunks: Vec<Vec<ArrayRef>>) -> Result<Table, Failure> {
        let schema = Arc::new(schema);
        let batch = |columns| RecordBatch::try_new(Arc::clone(&schema), columns);
        let batches: Result<Vec<_>, _> = chunks.into_iter().map(batch).collect();
        let batches = batches.map_err(|error| Failure::new("broken", error.to_string(), ""))?;
        Ok(Table { schema, batches })
    }

    /// Of one chunk, in which every column is named.
    pub fn of(columns: Vec<(&str, ArrayRef)>) -> Result<Table, Failure> {
        let field =
            |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
        let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        Table::new(schema, vec![columns])
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!(
            "<svodka.Table: {} rows of {}>",
            self.__len__(),
            self.column_names().join(", ")
        )
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    /// Arrow's stream; see the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A schema that is asked for may be passed over.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let batches = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Arrow's schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref());
        let schema = schema.map_err(|error| Failure::new("broken", error.to_string(), ""))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// As a `pyarrow.Table`.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a `pandas.DataFrame` over the same memory; with `arrow=False` in pandas' own types, which copies.
    #[pyo3(signature = (*, arrow=true))]
    fn to_pandas<'py>(slf: &Bound<'py, Self>, arrow: bool) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        if arrow {
            let types = slf.py().import("pandas")?.getattr("ArrowDtype")?;
            options.set_item("types_mapper", types)?;
        }
        Table::to_arrow(slf)?.call_method("to_pandas", (), Some(&options))
    }

    /// As a `polars.DataFrame`.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// As a list of dictionaries.
    fn to_pylist<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_arrow(slf)?.call_method0("to_pylist")
    }
}
