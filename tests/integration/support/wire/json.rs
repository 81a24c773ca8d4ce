//! AWS JSON 1.1.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::{Refusal, Shape, WireResponse};

/// Returns the members of a request.
pub(super) fn members(body: &[u8]) -> Result<BTreeMap<String, Shape>, String> {
    match serde_json::from_slice(body).map_err(|error| error.to_string())? {
        Value::Object(object) => structure(object),
        other => Err(format!("the body is {other}")),
    }
}

fn structure(object: Map<String, Value>) -> Result<BTreeMap<String, Shape>, String> {
    let members = object
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| Ok((name, shape(value)?)));
    members.collect()
}

fn shape(value: Value) -> Result<Shape, String> {
    match value {
        Value::Null => Err("a list holds null".to_owned()),
        Value::Bool(switch) => Ok(Shape::Switch(switch)),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Ok(Shape::Integer(integer)),
            (None, Some(double)) => Ok(Shape::Double(double)),
            (None, None) => Err(format!("the number {number}")),
        },
        Value::String(text) => Ok(Shape::Text(text)),
        Value::Array(items) => {
            let items: Result<_, _> = items.into_iter().map(shape).collect();
            items.map(Shape::List)
        }
        Value::Object(object) => structure(object).map(Shape::Members),
    }
}

/// Returns the response.
pub(super) fn respond(answer: &Result<Shape, Refusal>) -> WireResponse {
    let (status, body) = match answer {
        Ok(shape) => (200, value(shape)),
        Err(refusal) => {
            let Refusal {
                status,
                code,
                message,
            } = refusal;
            let body = serde_json::json!({ "__type": code, "message": message });
            (*status, body)
        }
    };
    WireResponse {
        status,
        headers: vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amzn-requestid", super::operation::REQUEST_ID.to_owned()),
        ],
        body: body.to_string().into_bytes(),
    }
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text(text) => Value::String(text.clone()),
        Shape::Integer(number) | Shape::Time(number) => Value::Number((*number).into()),
        Shape::Double(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Shape::Switch(switch) => Value::Bool(*switch),
        Shape::List(items) => Value::Array(items.iter().map(value).collect()),
        Shape::Members(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(name, shape)| (name.clone(), value(shape)))
                    .collect(),
            )
        }
        Shape::Entries(entries) => {
            let entries = entries.iter();
            let text = |text: &String| Value::String(text.clone());
            Value::Object(
                entries
                    .map(|(name, value)| (name.clone(), text(value)))
                    .collect(),
            )
        }
    }
}
