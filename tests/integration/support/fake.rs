//! A stand-in for AWS that runs requests on a sandbox account and can fail on command.
//!
//! It counts and records calls and knows how many had to wait for another. `client` puts it into this
//! process, `server` on a loopback port.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cis_fix::sandbox::SandboxAccount;

use super::gate::Gate;
use super::iam::Policy;
use super::wire::{self, Call, Paging, Recordings, Refusal, Shape, WireRequest, WireResponse};

/// A stand-in for AWS. Clones share one account.
#[derive(Debug, Clone)]
pub(crate) struct Fake {
    state: Arc<Mutex<State>>,
    latency: Duration,
}

#[derive(Debug)]
struct State {
    account: SandboxAccount,
    recordings: Recordings,
    calls: Vec<Call>,
    /// The calls that were performed and not refused, as often as they were.
    executed: Vec<Call>,
    ambushes: Vec<Ambush>,
    /// The account before and after somebody else changed it.
    meddled: Option<(SandboxAccount, SandboxAccount)>,
    faults: BTreeMap<String, VecDeque<Fault>>,
    /// What alone is allowed, if anything is forbidden.
    policy: Option<Policy>,
    /// The greatest depth among the calls that are done: what starts now could not have started before them.
    depth_done: usize,
    depth: usize,
}

/// What goes wrong with one call.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Nothing goes wrong.
    Nothing,
    /// An error of the service with this HTTP status, in the caller's protocol.
    Refuse(u16, &'static str),
    /// An error of the service with this HTTP status, code and message.
    Say(u16, &'static str, String),
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
    /// The call is performed, and then this goes wrong with the answer.
    After(Box<Self>),
    /// The call is performed twice, as if it had been delivered twice.
    Twice,
    /// Success, with this body.
    Body(fn(&WireResponse) -> Vec<u8>),
    /// The answer comes byte by byte, too slowly for anybody.
    Drip,
    /// Somebody changes the account right before the call.
    Meddle(fn(&mut SandboxAccount)),
    /// The call waits at a gate before this goes wrong.
    Hold(Gate, Box<Self>),
    /// The call is performed and its answer waits at a gate.
    HoldAnswer(Gate),
}

/// Calls that something goes wrong with.
#[derive(Debug, Clone)]
pub(crate) struct Ambush {
    /// Which calls: equal ones, or all.
    pub(crate) on: Prey,
    /// How many of them go well before.
    pub(crate) after: usize,
    /// How many of them go wrong.
    pub(crate) times: usize,
    pub(crate) fault: Fault,
}

/// The calls that an ambush waits for.
#[derive(Debug, Clone)]
pub(crate) enum Prey {
    /// Calls with this identity.
    Like(String),
    /// Calls with this identity, and from the first that goes wrong on all others.
    FromOn(String),
    /// All calls.
    All,
    /// All calls that change something.
    Writes,
    /// All calls that change something, and from the first that goes wrong on all others.
    FromWriteOn,
}

/// What comes back for a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A response.
    Whole(WireResponse),
    /// A response whose body breaks off in the middle.
    Part(WireResponse),
    /// A response whose body comes slowly.
    Slow(WireResponse),
    /// A connection that is cut.
    Cut,
    /// Nothing, for ever.
    Silence,
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
            recordings: Recordings::default(),
            calls: Vec::new(),
            executed: Vec::new(),
            ambushes: Vec::new(),
            meddled: None,
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

    /// Lies in wait for calls.
    pub(crate) fn ambush(&self, ambush: Ambush) {
        self.state().ambushes.push(ambush);
    }

    /// Lets everything go well from now on.
    pub(crate) fn relent(&self) {
        let mut state = self.state();
        state.ambushes.clear();
        state.faults.clear();
    }

    /// Returns the account before and after somebody else changed it, if that happened.
    pub(crate) fn meddled(&self) -> Option<(SandboxAccount, SandboxAccount)> {
        self.state().meddled.clone()
    }

    /// Returns the calls that were performed so far.
    pub(crate) fn executed(&self) -> Vec<Call> {
        self.state().executed.clone()
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

    /// Lets the account have recorded events.
    pub(crate) fn record(&self, recordings: Recordings) {
        self.state().recordings = recordings;
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
        let outcome = {
            let mut state = self.state();
            state.depth_done = state.depth_done.max(depth);
            state.outcome(&call, fault)
        };
        if matches!(outcome, Outcome::Silence) {
            std::future::pending::<()>().await;
        }
        outcome
    }

    /// Records the call and returns its depth, and what goes wrong with it.
    fn begin(&self, call: &Call) -> (usize, Option<Fault>) {
        let mut state = self.state();
        state.calls.push(call.clone());
        let depth = state.depth_done + 1;
        state.depth = state.depth.max(depth);
        let fault = state.ambushed(call).or_else(|| {
            let faults = state.faults.get_mut(&call.action());
            faults.and_then(VecDeque::pop_front)
        });
        if let Some(Fault::Meddle(meddle)) = fault {
            let before = state.account.clone();
            meddle(&mut state.account);
            state.meddled = Some((before, state.account.clone()));
        }
        (depth, fault)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Returns what goes wrong with a call that somebody lies in wait for.
    fn ambushed(&mut self, call: &Call) -> Option<Fault> {
        let identity = call.identity();
        for ambush in &mut self.ambushes {
            let is_prey = match &ambush.on {
                Prey::Like(prey) | Prey::FromOn(prey) => *prey == identity,
                Prey::All => true,
                Prey::Writes | Prey::FromWriteOn => !call.is_reading(),
            };
            if !is_prey || ambush.times == 0 {
                continue;
            }
            if let Some(left) = ambush.after.checked_sub(1) {
                ambush.after = left;
                continue;
            }
            if matches!(ambush.on, Prey::FromOn(_) | Prey::FromWriteOn) {
                ambush.on = Prey::All;
            }
            ambush.times = ambush.times.saturating_sub(1);
            return Some(ambush.fault.clone());
        }
        None
    }

    fn perform(&mut self, call: &Call, paging: Paging) -> Result<Shape, Refusal> {
        let answer = wire::perform(&mut self.account, &self.recordings, call, paging);
        if answer.is_ok() {
            self.executed.push(call.clone());
        }
        answer
    }

    fn outcome(&mut self, call: &Call, fault: Option<Fault>) -> Outcome {
        let policy = self.policy.as_ref();
        if let Some(Err(refusal)) = policy.map(|policy| policy.check(&self.account, call)) {
            return Outcome::Whole(call.respond(&Err(refusal)));
        }
        let Some(fault) = fault else {
            return Outcome::Whole(call.respond(&self.perform(call, Paging::Normal)));
        };
        self.failed(call, fault)
    }

    /// Returns what comes back for a call that something goes wrong with.
    fn failed(&mut self, call: &Call, fault: Fault) -> Outcome {
        match fault {
            Fault::Refuse(status, code) => {
                let refusal = Refusal {
                    status,
                    code: code.to_owned(),
                    message: "the stand-in was told to refuse".to_owned(),
                };
                Outcome::Whole(call.respond(&Err(refusal)))
            }
            Fault::Say(status, code, message) => {
                let refusal = Refusal {
                    status,
                    code: code.to_owned(),
                    message,
                };
                Outcome::Whole(call.respond(&Err(refusal)))
            }
            Fault::Gateway(status) => Outcome::Whole(page(status)),
            Fault::Reset => Outcome::Cut,
            Fault::Hang => Outcome::Silence,
            Fault::Garbage => Outcome::Whole(WireResponse {
                body: b"\xff{<".to_vec(),
                ..call.respond(&Ok(Shape::nothing()))
            }),
            Fault::Answer(shape) => Outcome::Whole(call.respond(&Ok(shape))),
            Fault::Hold(gate, then) => {
                gate.pass();
                self.failed(call, *then)
            }
            Fault::After(then) => {
                let _ = self.perform(call, Paging::Normal);
                self.failed(call, *then)
            }
            Fault::ResetAfter => {
                let _ = self.perform(call, Paging::Normal);
                Outcome::Cut
            }
            Fault::EmptyPage => self.answered(call, Paging::EmptyPage, Outcome::Whole),
            Fault::RepeatedToken => self.answered(call, Paging::RepeatedToken, Outcome::Whole),
            Fault::BreakOff => self.answered(call, Paging::Normal, Outcome::Part),
            Fault::Drip => self.answered(call, Paging::Normal, Outcome::Slow),
            Fault::Nothing | Fault::Meddle(_) => {
                self.answered(call, Paging::Normal, Outcome::Whole)
            }
            Fault::Body(body) => self.answered(call, Paging::Normal, |response| {
                let body = body(&response);
                Outcome::Whole(WireResponse { body, ..response })
            }),
            Fault::Twice => {
                let _ = self.perform(call, Paging::Normal);
                self.answered(call, Paging::Normal, Outcome::Whole)
            }
            Fault::HoldAnswer(gate) => self.answered(call, Paging::Normal, |response| {
                gate.pass();
                Outcome::Whole(response)
            }),
        }
    }

    /// Performs a call and sends the response in this way.
    fn answered(
        &mut self,
        call: &Call,
        paging: Paging,
        send: impl FnOnce(WireResponse) -> Outcome,
    ) -> Outcome {
        let answer = self.perform(call, paging);
        send(call.respond(&answer))
    }
}

/// Returns a page of something in between.
fn page(status: u16) -> WireResponse {
    WireResponse {
        status,
        headers: vec![("content-type", "text/html".to_owned())],
        body: b"<html><body>a page of something in between</body></html>".to_vec(),
    }
}
