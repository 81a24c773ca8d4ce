//! Figures of a build: calls, times, memory, size. Printed, not judged: a busy machine is no defect.
//!
//! Run by `.ci/figures [BINARY]`. The stand-in for AWS runs in this process, as it was built for the tests, so
//! times hold its own work too. Each time is the median of several runs, from the start of the process to its end.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "figures are printed, and what cannot be measured has none"
)]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use cis_fix::sandbox::{SandboxAccount, Scene};
use tokio::time::Instant;

use crate::end_to_end::program::{Program, SUBSCRIPTION};
use crate::end_to_end::stage::{Stage, converged};
use crate::support::ministack::{ACCOUNT, MiniStack};

/// What each call takes besides.
const LATENCY: Duration = Duration::from_millis(40);
const APPLY: [&str; 3] = ["apply", "--yes", "--no-pacing"];

#[test]
#[ignore = "measures a build of one's choice: .ci/figures"]
fn figures() {
    let binary = binary();
    println!("\n{}", binary.display());
    let size = std::fs::metadata(&binary).unwrap().len();
    line(
        "size",
        &format!("{:.2} MB (aim: under 10)", thousands(size) / 1e3),
    );
    let help = median(31, || time(&Program::of(&binary), &["--help"]));
    line(
        "--help",
        &format!("{} (aim: under 5 ms)", milliseconds(help)),
    );
    calls(&binary);
    times(&binary);
    memory(&binary);
    second_opinion(&binary);
}

/// Returns the build that is measured: the one that the environment names, or that of the tests.
fn binary() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test harness passes no arguments on"
    )]
    let named = std::env::var("MEASURED_BINARY");
    PathBuf::from(named.unwrap_or_else(|_| env!("CARGO_BIN_EXE_cis-fix").to_owned()))
}

fn line(what: &str, figure: &str) {
    println!("  {what:<44} {figure}");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn thousands(number: u64) -> f64 {
    f64::from(u32::try_from(number / 1_000).unwrap())
}

/// Returns the median of an odd number of measurements.
fn median<T: Ord + Copy>(runs: usize, measure: impl FnMut() -> T) -> T {
    let mut figures: Vec<_> = std::iter::repeat_with(measure).take(runs).collect();
    figures.sort();
    *figures.get(runs / 2).unwrap()
}

/// Returns the time that a run takes, which must succeed.
fn time(program: &Program, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let run = program.run(arguments);
    let time = start.elapsed();
    assert_eq!(run.status, 0, "{run:?}");
    time
}

/// Returns a stage with the build that is measured.
fn stage(binary: &Path, account: SandboxAccount) -> Stage {
    Stage::slow(account, LATENCY).played_by(binary)
}

fn calls(binary: &Path) {
    for (case, account) in cases() {
        let stage = stage(binary, account);
        stage.run(&["plan"]);
        let counts = stage.fake.counts();
        let sum: usize = counts.values().sum();
        let (what, depth) = (format!("calls of plan, {case}"), stage.fake.depth());
        line(
            &what,
            &format!("{sum}, at most {depth} one after the other (aim: 4)"),
        );
        for (action, count) in counts {
            line("", &format!("{count} {action}"));
        }
    }
}

fn cases() -> [(&'static str, SandboxAccount); 3] {
    [
        ("converged", converged()),
        ("fresh", Scene::Fresh.account()),
        ("messy", Scene::Messy.account()),
    ]
}

fn times(binary: &Path) {
    for (case, account) in cases() {
        let stage = stage(binary, account);
        let plan = median(9, || time(&stage.program, &["plan"]));
        stage.run(&["plan"]);
        let depth = u32::try_from(stage.fake.depth()).unwrap();
        let aim = LATENCY.mul_f64(1.25) * depth + Duration::from_millis(30);
        let what = format!("plan, {case}, 40 ms a call");
        line(
            &what,
            &format!("{} (aim: under {})", milliseconds(plan), milliseconds(aim)),
        );
    }
    let apply = median(5, || {
        time(&stage(binary, Scene::Fresh.account()).program, &APPLY)
    });
    let aim = "aim: under 500 ms";
    line(
        "apply, fresh, unpaced, 40 ms a call",
        &format!("{} ({aim})", milliseconds(apply)),
    );
    let sandbox = Program::of(binary).settings(SUBSCRIPTION);
    for scene in [Scene::Fresh, Scene::Messy] {
        let account = format!("--sandbox=scene:{}", scene.name());
        let plan = median(9, || time(&sandbox, &["plan", &account]));
        line(
            &format!("plan, {}, in the sandbox", scene.name()),
            &milliseconds(plan),
        );
    }
}

/// Returns the greatest resident memory of a run in kB, read every millisecond while it lasts.
fn peak(program: &Program, arguments: &[&str]) -> u64 {
    let mut running = program
        .command(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", running.id());
    let mut peak = 0;
    while running.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let mut lines = text.lines();
        let line = lines.find_map(|line| line.strip_prefix("VmHWM:"));
        let read = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        peak = read.unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak
}

fn memory(binary: &Path) {
    let fresh = stage(binary, Scene::Fresh.account());
    let messy = stage(binary, Scene::Messy.account());
    let runs = [
        ("apply, fresh", peak(&fresh.program, &APPLY)),
        ("plan, converged", peak(&fresh.program, &["plan"])),
        ("plan, messy", peak(&messy.program, &["plan"])),
    ];
    for (what, peak) in runs {
        let figure = format!(
            "{:.1} MiB (aim: under 20)",
            thousands(peak * 1_000) / 1_024.0
        );
        line(&format!("peak memory of {what}"), &figure);
    }
}

fn second_opinion(binary: &Path) {
    let (mut plans, mut applies) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let ministack = MiniStack::start();
        ministack.add_trail("eu-central-1");
        let program = Program::of(binary)
            .on(&ministack.url())
            .set("AWS_ACCESS_KEY_ID", ACCOUNT)
            .settings(SUBSCRIPTION);
        applies.push(time(&program, &APPLY));
        plans.push(median(5, || time(&program, &["plan"])));
    }
    let middle = |times: Vec<Duration>| {
        let mut times = times.into_iter();
        milliseconds(median(3, || times.next().unwrap()))
    };
    line("apply, fresh, unpaced, MiniStack", &middle(applies));
    line("plan, converged, MiniStack", &middle(plans));
}
