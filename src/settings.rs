//! What the user wants: benchmark, auditors, topic, subscriptions, tags, and changes to single controls.
//!
//! Settings come in layers: flags outrank the environment, which outranks the file, which outranks the defaults. Nothing is read from
//! disk or environment here; both are handed in as texts.

mod edit;
mod environment;
mod file;
mod overrides;
mod paging;
mod subscriptions;
mod tags;
mod topic;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Auditor, Benchmark, Level, Satisfy, Wording};
use crate::model::{ControlId, Endpoint, Tags, TopicName};

pub use edit::{EditError, LaneChange, with_lanes};
pub use environment::{VARIABLES, read_environment};
pub use file::read_file;
pub use overrides::Override;
pub use paging::{ExclusionError, Paging};
pub use tags::{MOST_TAGS, RESERVED_TAG};
pub use topic::{KmsKeyError, parse_kms_key};

/// The name of the topic when nobody gives it another.
const TOPIC: &str = "cis-alarms";

/// The name of the topic that pages people when nobody gives it another.
const PAGING_TOPIC: &str = "cis-pages";

/// What the user wants, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The benchmark to meet.
    pub benchmark: Benchmark,
    /// The profile level to meet; none means all that the benchmark has.
    pub level: Option<Level>,
    /// Whose words the patterns are in.
    pub wording: Wording,
    /// The auditors to satisfy.
    pub satisfy: Satisfy,
    /// The controls to leave out.
    pub skip: BTreeSet<ControlId>,
    /// The topic that new alarms publish to.
    pub topic: TopicName,
    /// The key that should encrypt the topic's messages: an id, an ARN or an alias.
    pub kms_key: Option<String>,
    /// Who should be subscribed to the topic.
    pub subscriptions: BTreeSet<Endpoint>,
    /// The topic that pages people.
    pub paging: PagingTopic,
    /// Tags for everything that is made.
    pub tags: Tags,
    /// Changes to single controls.
    pub overrides: BTreeMap<ControlId, Override>,
}

/// The topic that pages people, for the controls that have a paging lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagingTopic {
    /// Its name.
    pub name: TopicName,
    /// The key that should encrypt its messages: an id, an ARN or an alias.
    pub kms_key: Option<String>,
    /// Who should be subscribed to it.
    pub subscriptions: BTreeSet<Endpoint>,
}

/// What one source says about the topic that pages people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PagingTopicLayer {
    /// Its name.
    pub name: Option<TopicName>,
    /// The key that should encrypt its messages.
    pub kms_key: Option<String>,
    /// Who should be subscribed to it.
    pub subscriptions: Option<BTreeSet<Endpoint>>,
}

impl PagingTopicLayer {
    fn or(self, lower: Self) -> Self {
        Self {
            name: self.name.or(lower.name),
            kms_key: self.kms_key.or(lower.kms_key),
            subscriptions: self.subscriptions.or(lower.subscriptions),
        }
    }
}

/// What one source says about settings; what it does not say is left to the layers below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layer {
    /// The benchmark to meet.
    pub benchmark: Option<Benchmark>,
    /// The profile level to meet.
    pub level: Option<Level>,
    /// Whose words the patterns are in.
    pub wording: Option<Wording>,
    /// The auditors to satisfy.
    pub satisfy: Option<BTreeSet<Auditor>>,
    /// Controls to leave out, beside those that other layers leave out.
    pub skip: BTreeSet<ControlId>,
    /// The topic that new alarms publish to.
    pub topic: Option<TopicName>,
    /// The key that should encrypt the topic's messages.
    pub kms_key: Option<String>,
    /// Who should be subscribed to the topic.
    pub subscriptions: Option<BTreeSet<Endpoint>>,
    /// The topic that pages people.
    pub paging: PagingTopicLayer,
    /// Tags for everything that is made.
    pub tags: Option<Tags>,
    /// Changes to single controls.
    pub overrides: BTreeMap<ControlId, Override>,
}

impl Layer {
    /// Returns what this layer says, and what `lower` says where this one says nothing.
    ///
    /// A list is taken as a whole, with two exceptions: `skip` adds up, so that no layer makes more of an account than another one
    /// allows, and overrides are merged value by value.
    #[must_use]
    pub fn or(self, lower: Self) -> Self {
        let mut overrides = self.overrides;
        for (id, change) in lower.overrides {
            let higher = overrides.remove(&id).unwrap_or_default();
            overrides.insert(id, higher.or(change));
        }
        Self {
            benchmark: self.benchmark.or(lower.benchmark),
            level: self.level.or(lower.level),
            wording: self.wording.or(lower.wording),
            satisfy: self.satisfy.or(lower.satisfy),
            skip: self.skip.into_iter().chain(lower.skip).collect(),
            topic: self.topic.or(lower.topic),
            kms_key: self.kms_key.or(lower.kms_key),
            subscriptions: self.subscriptions.or(lower.subscriptions),
            paging: self.paging.or(lower.paging),
            tags: self.tags.or(lower.tags),
            overrides,
        }
    }
}

impl Settings {
    /// Returns who is to be subscribed to any topic.
    #[must_use]
    pub fn endpoints(&self) -> BTreeSet<Endpoint> {
        let Self {
            subscriptions,
            paging,
            ..
        } = self;
        subscriptions | &paging.subscriptions
    }

    /// Merges layers, the highest first, and fills in the defaults.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the default names of the topics are constants, and a test reads them"
    )]
    pub fn merge(layers: impl IntoIterator<Item = Layer>) -> Self {
        let layer = layers.into_iter().fold(Layer::default(), Layer::or);
        let topic = |name| TopicName::parse(name).expect("the default name is legal");
        let PagingTopicLayer {
            name,
            kms_key,
            subscriptions,
        } = layer.paging;
        Self {
            benchmark: layer.benchmark.unwrap_or_default(),
            level: layer.level,
            wording: layer.wording.unwrap_or_default(),
            satisfy: layer.satisfy.map_or(Satisfy::Everybody, Satisfy::These),
            skip: layer.skip,
            topic: layer.topic.unwrap_or_else(|| topic(TOPIC)),
            kms_key: layer.kms_key,
            subscriptions: layer.subscriptions.unwrap_or_default(),
            paging: PagingTopic {
                name: name.unwrap_or_else(|| topic(PAGING_TOPIC)),
                kms_key,
                subscriptions: subscriptions.unwrap_or_default(),
            },
            tags: layer.tags.unwrap_or_default(),
            overrides: layer.overrides,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::merge([])
    }
}
