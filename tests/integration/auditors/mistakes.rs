//! Mistakes in the file of an auditor: all of them are reported, each at its place.

use cis_fix::auditors::Auditors;
use cis_fix::toml_source::SourceFile;

fn messages(text: &str) -> Vec<String> {
    let file = SourceFile {
        name: "auditor.toml".to_owned(),
        text: text.to_owned(),
    };
    match Auditors::read(&[file]) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes
            .list()
            .iter()
            .map(|mistake| mistake.message.clone())
            .collect(),
    }
}

const SOUND: &str = r#"
auditor = "prowler"
about = "5.46.0"
compare = "clauses"
order = "any"
parentheses = "ignored"
quotes = "ignored"
joins = "metric"
asks = ["multi-region"]
elsewhere = "fails"

[[control]]
id = "vpc-changes"
clauses = ["$.eventName = CreateVpc"]
"#;

#[test]
fn a_sound_file_has_no_mistakes() {
    assert_eq!(messages(SOUND), Vec::<String>::new());
}

#[test]
fn every_mistake_of_a_file_is_reported() {
    let text = SOUND
        .replace("\"metric\"", "\"metrics\"")
        .replace("\"multi-region\"", "\"multi-region\", \"logs\"")
        .replace(
            "$.eventName = CreateVpc",
            "$.eventName == CreateVpc\", \"CreateVpc",
        )
        .replace("about =", "abuot =");
    let found = messages(&text);
    for part in ["metrics", "logs", "operators", "selector", "abuot"] {
        assert!(
            found.iter().any(|message| message.contains(part)),
            "{part}: {found:?}"
        );
    }
}

#[test]
fn what_is_missing_twice_or_empty_is_refused() {
    for (from, to) in [
        ("auditor = \"prowler\"\n", ""),
        ("quotes = \"ignored\"\n", ""),
        ("clauses = [\"$.eventName = CreateVpc\"]", "clauses = []"),
        ("clauses = ", "texts = "),
        (
            "[[control]]",
            "[[control]]\nid = \"vpc-changes\"\nclauses = [\"$.a = b\"]\n[[control]]",
        ),
        ("\"vpc-changes\"", "\"VPC changes\""),
    ] {
        assert_ne!(
            messages(&SOUND.replace(from, to)),
            Vec::<String>::new(),
            "{from}"
        );
    }
}
