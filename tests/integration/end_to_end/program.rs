//! The built program in a folder and an environment of its own, which know nothing else.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use cis_fix::render::json::schema;
use serde_json::Value;

/// Somebody to subscribe.
pub(crate) const SUBSCRIPTION: &str =
    "[[subscription]]\nprotocol = \"email\"\nendpoint = \"security@example.com\"\n";

/// Somebody to subscribe, and three controls: enough wherever the others would only take time.
pub(crate) const FEW: &str = r#"
skip = [
    "aws-config-configuration-changes",
    "cloudtrail-configuration-changes",
    "cmk-disable-or-scheduled-deletion",
    "console-authentication-failures",
    "console-sign-in-without-mfa",
    "iam-policy-changes",
    "network-gateway-changes",
    "organizations-changes",
    "route-table-changes",
    "s3-bucket-policy-changes",
    "security-group-changes",
    "unauthorized-api-calls",
]

[[subscription]]
protocol = "email"
endpoint = "security@example.com"
"#;

/// The program with a folder to work in.
#[derive(Debug)]
pub(crate) struct Program {
    binary: PathBuf,
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Program {
    /// Returns the program as it was built for the tests, with nothing set.
    pub(crate) fn new() -> Self {
        Self::of(Path::new(env!("CARGO_BIN_EXE_cis-fix")))
    }

    /// Returns another build of the program, with nothing set.
    pub(crate) fn of(binary: &Path) -> Self {
        Self {
            binary: binary.to_owned(),
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// Sends all calls to `url`, with credentials that open nothing, from us-east-1.
    pub(crate) fn on(self, url: &str) -> Self {
        self.set("AWS_ENDPOINT_URL", url)
            .set("AWS_REGION", "us-east-1")
            .set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .set("AWS_SECRET_ACCESS_KEY", "secret")
    }

    /// Sets a variable of the environment.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Puts a settings file into the folder, where the program looks for it.
    pub(crate) fn settings(self, text: &str) -> Self {
        self.put("cis-fix.toml", text);
        self
    }

    /// Puts a file into the folder.
    pub(crate) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// Returns the text of a file of the folder.
    pub(crate) fn get(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Returns the names and texts of all files in the folder and below it.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap();
                    let text = std::fs::read(&path).unwrap();
                    let text = String::from_utf8_lossy(&text).into_owned();
                    files.push((name.display().to_string(), text));
                }
            }
        }
        files
    }

    /// Returns a run that has yet to begin.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            // Nobody but the endpoint of the case is asked for anything.
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::from(self.command(arguments).output().unwrap())
    }

    /// Begins a run.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Runs a command for a document, which must keep to its schema.
    pub(crate) fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let run = self.run(&[arguments, &["--format", "json"]].concat());
        (run.status, run.document())
    }
}

impl Run {
    /// Returns the JSON document on standard output, which must keep to its schema.
    pub(crate) fn document(&self) -> Value {
        let document: Value =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let name = document["schema"].as_str().expect("the name of a schema");
        let name = name.strip_prefix("cis-fix/").expect("a schema of ours");
        let schema: Value = serde_json::from_str(schema(name).unwrap()).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        document
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
