//! The grammar of space-delimited patterns: one entry for each field of a line.

use std::collections::BTreeSet;

use super::super::ast::{Expression, Field, FieldTest};
use super::super::error::{Fault, ParseErrorKind};
use super::super::lexer::TokenKind;
use super::Part;
use super::expression::{self, Comparison, Precedence, Tokens};

/// `space = "[" [ field { "," field } ] "]"`, inside the brackets.
pub(super) fn parse(part: Part<'_>) -> Result<Vec<Field>, Fault> {
    let mut tokens = Tokens::new(part)?;
    let mut fields = Vec::new();
    let mut names = BTreeSet::new();
    loop {
        let span = tokens.span();
        let field = field(&mut tokens)?;
        if let Field::Named { name, .. } = &field
            && !names.insert(name.clone())
        {
            return Err(Fault::new(
                span,
                ParseErrorKind::DuplicateField(name.clone()),
            ));
        }
        if field == Field::Ellipsis && fields.contains(&Field::Ellipsis) {
            return Err(Fault::new(span, ParseErrorKind::DuplicateEllipsis));
        }
        fields.push(field);
        if !tokens.eat(&TokenKind::Comma)? {
            break;
        }
    }
    match tokens.peek() {
        Some(_) => Err(tokens.unexpected("`,` or the end")),
        None => Ok(fields),
    }
}

/// `field = "" | "..." | name | conditions`
fn field(tokens: &mut Tokens<'_>) -> Result<Field, Fault> {
    if matches!(tokens.peek(), None | Some(TokenKind::Comma)) {
        return Ok(Field::Unnamed);
    }
    if tokens.eat(&TokenKind::Word("...".to_owned()))? {
        return Ok(Field::Ellipsis);
    }
    let first_name = std::cell::OnceCell::new();
    let conditions = expression::parse(tokens, Precedence::AndFirst, |tokens| {
        let span = tokens.span();
        let (name, test) = condition(tokens)?;
        let field = first_name.get_or_init(|| name.clone());
        if *field != name {
            return Err(Fault::new(
                span,
                ParseErrorKind::OtherField {
                    field: field.clone(),
                    other: name,
                },
            ));
        }
        Ok(test)
    })?;
    let alone = conditions == Expression::One(FieldTest::Present);
    let conditions = (!alone).then_some(conditions);
    Ok(Field::Named {
        name: first_name.into_inner().unwrap_or_default(),
        conditions,
    })
}

/// `condition = name [ operator value ]`
fn condition(tokens: &mut Tokens<'_>) -> Result<(String, FieldTest), Fault> {
    let refused = tokens.unexpected("the name of a field");
    let Some(TokenKind::Word(name)) = tokens.bump()?.map(|token| token.kind).filter(is_field_name)
    else {
        return Err(refused);
    };
    let Some(TokenKind::Operator(operator)) = tokens.peek() else {
        return Ok((name, FieldTest::Present));
    };
    let operator = *operator;
    tokens.bump()?;
    let test = match expression::comparison(tokens, operator)? {
        Comparison::Equal(value) => FieldTest::Equal(value),
        Comparison::NotEqual(value) => FieldTest::NotEqual(value),
        Comparison::Order(order, number) => FieldTest::Order(order, number),
    };
    Ok((name, test))
}

/// `field-name = ( letter | "_" ) { letter | digit | "_" | "-" }`
fn is_field_name(token: &TokenKind) -> bool {
    let TokenKind::Word(word) = token else {
        return false;
    };
    let starts_well =
        word.starts_with(|character: char| character.is_ascii_alphabetic() || character == '_');
    starts_well
        && word
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-'))
}
