//! What the additions of a plan bear and cost.

use super::check::section;
use super::document::{Block, Field, Text};
use super::roster::count;
use crate::model::Tags;
use crate::plan::action::Action;
use crate::plan::{Mark, Plan};

/// Returns what the additions bear and cost.
pub(super) fn consequences(plan: &Plan) -> Option<Block> {
    let created: Vec<&Action> = plan
        .steps
        .iter()
        .filter(|step| step.mark == Mark::Create)
        .map(|step| &step.action)
        .collect();
    let alarms = created
        .iter()
        .filter(|action| matches!(action, Action::PutAlarm(_)))
        .count();
    let said = [("tags", tag_words(&created)), ("cost", cost_words(alarms))];
    let fields: Vec<Field> = said
        .into_iter()
        .filter_map(|(name, words)| {
            let value = vec![Text::plain(words?)];
            Some(Field { name, value })
        })
        .collect();
    let body = (!fields.is_empty()).then_some(Block::Fields(fields));
    section("Tags and cost", body.into_iter().collect())
}

/// Returns the tags that all additions have in common; a tag whose value differs is named by its key.
fn tag_words(created: &[&Action]) -> Option<String> {
    let sets: Vec<&Tags> = created.iter().filter_map(|action| tags(action)).collect();
    let first = sets.first()?;
    let words: Vec<String> = first
        .iter()
        .filter(|(key, _)| sets.iter().all(|set| set.contains_key(*key)))
        .map(|(key, value)| {
            let alike = sets.iter().all(|set| set.get(key) == Some(value));
            if alike {
                format!("{key}={value}")
            } else {
                key.clone()
            }
        })
        .collect();
    (!words.is_empty()).then(|| format!("{} on every new topic and alarm", words.join(", ")))
}

/// Returns the tags of what an action makes.
fn tags(action: &Action) -> Option<&Tags> {
    match action {
        Action::CreateTopic(topic) => Some(&topic.tags),
        Action::PutAlarm(alarm) => Some(&alarm.tags),
        Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::Subscribe(_)
        | Action::PutMetricFilter(_) => None,
    }
}

/// Returns what new alarms cost (CloudWatch pricing, list price of us-east-1).
fn cost_words(alarms: usize) -> Option<String> {
    if alarms == 0 {
        return None;
    }
    let dollars = format!("{}.{}0", alarms / 10, alarms % 10);
    Some(format!(
        "about {dollars} USD a month for {} (0.10 USD each, list price in us-east-1; other Regions may \
         differ), plus the metrics, which cost only for hours in which events match",
        count(alarms, "new alarm", "new alarms")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TopicArn;
    use crate::plan::action::CreateTopic;

    fn topic(tags: &[(&str, &str)]) -> Action {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Action::CreateTopic(CreateTopic {
            topic: TopicArn::parse("arn:aws:sns:eu-central-1:111122223333:t").unwrap(),
            kms_key: None,
            tags: tags.iter().map(pair).collect(),
        })
    }

    #[test]
    fn ten_alarms_cost_a_dollar() {
        let dollars = |alarms| {
            let words = cost_words(alarms).unwrap();
            words.split_whitespace().nth(1).unwrap().to_owned()
        };
        assert_eq!(cost_words(0), None);
        assert_eq!(dollars(1), "0.10");
        assert_eq!(dollars(10), "1.00");
        assert_eq!(dollars(15), "1.50");
        assert_eq!(dollars(123), "12.30");
    }

    #[test]
    fn a_tag_with_several_values_is_named_by_its_key_and_a_rare_one_not_at_all() {
        let first = topic(&[("cis-fix", "topic"), ("owner", "security"), ("rare", "1")]);
        let second = topic(&[("cis-fix", "a-control"), ("owner", "security")]);
        assert_eq!(
            tag_words(&[&first, &second]).unwrap(),
            "cis-fix, owner=security on every new topic and alarm"
        );
        assert_eq!(tag_words(&[&topic(&[])]), None);
        assert_eq!(tag_words(&[]), None);
    }
}
