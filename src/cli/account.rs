//! The account that a command works on: a sandbox file, a built-in scene, or AWS.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::{Global, SANDBOX_FILE};
use super::error::Error;
use super::files;
use super::terminal::Terminal;
#[cfg(feature = "aws")]
use crate::aws::{AwsAccount, Connection, Pacing, connect};
use crate::cloud::{
    AlarmDriver, AlarmSwitch, CloudReader, CloudReverser, CloudWriter, EventReader,
};
use crate::model::{
    ActionsSwitch, Alarm, AlarmArn, AlarmState, CallError, Endpoint, EventSelectors, FilterName,
    HistoryItem, HistoryQuery, Identity, Key, LogGroup, LogGroupArn, LogQuery, MetricFilter,
    Reading, Region, Retention, Subscription, Tags, Topic, TopicArn, Trail, TrailStatus,
};
use crate::plan::action::Action;
use crate::reversal::Reversal;
use crate::sandbox::{Sandbox, SandboxAccount, Scene, format};
use crate::toml_source::did_you_mean;

/// What stands before the name of a built-in scene.
const SCENE: &str = "scene:";

/// Whether writes keep to the pace of AWS's quotas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// They do.
    Quotas,
    /// They do not.
    None,
}

impl Pace {
    /// Returns the pace of a command, whose flag `--no-pacing` was given or not.
    pub(super) fn unless(no_pacing: bool) -> Self {
        if no_pacing { Self::None } else { Self::Quotas }
    }
}

/// The account that a command works on.
#[derive(Debug)]
pub(super) enum Account {
    /// A simulated account, and the file that it is written back to.
    Sandbox(Box<Sandbox>, Option<PathBuf>),
    /// A real account.
    #[cfg(feature = "aws")]
    Aws(Box<AwsAccount>),
}

impl Account {
    /// Opens the account that the flags name.
    pub(super) async fn open(
        global: &Global,
        pace: Pace,
        terminal: &Terminal,
    ) -> Result<Self, Error> {
        match &global.sandbox {
            Some(name) => sandbox(name, global, terminal),
            None => Self::aws(global, pace).await,
        }
    }

    #[cfg(feature = "aws")]
    async fn aws(global: &Global, pace: Pace) -> Result<Self, Error> {
        let connection = Connection {
            profile: global.profile.clone(),
            region: global.region.clone(),
            endpoint_url: global.endpoint_url.clone(),
            pacing: match pace {
                Pace::Quotas => Pacing::Quotas,
                Pace::None => Pacing::None,
            },
        };
        let account = Box::pin(connect(&connection)).await.map_err(|error| {
            Error::failed(error.to_string())
                .hint(error.hint())
                .hint("`--sandbox` works without an account")
        })?;
        Ok(Self::Aws(Box::new(account)))
    }

    #[cfg(not(feature = "aws"))]
    #[expect(
        clippy::unused_async,
        reason = "the real account is reached over the network"
    )]
    async fn aws(_global: &Global, _pace: Pace) -> Result<Self, Error> {
        Err(Error::failed("this build knows no account but the sandbox")
            .hint("pass `--sandbox`, or build with the feature `aws`"))
    }

    /// Returns the Region in which the asking begins.
    pub(super) fn region(&self) -> Region {
        match self {
            Self::Sandbox(sandbox, _) => sandbox.account().region().clone(),
            #[cfg(feature = "aws")]
            Self::Aws(account) => account.region().clone(),
        }
    }

    /// Looks at the account anew, as others may have left it: reads the sandbox file again.
    pub(super) fn look_again(&self) -> Result<(), Error> {
        match self {
            Self::Sandbox(sandbox, Some(path)) => {
                let found = read(path)?.starting_in(self.region());
                sandbox.alter(|account| *account = found);
                Ok(())
            }
            Self::Sandbox(_, None) => Ok(()),
            #[cfg(feature = "aws")]
            Self::Aws(_) => Ok(()),
        }
    }

    /// Keeps what was changed: writes the sandbox file.
    pub(super) fn keep(&self, terminal: &Terminal) -> Result<(), Error> {
        match self {
            Self::Sandbox(sandbox, Some(path)) => {
                files::write(path, &format::to_text(&sandbox.account()))
            }
            Self::Sandbox(_, None) => {
                terminal
                    .tell("a built-in scene is not kept; `cis-fix snapshot` writes it to a file");
                Ok(())
            }
            #[cfg(feature = "aws")]
            Self::Aws(_) => Ok(()),
        }
    }
}

/// Returns whether `--sandbox` names a built-in scene, of which nothing is kept.
pub(super) fn is_scene(name: &str) -> bool {
    name.starts_with(SCENE)
}

/// Opens a sandbox: a built-in scene, a file, or the default file, which is made when it is absent.
fn sandbox(name: &str, global: &Global, terminal: &Terminal) -> Result<Account, Error> {
    let (account, path) = match name.strip_prefix(SCENE) {
        Some(scene) => (scene_named(scene)?, None),
        None => (
            from_file(Path::new(name), terminal)?,
            Some(PathBuf::from(name)),
        ),
    };
    let account = match &global.region {
        Some(region) => account.starting_in(region.clone()),
        None => account,
    };
    Ok(Account::Sandbox(Box::new(Sandbox::new(account)), path))
}

fn scene_named(name: &str) -> Result<SandboxAccount, Error> {
    let names = Scene::ALL.map(Scene::name);
    Scene::parse(name).map(Scene::account).ok_or_else(|| {
        let hint = did_you_mean(name, names)
            .unwrap_or_else(|| format!("there are `{}`", names.join("`, `")));
        Error::usage(format!("there is no built-in scene `{name}`")).hint(hint)
    })
}

fn from_file(path: &Path, terminal: &Terminal) -> Result<SandboxAccount, Error> {
    // Whatever else may be wrong with the file is told when it is read.
    if !path.try_exists().unwrap_or(true) {
        if path != Path::new(SANDBOX_FILE) {
            return Err(Error::failed(format!("there is no sandbox file `{}`", path.display()))
                .hint("`cis-fix snapshot --out FILE` makes one, and `--sandbox` alone makes a new account"));
        }
        files::write(path, Scene::Fresh.text())?;
        terminal.tell(&format!("made a new sandbox account in {}", path.display()));
    }
    read(path)
}

fn read(path: &Path) -> Result<SandboxAccount, Error> {
    format::parse(&files::read(path, format::MAXIMUM_BYTES)?).map_err(|error| {
        let failed = Error::failed(format!(
            "`{}` is not a sandbox account: {error}",
            path.display()
        ));
        match error.hint() {
            Some(hint) => failed.hint(hint),
            None => failed,
        }
    })
}

/// Passes a call on to whichever account it is.
macro_rules! pass {
    ($self:ident . $call:ident ( $($argument:expr),* )) => {
        match $self {
            Self::Sandbox(account, _) => account.$call($($argument),*).await,
            #[cfg(feature = "aws")]
            Self::Aws(account) => account.$call($($argument),*).await,
        }
    };
}

impl CloudReader for Account {
    async fn identity(&self) -> Reading<Identity> {
        pass!(self.identity())
    }

    fn keep_secret(&self, endpoints: &BTreeSet<Endpoint>) {
        match self {
            Self::Sandbox(sandbox, _) => sandbox.keep_secret(endpoints),
            #[cfg(feature = "aws")]
            Self::Aws(account) => account.keep_secret(endpoints),
        }
    }

    async fn trails(&self) -> Reading<Vec<Trail>> {
        pass!(self.trails())
    }

    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        pass!(self.trail_status(trail))
    }

    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        pass!(self.event_selectors(trail))
    }

    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        pass!(self.log_group(log_group))
    }

    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        pass!(self.metric_filters(log_group))
    }

    async fn metric_filter(
        &self,
        log_group: &LogGroupArn,
        name: &FilterName,
    ) -> Reading<Option<MetricFilter>> {
        pass!(self.metric_filter(log_group, name))
    }

    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        pass!(self.alarms(region))
    }

    async fn alarm(&self, alarm: &AlarmArn) -> Reading<Option<Alarm>> {
        pass!(self.alarm(alarm))
    }

    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        pass!(self.alarm_tags(alarm))
    }

    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        pass!(self.topic(topic))
    }

    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        pass!(self.topic_tags(topic))
    }

    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        pass!(self.subscriptions(topic))
    }

    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        pass!(self.key(region, key))
    }
}

impl EventReader for Account {
    async fn retention(&self, log_group: &LogGroupArn) -> Reading<Retention> {
        pass!(self.retention(log_group))
    }

    async fn log_events(&self, query: &LogQuery, each: &mut dyn FnMut(&str)) -> Reading<()> {
        pass!(self.log_events(query, each))
    }

    async fn event_history(&self, query: &HistoryQuery, each: &mut dyn FnMut(&str)) -> Reading<()> {
        pass!(self.event_history(query, each))
    }
}

impl CloudWriter for Account {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        pass!(self.perform(action))
    }

    async fn wait_out(&self, attempt: u32) {
        pass!(self.wait_out(attempt));
    }
}

impl CloudReverser for Account {
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError> {
        pass!(self.revert(reversal))
    }
}

impl AlarmSwitch for Account {
    async fn switch(&self, alarms: &[AlarmArn], to: ActionsSwitch) -> Result<(), CallError> {
        pass!(self.switch(alarms, to))
    }
}

impl AlarmDriver for Account {
    async fn alarm_state(&self, alarm: &AlarmArn) -> Reading<Option<AlarmState>> {
        pass!(self.alarm_state(alarm))
    }

    async fn set_alarm_state(
        &self,
        alarm: &AlarmArn,
        state: AlarmState,
        reason: &str,
    ) -> Result<(), CallError> {
        pass!(self.set_alarm_state(alarm, state, reason))
    }

    async fn alarm_history(&self, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>> {
        pass!(self.alarm_history(alarm))
    }

    async fn pause(&self) {
        pass!(self.pause());
    }
}
