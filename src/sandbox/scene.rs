//! Built-in accounts to begin with, and to show what the program does.

use std::collections::BTreeSet;

use crate::model::{
    BasicSelector, EventSelectors, Identity, LogGroup, LogGroupArn, LogGroupClass, LogGroupName,
    ReadWrite, Region, Trail, TrailArn, TrailStatus,
};

use super::account::SandboxAccount;
use super::format;

/// A built-in account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    /// A good trail and its log group, nothing else: where most accounts begin.
    Fresh,
    /// Ninety-seven metric filters and a handful of alarms that others made, some of them in the way.
    Messy,
    /// A member of an organization: its trail and log group belong to another account.
    Member,
    /// A trail that is stopped, leaves events out and delivers to a log group without metric filters.
    Broken,
}

impl Scene {
    /// All scenes.
    pub const ALL: [Self; 4] = [Self::Fresh, Self::Messy, Self::Member, Self::Broken];

    /// Returns the scene of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scene| scene.name() == name)
    }

    /// Returns the scene's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Messy => "messy",
            Self::Member => "member",
            Self::Broken => "broken",
        }
    }

    /// Returns the scene as text in the format `cis-fix/sandbox/v1`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Fresh => include_str!("scenes/fresh.json"),
            Self::Messy => include_str!("scenes/messy.json"),
            Self::Member => include_str!("scenes/member.json"),
            Self::Broken => include_str!("scenes/broken.json"),
        }
    }

    /// Returns the account.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a test reads the text of every scene"
    )]
    pub fn account(self) -> SandboxAccount {
        format::parse(self.text()).expect("the text of a scene is an account")
    }
}

impl SandboxAccount {
    /// Returns an account with a good multi-Region trail in `region` and the log group it delivers to, nothing else.
    #[must_use]
    pub fn fresh(identity: Identity, region: Region) -> Self {
        let log_group = LogGroupArn {
            partition: identity.partition.clone(),
            region: region.clone(),
            account: identity.account.clone(),
            name: default_log_group(),
        };
        let trail = Trail {
            arn: TrailArn {
                partition: identity.partition.clone(),
                region: region.clone(),
                account: identity.account.clone(),
                name: "management-events".to_owned(),
            },
            home_region: region.clone(),
            is_multi_region: true,
            is_organization: false,
            includes_global_services: true,
            log_group: Some(log_group.clone()),
        };
        let status = TrailStatus {
            is_logging: true,
            delivery_error: None,
        };
        let mut account = Self::empty(identity, region);
        account.add_trail(trail, status, all_management_events());
        account.add_log_group(LogGroup {
            arn: log_group,
            class: LogGroupClass::Standard,
        });
        account
    }
}

#[expect(clippy::expect_used, reason = "a constant and legal name")]
fn default_log_group() -> LogGroupName {
    LogGroupName::parse("CloudTrail/DefaultLogGroup").expect("a legal name")
}

/// Returns what a new trail records.
pub(super) fn all_management_events() -> EventSelectors {
    EventSelectors::Basic(vec![BasicSelector {
        read_write: ReadWrite::All,
        includes_management_events: true,
        excluded_sources: BTreeSet::new(),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Partition};

    #[test]
    fn every_scene_is_written_as_the_program_writes_it() {
        for scene in Scene::ALL {
            let account = format::parse(scene.text()).unwrap_or_else(|error| {
                panic!("{}: {error}", scene.name());
            });
            assert_eq!(format::to_text(&account), scene.text(), "{}", scene.name());
        }
    }

    #[test]
    fn the_fresh_scene_is_the_fresh_account() {
        let identity = Identity {
            account: AccountId::parse("123456789012").unwrap(),
            partition: Partition::parse("aws").unwrap(),
            arn: "arn:aws:iam::123456789012:user/alice".to_owned(),
        };
        let region = Region::parse("us-east-1").unwrap();
        let fresh = SandboxAccount::fresh(identity, region);
        assert_eq!(format::to_text(&fresh), Scene::Fresh.text());
        assert_eq!(Scene::Fresh.account(), fresh);
    }
}
