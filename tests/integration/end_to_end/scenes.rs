//! Over the wire the program says and does the same as in the sandbox, byte for byte.

use cis_fix::sandbox::{Scene, format};
use serde_json::Value;

use super::program::Run;
use super::stage::Stage;

/// Runs a command over the wire and on the same account in a file, and returns both results.
fn both(stage: &Stage, arguments: &[&str]) -> [Run; 2] {
    stage
        .program
        .put("account.json", &format::to_text(&stage.fake.account()));
    let in_file = [arguments, &["--sandbox=account.json"]].concat();
    [stage.run(arguments), stage.program.run(&in_file)]
}

#[test]
fn every_scene_is_judged_and_planned_as_in_the_sandbox() {
    for scene in Scene::ALL {
        let stage = Stage::scene(scene).few();
        for arguments in [&["check"][..], &["plan", "--format", "json"]] {
            let [wire, file] = both(&stage, arguments);
            let case = format!("{arguments:?} {}", scene.name());
            assert_eq!(wire.stdout, file.stdout, "{case}");
            assert_eq!(wire.status, file.status, "{case}");
            assert_eq!((wire.stderr.as_str(), file.stderr.as_str()), ("", ""));
            assert!(wire.stdout.len() > 200, "{case}: {}", wire.stdout);
        }
        assert_eq!(stage.fake.account(), scene.account());
    }
}

#[test]
fn every_scene_is_left_by_apply_as_in_the_sandbox() {
    for scene in Scene::ALL {
        let stage = Stage::scene(scene).few();
        let [wire, file] = both(
            &stage,
            &["apply", "--yes", "--no-pacing", "--format", "json"],
        );
        let told = [&wire, &file].map(|run| {
            let mut document: Value = serde_json::from_str(&run.stdout).unwrap();
            // Each run has a journal of its own.
            document["journal"] = Value::Null;
            document
        });
        assert_eq!(told[0], told[1], "{}", scene.name());
        assert_eq!(wire.status, file.status, "{}", scene.name());
        let left = format::parse(&stage.program.get("account.json")).unwrap();
        assert_eq!(stage.fake.account(), left, "{}", scene.name());
        let (_, plan) = stage.json(&["plan"]);
        assert_eq!(
            plan["steps"].as_array().unwrap().len(),
            0,
            "{}",
            scene.name()
        );
    }
}

#[test]
fn a_snapshot_is_planned_on_as_the_account_itself() {
    for scene in Scene::ALL {
        let stage = Stage::scene(scene).few();
        let snapshot = stage.program.run(&["snapshot", "--out", "snapshot.json"]);
        assert_eq!(snapshot.status, 0, "{snapshot:?}");
        let wire = stage.program.run(&["plan", "--format", "json"]);
        let file = stage
            .program
            .run(&["plan", "--format", "json", "--sandbox=snapshot.json"]);
        assert_eq!(wire.stdout, file.stdout, "{}", scene.name());
        assert_eq!(wire.status, file.status, "{}", scene.name());
    }
}
