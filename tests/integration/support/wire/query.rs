//! AWS query: a form in, XML out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::operation::REQUEST_ID;
use super::{Refusal, Shape, WireResponse};

/// Returns the service's version and the operation that a form names.
pub(super) fn addressed(body: &[u8]) -> Result<(String, String), String> {
    let form = form(body)?;
    let field = |name: &str| {
        form.get(name)
            .cloned()
            .ok_or_else(|| format!("a form without `{name}`"))
    };
    Ok((field("Version")?, field("Action")?))
}

/// Returns the members of a request.
pub(super) fn members(body: &[u8]) -> Result<BTreeMap<String, Shape>, String> {
    let fields = form(body)?
        .into_iter()
        .filter(|(name, _)| name != "Action" && name != "Version")
        .map(|(name, text)| (name.split('.').map(str::to_owned).collect(), text));
    match structure(fields.collect())? {
        Shape::Members(members) => Ok(members),
        other => Err(format!("the form is {other:?}")),
    }
}

/// The path of a field and its text: `Tags.member.1.Key`.
type Fields = Vec<(Vec<String>, String)>;

fn structure(fields: Fields) -> Result<Shape, String> {
    let mut members: BTreeMap<String, Fields> = BTreeMap::new();
    for (mut path, text) in fields {
        if path.is_empty() {
            return Err("a field is both a text and a structure".to_owned());
        }
        let name = path.remove(0);
        members.entry(name).or_default().push((path, text));
    }
    let shapes = members
        .into_iter()
        .map(|(name, fields)| Ok((name, shape(fields)?)));
    Ok(Shape::Members(shapes.collect::<Result<_, String>>()?))
}

fn shape(fields: Fields) -> Result<Shape, String> {
    match fields.as_slice() {
        [(path, text)] if path.is_empty() => return Ok(Shape::Text(text.clone())),
        _ => {}
    }
    let Shape::Members(mut members) = structure(fields)? else {
        return Err("a structure is none".to_owned());
    };
    match (members.remove("member"), members.remove("entry")) {
        (Some(Shape::Members(items)), None) if members.is_empty() => {
            in_order(items).map(Shape::List)
        }
        (None, Some(Shape::Members(items))) if members.is_empty() => {
            let pairs = in_order(items)?.into_iter().map(pair);
            Ok(Shape::Entries(pairs.collect::<Result<_, _>>()?))
        }
        (None, None) => Ok(Shape::Members(members)),
        _ => Err("a list that is none".to_owned()),
    }
}

/// Returns the items of a list, which must be numbered from 1 on.
fn in_order(items: BTreeMap<String, Shape>) -> Result<Vec<Shape>, String> {
    let mut numbered = BTreeMap::new();
    for (number, item) in items {
        let number: usize = number.parse().map_err(|_| format!("the item `{number}`"))?;
        numbered.insert(number, item);
    }
    if numbered.keys().copied().eq(1..=numbered.len()) {
        Ok(numbered.into_values().collect())
    } else {
        Err("a list has gaps".to_owned())
    }
}

fn pair(item: Shape) -> Result<(String, String), String> {
    if let Shape::Members(mut members) = item
        && let (Some(Shape::Text(key)), Some(Shape::Text(value))) =
            (members.remove("key"), members.remove("value"))
        && members.is_empty()
    {
        return Ok((key, value));
    }
    Err("an entry is no pair".to_owned())
}

fn form(body: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let mut fields = BTreeMap::new();
    for field in text.split('&').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').ok_or("a field without `=`")?;
        if fields.insert(unescaped(name)?, unescaped(value)?).is_some() {
            return Err(format!("`{name}` is there twice"));
        }
    }
    Ok(fields)
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = std::str::from_utf8(&digits).unwrap_or_default();
                let byte = u8::from_str_radix(digits, 16);
                bytes.push(byte.map_err(|_| format!("`%{digits}`"))?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// Returns the response.
pub(super) fn respond(
    operation: &str,
    version: &str,
    answer: &Result<Shape, Refusal>,
) -> WireResponse {
    let service = match version {
        "2011-06-15" => "https://sts",
        _ => "http://sns",
    };
    let namespace = format!("{service}.amazonaws.com/doc/{version}/");
    let (status, body) = match answer {
        Ok(shape) => {
            let mut body =
                format!("<{operation}Response xmlns=\"{namespace}\"><{operation}Result>");
            write_shape(&mut body, shape);
            let metadata =
                format!("<ResponseMetadata><RequestId>{REQUEST_ID}</RequestId></ResponseMetadata>");
            let _ = write!(body, "</{operation}Result>{metadata}</{operation}Response>");
            (200, body)
        }
        Err(refusal) => {
            let side = if refusal.status < 500 {
                "Sender"
            } else {
                "Receiver"
            };
            let (code, message) = (escape(&refusal.code), escape(&refusal.message));
            let body = format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{side}</Type><Code>{code}</Code>\
                 <Message>{message}</Message></Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
            );
            (refusal.status, body)
        }
    };
    WireResponse {
        status,
        headers: vec![
            ("content-type", "text/xml".to_owned()),
            ("x-amzn-requestid", REQUEST_ID.to_owned()),
        ],
        body: body.into_bytes(),
    }
}

fn write_shape(body: &mut String, shape: &Shape) {
    match shape {
        Shape::Text(text) => body.push_str(&escape(text)),
        Shape::Integer(number) | Shape::Time(number) => body.push_str(&number.to_string()),
        Shape::Double(number) => body.push_str(&number.to_string()),
        Shape::Switch(switch) => body.push_str(&switch.to_string()),
        Shape::List(items) => {
            for item in items {
                write_element(body, "member", item);
            }
        }
        Shape::Members(members) => {
            for (name, member) in members {
                write_element(body, name, member);
            }
        }
        Shape::Entries(entries) => {
            for (key, value) in entries {
                let (key, value) = (escape(key), escape(value));
                let _ = write!(
                    body,
                    "<entry><key>{key}</key><value>{value}</value></entry>"
                );
            }
        }
    }
}

fn write_element(body: &mut String, name: &str, shape: &Shape) {
    let _ = write!(body, "<{name}>");
    write_shape(body, shape);
    let _ = write!(body, "</{name}>");
}
