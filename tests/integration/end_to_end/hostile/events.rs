//! Hostile text and secrets in recorded events, and in the names of their files, through every output of a backtest.

use serde_json::{Value, json};

use super::super::program::Program;
use super::{HOSTILE, assert_inert};

/// Something that no output may repeat.
const CANARY: &str = "CANARY";

/// Returns an event with hostile text wherever it may stand without losing the match, and with secrets.
fn event(number: usize, about: &Value) -> Value {
    let text = |plain: &str| format!("{plain}{HOSTILE}");
    let secret = text(CANARY);
    let mut event = json!({
        "eventVersion": text("1.08"),
        "eventID": text(&format!("00000000-0000-0000-0000-{number:012}")),
        "eventTime": format!("2026-01-{:02}T{:02}:{:02}:00Z", 1 + number / 288, number / 12 % 24, number % 12 * 5),
        "awsRegion": text("us-east-1"),
        "recipientAccountId": text("123456789012"),
        "sourceIPAddress": text("203.0.113.7"),
        "userAgent": text("curl"),
        "errorMessage": text("no"),
        "eventSource": text("ec2.amazonaws.com"),
        "eventName": text("DescribeInstances"),
        "userIdentity": {
            "type": text("AssumedRole"),
            "arn": text("arn:aws:sts::123456789012:assumed-role/scanner/session"),
            "userName": text("scanner"),
            "principalId": text("AROA"),
            "accessKeyId": secret,
        },
        "requestParameters": {"password": secret},
        "responseElements": {"credentials": {"secretAccessKey": secret, "sessionToken": secret}},
    });
    for (name, value) in about.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

/// Returns events of some controls, often enough that something is proposed about them.
fn events() -> Vec<Value> {
    let refused = json!({"errorCode": format!("{HOSTILE}UnauthorizedOperation")});
    let denied = json!({"errorCode": format!("AccessDenied{HOSTILE}")});
    let root = json!({"userIdentity": {"type": "Root", "arn": HOSTILE}, "eventType": HOSTILE});
    let bucket = json!({"eventSource": "s3.amazonaws.com", "eventName": "PutBucketPolicy"});
    let about = [refused, denied, root, bucket];
    let about = about.iter().cycle().take(1_200).enumerate();
    about.map(|(number, about)| event(number, about)).collect()
}

/// Returns the program with logs whose names are hostile, one of them damaged.
fn place() -> Program {
    let program = Program::new();
    let name = HOSTILE.replace('/', "");
    let log = json!({"Records": events()}).to_string();
    program.put("log.json", &log);
    program.put(&format!("{name}.json"), &log);
    let half: String = log.chars().take(20_000).collect();
    program.put(&format!("damaged {name}.json"), &half);
    program.put(&format!("else {name}.json"), "{\"a\": 1}");
    program
}

#[test]
fn recorded_events_and_the_names_of_their_files_stay_text_and_keep_their_secrets() {
    let program = place();
    for options in [
        &["--format", "text"][..],
        &["--format", "text", "-v"],
        &["--format", "markdown"],
        &["--format", "json"],
        &["--format", "html"],
        &["--list"],
        &["--strict"],
        &["--write-config", "--yes", "--budget", "1/month"],
    ] {
        let told = options.join(" ");
        let run = program.run(&[&["backtest", "."], options].concat());
        let is_strict = options.contains(&"--strict");
        assert_eq!(run.status, i32::from(is_strict), "{told}: {run:?}");
        assert_inert(&told, &run);
        let is_page = options.contains(&"html");
        assert!(!is_page || !run.stdout.contains("<script>alert"), "{told}");
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(CANARY), "{told}: {text}");
        }
        assert!(
            is_strict || run.stdout.contains("root-account-usage"),
            "{told}: {run:?}"
        );
    }
    let settings = program.get("cis-fix.toml");
    assert!(
        !settings.contains(CANARY) && !settings.contains('\u{1b}'),
        "{settings}"
    );
}
