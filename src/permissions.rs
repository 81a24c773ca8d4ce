//! The permissions that a command needs, as an IAM policy with its resources narrowed as far as the API allows.
//!
//! Which action knows which resources and conditions is taken from the Service Authorization Reference; the
//! forms of log group resources from what CloudWatch Logs names in its refusals. `sts:GetCallerIdentity` is
//! left out: it needs no permission. Nothing is read or printed here.

mod reads;
mod scope;
mod writes;

use std::collections::BTreeSet;

pub use scope::Scope;

/// How many characters a managed policy of IAM may have, white space not counted (IAM quotas).
pub const LARGEST_POLICY: usize = 6144;

/// What the permissions are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Judging the account.
    Check,
    /// Showing what would be done.
    Plan,
    /// Creating what is missing.
    Apply,
    /// Taking back what was created or changed.
    Undo,
    /// Disabling the actions of alarms.
    Mute,
    /// Enabling the actions of alarms.
    Unmute,
    /// Driving alarms through ALARM and back.
    Drill,
    /// Reading the events that the account has recorded.
    Backtest,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 8] = [
        Self::Check,
        Self::Plan,
        Self::Apply,
        Self::Undo,
        Self::Mute,
        Self::Unmute,
        Self::Drill,
        Self::Backtest,
    ];

    /// Returns the purpose of a command.
    #[must_use]
    pub fn parse(command: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == command)
    }

    /// Returns the command that has this purpose.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Plan => "plan",
            Self::Apply => "apply",
            Self::Undo => "undo",
            Self::Mute => "mute",
            Self::Unmute => "unmute",
            Self::Drill => "drill",
            Self::Backtest => "backtest",
        }
    }
}

/// What may be done: statements that each allow something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permissions {
    /// The statements, reads first.
    pub statements: Vec<Statement>,
}

/// A statement that allows actions on resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its name within the policy: letters and digits.
    pub sid: &'static str,
    /// The actions, as IAM spells them.
    pub actions: BTreeSet<&'static str>,
    /// ARNs, or `*` where the API has no resource level.
    pub resources: BTreeSet<String>,
    /// What must hold besides, all of it.
    pub conditions: Vec<Condition>,
}

/// Something that must hold for a request: one of the values fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator, such as `StringLike`.
    pub operator: &'static str,
    /// The key of the request's context, such as `sns:Protocol`.
    pub key: &'static str,
    /// The values.
    pub values: BTreeSet<String>,
}

impl Statement {
    fn allow<const N: usize>(
        sid: &'static str,
        actions: [&'static str; N],
        resources: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            sid,
            actions: actions.into(),
            resources: resources.into_iter().collect(),
            conditions: Vec::new(),
        }
    }

    fn when(
        mut self,
        operator: &'static str,
        key: &'static str,
        values: impl IntoIterator<Item = String>,
    ) -> Self {
        self.conditions.push(Condition {
            operator,
            key,
            values: values.into_iter().collect(),
        });
        self
    }
}

/// Returns what a command needs within a scope.
#[must_use]
pub fn permissions(purpose: Purpose, scope: &Scope) -> Permissions {
    let mut statements = match purpose {
        // It looks at what it takes back, and at who else uses it.
        Purpose::Undo => reads::of_resources(scope),
        Purpose::Check
        | Purpose::Plan
        | Purpose::Apply
        | Purpose::Mute
        | Purpose::Unmute
        | Purpose::Drill
        | Purpose::Backtest => reads::of_the_chain(scope),
    };
    statements.extend(match purpose {
        Purpose::Check | Purpose::Plan => Vec::new(),
        Purpose::Backtest => reads::of_events(scope),
        Purpose::Apply => writes::of_apply(scope),
        Purpose::Undo => writes::of_undo(scope),
        Purpose::Mute => vec![writes::of_alarms(
            "Mute",
            ["cloudwatch:DisableAlarmActions"],
            scope,
        )],
        Purpose::Unmute => vec![writes::of_alarms(
            "Unmute",
            ["cloudwatch:EnableAlarmActions"],
            scope,
        )],
        Purpose::Drill => vec![writes::of_alarms(
            "Drill",
            [
                "cloudwatch:DescribeAlarmHistory",
                "cloudwatch:SetAlarmState",
            ],
            scope,
        )],
    });
    // Without a resource a statement would be no policy at all.
    statements.retain(|statement| !statement.resources.is_empty());
    Permissions { statements }
}
