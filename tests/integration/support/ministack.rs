//! MiniStack, an independent emulator of AWS, and boto3, an independent client: a second opinion.
//!
//! Both come from `PyPI` into a virtual environment under the target directory on first use. A missing
//! Python or a failed installation is a failure of the test, never a reason to skip it.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::python::environment;

const REQUIREMENTS: &str = include_str!("ministack/requirements.txt");
const SERVER: &str = include_str!("ministack/server.py");
const CALLS: &str = include_str!("ministack/calls.py");

/// The account that the tests work in.
pub(crate) const ACCOUNT: &str = "123456789012";

/// A MiniStack on a free port of 127.0.0.1, stopped when it is dropped.
#[derive(Debug)]
pub(crate) struct MiniStack {
    python: PathBuf,
    server: Child,
    port: u16,
    /// What the server writes, its log included.
    scratch: tempfile::TempDir,
}

impl MiniStack {
    /// Starts an empty MiniStack.
    pub(crate) fn start() -> Self {
        let python = environment("ministack", REQUIREMENTS);
        // Another process may take the port between our look and the server's start.
        (0..5)
            .find_map(|_| Self::try_start(&python))
            .expect("MiniStack did not start on five different ports")
    }

    fn try_start(python: &Path) -> Option<Self> {
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener
                .local_addr()
                .expect("the address of a socket")
                .port()
        };
        let scratch = tempfile::tempdir().expect("a directory for the server");
        let log = File::create(scratch.path().join("log")).expect("a log");
        let nowhere = format!("unix://{}/none", scratch.path().display());
        let server = Command::new(python)
            .args(["-c", SERVER])
            .current_dir(scratch.path())
            .env_clear()
            .env("HOME", scratch.path())
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .env("LOG_LEVEL", "WARNING")
            .env("TMPDIR", scratch.path())
            .env("S3_DATA_DIR", scratch.path().join("s3"))
            // It must neither open other ports nor touch containers on this machine.
            .env("IOT_MTLS_ENABLED", "0")
            .env("SFTP_ENABLED", "0")
            .env("DOCKER_HOST", nowhere)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("MiniStack starts");
        let mut started = Self {
            python: python.to_owned(),
            server,
            port,
            scratch,
        };
        started.is_ready().then_some(started)
    }

    /// Waits for the server; false when it ended.
    fn is_ready(&mut self) -> bool {
        for _ in 0..600 {
            if is_healthy(self.port) {
                return true;
            }
            if self
                .server
                .try_wait()
                .expect("the state of the server")
                .is_some()
            {
                return false;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        false
    }

    /// Returns the address of the server, for `--endpoint-url`.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes a good multi-Region trail in `region` that delivers to the log group `CloudTrail/DefaultLogGroup`.
    pub(crate) fn add_trail(&self, region: &str) {
        let name = "management-events";
        let group = "CloudTrail/DefaultLogGroup";
        let arn = format!("arn:aws:logs:{region}:{ACCOUNT}:log-group:{group}:*");
        let role = format!("arn:aws:iam::{ACCOUNT}:role/trail");
        let place = json!({"LocationConstraint": region});
        let calls = json!([
            ["s3", "create_bucket", {"Bucket": "trail", "CreateBucketConfiguration": place}],
            ["logs", "create_log_group", {"logGroupName": group}],
            ["cloudtrail", "create_trail", {
                "Name": name, "S3BucketName": "trail", "IsMultiRegionTrail": true,
            }],
            // CreateTrail alone loses the log group here.
            ["cloudtrail", "update_trail", {
                "Name": name, "CloudWatchLogsLogGroupArn": arn, "CloudWatchLogsRoleArn": role,
            }],
            ["cloudtrail", "start_logging", {"Name": name}],
        ]);
        self.make(region, &calls);
    }

    /// Makes calls with boto3 that must all succeed.
    pub(crate) fn make(&self, region: &str, calls: &Value) -> Vec<Value> {
        let answers = self.calls(region, calls);
        for (index, answer) in answers.iter().enumerate() {
            assert!(
                answer.get("error").is_none(),
                "{:?}: {answer}",
                calls.get(index)
            );
        }
        answers
    }

    /// Makes calls with boto3 in `region` and returns the answers: each call is `[service, method, parameters]`.
    pub(crate) fn calls(&self, region: &str, calls: &Value) -> Vec<Value> {
        let mut client = Command::new(&self.python)
            .args(["-c", CALLS, &self.url(), region, ACCOUNT])
            // No profile or endpoint of this machine has a say.
            .env_clear()
            .env("HOME", self.scratch.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("boto3 starts");
        let mut input = client.stdin.take().expect("a pipe");
        input
            .write_all(calls.to_string().as_bytes())
            .expect("boto3 reads");
        drop(input);
        let output = client.wait_with_output().expect("boto3 ends");
        assert!(output.status.success(), "boto3 failed for {calls}");
        serde_json::from_slice(&output.stdout).expect("answers in JSON")
    }
}

impl Drop for MiniStack {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn is_healthy(port: u16) -> bool {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /_ministack/health HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    asked().is_ok_and(|answer| {
        answer
            .lines()
            .next()
            .is_some_and(|line| line.contains(" 200"))
    })
}
