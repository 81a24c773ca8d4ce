//! The form of `cis-fix.toml`.

use std::collections::BTreeSet;

use super::{Layer, PagingTopicLayer, overrides, subscriptions, tags, topic};
use crate::catalog::{Auditor, Benchmark, Catalog, Level, Wording};
use crate::model::{ControlId, TopicName};
use crate::toml_source::{Document, Member, Mistakes, SourceFile, Table};

/// Reads a file of settings; the catalog says which controls there are.
///
/// # Errors
///
/// Reports every mistake of the file.
pub fn read_file(file: &SourceFile, catalog: &Catalog) -> Result<Layer, Mistakes> {
    let document = Document::parse(file);
    let layer = layer(document.root(), catalog);
    let (shown, found) = document.finish();
    match Mistakes::collect(vec![shown], found) {
        Some(mistakes) => Err(mistakes),
        None => Ok(layer.unwrap_or_default()),
    }
}

fn layer(mut table: Table<'_>, catalog: &Catalog) -> Option<Layer> {
    let benchmark = table.given("benchmark", |member| member.choice(&Benchmark::choices()));
    let level = table.given("level", |member| member.count(1..=2));
    let verbatim = table.given("verbatim", |member| wording(member));
    let satisfy = table.given("satisfy", |member| satisfy(&member.list()));
    let skip = table.given("skip", |member| skip(&member.list(), catalog));
    let topic = table.given("topic", |member| member.table().and_then(self::topic));
    let subscriptions = table.given("subscription", |member| {
        subscriptions::read(member.tables())
    });
    let paging = table.given("paging", |member| member.table().and_then(self::paging));
    let tags = table.given("tags", |member| member.table().and_then(tags::read));
    let overrides = table.given("control", |member| {
        overrides::read(member.table()?, catalog)
    });
    table.close();
    let (topic, kms_key) = topic.ok()?.unwrap_or_default();
    Some(Layer {
        benchmark: benchmark.ok()?.map(|benchmark| benchmark.value),
        level: level
            .ok()?
            .and_then(|level| Level::of(u8::try_from(level.value).ok()?)),
        wording: verbatim.ok()?,
        satisfy: satisfy.ok()?,
        skip: skip.ok()?.unwrap_or_default(),
        topic,
        kms_key,
        subscriptions: subscriptions.ok()?,
        paging: paging.ok()?.unwrap_or_default(),
        tags: tags.ok()?,
        overrides: overrides.ok()?.unwrap_or_default(),
    })
}

/// Returns whose words `verbatim` asks for.
fn wording(member: &Member<'_>) -> Option<Wording> {
    let verbatim = member.truth()?.value;
    Some(if verbatim {
        Wording::Verbatim
    } else {
        Wording::Sound
    })
}

fn satisfy(members: &[Member<'_>]) -> Option<BTreeSet<Auditor>> {
    let read: Vec<_> = members
        .iter()
        .map(|member| member.choice(&Auditor::choices()))
        .collect();
    read.into_iter()
        .map(|auditor| auditor.map(|auditor| auditor.value))
        .collect()
}

fn skip(members: &[Member<'_>], catalog: &Catalog) -> Option<BTreeSet<ControlId>> {
    let known = |member: &Member<'_>| match catalog.find(member.text()?.value) {
        Ok(control) => Some(control.id.clone()),
        Err(refusal) => {
            member.refuse(refusal.message, refusal.hint);
            None
        }
    };
    let read: Vec<_> = members.iter().map(known).collect();
    read.into_iter().collect()
}

/// Reads `[topic]`: its name and its key.
fn topic(mut table: Table<'_>) -> Option<(Option<TopicName>, Option<String>)> {
    let name = table.given("name", |member| member.parsed(TopicName::parse));
    let kms_key = table.given("kms-key", |member| member.parsed(topic::parse_kms_key));
    table.close();
    Some((
        name.ok()?.map(|name| name.value),
        kms_key.ok()?.map(|key| key.value),
    ))
}

/// Reads `[paging]`: the topic that pages people, and its subscriptions.
fn paging(mut table: Table<'_>) -> Option<PagingTopicLayer> {
    let topic = table.given("topic", |member| member.table().and_then(self::topic));
    let subscriptions = table.given("subscription", |member| {
        subscriptions::read(member.tables())
    });
    table.close();
    let (name, kms_key) = topic.ok()?.unwrap_or_default();
    Some(PagingTopicLayer {
        name,
        kms_key,
        subscriptions: subscriptions.ok()?,
    })
}
