//! The floors of the house: who may import whom, and who may touch the world.
//!
//! The table below is the one in the crate's documentation; both change together. Test code is exempt,
//! since tests begin with the sandbox wherever they stand.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a file that cannot be read fails its test"
)]

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use source::Source;

/// Every module of the crate with its floor, in the order in which they may import each other.
const MODULES: &[(&str, u8)] = &[
    ("pattern", 0),
    ("escape", 0),
    ("model", 1),
    ("toml_source", 2),
    ("catalog", 2),
    ("reported", 2),
    ("auditors", 2),
    ("settings", 2),
    ("desired", 2),
    ("observed", 3),
    ("audit", 3),
    ("examine", 3),
    ("plan", 3),
    ("forecast", 3),
    ("outcome", 3),
    ("reversal", 3),
    ("permissions", 3),
    ("backtest", 3),
    ("report", 4),
    ("render", 4),
    ("cloud", 5),
    ("sandbox", 5),
    ("observe", 5),
    ("consent", 5),
    ("stored", 5),
    ("saved_plan", 5),
    ("journal", 5),
    ("apply", 5),
    ("undo", 5),
    ("alarms", 5),
    ("aws", 6),
    ("cli", 7),
    ("main", 7),
];

/// The floors that the adapter of AWS may import; any other floor may import all below it.
const BELOW_AWS: [u8; 3] = [1, 3, 5];

/// What only some floors may name, and what it gives access to.
const WORLD: [(&[u8], &str, &[&str]); 11] = [
    (&[7], "files", &["std::fs", "tokio::fs"]),
    (&[7], "the environment", &["std::env", "etcetera"]),
    (
        &[7],
        "standard streams",
        &[
            "std::io::stdin",
            "std::io::stdout",
            "std::io::stderr",
            "tokio::io",
            "anstream",
        ],
    ),
    (
        &[7],
        "the terminal",
        &["dialoguer", "terminal_size", "clap"],
    ),
    (
        &[7],
        "the clock",
        &["std::time::SystemTime", "std::time::Instant"],
    ),
    (&[7], "processes", &["std::process", "tokio::process"]),
    (&[7], "signals", &["tokio::signal"]),
    (&[7], "threads", &["std::thread", "tokio::runtime"]),
    (&[6, 7], "waiting", &["tokio::time"]),
    (
        &[6],
        "the network",
        &["std::net", "tokio::net", "hyper", "hyper_util", "http"],
    ),
    (&[5, 6, 7], "calls that wait", &["futures_util"]),
];

/// Macros that print beside the results and errors that `cli` writes.
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

fn floor(module: &str) -> Option<u8> {
    MODULES
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

fn order(module: &str) -> Option<usize> {
    MODULES.iter().position(|(name, _)| *name == module)
}

/// Returns everything in a file that the table forbids.
fn violations(source: &Source) -> Vec<String> {
    let module = source.module();
    let top = module[0].as_str();
    let Some(own_floor) = floor(top) else {
        return vec![format!("{}: `{top}` is not in the table", source.place)];
    };
    let mut found = Vec::new();
    let mut report = |line: usize, text: String| {
        found.push(format!("{}:{line}: {text}", source.place));
    };
    for named in source.inner_paths() {
        let imported = named.path[0].as_str();
        if let Some(reason) = forbidden_import(top, imported) {
            report(
                named.line,
                format!("`{top}` imports `{imported}`: {reason}"),
            );
        }
    }
    for named in &source.paths {
        let path = named.path.join("::");
        if own_floor != 6 && named.path.iter().any(|word| word.starts_with("aws_")) {
            report(named.line, format!("`{path}` belongs to `aws`"));
        }
        for (floors, access, names) in WORLD {
            if !floors.contains(&own_floor) && names.iter().any(|name| reaches(&named.path, name)) {
                report(named.line, format!("`{path}` gives access to {access}"));
            }
        }
        if own_floor < 5 && ["async", "await"].contains(&path.as_str()) {
            report(
                named.line,
                "only floors 5 to 7 wait for anything".to_owned(),
            );
        }
    }
    for named in &source.macros {
        if PRINTING.contains(&named.path[0].as_str()) {
            report(named.line, format!("`{}!` prints", named.path[0]));
        }
    }
    found
}

/// Returns whether a path names `wanted` or something in it; a glob names everything.
fn reaches(path: &[String], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split("::").collect();
    let is_glob = path.last().is_some_and(|last| last == "*");
    let length = path.len().min(wanted.len());
    let agree = path[..length]
        .iter()
        .zip(&wanted)
        .all(|(word, other)| word == "*" || word == other);
    let is_long_enough = path.len() >= wanted.len() || is_glob;
    agree && is_long_enough && !path.is_empty()
}

fn forbidden_import(importer: &str, wanted: &str) -> Option<String> {
    if importer == wanted {
        return None;
    }
    let (Some(own), Some(other)) = (floor(importer), floor(wanted)) else {
        return Some("it is not in the table".to_owned());
    };
    if own < other {
        return Some(format!("floor {own} does not import floor {other}"));
    }
    if own == other && order(importer) < order(wanted) {
        return Some(format!("it comes later on floor {own}"));
    }
    (own == 6 && !BELOW_AWS.contains(&other))
        .then(|| format!("floor 6 does not import floor {other}"))
}

/// Which modules of one parent import which others, with a file that does.
type Graph = BTreeMap<String, BTreeMap<String, String>>;

/// The modules whose own parts still import each other in circles. Nothing is added here.
const CIRCLES_LEFT: [&str; 4] = ["aws", "pattern::compare", "sandbox", "toml_source"];

/// Returns the circles among the modules inside a module.
fn circles(sources: &[Source]) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> = sources.iter().map(Source::module).collect();
    let mut graphs: BTreeMap<Vec<String>, Graph> = BTreeMap::new();
    for source in sources {
        let module = source.module();
        for named in source.inner_paths() {
            let shared = module
                .iter()
                .zip(&named.path)
                .take_while(|(one, other)| one == other)
                .count();
            let (Some(own), Some(other)) = (module.get(shared), named.path.get(shared)) else {
                continue;
            };
            if shared > 0 && modules.contains(&named.path[..=shared]) {
                let graph = graphs.entry(module[..shared].to_vec()).or_default();
                graph
                    .entry(own.clone())
                    .or_default()
                    .insert(other.clone(), source.place.clone());
            }
        }
    }
    graphs
        .iter()
        .flat_map(|(parent, graph)| {
            graph.keys().filter_map(move |start| {
                let circle = circle(graph, start)?;
                Some(format!("{}: {circle}", parent.join("::")))
            })
        })
        .collect()
}

/// Returns the shortest way from a module back to itself.
fn circle(graph: &Graph, start: &str) -> Option<String> {
    let mut ways: Vec<Vec<String>> = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let next = way.last().and_then(|last| graph.get(last));
            for (module, file) in next.into_iter().flatten() {
                let extended = [way.clone(), vec![module.clone()]].concat();
                if module == start {
                    return Some(format!("{} ({file})", extended.join(" -> ")));
                }
                if seen.insert(module.clone()) {
                    longer.push(extended);
                }
            }
        }
        ways = longer;
    }
    None
}

/// Returns the Rust files of a folder, as places below the crate's own.
fn files(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let place = path.strip_prefix(root).unwrap();
                found.push(place.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The files of the crate but its root, which names all modules and uses none.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files("src")
        .into_iter()
        .filter(|place| place != "src/lib.rs")
        .map(|place| Source::read(&place, &fs::read_to_string(root.join(&place)).unwrap()))
        .collect()
});

#[test]
fn every_file_keeps_to_its_floor() {
    let found: Vec<String> = SOURCES.iter().flat_map(violations).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let found = circles(&SOURCES);
    let parents: BTreeSet<&str> = found
        .iter()
        .filter_map(|circle| circle.split_once(": "))
        .map(|(parent, _)| parent)
        .collect();
    let left = BTreeSet::from(CIRCLES_LEFT);
    assert_eq!(parents, left, "\n{}", found.join("\n"));
}

#[test]
fn the_table_lists_the_modules_that_there_are() {
    let tops: BTreeSet<String> = SOURCES
        .iter()
        .map(|source| source.module().swap_remove(0))
        .collect();
    let listed: BTreeSet<String> = MODULES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(tops, listed);
}

#[test]
fn no_module_is_a_file_called_mod() {
    let all = files("src").into_iter().chain(files("tests"));
    let found: Vec<String> = all.filter(|place| place.ends_with("/mod.rs")).collect();
    assert!(found.is_empty(), "{found:?}");
}

fn complaints(place: &str, text: &str) -> String {
    violations(&Source::read(place, text)).join("\n")
}

/// Files that break a rule, with a part of what is said of them.
const FORBIDDEN: [(&str, &str, &str); 22] = [
    (
        "src/pattern/ast.rs",
        "use crate::model::Arn;",
        "floor 0 does not import floor 1",
    ),
    (
        "src/model/arn.rs",
        "fn f() { crate::desired::build() }",
        "floor 1 does not import",
    ),
    (
        "src/examine/site.rs",
        "use super::super::plan::Plan;",
        "it comes later on floor 3",
    ),
    (
        "src/catalog.rs",
        "use crate::{model::X, settings::Y};",
        "`catalog` imports `settings`",
    ),
    (
        "src/apply.rs",
        "use crate::aws::Aws;",
        "floor 5 does not import floor 6",
    ),
    (
        "src/aws/sns.rs",
        "use crate::report::Document;",
        "floor 6 does not import floor 4",
    ),
    (
        "src/plan.rs",
        "use crate::attic::Undo;",
        "it is not in the table",
    ),
    ("src/attic.rs", "", "`attic` is not in the table"),
    (
        "src/observe.rs",
        "fn f(x: aws_sdk_sns::Client) {}",
        "belongs to `aws`",
    ),
    ("src/sandbox.rs", "use std::fs;", "gives access to files"),
    (
        "src/sandbox.rs",
        "use std::{io, fs::File};",
        "gives access to files",
    ),
    (
        "src/report.rs",
        "use std::io;\nfn f() { io::stdout(); }",
        "standard streams",
    ),
    ("src/report.rs", "use std::io::*;", "standard streams"),
    (
        "src/settings.rs",
        "fn f() { std::env::var(\"X\"); }",
        "the environment",
    ),
    ("src/apply.rs", "use std::time::Instant;", "the clock"),
    ("src/apply.rs", "use tokio::time::Instant;", "waiting"),
    ("src/aws/pace.rs", "use std::time::Instant;", "the clock"),
    (
        "src/apply.rs",
        "fn f() { tokio::time::sleep(x).await }",
        "waiting",
    ),
    (
        "src/observe.rs",
        "use tokio::net::TcpStream;",
        "the network",
    ),
    ("src/plan.rs", "async fn f() {}", "floors 5 to 7"),
    (
        "src/plan.rs",
        "fn f() { println!(\"x\") }",
        "src/plan.rs:1: `println!` prints",
    ),
    (
        "src/cli/check.rs",
        "fn f() {\n dbg!(1) }",
        "src/cli/check.rs:2: `dbg!` prints",
    ),
];

#[test]
fn what_is_forbidden_is_found() {
    for (place, text, expected) in FORBIDDEN {
        let found = complaints(place, text);
        assert!(found.contains(expected), "{place}: {text}\nsays {found:?}");
    }
}

#[test]
fn what_is_allowed_is_not_complained_about() {
    let cases = [
        (
            "src/render/text.rs",
            "use crate::report::Document;\nuse std::io::Write;",
        ),
        ("src/cli/files.rs", "use std::fs;\nuse crate::aws::Aws;"),
        (
            "src/aws/sns.rs",
            "use aws_sdk_sns::Client;\nuse crate::cloud::CloudWriter;",
        ),
        (
            "src/plan.rs",
            "#[cfg(test)]\nmod tests { use crate::sandbox::Sandbox; }",
        ),
        ("src/plan.rs", "// println!(\"x\")\nfn f() { x.print() }"),
        (
            "src/observe.rs",
            "async fn f() { futures_util::join_all(x).await }",
        ),
        (
            "src/aws/pace.rs",
            "use std::time::Duration;\nuse tokio::time::{Instant, sleep};",
        ),
    ];
    for (place, text) in cases {
        assert_eq!(complaints(place, text), "", "{place}");
    }
}

#[test]
fn a_circle_inside_a_module_is_found() {
    let read = |place: &str, text: &str| Source::read(place, text);
    let straight = [
        read("src/a.rs", "mod b; mod c; use b::B;"),
        read("src/a/b.rs", "use super::c::C;"),
        read("src/a/c.rs", "use super::Parent;"),
    ];
    assert_eq!(circles(&straight), Vec::<String>::new());
    let round = [
        read("src/a.rs", ""),
        read("src/a/b.rs", "use super::c::C;"),
        read("src/a/c.rs", ""),
        read("src/a/c/d.rs", "use crate::a::b::B;"),
    ];
    let found = circles(&round);
    assert_eq!(found[0], "a: b -> c -> b (src/a/c/d.rs)");
}
