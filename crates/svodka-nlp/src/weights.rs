//! Reads the weight files that thinc writes: MessagePack with NumPy arrays inside.
//!
//! A file holds the layers of a network in walk order, each with its name, its attributes and its
//! parameters. Every length is checked against the bytes that are there.

use std::path::{Path, PathBuf};

use rmpv::ValueRef;

use crate::cpu::Cpu;
use crate::error::{Error, read_file};

/// How deep a file may nest. spaCy's files nest five deep; a hostile one must not use up the stack.
const MAX_DEPTH: usize = 32;

/// The layers of one network, in thinc's walk order.
#[derive(Debug)]
pub(crate) struct ModelFile {
    path: PathBuf,
    cpu: Cpu,
    layers: Vec<Layer>,
}

/// One layer of a network.
#[derive(Debug)]
pub(crate) struct Layer {
    /// The name thinc gives it; a composed layer's name has `>>`, `|` or brackets in it.
    pub(crate) name: String,
    attributes: Vec<(String, Attribute)>,
    parameters: Vec<(String, Array)>,
}

/// A setting of a layer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Attribute {
    Integer(u64),
    Text(Vec<String>),
    Other,
}

/// Row-major 32-bit floats with their dimensions.
#[derive(Debug, Clone)]
pub(crate) struct Array {
    /// The length of each dimension, outermost first; their product is the length of `values`.
    pub(crate) shape: Vec<usize>,
    /// The numbers.
    pub(crate) values: Vec<f32>,
}

/// Decodes a whole file as one MessagePack value, borrowed from `bytes`.
pub(crate) fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<ValueRef<'a>, Error> {
    let mut rest = bytes;
    let value = rmpv::decode::read_value_ref_with_max_depth(&mut rest, MAX_DEPTH)
        .map_err(|error| Error::malformed(path, format!("not MessagePack: {error}")))?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(Error::malformed(
            path,
            format!("{} bytes follow the MessagePack value", rest.len()),
        ))
    }
}

/// The value under `key` in a map whose keys are text or bytes.
pub(crate) fn field<'v, 'a>(map: &'v ValueRef<'a>, key: &str) -> Option<&'v ValueRef<'a>> {
    let ValueRef::Map(entries) = map else {
        return None;
    };
    entries
        .iter()
        .find(|(name, _)| bytes_of(name) == Some(key.as_bytes()))
        .map(|(_, value)| value)
}

/// The bytes of a text or binary value.
pub(crate) fn bytes_of<'v>(value: &'v ValueRef<'_>) -> Option<&'v [u8]> {
    match value {
        ValueRef::String(text) => Some(text.as_bytes()),
        ValueRef::Binary(bytes) => Some(bytes),
        _ => None,
    }
}

fn text_of(value: &ValueRef<'_>) -> Option<String> {
    let bytes = bytes_of(value)?;
    Some(std::str::from_utf8(bytes).ok()?.to_owned())
}

impl ModelFile {
    /// Reads the weight file at `path`.
    /// Its arrays will be multiplied with on `cpu`.
    pub(crate) fn load(path: &Path, cpu: Cpu) -> Result<Self, Error> {
        Self::from_bytes(path, &read_file(path)?, cpu)
    }

    fn from_bytes(path: &Path, bytes: &[u8], cpu: Cpu) -> Result<Self, Error> {
        let malformed = |what: String| Error::malformed(path, what);
        let root = decode(path, bytes)?;
        let list = |key: &str| match field(&root, key) {
            Some(ValueRef::Array(items)) => Ok(items),
            _ => Err(malformed(format!("no list `{key}`"))),
        };
        let (nodes, attributes, parameters) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attributes.len() || nodes.len() != parameters.len() {
            return Err(malformed(format!(
                "{} layers with {} attribute maps and {} parameter maps",
                nodes.len(),
                attributes.len(),
                parameters.len()
            )));
        }
        let mut layers = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let name = field(node, "name")
                .and_then(text_of)
                .ok_or_else(|| malformed(format!("layer {index} has no name")))?;
            layers.push(Layer {
                attributes: read_attributes(&attributes[index])
                    .map_err(|what| malformed(format!("layer {index} `{name}`: {what}")))?,
                parameters: read_parameters(&parameters[index])
                    .map_err(|what| malformed(format!("layer {index} `{name}`: {what}")))?,
                name,
            });
        }
        Ok(Self {
            path: path.to_path_buf(),
            cpu,
            layers,
        })
    }

    /// A malformed-file error about this file.
    pub(crate) fn malformed(&self, what: impl Into<String>) -> Error {
        Error::malformed(&self.path, what)
    }

    /// Fails if a layer that is not composed of others has a name outside `known`.
    pub(crate) fn only_layers(&self, known: &[&str]) -> Result<(), Error> {
        let composed = |name: &str| name.contains(['>', '|', '(']);
        match self
            .layers
            .iter()
            .find(|layer| !composed(&layer.name) && !known.contains(&layer.name.as_str()))
        {
            Some(layer) => Err(Error::unsupported(
                &self.path,
                format!("the layer `{}`", layer.name),
            )),
            None => Ok(()),
        }
    }

    /// The layers called `name`, in walk order.
    pub(crate) fn named<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Layer> {
        self.layers.iter().filter(move |layer| layer.name == name)
    }

    /// The only layer called `name`.
    pub(crate) fn only(&self, name: &str) -> Result<&Layer, Error> {
        let mut found = self.layers.iter().filter(|layer| layer.name == name);
        match (found.next(), found.next()) {
            (Some(layer), None) => Ok(layer),
            (first, _) => Err(self.malformed(format!(
                "{} layer `{name}` where one was expected",
                if first.is_some() {
                    "more than one"
                } else {
                    "no"
                }
            ))),
        }
    }

    /// The array `parameter` of `layer`, which must have as many dimensions as `N` says.
    pub(crate) fn array<'m, const N: usize>(
        &self,
        layer: &'m Layer,
        parameter: &str,
    ) -> Result<([usize; N], &'m [f32]), Error> {
        let array = layer
            .parameters
            .iter()
            .find(|(name, _)| name == parameter)
            .map(|(_, array)| array)
            .ok_or_else(|| {
                self.malformed(format!("layer `{}` has no array `{parameter}`", layer.name))
            })?;
        let shape = <[usize; N]>::try_from(array.shape.as_slice()).map_err(|_| {
            self.malformed(format!(
                "array `{parameter}` of layer `{}` has {} dimensions, not {N}",
                layer.name,
                array.shape.len()
            ))
        })?;
        if shape.contains(&0) {
            return Err(self.malformed(format!(
                "array `{parameter}` of layer `{}` is empty",
                layer.name
            )));
        }
        Ok((shape, &array.values))
    }

    /// Like [`ModelFile::array`], for an array whose dimensions follow from others.
    pub(crate) fn shaped<'m, const N: usize>(
        &self,
        layer: &'m Layer,
        parameter: &str,
        expected: [usize; N],
    ) -> Result<&'m [f32], Error> {
        let (shape, values) = self.array::<N>(layer, parameter)?;
        if shape == expected {
            Ok(values)
        } else {
            Err(self.malformed(format!(
                "array `{parameter}` of layer `{}` is {shape:?}, not {expected:?}",
                layer.name
            )))
        }
    }

    /// The integer setting `name` of `layer`.
    pub(crate) fn integer(&self, layer: &Layer, name: &str) -> Result<u64, Error> {
        match layer.attribute(name) {
            Some(Attribute::Integer(value)) => Ok(*value),
            _ => Err(self.malformed(format!("layer `{}` has no number `{name}`", layer.name))),
        }
    }

    /// The list of names under the setting `name` of `layer`.
    pub(crate) fn names<'m>(&self, layer: &'m Layer, name: &str) -> Result<&'m [String], Error> {
        match layer.attribute(name) {
            Some(Attribute::Text(values)) => Ok(values),
            _ => Err(self.malformed(format!("layer `{}` has no list `{name}`", layer.name))),
        }
    }

    /// What the weights will be multiplied on.
    pub(crate) fn cpu(&self) -> Cpu {
        self.cpu
    }

    /// The file the weights were read from.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Layer {
    fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}

/// Attributes are MessagePack inside MessagePack.
fn read_attributes(value: &ValueRef<'_>) -> Result<Vec<(String, Attribute)>, String> {
    let ValueRef::Map(entries) = value else {
        return Err("its attributes are not a map".to_owned());
    };
    let mut attributes = Vec::with_capacity(entries.len());
    for (key, packed) in entries {
        let name = text_of(key).ok_or("an attribute has no name")?;
        let mut packed =
            bytes_of(packed).ok_or_else(|| format!("attribute `{name}` is not packed"))?;
        let value = rmpv::decode::read_value_ref_with_max_depth(&mut packed, MAX_DEPTH)
            .map_err(|error| format!("attribute `{name}`: {error}"))?;
        let value = match &value {
            ValueRef::Integer(number) => {
                number.as_u64().map_or(Attribute::Other, Attribute::Integer)
            }
            ValueRef::Array(items) => items
                .iter()
                .map(text_of)
                .collect::<Option<Vec<_>>>()
                .map_or(Attribute::Other, Attribute::Text),
            _ => Attribute::Other,
        };
        attributes.push((name, value));
    }
    Ok(attributes)
}

fn read_parameters(value: &ValueRef<'_>) -> Result<Vec<(String, Array)>, String> {
    let ValueRef::Map(entries) = value else {
        return Err("its parameters are not a map".to_owned());
    };
    let mut parameters = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let name = text_of(key).ok_or("a parameter has no name")?;
        if matches!(value, ValueRef::Nil) {
            continue;
        }
        let array = read_array(value).map_err(|what| format!("array `{name}`: {what}"))?;
        parameters.push((name, array));
    }
    Ok(parameters)
}

/// An array as msgpack-numpy packs it: `{nd: true, type: "<f4", kind, shape, data}`.
fn read_array(value: &ValueRef<'_>) -> Result<Array, String> {
    let kind = field(value, "type")
        .and_then(bytes_of)
        .ok_or("no number type")?;
    if kind != b"<f4" {
        let kind = String::from_utf8_lossy(kind);
        return Err(format!(
            "numbers of type `{kind}`, where `<f4` was expected"
        ));
    }
    let Some(ValueRef::Array(dimensions)) = field(value, "shape") else {
        return Err("no shape".to_owned());
    };
    let shape = dimensions
        .iter()
        .map(|dimension| usize::try_from(dimension_of(dimension)?).ok())
        .collect::<Option<Vec<_>>>()
        .ok_or("a dimension is not a count")?;
    let data = field(value, "data").and_then(bytes_of).ok_or("no data")?;
    let expected = shape
        .iter()
        .try_fold(size_of::<f32>(), |bytes, &length| bytes.checked_mul(length));
    if expected != Some(data.len()) {
        return Err(format!("shape {shape:?} does not fit {} bytes", data.len()));
    }
    let (numbers, _) = data.as_chunks::<4>();
    let values: Vec<f32> = numbers
        .iter()
        .map(|&bytes| f32::from_le_bytes(bytes))
        .collect();
    // Training that went wrong and damage can leave these; what they would choose means nothing.
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(format!("its number {at} is {}", values[at])),
        None => Ok(Array { shape, values }),
    }
}

fn dimension_of(value: &ValueRef<'_>) -> Option<u64> {
    match value {
        ValueRef::Integer(number) => number.as_u64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rmpv::Value;

    use super::*;

    fn packed(value: &Value) -> Vec<u8> {
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, value).unwrap();
        bytes
    }

    fn map(entries: Vec<(&str, Value)>) -> Value {
        Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }

    fn array(kind: &str, shape: &[u64], data: Vec<u8>) -> Value {
        map(vec![
            ("nd", true.into()),
            ("type", kind.into()),
            ("kind", "".into()),
            (
                "shape",
                Value::Array(shape.iter().map(|&length| length.into()).collect()),
            ),
            ("data", Value::Binary(data)),
        ])
    }

    fn file(name: &str, parameter: Value) -> Vec<u8> {
        let columns = Value::Array(vec!["NORM".into(), "SHAPE".into()]);
        let attributes = map(vec![
            ("seed", Value::Binary(packed(&7.into()))),
            ("columns", Value::Binary(packed(&columns))),
        ]);
        packed(&map(vec![
            (
                "nodes",
                Value::Array(vec![map(vec![("name", name.into())])]),
            ),
            ("attrs", Value::Array(vec![attributes])),
            (
                "params",
                Value::Array(vec![map(vec![("E", parameter), ("d", Value::Nil)])]),
            ),
            ("shims", Value::Array(vec![])),
        ]))
    }

    fn sound() -> Vec<u8> {
        let numbers = [0.5_f32, -1.0, 2.0, 0.25, 8.0, 3.0];
        let data = numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        file("hashembed", array("<f4", &[3, 2], data))
    }

    fn read(bytes: &[u8]) -> Result<ModelFile, Error> {
        ModelFile::from_bytes(Path::new("tok2vec/model"), bytes, Cpu::best())
    }

    #[test]
    fn layers_come_out_with_their_settings_and_arrays() {
        let model = read(&sound()).unwrap();
        let layer = model.only("hashembed").unwrap();
        assert_eq!(model.integer(layer, "seed").unwrap(), 7);
        assert_eq!(model.names(layer, "columns").unwrap(), ["NORM", "SHAPE"]);
        let (shape, values) = model.array::<2>(layer, "E").unwrap();
        assert_eq!((shape, values[5]), ([3, 2], 3.0));
        assert!(model.array::<3>(layer, "E").is_err());
        assert!(model.shaped(layer, "E", [2, 3]).is_err());
        assert!(model.array::<1>(layer, "d").is_err());
    }

    #[test]
    fn a_shape_must_fit_its_bytes() {
        for shape in [&[3, 3][..], &[u64::MAX, u64::MAX], &[1 << 62, 4]] {
            let error = read(&file("hashembed", array("<f4", shape, vec![0; 24]))).unwrap_err();
            assert!(
                error.to_string().contains("does not fit 24 bytes"),
                "{error}"
            );
        }
        let error = read(&file("hashembed", array("<f8", &[3], vec![0; 24]))).unwrap_err();
        assert!(error.to_string().contains("`<f8`"), "{error}");
    }

    #[test]
    fn a_number_that_is_not_finite_is_an_error() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let data = [0.5, bad].map(f32::to_le_bytes).concat();
            let error = read(&file("hashembed", array("<f4", &[2], data))).unwrap_err();
            let expected =
                format!("tok2vec/model: layer 0 `hashembed`: array `E`: its number 1 is {bad}");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn an_unknown_layer_is_named() {
        let bytes = file("static_vectors", array("<f4", &[0], vec![]));
        let error = read(&bytes).unwrap().only_layers(&["maxout"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "tok2vec/model: this pipeline uses the layer `static_vectors`, which svodka-nlp does not run"
        );
    }

    #[test]
    fn a_length_that_the_file_does_not_have_is_not_allocated() {
        // A list, a map, a text and an array of bytes of four thousand million entries.
        for start in [0xdd_u8, 0xdf, 0xdb, 0xc6] {
            assert!(read(&[start, 0xff, 0xff, 0xff, 0xff]).is_err());
        }
        assert!(read(&[0x91; 100_000]).is_err(), "nested too deep");
    }

    proptest! {
        #[test]
        fn a_file_cut_short_is_an_error(share in 0.0_f64..1.0) {
            let bytes = sound();
            let length = (share * bytes.len() as f64) as usize;
            prop_assert!(read(&bytes[..length]).is_err());
        }

        #[test]
        fn a_damaged_file_does_not_panic(at: prop::sample::Index, byte: u8) {
            let mut bytes = sound();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = read(&bytes);
        }
    }
}
