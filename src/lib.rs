//! Finds and repairs the monitoring section of the CIS AWS Foundations Benchmark.
//!
//! # The flow
//!
//! ```text
//! controls/*.toml ─parse─▶ Catalog ─┐
//! settings ─────────────────────────┼─build─▶ Desired ─┐
//! account ─▶ CloudReader ─observe─▶ Observed ──────────┴─examine─▶ Examinations ─plan─▶ Plan
//! Examinations, Plan ─report─▶ Document ─render─▶ text, Markdown        Plan ─▶ versioned JSON
//! Plan ─approve(Answer)─▶ ApprovedPlan ─apply(CloudWriter, Journal)─▶ Outcome, then observe and examine again
//! ```
//!
//! One direction. Values are made once and never edited. No function both computes and shows.
//!
//! # The floors
//!
//! | floor | rooms | may do |
//! | --- | --- | --- |
//! | 0 | [`pattern`]: the language of filter patterns, `escape`: what must not be shown as it is; they import nothing of ours | compute |
//! | 1 | [`model`]: names, resources, failed calls | compute |
//! | 2 | [`toml_source`], [`catalog`], [`reported`] (findings of other tools), [`auditors`], [`settings`], [`desired`] | compute |
//! | 3 | [`observed`], [`audit`], [`examine`], [`plan`], [`forecast`], [`outcome`], [`reversal`] (what an undo may do), [`permissions`], [`backtest`] | compute |
//! | 4 | [`report`], [`render`] | compute, return text |
//! | 5 | [`cloud`] (the ports), [`sandbox`] (an account in a file), [`observe`], [`consent`], [`stored`] (writes in files), [`saved_plan`], [`journal`], [`apply`], [`undo`], [`alarms`] | ask and write, only through traits given to them |
//! | 6 | `aws`, behind the feature of that name: the only room that names the SDK | network |
//! | 7 | [`cli`] | files, environment, terminal, signals, exit status |
//!
//! A room imports from lower floors, and on its own floor from rooms named before it. A test holds this table.
//!
//! # What holds everywhere
//!
//! - **"Could not look" is not "is not there".** Every fact is a [`Reading`](model::Reading); a failed one makes a
//!   [`Verdict`](examine::Verdict) unknown, and nothing is planned for it.
//! - **Patterns are compared by meaning**, through [`compare`](pattern::compare) alone, never by text.
//! - **The plan is concrete.** Every name and ARN is known when it is made; [`apply`](apply::apply) makes no choices.
//!   It holds no time and no chance, and is ordered: equal facts give equal bytes.
//! - **[`Action`](plan::action::Action) is the complete list of writes.** Nothing in it deletes, and nothing touches a
//!   trail, a log group or a key. What [`undo`](undo::undo) may do is a second list, [`Reversal`](reversal::Reversal),
//!   behind a port of its own.
//! - **Nothing foreign is replaced.** What somebody else made is adopted as it is, worked around under another
//!   [name](examine::naming), or stands in the way and is said so.
//! - **`check` and `plan` get a [`CloudReader`](cloud::CloudReader) and cannot write.** There is no switch for a dry run.
//! - **Nothing is written that was not recorded first** in the [`Journal`](journal::Journal), and nothing whose
//!   resource is no longer as the plan saw it, or is to be changed and not ours.
//! - **What alarms do and in which state they are is changed by `mute`, `unmute` and `drill` alone**, through the ports
//!   [`AlarmSwitch`](cloud::AlarmSwitch) and [`AlarmDriver`](cloud::AlarmDriver), and only of alarms that cis-fix made.
//! - **An [`ApprovedPlan`](consent::ApprovedPlan) is made from a plan and an [`Answer`](consent::Answer)**, and by nothing
//!   else.
//!
//! # Words
//!
//! *Control*: a kind of event to watch. *Trail*, *log group*, *metric filter*, *filter pattern*, *metric*, *alarm*,
//! *topic*, *subscription*, *endpoint*: AWS's own. *Desired*: what an account should hold. *Observed*: what was read of
//! it. *Examination*: the judgement of one control, [link](examine::Link) by link. *Verdict*: its result. *Gap*: a link
//! that is not in place. *Plan*, *step*, *action*: what would be written. *Adoption*: putting to use what is there.
//! *Witness*: an event that shows a difference.

pub mod alarms;
pub mod apply;
pub mod audit;
pub mod auditors;
#[cfg(feature = "aws")]
pub mod aws;
pub mod backtest;
pub mod catalog;
pub mod cli;
pub mod cloud;
pub mod consent;
pub mod desired;
mod escape;
pub mod examine;
pub mod forecast;
pub mod journal;
pub mod model;
pub mod observe;
pub mod observed;
pub mod outcome;
pub mod pattern;
pub mod permissions;
pub mod plan;
pub mod render;
pub mod report;
pub mod reported;
pub mod reversal;
pub mod sandbox;
pub mod saved_plan;
pub mod settings;
pub mod stored;
pub mod toml_source;
pub mod undo;
