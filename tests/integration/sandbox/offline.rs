//! Planning elsewhere: a snapshot leads to the same facts, verdicts and plan as the account itself.

use cis_fix::catalog::Catalog;
use cis_fix::desired::{Desired, Selection, build};
use cis_fix::examine::{Verdict, examine};
use cis_fix::model::{CallError, CallErrorKind, Endpoint, Protocol, Subscription};
use cis_fix::observe::observe;
use cis_fix::observed::Observed;
use cis_fix::plan::plan;
use cis_fix::sandbox::format::{parse, to_text};
use cis_fix::sandbox::unreadable::{
    DESCRIBE_METRIC_FILTERS, GET_EVENT_SELECTORS, LIST_SUBSCRIPTIONS, READ_ACTIONS,
};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene, from_observed};
use cis_fix::settings::Settings;

fn desired() -> Desired {
    let mut settings = Settings::default();
    let mail = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
    settings.subscriptions.insert(mail);
    build(&Catalog::builtin(), &settings, &Selection::default()).unwrap()
}

fn satisfying() -> SandboxAccount {
    let fresh = Scene::Fresh.account();
    let identity = fresh.get_caller_identity().unwrap();
    SandboxAccount::satisfying(identity, fresh.region().clone(), &desired())
}

async fn seen(account: SandboxAccount) -> Observed {
    let region = account.region().clone();
    observe(&Sandbox::new(account), &desired(), &region)
        .await
        .unwrap()
}

fn masked(list: &mut [Subscription]) {
    for subscription in list {
        let endpoint = &subscription.endpoint;
        if matches!(endpoint.protocol(), Protocol::Http | Protocol::Https) {
            subscription.endpoint = Endpoint::observed(endpoint.protocol(), &endpoint.to_string());
        }
    }
}

/// Returns what is seen of an account and of its snapshot, and finds both alike.
async fn alike(account: SandboxAccount, name: &str) -> [Observed; 2] {
    let observed = seen(account).await;
    let snapshot = parse(&to_text(&from_observed(&observed))).unwrap();
    let again = seen(snapshot).await;
    let mut expected = observed.clone();
    for list in expected.subscriptions.values_mut().flatten() {
        masked(list);
    }
    assert_eq!(again, expected, "{name}");
    [observed, again]
}

#[tokio::test]
async fn a_snapshot_of_every_scene_leads_to_the_same_plan() {
    let desired = desired();
    for scene in Scene::ALL {
        let name = scene.name();
        let [plan, again] = alike(scene.account(), name).await.map(|observed| {
            let examinations = examine(&desired, &observed);
            let plan = plan(&desired, &observed, &examinations);
            (examinations, plan)
        });
        assert_eq!(again, plan, "{name}");
    }
}

#[tokio::test]
async fn a_snapshot_taken_with_few_rights_says_so_again() {
    for action in READ_ACTIONS.into_iter().skip(1) {
        let mut account = satisfying();
        let error = CallError::new(action, CallErrorKind::Denied, "no").with_code("AccessDenied");
        account.add_unreadable(None, error);
        alike(account, action).await;
    }
    let mut account = Scene::Messy.account();
    for action in [
        DESCRIBE_METRIC_FILTERS,
        GET_EVENT_SELECTORS,
        LIST_SUBSCRIPTIONS,
    ] {
        let error = CallError::new(action, CallErrorKind::Throttled, "");
        account.add_unreadable(None, error);
    }
    alike(account, "several").await;
}

#[tokio::test]
async fn a_satisfying_account_is_compliant_and_needs_nothing() {
    let desired = desired();
    let account = satisfying();
    assert_eq!(parse(&to_text(&account)).as_ref(), Ok(&account));
    let observed = seen(account).await;
    let examinations = examine(&desired, &observed);
    assert_eq!(examinations.len(), desired.controls.len());
    for examination in &examinations {
        assert_eq!(examination.verdict, Verdict::Compliant, "{examination:?}");
    }
    let plan = plan(&desired, &observed, &examinations);
    assert_eq!(plan.steps, []);
    assert_eq!(plan.human, []);
}

#[tokio::test]
async fn every_step_planned_for_a_fresh_account_is_taken() {
    let desired = desired();
    let observed = seen(Scene::Fresh.account()).await;
    let plan = plan(&desired, &observed, &examine(&desired, &observed));
    let mut account = Scene::Fresh.account();
    for step in &plan.steps {
        account.perform(&step.action).unwrap();
    }
    let topic = account.topics().keys().next().unwrap().clone();
    account.confirm_subscriptions(&topic);
    let observed = seen(account).await;
    for examination in examine(&desired, &observed) {
        assert_eq!(examination.verdict, Verdict::Compliant, "{examination:?}");
    }
}
