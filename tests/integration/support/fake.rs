//! A stand-in for AWS that runs requests on a sandbox account and can fail on command.
//!
//! It counts and records calls and knows how many had to wait for another. `client` puts it into this
//! process, `server` on a loopback port.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cis_fix::sandbox::SandboxAccount;

use super::iam::Policy;
use super::wire::{self, Call, Paging, Refusal, Shape, WireRequest, WireResponse};

/// A stand-in for AWS. Clones share one account.
#[derive(Debug, Clone)]
pub(crate) struct Fake {
    state: Arc<Mutex<State>>,
    latency: Duration,
}

#[derive(Debug)]
struct State {
    account: SandboxAccount,
    calls: Vec<Call>,
    faults: BTreeMap<String, VecDeque<Fault>>,
    /// What alone is allowed, if anything is forbidden.
    policy: Option<Policy>,
    /// The greatest depth among the calls that are done: what starts now could not have started before them.
    depth_done: usize,
    depth: usize,
}

/// What goes wrong with one call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    /// Nothing goes wrong.
    Nothing,
    /// An error of the service with this HTTP status, in the caller's protocol.
    Refuse(u16, &'static str),
    /// A page of something in between, with this HTTP status.
    Gateway(u16),
    /// The connection is cut before anything happens.
    Reset,
    /// The call is performed, and the connection is cut before the answer.
    ResetAfter,
    /// Nothing ever comes back.
    Hang,
    /// Success, but the body is none of the protocol.
    Garbage,
    /// Success, but the body breaks off in the middle.
    BreakOff,
    /// An empty page, with a token for the page that was asked for.
    EmptyPage,
    /// A page with a token that was sent before.
    RepeatedToken,
    /// This answer instead of that of the account.
    Answer(Shape),
}

/// What comes back for a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A response.
    Whole(WireResponse),
    /// A response whose body breaks off in the middle.
    Part(WireResponse),
    /// A connection that is cut.
    Cut,
}

impl Fake {
    /// Returns a stand-in that answers at once.
    pub(crate) fn new(account: SandboxAccount) -> Self {
        Self::with_latency(account, Duration::ZERO)
    }

    /// Returns a stand-in that takes its time for each answer.
    pub(crate) fn with_latency(account: SandboxAccount, latency: Duration) -> Self {
        let state = State {
            account,
            calls: Vec::new(),
            faults: BTreeMap::new(),
            policy: None,
            depth_done: 0,
            depth: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            latency,
        }
    }

    /// Makes the next calls of `action` go wrong, one after the other.
    pub(crate) fn fail(&self, action: &str, faults: impl IntoIterator<Item = Fault>) {
        let mut state = self.state();
        state
            .faults
            .entry(action.to_owned())
            .or_default()
            .extend(faults);
    }

    /// Makes calls of `action` go wrong, one after the other, after some that do not.
    pub(crate) fn fail_after(&self, action: &str, after: usize, faults: Vec<Fault>) {
        let whole = std::iter::repeat_n(Fault::Nothing, after);
        self.fail(action, whole.chain(faults));
    }

    /// Refuses from now on what a policy does not allow.
    pub(crate) fn guard(&self, policy: Policy) {
        self.state().policy = Some(policy);
    }

    /// Allows everything again, and returns the policy that held.
    pub(crate) fn unguard(&self) -> Option<Policy> {
        self.state().policy.take()
    }

    /// Returns the account as the calls left it.
    pub(crate) fn account(&self) -> SandboxAccount {
        self.state().account.clone()
    }

    /// Changes the account as somebody else would.
    pub(crate) fn alter(&self, change: impl FnOnce(&mut SandboxAccount)) {
        change(&mut self.state().account);
    }

    /// Returns all calls so far, those that went wrong included.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// Returns how often each action was called.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for call in &self.state().calls {
            *counts.entry(call.action()).or_default() += 1;
        }
        counts
    }

    /// Returns how often `action` was called.
    pub(crate) fn count(&self, action: &str) -> usize {
        self.counts().remove(action).unwrap_or_default()
    }

    /// Returns the length of the longest chain of calls of which each began after the one before was answered.
    pub(crate) fn depth(&self) -> usize {
        self.state().depth
    }

    /// Forgets the calls so far.
    pub(crate) fn forget_calls(&self) {
        let mut state = self.state();
        state.calls.clear();
        (state.depth_done, state.depth) = (0, 0);
    }

    /// Returns what comes back for a request.
    pub(crate) async fn outcome(&self, request: &WireRequest) -> Outcome {
        let call = match wire::decode(request) {
            Ok(call) => call,
            Err(response) => return Outcome::Whole(response),
        };
        let (depth, fault) = self.begin(&call);
        if self.latency.is_zero() {
            // Calls that are sent together must be under way together.
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(self.latency).await;
        }
        if fault == Some(Fault::Hang) {
            std::future::pending::<()>().await;
        }
        let mut state = self.state();
        state.depth_done = state.depth_done.max(depth);
        state.outcome(&call, fault)
    }

    /// Records the call and returns its depth, and what goes wrong with it.
    fn begin(&self, call: &Call) -> (usize, Option<Fault>) {
        let mut state = self.state();
        state.calls.push(call.clone());
        let depth = state.depth_done + 1;
        state.depth = state.depth.max(depth);
        let faults = state.faults.get_mut(&call.action());
        (depth, faults.and_then(VecDeque::pop_front))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn outcome(&mut self, call: &Call, fault: Option<Fault>) -> Outcome {
        let paging = match fault {
            Some(Fault::EmptyPage) => Paging::EmptyPage,
            Some(Fault::RepeatedToken) => Paging::RepeatedToken,
            _ => Paging::Normal,
        };
        let policy = self.policy.as_ref();
        if let Some(Err(refusal)) = policy.map(|policy| policy.check(&self.account, call)) {
            return Outcome::Whole(call.respond(&Err(refusal)));
        }
        match fault {
            Some(Fault::Refuse(status, code)) => {
                let refusal = Refusal {
                    status,
                    code: code.to_owned(),
                    message: "the stand-in was told to refuse".to_owned(),
                };
                Outcome::Whole(call.respond(&Err(refusal)))
            }
            Some(Fault::Gateway(status)) => Outcome::Whole(WireResponse {
                status,
                headers: vec![("content-type", "text/html".to_owned())],
                body: b"<html><body>a page of something in between</body></html>".to_vec(),
            }),
            Some(Fault::Reset | Fault::Hang) => Outcome::Cut,
            Some(Fault::Garbage) => Outcome::Whole(WireResponse {
                body: b"\xff{<".to_vec(),
                ..call.respond(&Ok(Shape::nothing()))
            }),
            Some(Fault::Answer(shape)) => Outcome::Whole(call.respond(&Ok(shape))),
            Some(Fault::ResetAfter) => {
                let _ = wire::perform(&mut self.account, call, paging);
                Outcome::Cut
            }
            Some(Fault::BreakOff) => {
                let answer = wire::perform(&mut self.account, call, paging);
                Outcome::Part(call.respond(&answer))
            }
            None | Some(Fault::Nothing | Fault::EmptyPage | Fault::RepeatedToken) => {
                let answer = wire::perform(&mut self.account, call, paging);
                Outcome::Whole(call.respond(&answer))
            }
        }
    }
}
