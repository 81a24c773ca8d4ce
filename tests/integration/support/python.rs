//! Virtual environments of Python, made under the target directory on first use.
//!
//! A missing Python or a failed installation is a failure of the test, never a reason to skip it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns the Python of the virtual environment of that name, which is made when it is not there yet.
pub(crate) fn environment(name: &str, requirements: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(target).expect("the target directory");
    // Tests of several processes may come here at once; the lock goes with the file.
    let lock = File::create(target.join(format!("{name}.lock"))).expect("a lock");
    lock.lock().expect("a lock");
    let place = target.join(name);
    let python = place.join("bin").join("python");
    let mark = place.join("requirements.txt");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == requirements) {
        return python;
    }
    if place.exists() {
        fs::remove_dir_all(&place).expect("an outdated environment can be removed");
    }
    make(&place, &python, requirements);
    fs::write(&mark, requirements).expect("a mark in the environment");
    python
}

fn make(place: &Path, python: &Path, requirements: &str) {
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(place)
        .output();
    check(
        made,
        "make a virtual environment: these tests need `python3` with its module `venv`",
    );
    let wanted = place.join("wanted.txt");
    fs::write(&wanted, requirements).expect("a list of requirements");
    let installed = Command::new(python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&wanted)
        .output();
    check(
        installed,
        "install packages: these tests need PyPI on first use",
    );
}

fn check(output: std::io::Result<Output>, what: &str) {
    let (success, words) = match output {
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.success(), words)
        }
        Err(error) => (false, error.to_string()),
    };
    assert!(success, "could not {what}\n{words}");
}
