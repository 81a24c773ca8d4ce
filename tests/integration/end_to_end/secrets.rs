//! Canaries: secrets of every kind that must never come out of the program, whatever it does and whatever fails.

use std::collections::BTreeSet;

use cis_fix::sandbox::{SandboxAccount, Scene};

use super::program::FEW;
use super::stage::{Stage, satisfying, topic};
use crate::support::fake::Fault;

const ACCESS_KEY: &str = "AKIACANARY1KEYID";
const SECRET_KEY: &str = "CANARY2/secret+key";
const TOKEN: &str = "CANARY3token==";
const ENVIRONMENT: &str = "CANARY4environment";
const USER: &str = "CANARY5user:CANARY6word";
const PATH: &str = "/services/CANARY7path";
const QUERY: &str = "?token=CANARY8query";

/// What all secrets have in common.
const CANARY: &str = "CANARY";

fn endpoint() -> String {
    format!("https://{USER}@hooks.example.com{PATH}{QUERY}")
}

fn settings() -> String {
    let (controls, _) = FEW.split_once("[[subscription]]").unwrap();
    format!(
        "{controls}\n[[subscription]]\nprotocol = \"https\"\nendpoint = \"{}\"\n",
        endpoint()
    )
}

fn with_canaries(account: SandboxAccount) -> Stage {
    let stage = Stage::with(account).settings(&settings());
    stage.surrounded(|program| {
        program
            .set("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .set("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
            .set("AWS_SESSION_TOKEN", TOKEN)
            .set("SOMEBODYS_TOKEN", ENVIRONMENT)
            .set("RUST_LOG", "trace")
            .set("RUST_BACKTRACE", "full")
    })
}

/// Returns everything that came of a run: its output, and the files that it left but the settings.
fn traces(stage: &Stage, arguments: &[&str]) -> Vec<(String, String)> {
    let run = stage.run(arguments);
    let mut traces = vec![
        ("standard output".to_owned(), run.stdout),
        ("standard error".to_owned(), run.stderr),
    ];
    let files = stage.program.files();
    traces.extend(files.into_iter().filter(|(name, _)| name != "cis-fix.toml"));
    traces
}

fn assert_no_canary(told: &str, traces: &[(String, String)]) {
    for (place, text) in traces {
        let found = text.find(CANARY).map(|at| {
            let from = text.floor_char_boundary(at.saturating_sub(60));
            let to = text.ceil_char_boundary((at + 60).min(text.len()));
            text.get(from..to).unwrap_or_default().to_owned()
        });
        assert_eq!(found, None, "{told}: {place}");
    }
}

/// A command, and what comes before it.
#[derive(Clone)]
struct Play {
    account: SandboxAccount,
    before: &'static [&'static [&'static str]],
    command: Vec<&'static str>,
}

impl Play {
    /// Returns a stage on which everything happened that comes before the command.
    fn stage(&self) -> Stage {
        let stage = with_canaries(self.account.clone());
        for command in self.before {
            let run = stage.run(command);
            assert_eq!(run.status, 0, "{run:?}");
            stage.confirm(&topic(&self.account));
        }
        stage
    }
}

/// Every command that has to do with an account, in an account where it has something to do.
fn commands() -> Vec<Play> {
    const PLAN: &[&[&str]] = &[&["plan", "--out", "plan.json"]];
    const APPLY: &[&[&str]] = &[&["apply", "--yes", "--no-pacing"]];
    const NOTHING: &[&[&str]] = &[];
    let fresh = || Scene::Fresh.account();
    let converged = || {
        let mut account = satisfying(&settings());
        account.confirm_subscriptions(&topic(&account));
        account
    };
    let mut commands = Vec::new();
    for command in [
        &["check"][..],
        &["plan"],
        &["plan", "--out", "plan.json"],
        &["apply", "--yes", "--no-pacing"],
        &["snapshot"],
        &["snapshot", "--out", "snapshot.json"],
        &["policy", "apply"],
        &["policy", "undo"],
        &["backtest", "--live", "--no-pacing"],
        &["backtest", "--history", "--no-pacing"],
        &["forecast"],
    ] {
        commands.push((fresh(), NOTHING, command));
        commands.push((converged(), NOTHING, command));
    }
    for command in [
        &["mute", "--yes"][..],
        &["drill", "--yes", "--no-pacing", "--timeout", "1"],
    ] {
        commands.push((converged(), NOTHING, command));
    }
    commands.push((
        fresh(),
        PLAN,
        &["apply", "plan.json", "--yes", "--no-pacing"],
    ));
    commands.push((fresh(), APPLY, &["undo", "--yes", "--no-pacing"]));
    let commands = commands.into_iter();
    commands
        .map(|(account, before, command)| Play {
            account,
            before,
            command: command.to_vec(),
        })
        .collect()
}

#[test]
fn no_command_shows_a_secret_in_any_format_at_any_verbosity() {
    for play in commands() {
        for options in [
            &["--format", "text"][..],
            &["--format", "text", "-q"],
            &["--format", "text", "-v"],
            &["--format", "json", "-v"],
            &["--format", "markdown", "-v"],
        ] {
            let options = [&play.command[..], options].concat();
            assert_no_canary(&options.join(" "), &traces(&play.stage(), &options));
        }
    }
}

/// What a service that repeats everything says.
fn echo() -> String {
    let endpoint = endpoint();
    let encoded: String = endpoint
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!(
        "Invalid parameter: Endpoint {endpoint} Endpoint={encoded} path {PATH} token {QUERY}\nAuthorization: \
         AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/20261129, secret {SECRET_KEY}, X-Amz-Security-Token: {TOKEN}"
    )
}

#[test]
fn a_service_that_repeats_secrets_in_its_errors_is_not_repeated() {
    let mut failed = BTreeSet::new();
    // These send every kind of call; the others send some of the same.
    let enough = ["apply", "undo", "mute", "drill", "backtest"];
    let commands = commands().into_iter();
    for play in commands.filter(|play| enough.contains(&play.command[0])) {
        let stage = play.stage();
        stage.run(&play.command);
        let actions: BTreeSet<String> = stage.fake.counts().into_keys().collect();
        for action in actions {
            for (status, code) in [(400, "InvalidParameter"), (403, "AccessDenied")] {
                let format = if status == 400 { "text" } else { "json" };
                let stage = play.stage();
                stage
                    .fake
                    .fail(&action, vec![Fault::Say(status, code, echo()); 40]);
                let options = [&play.command[..], &["--format", format, "-v"]].concat();
                let told = format!("{} with {action} refused", options.join(" "));
                assert_no_canary(&told, &traces(&stage, &options));
            }
            failed.insert(action);
        }
    }
    for action in [
        "sns:Subscribe",
        "sts:GetCallerIdentity",
        "cloudwatch:SetAlarmState",
        "logs:FilterLogEvents",
        "cloudtrail:LookupEvents",
        "sns:Unsubscribe",
    ] {
        assert!(failed.contains(action), "{failed:?}");
    }
}

#[test]
fn the_address_of_an_endpoint_is_shown_by_its_host_alone() {
    let url = format!("http://{USER}@127.0.0.1:9{PATH}{QUERY}");
    for endpoint in [
        url.as_str(),
        "CANARYuser:CANARYword@nowhere",
        "ftp://CANARY@x",
    ] {
        let stage = with_canaries(Scene::Fresh.account());
        let traces = traces(&stage, &["check", "--endpoint-url", endpoint]);
        assert!(!traces[1].1.is_empty());
        assert_no_canary(endpoint, &traces);
    }
}
