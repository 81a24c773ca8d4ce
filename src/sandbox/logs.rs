//! The rules of CloudWatch Logs for metric filters.
//!
//! Sources: CloudWatch Logs API reference, `PutMetricFilter` and `DeleteMetricFilter`; user guide,
//! "CloudWatch Logs quotas" and "Log classes".

use crate::model::{CallError, CallErrorKind, LogGroupArn, LogGroupClass, MetricFilter};
use crate::pattern::ast::{Expression, Field, FieldTest, Test, Tree, Value};
use crate::pattern::{Kind, ParseErrorKind, Pattern};

use super::account::{SandboxAccount, SandboxLogGroup};
use super::read::recorded;
use super::refusal::{foreign_log_group, no_log_group, refusal};

const PUT: &str = "logs:PutMetricFilter";
const DELETE: &str = "logs:DeleteMetricFilter";
/// How many metric filters a log group may have; AWS does not raise it.
pub(super) const MAXIMUM_FILTERS: usize = 100;
/// How many of them may hold a regular expression.
const MAXIMUM_REGEX_FILTERS: usize = 5;

impl SandboxAccount {
    /// Creates a metric filter, or replaces the whole one of its name (`PutMetricFilter`).
    ///
    /// # Errors
    ///
    /// Refuses what CloudWatch Logs refuses: a group that is not there or has no metric filters in its
    /// class, an illegal name, value or pattern, and a filter beyond the quotas.
    pub fn put_metric_filter(
        &mut self,
        log_group: &LogGroupArn,
        filter: MetricFilter,
    ) -> Result<(), CallError> {
        check_names(&filter)?;
        let pattern = check_pattern(&filter.pattern)?;
        check_transformation(&filter, &pattern)?;
        let held = self
            .find_log_group(PUT, log_group)?
            .ok_or_else(|| no_log_group(PUT))?;
        if !self.owns(&log_group.partition, &log_group.account) {
            return Err(foreign_log_group(PUT, &log_group.to_string()));
        }
        check_class(held, log_group)?;
        check_room(held, log_group, (&filter.name, &pattern))?;
        self.add_filter(log_group, filter);
        Ok(())
    }

    /// Deletes a metric filter (`DeleteMetricFilter`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFoundException` when there is no such group or filter.
    pub fn delete_metric_filter(
        &mut self,
        log_group: &LogGroupArn,
        name: &str,
    ) -> Result<(), CallError> {
        if !self.owns(&log_group.partition, &log_group.account) {
            return Err(foreign_log_group(DELETE, &log_group.to_string()));
        }
        self.find_log_group(DELETE, log_group)?
            .ok_or_else(|| no_log_group(DELETE))?;
        match self.remove_filter(log_group, name) {
            Some(_) => Ok(()),
            None => Err(refusal(
                DELETE,
                CallErrorKind::NotFound,
                "ResourceNotFoundException",
                "The specified metric filter does not exist.",
            )),
        }
    }
}

fn invalid(message: impl Into<String>) -> CallError {
    refusal(
        PUT,
        CallErrorKind::Invalid,
        "InvalidParameterException",
        message,
    )
}

/// Returns the refusal of a parameter's value in the words of AWS's own validation.
fn constraint(parameter: &str, rule: &str) -> CallError {
    invalid(format!(
        "1 validation error detected: Value at '{parameter}' failed to satisfy constraint: {rule}"
    ))
}

fn check_names(filter: &MetricFilter) -> Result<(), CallError> {
    let metric = &filter.transformation.metric;
    let texts = [
        ("filterName", &filter.name, 512, ":*"),
        (
            "metricTransformations.1.member.metricName",
            &metric.name,
            255,
            ":*$",
        ),
        (
            "metricTransformations.1.member.metricNamespace",
            &metric.namespace,
            255,
            ":*$",
        ),
    ];
    for (parameter, text, longest, forbidden) in texts {
        check_length(parameter, text, 1, longest)?;
        if text.contains(|c| forbidden.contains(c)) {
            let rule = format!("Member must satisfy regular expression pattern: [^{forbidden}]*");
            return Err(constraint(parameter, &rule));
        }
    }
    if metric.namespace.starts_with("AWS/") {
        return Err(invalid(
            "Invalid metric transformation: the namespace must not begin with AWS/",
        ));
    }
    Ok(())
}

fn check_length(parameter: &str, text: &str, least: usize, most: usize) -> Result<(), CallError> {
    let length = text.chars().count();
    if length < least {
        let rule = format!("Member must have length greater than or equal to {least}");
        return Err(constraint(parameter, &rule));
    }
    if length > most {
        let rule = format!("Member must have length less than or equal to {most}");
        return Err(constraint(parameter, &rule));
    }
    Ok(())
}

fn check_pattern(text: &str) -> Result<Pattern, CallError> {
    check_length("filterPattern", text, 0, crate::pattern::MAXIMUM_LENGTH)?;
    Pattern::parse(text).map_err(|error| invalid(words_for(error.kind())))
}

/// Returns CloudWatch Logs' words for a text that is not a pattern.
fn words_for(kind: &ParseErrorKind) -> String {
    match kind {
        ParseErrorKind::Unclosed { opening, closing } => {
            format!("If a filter pattern starts with '{opening}' it must end with '{closing}'")
        }
        ParseErrorKind::Character(character) => {
            format!("Invalid character(s) in term '{character}'")
        }
        ParseErrorKind::Regex(_) => "Failed to compile regular expression.".to_owned(),
        ParseErrorKind::TooManyRegexes => {
            "Your input has exceeded the maximum of 2 regular expressions per filter pattern."
                .to_owned()
        }
        ParseErrorKind::TooManyWildcardSteps => {
            "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard \
             allowed per json selector."
                .to_owned()
        }
        ParseErrorKind::DuplicateField(field) => format!("Duplicate field '{field}'"),
        ParseErrorKind::OtherField { field, other } => {
            format!("Multiple variables used in a single filter. Var1 : {field}, Var2 : {other}")
        }
        ParseErrorKind::TooLong { .. }
        | ParseErrorKind::Unexpected { .. }
        | ParseErrorKind::UnclosedText
        | ParseErrorKind::UnclosedRegex
        | ParseErrorKind::Selector(_)
        | ParseErrorKind::Exponent(_)
        | ParseErrorKind::TooManyWildcardSelectors
        | ParseErrorKind::UnclosedGroup
        | ParseErrorKind::DuplicateEllipsis => "Invalid metric filter pattern".to_owned(),
    }
}

fn check_transformation(filter: &MetricFilter, pattern: &Pattern) -> Result<(), CallError> {
    let transformation = &filter.transformation;
    check_length(
        "metricTransformations.1.member.metricValue",
        &transformation.value,
        1,
        100,
    )?;
    if !is_metric_value(&transformation.value) {
        return Err(invalid(
            "Invalid metric transformation: metricValue must be a number or a selector",
        ));
    }
    if transformation
        .default_value
        .is_some_and(|value| !value.is_finite())
    {
        return Err(invalid(
            "Invalid metric transformation: defaultValue must be a number",
        ));
    }
    let dimensions = transformation.dimensions.len();
    if dimensions > 0 && transformation.default_value.is_some() {
        return Err(invalid(
            "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
        ));
    }
    if dimensions + filter.system_field_dimensions.len() > 3 {
        return Err(constraint(
            "metricTransformations.1.member.dimensions",
            "Map value must have size less than or equal to 3",
        ));
    }
    match pattern.kind() {
        Kind::Json | Kind::SpaceDelimited => Ok(()),
        Kind::Blank | Kind::Terms | Kind::Regex if dimensions == 0 => Ok(()),
        Kind::Blank | Kind::Terms | Kind::Regex => Err(invalid(
            "The specified filter pattern does not support dimensions",
        )),
    }
}

/// A metric's value is a number, or it begins with `$` and names a part of the event.
fn is_metric_value(text: &str) -> bool {
    text.strip_prefix('$').map_or_else(
        || text.parse::<f64>().is_ok_and(f64::is_finite),
        |selector| !selector.is_empty(),
    )
}

fn check_class(held: &SandboxLogGroup, log_group: &LogGroupArn) -> Result<(), CallError> {
    match recorded(held.class.as_ref(), PUT, log_group)? {
        LogGroupClass::Standard => Ok(()),
        class @ (LogGroupClass::InfrequentAccess
        | LogGroupClass::Delivery
        | LogGroupClass::Other(_)) => Err(refusal(
            PUT,
            CallErrorKind::Unsupported,
            "InvalidOperationException",
            format!("PutMetricFilter is not supported for log groups of class {class}."),
        )),
    }
}

/// Refuses a filter beyond the quotas; one that replaces another of its name takes no room.
fn check_room(
    held: &SandboxLogGroup,
    log_group: &LogGroupArn,
    (name, pattern): (&str, &Pattern),
) -> Result<(), CallError> {
    let filters = recorded(held.filters.as_ref(), PUT, log_group)?;
    let others = || filters.values().filter(|other| other.name != name);
    let with_regex = || {
        others()
            .filter_map(|other| Pattern::parse(&other.pattern).ok())
            .filter(has_regex)
            .count()
    };
    if others().count() >= MAXIMUM_FILTERS
        || has_regex(pattern) && with_regex() >= MAXIMUM_REGEX_FILTERS
    {
        return Err(refusal(
            PUT,
            CallErrorKind::Quota,
            "LimitExceededException",
            "Resource limit exceeded.",
        ));
    }
    Ok(())
}

fn has_regex(pattern: &Pattern) -> bool {
    match pattern.tree() {
        Tree::Blank | Tree::Terms(_) => false,
        Tree::Regex(_) => true,
        Tree::Json(expression) => expression
            .conditions()
            .iter()
            .any(|condition| test_has_regex(&condition.test)),
        Tree::SpaceDelimited(fields) => fields.iter().any(field_has_regex),
    }
}

fn test_has_regex(test: &Test) -> bool {
    match test {
        Test::Equal(value) | Test::NotEqual(value) => is_regex(value),
        Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => false,
    }
}

fn field_has_regex(field: &Field) -> bool {
    match field {
        Field::Unnamed | Field::Ellipsis => false,
        Field::Named { conditions, .. } => {
            conditions
                .iter()
                .flat_map(Expression::conditions)
                .any(|condition| match condition {
                    FieldTest::Equal(value) | FieldTest::NotEqual(value) => is_regex(value),
                    FieldTest::Present | FieldTest::Order(..) => false,
                })
        }
    }
}

fn is_regex(value: &Value) -> bool {
    match value {
        Value::Regex(_) => true,
        Value::Text(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LogGroup, Metric, MetricTransformation};
    use crate::sandbox::Scene;

    const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup";

    fn group() -> LogGroupArn {
        LogGroupArn::parse(GROUP).unwrap()
    }

    fn filter(name: &str, pattern: &str) -> MetricFilter {
        MetricFilter {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            transformation: MetricTransformation {
                metric: Metric {
                    namespace: "CISBenchmark".to_owned(),
                    name: "metric".to_owned(),
                },
                value: "1".to_owned(),
                default_value: None,
                unit: None,
                dimensions: std::collections::BTreeMap::new(),
            },
            applies_to_transformed_logs: false,
            field_selection: None,
            system_field_dimensions: Vec::new(),
        }
    }

    /// Returns the code and the message with which the fresh account refuses a changed filter.
    fn refused(change: impl FnOnce(&mut MetricFilter)) -> (String, String) {
        let mut account = Scene::Fresh.account();
        let mut changed = filter("name", "{ $.a = 1 }");
        change(&mut changed);
        let error = account.put_metric_filter(&group(), changed).unwrap_err();
        assert_eq!(error.action, PUT);
        assert_eq!(account, Scene::Fresh.account());
        (error.code.unwrap(), error.message)
    }

    #[test]
    fn a_put_replaces_the_whole_filter_of_its_name() {
        let mut account = Scene::Fresh.account();
        let mut rich = filter("name", "{ $.a = 1 }");
        rich.transformation.default_value = Some(0.0);
        rich.applies_to_transformed_logs = true;
        account.put_metric_filter(&group(), rich).unwrap();
        let plain = filter("name", "{ $.b = 2 }");
        account.put_metric_filter(&group(), plain.clone()).unwrap();
        assert_eq!(account.describe_metric_filters(&group()), Ok(vec![plain]));
    }

    #[test]
    fn illegal_patterns_are_refused_in_the_words_of_aws() {
        let long = format!("{{ $.a = \"{}\" }}", "x".repeat(1014));
        let cases = [
            (
                "{ $.a = 1",
                "If a filter pattern starts with '{' it must end with '}'",
            ),
            (
                "[a, b",
                "If a filter pattern starts with '[' it must end with ']'",
            ),
            ("{ $.a == 1 }", "Invalid metric filter pattern"),
            ("{ $.a = %a(b)% }", "Failed to compile regular expression."),
            (
                "{ $.a = %x% || $.b = %x% || $.c = %x% }",
                "Your input has exceeded the maximum of 2 regular expressions per filter pattern.",
            ),
            (
                "{ $.a[*].b[*] = 1 }",
                "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard \
                 allowed per json selector.",
            ),
            ("[a, a]", "Duplicate field 'a'"),
            (
                &long,
                "1 validation error detected: Value at 'filterPattern' failed to satisfy constraint: \
                 Member must have length less than or equal to 1024",
            ),
        ];
        for (pattern, message) in cases {
            let refusal = refused(|filter| filter.pattern = pattern.to_owned());
            assert_eq!(refusal.0, "InvalidParameterException", "{pattern}");
            assert_eq!(refusal.1, message, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_of_full_length_is_taken() {
        let mut account = Scene::Fresh.account();
        let longest = format!("{{ $.a = \"{}\" }}", "x".repeat(1024 - 12));
        assert_eq!(longest.len(), 1024);
        account
            .put_metric_filter(&group(), filter("name", &longest))
            .unwrap();
    }

    #[test]
    fn illegal_names_and_values_are_refused() {
        type Change = fn(&mut MetricFilter);
        let cases: [(&str, Change); 14] = [
            ("filterName", |filter| filter.name.clear()),
            ("filterName", |filter| filter.name = "a:b".to_owned()),
            ("filterName", |filter| filter.name = "a*".to_owned()),
            ("filterName", |filter| filter.name = "a".repeat(513)),
            ("metricName", |filter| {
                filter.transformation.metric.name = "a$".to_owned();
            }),
            ("metricName", |filter| {
                filter.transformation.metric.name = "a".repeat(256);
            }),
            ("metricNamespace", |filter| {
                filter.transformation.metric.namespace = "a:b".to_owned();
            }),
            ("namespace", |filter| {
                filter.transformation.metric.namespace = "AWS/CloudTrail".to_owned();
            }),
            ("metricValue", |filter| {
                filter.transformation.value.clear();
            }),
            ("metricValue", |filter| {
                filter.transformation.value = "many".to_owned();
            }),
            ("metricValue", |filter| {
                filter.transformation.value = "1".repeat(101);
            }),
            ("metricValue", |filter| {
                filter.transformation.value = "$".to_owned();
            }),
            ("metricValue", |filter| {
                filter.transformation.value = "inf".to_owned();
            }),
            ("defaultValue", |filter| {
                filter.transformation.default_value = Some(f64::NAN);
            }),
        ];
        for (index, (parameter, change)) in cases.into_iter().enumerate() {
            let (code, message) = refused(change);
            assert_eq!(code, "InvalidParameterException", "case {index}");
            assert!(message.contains(parameter), "case {index}: {message}");
        }
    }

    #[test]
    fn dimensions_have_their_rules() {
        let dimension = |filter: &mut MetricFilter, count: usize| {
            filter.transformation.dimensions = (0..count)
                .map(|number| (format!("d{number}"), "$.a".to_owned()))
                .collect();
        };
        let (_, message) = refused(|filter| {
            dimension(filter, 1);
            filter.transformation.default_value = Some(0.0);
        });
        assert!(message.contains("mutually exclusive"));
        let (_, message) = refused(|filter| {
            dimension(filter, 2);
            let system = ["@aws.account", "@aws.region"];
            filter.system_field_dimensions = system.map(str::to_owned).to_vec();
        });
        assert!(message.contains("less than or equal to 3"));
        let (_, message) = refused(|filter| {
            dimension(filter, 1);
            filter.pattern = "ERROR".to_owned();
        });
        assert_eq!(
            message,
            "The specified filter pattern does not support dimensions"
        );
        let mut account = Scene::Fresh.account();
        for pattern in ["{ $.a = 1 }", "[a, b]"] {
            let mut legal = filter("name", pattern);
            dimension(&mut legal, 3);
            account.put_metric_filter(&group(), legal).unwrap();
        }
    }

    #[test]
    fn a_log_group_takes_a_hundred_filters_and_replacing_one_still_works() {
        let mut account = Scene::Messy.account();
        for number in 0..3 {
            let name = format!("filter-{number}");
            account
                .put_metric_filter(&group(), filter(&name, "{ $.a = 1 }"))
                .unwrap();
        }
        let error = account
            .put_metric_filter(&group(), filter("one-more", "{ $.a = 1 }"))
            .unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Quota);
        assert_eq!(error.code.as_deref(), Some("LimitExceededException"));
        let replacing = filter("filter-0", "{ $.b = 1 }");
        account.put_metric_filter(&group(), replacing).unwrap();
        account.delete_metric_filter(&group(), "filter-0").unwrap();
        account
            .put_metric_filter(&group(), filter("one-more", "{ $.a = 1 }"))
            .unwrap();
    }

    #[test]
    fn five_filters_of_a_group_may_hold_a_regular_expression() {
        let patterns = [
            "{ $.a = %x% }",
            "%x%",
            "[a = %x%]",
            "[a != %x%, b]",
            "{ $.a != %x% }",
        ];
        let mut account = Scene::Fresh.account();
        for (number, pattern) in patterns.into_iter().enumerate() {
            account
                .put_metric_filter(&group(), filter(&format!("f{number}"), pattern))
                .unwrap();
        }
        let sixth = filter("f5", "{ $.b = %x% }");
        let error = account
            .put_metric_filter(&group(), sixth.clone())
            .unwrap_err();
        assert_eq!(error.code.as_deref(), Some("LimitExceededException"));
        // A percent sign in quotes is none, and replacing an expression by text frees its place.
        let quoted = filter("f6", "{ $.b = \"%x%\" }");
        account.put_metric_filter(&group(), quoted).unwrap();
        let replacing = filter("f0", "{ $.a = 1 }");
        account.put_metric_filter(&group(), replacing).unwrap();
        account.put_metric_filter(&group(), sixth).unwrap();
    }

    #[test]
    fn filters_need_a_group_of_their_account_and_of_the_standard_class() {
        let missing = GROUP.replace("Default", "Other");
        let foreign = GROUP.replace("123456789012", "210987654321");
        let partition = GROUP.replace("arn:aws:", "arn:aws-cn:");
        let cases = [
            (
                missing,
                "ResourceNotFoundException",
                CallErrorKind::NotFound,
            ),
            (foreign, "AccessDeniedException", CallErrorKind::Denied),
            (partition, "AccessDeniedException", CallErrorKind::Denied),
        ];
        for (arn, code, kind) in cases {
            let group = LogGroupArn::parse(&arn).unwrap();
            let mut account = Scene::Fresh.account();
            let put = account.put_metric_filter(&group, filter("name", ""));
            let delete = account.delete_metric_filter(&group, "name");
            for error in [put.unwrap_err(), delete.unwrap_err()] {
                assert_eq!(error.code.as_deref(), Some(code), "{arn}");
                assert_eq!(error.kind, kind, "{arn}");
            }
        }
        for class in ["INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"] {
            let mut account = Scene::Fresh.account();
            account.add_log_group(LogGroup {
                arn: group(),
                class: LogGroupClass::parse(class),
            });
            let error = account
                .put_metric_filter(&group(), filter("name", ""))
                .unwrap_err();
            assert_eq!(error.code.as_deref(), Some("InvalidOperationException"));
            assert!(error.message.contains(class));
        }
    }

    #[test]
    fn deleting_an_unknown_filter_is_refused() {
        let mut account = Scene::Fresh.account();
        let error = account.delete_metric_filter(&group(), "none").unwrap_err();
        assert_eq!(error.code.as_deref(), Some("ResourceNotFoundException"));
    }
}
