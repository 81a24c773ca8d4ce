//! A folder to run the program in, and what a run leaves behind.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The built program.
pub(super) const PROGRAM: &str = env!("CARGO_BIN_EXE_cis-fix");

/// A folder of its own, with a home folder beside it that nobody else knows.
#[derive(Debug)]
pub(super) struct Place {
    root: TempDir,
}

/// What a run left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) status: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Place {
    pub(super) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["home/.config", "work"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    /// Returns a place with a fresh account in the file that `--sandbox` reads.
    pub(super) fn with_fresh_account() -> Self {
        let place = Self::new();
        let fresh = fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
        place.write("cis-fix-sandbox.json", fresh);
        place
    }

    /// Returns a place with the settings that the examples of the project show.
    pub(super) fn with_example_settings() -> Self {
        let place = Self::new();
        fs::copy("examples/cis-fix.toml", place.path("cis-fix.toml")).unwrap();
        place
    }

    /// Returns the path of a file of the folder that the program runs in.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("work").join(name)
    }

    pub(super) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Returns the program, ready to be run in this place with nothing in its environment that matters.
    pub(super) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).stdin(Stdio::null());
        self.surround(&mut command);
        command
    }

    /// Lets a command run in this place with nothing in its environment that matters.
    pub(super) fn surround(&self, command: &mut Command) {
        let home = self.root.path().join("home");
        command
            .current_dir(self.path(""))
            .env_clear()
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("HOME", home)
            .env("AWS_EC2_METADATA_DISABLED", "true");
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Returns what is in the place, home included: folders with nothing, files with their bytes, links with where they lead.
    pub(super) fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut contents = BTreeMap::new();
        collect(self.root.path(), &mut contents);
        contents
    }

    /// Returns the journals of simulated accounts, the oldest first, as seen from the folder that the program runs in.
    pub(super) fn journals(&self) -> Vec<String> {
        let root = self.root.path().to_owned();
        let contents = self.contents().into_keys();
        let journals = contents.filter(|path| path.extension() == Some(OsStr::new("jsonl")));
        let short = journals.map(|path| path.strip_prefix(&root).unwrap().to_owned());
        short.map(|path| format!("../{}", path.display())).collect()
    }

    /// Returns the names of what was made, changed or removed since, but for journals, whose names tell the time.
    pub(super) fn changes_since(&self, before: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
        let after = self.contents();
        let paths = before.keys().chain(after.keys());
        let mut changed: Vec<String> = paths
            .filter(|path| before.get(*path) != after.get(*path))
            .map(|path| self.short(path))
            .filter(|path| !path.starts_with("home/.local"))
            .collect();
        changed.sort();
        changed.dedup();
        changed
    }

    /// Returns a run with names for the place and for journals, which are others each time.
    pub(super) fn named(&self, run: &Run) -> Run {
        let root = self.root.path().display().to_string();
        Run {
            stdout: run.stdout.replace(&root, "PLACE"),
            stderr: without_times(&run.stderr.replace(&root, "PLACE")),
            ..*run
        }
    }

    /// Returns a path as it is seen from the folder that the program runs in.
    fn short(&self, path: &Path) -> String {
        let work = self.path("");
        let from_root = || path.strip_prefix(self.root.path()).unwrap();
        let short = path.strip_prefix(&work).unwrap_or_else(|_| from_root());
        short.display().to_string()
    }
}

/// Returns a text in which the journal's name does not tell the time.
fn without_times(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_prefix("the journal is ") {
            Some(path) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("the journal is {folder}/TIME.jsonl\n")
            }
            None => line.to_owned(),
        })
        .collect()
}

impl Run {
    /// Runs a command to its end. What it prints must be text.
    pub(super) fn of(command: &mut Command) -> Self {
        Self::of_parts(command.stdout(Stdio::piped()))
    }

    /// The same, where standard output may go elsewhere.
    pub(super) fn of_parts(command: &mut Command) -> Self {
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        Self {
            status: output.status.code().expect("not ended by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn collect(folder: &Path, contents: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            contents.insert(path.clone(), Vec::new());
            collect(&path, contents);
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).unwrap();
            contents.insert(path, target.display().to_string().into_bytes());
        } else {
            // A file that nobody may read has no bytes to compare.
            let bytes = fs::read(&path).unwrap_or_default();
            contents.insert(path, bytes);
        }
    }
}

/// Returns whether a text holds what a terminal would obey or a reader would not see.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
