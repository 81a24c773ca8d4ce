//! How auditors decide, told as data, and which filters satisfy them.
//!
//! An auditor is one TOML file: how it compares a filter's text, how it finds the alarm of a filter, and what else it asks. One
//! small interpreter serves them all; nothing of an auditor's own code is here. What their verdicts on an account come to is said
//! by `forecast`.

mod builtin;
mod clauses;
mod grouping;
mod schema;
mod selection;
mod spelling;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::catalog::Auditor;
use crate::model::ControlId;
use crate::toml_source::{Document, Mistakes, SourceFile};

pub use selection::{Chosen, Place, Selected, Unmet, Wanted, select};
pub use wording::Wording;

/// Every auditor that is known, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Auditors {
    profiles: BTreeMap<Auditor, Profile>,
}

/// How one auditor decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The auditor.
    pub auditor: Auditor,
    /// Which state of it is described, and what is uncertain.
    pub about: String,
    /// What it asks of the text of a filter, for each control that it knows.
    pub demands: BTreeMap<ControlId, Demand>,
    /// How it finds the alarm that belongs to a filter.
    pub join: Join,
    /// What else it asks, whatever the control.
    pub asks: BTreeSet<Ask>,
    /// What it says of an account whose trail delivers to a log group that is elsewhere.
    pub elsewhere: Elsewhere,
}

/// What an auditor asks for one control.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Which texts it accepts.
    pub wording: Wording,
    /// What it asks beside what it always asks.
    pub asks: BTreeSet<Ask>,
    /// What is wrong with the text that it wants; no filter is made for such a text unless somebody names the auditor.
    pub defect: Option<String>,
    /// What is worth knowing about it.
    pub about: Option<String>,
}

/// How an auditor finds the alarm that belongs to a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// It looks at no alarm.
    Nothing,
    /// The alarm watches a metric of the name that the filter publishes, in whatever namespace.
    MetricName,
    /// The alarm watches the metric that the filter publishes: its namespace and its name.
    Metric,
    /// The alarm watches a metric that has the name of the filter itself.
    FilterName,
}

impl Join {
    const NAMES: [(&'static str, Self); 4] = [
        ("nothing", Self::Nothing),
        ("metric-name", Self::MetricName),
        ("metric", Self::Metric),
        ("filter-name", Self::FilterName),
    ];

    /// Returns whether only a filter that has the name of its metric is found.
    #[must_use]
    pub fn needs_name_of_metric(self) -> bool {
        match self {
            Self::FilterName => true,
            Self::Nothing | Self::MetricName | Self::Metric => false,
        }
    }
}

/// Something that an auditor asks beside a filter and its alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The trail records all Regions.
    MultiRegion,
    /// The trail records at this moment.
    Logging,
    /// Its last delivery to the log group succeeded.
    NoDeliveryError,
    /// A basic selector takes all calls, whether or not management events are among them.
    BasicSelectorAll,
    /// A basic selector takes all calls and management events.
    BasicSelectorAllManagement,
    /// A selector of any kind takes management events.
    ManagementSelector,
    /// No service's management events are left out.
    NoExcludedSources,
    /// The log group is in this account and in the Region that is asked.
    OwnLogGroup,
    /// The alarm has a topic among its actions.
    AlarmAction,
    /// Somebody is subscribed to the topic, confirmed or not.
    Subscription,
    /// Somebody confirmed a subscription.
    ConfirmedSubscription,
}

impl Ask {
    const NAMES: [(&'static str, Self); 11] = [
        ("multi-region", Self::MultiRegion),
        ("logging", Self::Logging),
        ("no-delivery-error", Self::NoDeliveryError),
        ("basic-selector-all", Self::BasicSelectorAll),
        (
            "basic-selector-all-management",
            Self::BasicSelectorAllManagement,
        ),
        ("management-selector", Self::ManagementSelector),
        ("no-excluded-sources", Self::NoExcludedSources),
        ("own-log-group", Self::OwnLogGroup),
        ("alarm-action", Self::AlarmAction),
        ("subscription", Self::Subscription),
        ("confirmed-subscription", Self::ConfirmedSubscription),
    ];
}

/// What an auditor says of an account whose trail delivers to a log group of another account or Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// The control fails.
    Fails,
    /// The control passes, although nobody looked at a filter.
    Passes,
    /// There is no verdict.
    NotCovered,
    /// Trails do not matter to it.
    Ignored,
}

impl Elsewhere {
    const NAMES: [(&'static str, Self); 4] = [
        ("fails", Self::Fails),
        ("passes", Self::Passes),
        ("not-covered", Self::NotCovered),
        ("ignored", Self::Ignored),
    ];
}

impl Auditors {
    /// Returns the auditors that are compiled in, read once for the whole process.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the texts are compiled in, and a test reads the same texts"
    )]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Auditors> = OnceLock::new();
        BUILTIN
            .get_or_init(|| Self::read(&builtin::files()).expect("the built-in auditors are valid"))
    }

    /// Reads auditors, one per file.
    ///
    /// # Errors
    ///
    /// Reports every mistake of every file.
    pub fn read(files: &[SourceFile]) -> Result<Self, Mistakes> {
        let mut shown = Vec::new();
        let mut found = Vec::new();
        let mut profiles = BTreeMap::new();
        for file in files {
            let document = Document::parse(file);
            if let Some((place, profile)) = schema::read(&document) {
                let auditor = profile.auditor;
                if profiles.insert(auditor, profile).is_some() {
                    document.record(place, format!("`{auditor}` has a file already"));
                }
            }
            let (file, mistakes) = document.finish();
            shown.push(file);
            found.extend(mistakes);
        }
        match Mistakes::collect(shown, found) {
            Some(mistakes) => Err(mistakes),
            None => Ok(Self { profiles }),
        }
    }

    /// Returns how an auditor decides.
    #[must_use]
    pub fn get(&self, auditor: Auditor) -> Option<&Profile> {
        self.profiles.get(&auditor)
    }

    /// Returns how every auditor decides, in their order.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.values()
    }
}

impl Profile {
    /// Returns whether the auditor accepts the text of a filter; nothing when it does not know the control.
    #[must_use]
    pub fn accepts(&self, control: &ControlId, text: &str) -> Option<bool> {
        self.demands
            .get(control)
            .map(|demand| demand.wording.accepts(text))
    }

    /// Returns everything beside filter and alarm that the auditor asks for a control.
    #[must_use]
    pub fn asks(&self, control: &ControlId) -> BTreeSet<Ask> {
        let own = self.demands.get(control).map(|demand| &demand.asks);
        self.asks
            .iter()
            .chain(own.into_iter().flatten())
            .copied()
            .collect()
    }
}
