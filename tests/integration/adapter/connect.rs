//! From an environment to an account: each case runs in a process of its own with its own environment.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cis_fix::aws::{Connection, Pacing, connect};
use cis_fix::cloud::CloudReader;
use cis_fix::model::Region;
use cis_fix::sandbox::Scene;
use serde_json::json;

use crate::support::fake::Fake;
use crate::support::ministack::{ACCOUNT, MiniStack};
use crate::support::server::Server;

/// Connects as its environment says and prints what came of it.
#[tokio::test]
#[ignore = "run by the tests beside it, in an environment of its own"]
async fn probe() {
    let set = |name: &str| {
        #[expect(clippy::disallowed_methods, reason = "the environment is the case")]
        std::env::var(name).ok()
    };
    let connection = Connection {
        profile: set("PROBE_PROFILE"),
        region: set("PROBE_REGION").map(|region| Region::parse(&region).unwrap()),
        endpoint_url: set("PROBE_ENDPOINT"),
        pacing: Pacing::None,
    };
    let outcome = tokio::time::timeout(Duration::from_secs(5), async {
        match connect(&connection).await {
            Err(error) => format!("no connection: {error} | {}", error.hint()),
            Ok(account) => match account.identity().await {
                Err(error) => format!("no answer: {error}"),
                Ok(identity) => format!("{} from {}", identity.account, account.region()),
            },
        }
    });
    println!(
        "\nprobe: {}",
        outcome
            .await
            .unwrap_or_else(|_| "took more than five seconds".to_owned())
    );
}

/// A place with AWS's shared files, and an environment that knows nothing else.
struct Case {
    home: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

impl Case {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let case = Self {
            home,
            environment: Vec::new(),
        };
        let (config, credentials) = (case.path("config"), case.path("credentials"));
        case.set("AWS_CONFIG_FILE", &config)
            .set("AWS_SHARED_CREDENTIALS_FILE", &credentials)
            .set("AWS_EC2_METADATA_DISABLED", "true")
    }

    fn path(&self, name: &str) -> String {
        self.home.path().join(name).to_str().unwrap().to_owned()
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn keys(self, id: &str) -> Self {
        self.set("AWS_ACCESS_KEY_ID", id)
            .set("AWS_SECRET_ACCESS_KEY", "secret")
    }

    fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(Path::new(&self.path(name)), text).unwrap();
        self
    }

    fn run(&self) -> String {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "adapter::connect::probe",
                "--ignored",
                "--nocapture",
            ])
            .env_clear()
            .env("HOME", self.home.path())
            .envs(self.environment.iter().cloned())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("probe: "));
        line.unwrap_or_else(|| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr)))
            .to_owned()
    }
}

fn standing_in() -> (Fake, Server) {
    let fake = Fake::new(Scene::Fresh.account());
    let server = Server::start(&fake);
    (fake, server)
}

#[test]
fn environment_variables_are_enough() {
    let (fake, server) = standing_in();
    let case = Case::new()
        .keys("AKIDENVIRONMENT")
        .set("AWS_REGION", "eu-west-3")
        .set("AWS_ENDPOINT_URL", &server.url());
    let account = fake.account().account().clone();
    assert_eq!(case.run(), format!("{account} from eu-west-3"));
    assert_eq!(fake.calls()[0].key, "AKIDENVIRONMENT");
    assert_eq!(fake.calls()[0].region.as_str(), "eu-west-3");
}

#[test]
fn a_named_profile_goes_before_the_environment_and_flags_before_both() {
    let (fake, server) = standing_in();
    let config = "[profile audit]\nregion = sa-east-1\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s\n";
    let case = Case::new()
        .keys("AKIDENVIRONMENT")
        .file("config", config)
        .set("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .set("PROBE_PROFILE", "audit")
        .set("PROBE_ENDPOINT", &server.url());
    let account = fake.account().account().clone();
    assert_eq!(case.run(), format!("{account} from sa-east-1"));
    assert_eq!(fake.calls()[0].key, "AKIDPROFILE");
    let case = case.set("PROBE_REGION", "eu-north-1");
    assert_eq!(case.run(), format!("{account} from eu-north-1"));
}

#[test]
fn a_profile_in_the_environment_and_a_process_for_credentials_work() {
    let (fake, server) = standing_in();
    let answer = r#"{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"s"}"#;
    let config = format!(
        "[profile process]\nregion = eu-west-3\nendpoint_url = {}\ncredential_process = /bin/cat answer.json\n",
        server.url()
    );
    let case = Case::new().file("answer.json", answer);
    let config = config.replace("answer.json", &case.path("answer.json"));
    let case = case.file("config", &config).set("AWS_PROFILE", "process");
    let account = fake.account().account().clone();
    assert_eq!(case.run(), format!("{account} from eu-west-3"));
    assert_eq!(fake.calls()[0].key, "AKIDPROCESS");
    assert_eq!(fake.calls().len(), 1);
}

#[test]
fn a_role_of_a_profile_is_assumed() {
    let ministack = MiniStack::start();
    let anyone = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}"#;
    let role = json!({"RoleName": "audit", "AssumeRolePolicyDocument": anyone});
    ministack.make("eu-west-3", &json!([["iam", "create_role", role]]));
    let config = format!(
        "[profile base]\naws_access_key_id = {ACCOUNT}\naws_secret_access_key = s\n\
         [profile audit]\nregion = eu-west-3\nsource_profile = base\nrole_arn = arn:aws:iam::{ACCOUNT}:role/audit\n"
    );
    let case = Case::new()
        .file("config", &config)
        .set("AWS_ENDPOINT_URL", &ministack.url())
        .set("PROBE_PROFILE", "audit");
    assert_eq!(case.run(), format!("{ACCOUNT} from eu-west-3"));
}

#[test]
fn without_a_region_the_error_says_how_to_set_one() {
    let told = Case::new().keys("AKIDENVIRONMENT").run();
    assert_eq!(
        told,
        "no connection: no Region is set: looked at the environment, the profile and the instance \
         metadata service | pass `--region`, set `AWS_REGION`, or set `region` in the profile"
    );
}

#[test]
fn a_region_that_cannot_be_one_is_refused() {
    let told = Case::new().keys("A").set("AWS_REGION", "Frankfurt").run();
    assert!(
        told.starts_with("no connection: the Region that is set is none: `Frankfurt`"),
        "{told}"
    );
}

#[test]
fn without_credentials_the_error_names_what_was_tried() {
    let told = Case::new().set("AWS_REGION", "eu-west-3").run();
    for source in [
        "Environment",
        "Profile",
        "WebIdentityToken",
        "EcsContainer",
        "Ec2InstanceMetadata",
    ] {
        assert!(told.contains(source), "{told} should name {source}");
    }
    assert!(
        told.starts_with("no connection: no credentials: none found in Environment ("),
        "{told}"
    );
    assert!(told.contains("aws sso login"), "{told}");
    for word in [
        "ProviderChain",
        "CredentialsNotLoaded",
        "{",
        "dispatch failure",
    ] {
        assert!(!told.contains(word), "{told} must not show {word}");
    }
}

#[test]
fn an_unknown_profile_is_named() {
    let told = Case::new()
        .set("AWS_REGION", "eu-west-3")
        .set("PROBE_PROFILE", "nobody")
        .file("config", "[profile somebody]\nregion = eu-west-3\n")
        .run();
    assert!(told.contains("nobody"), "{told}");
}

#[test]
fn a_metadata_service_that_stays_silent_is_given_up_in_time() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let case = Case::new()
        .set("AWS_EC2_METADATA_SERVICE_ENDPOINT", &endpoint)
        .set("AWS_EC2_METADATA_DISABLED", "false");
    assert!(case.run().starts_with("no connection: no Region is set"));
    let told = case.set("AWS_REGION", "eu-west-3").run();
    assert!(
        told.starts_with("no connection: no credentials: "),
        "{told}"
    );
}

#[test]
fn an_endpoint_out_of_reach_is_named_in_time() {
    let case = Case::new().keys("A").set("AWS_REGION", "eu-west-3");
    let told = case.set("PROBE_ENDPOINT", "http://127.0.0.1:9").run();
    assert!(
        told.starts_with("no answer: endpoint unreachable (`sts:GetCallerIdentity`): no connection to `http://127.0.0.1:9`: "),
        "{told}"
    );
}

#[test]
fn an_endpoint_that_is_no_address_is_refused() {
    let case = Case::new().keys("A").set("AWS_REGION", "eu-west-3");
    let told = case.set("PROBE_ENDPOINT", "127.0.0.1:4566").run();
    assert!(
        told.starts_with("no connection: `127.0.0.1:4566` is not an endpoint: "),
        "{told}"
    );
}
