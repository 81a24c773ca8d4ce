//! Stories: what is typed, and everything that comes of it. One file of `tests/data/cli` is one story.
//!
//! A story says what it is about and goes on with sections. `file NAME`, `escaped NAME`, `repeat NAME COUNT`,
//! `scene NAME SCENE`, `control NAME ID`, `replace NAME`, `folder NAME`, `link NAME TARGET`, `unreadable NAME` and
//! `env NAME=VALUE` prepare; `run ARGUMENTS` runs the program. Below a run stand its `status`, its `stdout` and
//! `stderr` unless empty, and the names of the files that it `wrote`. `only aws` or `only sandbox` is for one build.
//! With `REWRITE_EXPECTED=1` in the environment the stories are written anew; review each changed line.

use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::LazyLock;

use super::expected::is_rewriting;
use super::program::{Place, Run, is_hidden};

const FOLDER: &str = "tests/data/cli";

/// What a run printed, how it ended and which files it changed.
struct Scene {
    run: Run,
    wrote: Vec<String>,
}

/// A story as it is written down, and as it went.
struct Story {
    name: String,
    path: PathBuf,
    written: String,
    played: String,
    scenes: Vec<Scene>,
}

/// The stories that are for this build, each played once.
static STORIES: LazyLock<Vec<Story>> = LazyLock::new(|| {
    let paths = paths("stories").into_iter().chain(paths("mistakes"));
    paths.filter_map(story).collect()
});

#[test]
fn each_story_goes_as_it_is_written_down() {
    let mut wrong = Vec::new();
    for story in STORIES.iter().filter(|story| story.played != story.written) {
        if is_rewriting() {
            fs::write(&story.path, &story.played).unwrap();
        } else {
            wrong.push(format!("=== {}\n{}", story.name, story.played));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mistake_is_told_on_standard_error_and_leaves_nothing_behind() {
    let mut runs = 0;
    for story in STORIES
        .iter()
        .filter(|story| story.name.starts_with("mistakes/"))
    {
        for Scene { run, wrote } in &story.scenes {
            let Run {
                status,
                stdout,
                stderr,
            } = run;
            let name = &story.name;
            assert!([1, 64].contains(status), "{name}: {status}");
            assert_eq!(stdout, "", "{name}");
            assert!(stderr.starts_with("error: "), "{name}: {stderr}");
            assert!(
                stderr.ends_with('\n') && !stderr.ends_with("\n\n"),
                "{name}: {stderr}"
            );
            assert!(!stderr.contains("panicked"), "{name}: {stderr}");
            assert_eq!(*wrote, Vec::<String>::new(), "{name}");
            runs += 1;
        }
    }
    assert!(runs >= 125, "{runs}");
}

#[test]
fn no_story_prints_a_hidden_character() {
    for story in STORIES.iter() {
        for Scene { run, .. } in &story.scenes {
            let Run {
                status: _,
                stdout,
                stderr,
            } = run;
            assert!(!stdout.contains(is_hidden), "{}: {stdout:?}", story.name);
            assert!(!stderr.contains(is_hidden), "{}: {stderr:?}", story.name);
        }
    }
}

/// Returns the files of a folder, by name.
fn paths(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(format!("{FOLDER}/{folder}"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let strange = |path: &&PathBuf| path.extension() != Some(OsStr::new("story"));
    assert_eq!(paths.iter().find(strange), None);
    paths
}

/// Plays the story of a file, if it is for this build.
fn story(path: PathBuf) -> Option<Story> {
    let written = fs::read_to_string(&path).unwrap();
    let (played, scenes) = play(&written)?;
    let name = path.strip_prefix(FOLDER).unwrap().display().to_string();
    Some(Story {
        name,
        path,
        written,
        played,
        scenes,
    })
}

/// Returns the title and the text of each section, and what stands before the first.
fn sections(story: &str) -> (&str, Vec<(&str, &str)>) {
    let mut parts = story.split("\n--- ");
    let about = parts.next().unwrap_or_default();
    let sections = parts.map(|part| part.split_once('\n').unwrap_or((part, "")));
    (about, sections.collect())
}

/// Plays a story. Returns how it should have been written, and its runs; nothing when it is not for this build.
fn play(story: &str) -> Option<(String, Vec<Scene>)> {
    let (about, sections) = sections(story.strip_suffix('\n').unwrap_or(story));
    let place = Place::new();
    let mut environment = Vec::new();
    let mut played = about.to_owned();
    let mut scenes = Vec::new();
    for (title, body) in sections {
        let (verb, rest) = title.split_once(' ').unwrap_or((title, ""));
        match verb {
            "status" | "stdout" | "stderr" | "wrote" => continue,
            "only" if is_for_this_build(rest) => {}
            "only" => return None,
            "unreadable" if is_superuser() => return None,
            "env" => environment.push(pair(rest)),
            "run" => {}
            _ => prepare(&place, verb, rest, body),
        }
        section(&mut played, title, body);
        if verb == "run" {
            let scene = run(&place, rest, &environment);
            retell(&mut played, &scene);
            scenes.push(scene);
        }
    }
    Some((played + "\n", scenes))
}

fn section(story: &mut String, title: &str, body: &str) {
    write!(story, "\n--- {title}").unwrap();
    if !body.is_empty() {
        write!(story, "\n{body}").unwrap();
    }
}

fn retell(story: &mut String, scene: &Scene) {
    let Scene {
        run: Run {
            status,
            stdout,
            stderr,
        },
        wrote,
    } = scene;
    section(story, &format!("status {status}"), "");
    for (title, text) in [("stdout", stdout), ("stderr", stderr)] {
        if let Some(lines) = text.strip_suffix('\n') {
            assert!(!text.contains("\n--- "), "{text}");
            section(story, title, lines);
        } else if !text.is_empty() {
            section(story, title, &format!("{text}\\ no line break at the end"));
        }
    }
    if !wrote.is_empty() {
        section(story, "wrote", &wrote.join("\n"));
    }
}

fn is_for_this_build(account: &str) -> bool {
    match account {
        "aws" => cfg!(feature = "aws"),
        "sandbox" => !cfg!(feature = "aws"),
        other => panic!("there is no build for `{other}`"),
    }
}

/// Returns whether permissions mean nothing to whoever runs the tests.
fn is_superuser() -> bool {
    let place = Place::new();
    place.write("closed", "");
    close(&place, "closed");
    fs::read(place.path("closed")).is_ok()
}

fn close(place: &Place, name: &str) {
    fs::set_permissions(place.path(name), fs::Permissions::from_mode(0o000)).unwrap();
}

fn prepare(place: &Place, verb: &str, rest: &str, body: &str) {
    let (name, more) = rest.split_once(' ').unwrap_or((rest, ""));
    let source = |folder: &str, extension: &str| {
        fs::read_to_string(format!("{folder}/{more}.{extension}")).unwrap()
    };
    match verb {
        "file" => place.write(name, lines(body)),
        "escaped" => place.write(name, unescaped(body)),
        "repeat" => place.write(name, body.repeat(more.parse().unwrap())),
        "scene" => place.write(name, source("src/sandbox/scenes", "json")),
        "control" => place.write(name, source("controls", "toml")),
        "replace" => replace(place, name, body),
        "folder" => fs::create_dir_all(place.path(name)).unwrap(),
        "link" => std::os::unix::fs::symlink(more, place.path(name)).unwrap(),
        "unreadable" => close(place, name),
        other => panic!("there is no section `{other}`"),
    }
}

/// Returns the lines of a file, each with its end.
fn lines(body: &str) -> String {
    if body.is_empty() {
        String::new()
    } else {
        format!("{body}\n")
    }
}

/// Replaces what stands above `=>` by what stands below it, once.
fn replace(place: &Place, name: &str, body: &str) {
    let (old, new) = body.split_once("\n=>").unwrap();
    let text = place.read(name);
    assert!(text.contains(old), "{old}");
    place.write(
        name,
        text.replacen(old, new.strip_prefix('\n').unwrap_or(new), 1),
    );
}

fn run(place: &Place, line: &str, environment: &[(OsString, OsString)]) -> Scene {
    let before = place.contents();
    let mut command = place.command(&words(line));
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let run = Run::of(&mut command);
    Scene {
        run: place.named(&run),
        wrote: place.changes_since(&before),
    }
}

/// Returns the words of a line, as a shell would: what is in single quotes is one word.
fn words(line: &str) -> Vec<OsString> {
    let mut words = Vec::new();
    for (place, part) in line.split('\'').enumerate() {
        if place % 2 == 1 {
            words.push(OsString::from_vec(unescaped(part)));
        } else {
            let plain = part.split_whitespace().map(unescaped);
            words.extend(plain.map(OsString::from_vec));
        }
    }
    words
}

fn pair(text: &str) -> (OsString, OsString) {
    let (name, value) = text.split_once('=').unwrap();
    let read = |text: &str| OsStr::from_bytes(&unescaped(text)).to_owned();
    (read(name), read(value))
}

/// Returns the bytes that a text with `\xHH`, `\u{H…}` and `\n` stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        bytes.extend(before.as_bytes());
        rest = if let Some(tail) = escape.strip_prefix("u{") {
            let (digits, tail) = tail.split_once('}').unwrap();
            let c = char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap();
            bytes.extend(c.to_string().as_bytes());
            tail
        } else if let Some(tail) = escape.strip_prefix('x') {
            let (digits, tail) = tail.split_at(2);
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            tail
        } else if let Some(tail) = escape.strip_prefix('n') {
            bytes.push(b'\n');
            tail
        } else {
            bytes.push(b'\\');
            escape
        };
    }
    bytes.extend(rest.as_bytes());
    bytes
}
