//! Smithy RPC v2 CBOR.

use std::collections::BTreeMap;

use aws_smithy_cbor::data::Type;
use aws_smithy_cbor::decode::DeserializeError;
use aws_smithy_cbor::{Decoder, Encoder};
use aws_smithy_types::DateTime;

use super::{Refusal, Shape, WireResponse};

/// Returns the members of a request. An operation without input may have no body at all.
pub(super) fn members(body: &[u8]) -> Result<BTreeMap<String, Shape>, String> {
    let mut decoder = Decoder::new(body);
    let members = structure(&mut decoder).map_err(|error| error.to_string())?;
    if decoder.position() == body.len() {
        Ok(members)
    } else {
        Err("bytes follow the body".to_owned())
    }
}

fn structure(decoder: &mut Decoder<'_>) -> Result<BTreeMap<String, Shape>, DeserializeError> {
    let mut members = BTreeMap::new();
    let length = decoder.map()?;
    while more(decoder, length, members.len())? {
        let name = decoder.str()?.into_owned();
        members.insert(name, shape(decoder)?);
    }
    Ok(members)
}

/// Returns whether another item follows, and steps over the mark that ends a list of unknown length.
fn more(
    decoder: &mut Decoder<'_>,
    length: Option<u64>,
    read: usize,
) -> Result<bool, DeserializeError> {
    if let Some(length) = length {
        return Ok((read as u64) < length);
    }
    let ended = decoder.datatype()? == Type::Break;
    if ended {
        decoder.skip()?;
    }
    Ok(!ended)
}

fn shape(decoder: &mut Decoder<'_>) -> Result<Shape, DeserializeError> {
    match decoder.datatype()? {
        Type::Bool => decoder.boolean().map(Shape::Switch),
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64 => decoder.long().map(Shape::Integer),
        Type::F16 | Type::F32 | Type::F64 => decoder.double().map(Shape::Double),
        Type::String | Type::StringIndef => Ok(Shape::Text(decoder.str()?.into_owned())),
        Type::Array | Type::ArrayIndef => {
            let mut items = Vec::new();
            let length = decoder.list()?;
            while more(decoder, length, items.len())? {
                items.push(shape(decoder)?);
            }
            Ok(Shape::List(items))
        }
        Type::Map | Type::MapIndef => structure(decoder).map(Shape::Members),
        Type::Tag => decoder.timestamp().map(|time| Shape::Time(time.secs())),
        other => {
            let message = format!("a value of type {other:?}");
            Err(DeserializeError::custom(message, decoder.position()))
        }
    }
}

/// Returns the response. An error carries its code twice, as CloudWatch does since it spoke query before.
pub(super) fn respond(answer: &Result<Shape, Refusal>) -> WireResponse {
    let mut headers = vec![
        ("content-type", "application/cbor".to_owned()),
        ("smithy-protocol", "rpc-v2-cbor".to_owned()),
        ("x-amzn-requestid", super::operation::REQUEST_ID.to_owned()),
    ];
    let (status, shape) = match answer {
        Ok(shape) => (200, shape.clone()),
        Err(refusal) => {
            let side = if refusal.status < 500 {
                "Sender"
            } else {
                "Receiver"
            };
            headers.push(("x-amzn-query-error", format!("{};{side}", refusal.code)));
            let members = [
                (
                    "__type",
                    Some(Shape::text(format!(
                        "com.amazonaws.cloudwatch#{}",
                        refusal.code
                    ))),
                ),
                ("message", Some(Shape::text(&refusal.message))),
            ];
            (refusal.status, Shape::members(members))
        }
    };
    let mut encoder = Encoder::new(Vec::new());
    write_shape(&mut encoder, &shape);
    WireResponse {
        status,
        headers,
        body: encoder.into_writer(),
    }
}

fn write_shape(encoder: &mut Encoder, shape: &Shape) {
    match shape {
        Shape::Text(text) => drop(encoder.str(text)),
        Shape::Integer(number) => drop(encoder.long(*number)),
        Shape::Double(number) => drop(encoder.double(*number)),
        Shape::Switch(switch) => drop(encoder.boolean(*switch)),
        Shape::Time(seconds) => drop(encoder.timestamp(&DateTime::from_secs(*seconds))),
        Shape::List(items) => {
            encoder.array(items.len());
            for item in items {
                write_shape(encoder, item);
            }
        }
        Shape::Members(members) => {
            encoder.map(members.len());
            for (name, member) in members {
                encoder.str(name);
                write_shape(encoder, member);
            }
        }
        Shape::Entries(entries) => {
            encoder.map(entries.len());
            for (name, value) in entries {
                encoder.str(name).str(value);
            }
        }
    }
}
