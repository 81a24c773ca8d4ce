//! Options before the command, put behind it.
//!
//! clap takes global options on both sides of the command, but lets those behind it silently replace those
//! before. On one side, lists add up and contradictions are found. Nothing is judged here.

use std::ffi::OsString;

use clap::Args;

use super::args::Global;

/// Returns the arguments with the options before the command moved behind it.
pub(super) fn gathered(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    // To this reader, everything from the command on is somebody else's.
    let outer =
        Global::augment_args(clap::Command::new("cis-fix")).allow_external_subcommands(true);
    let Ok(matches) = outer.try_get_matches_from(&arguments) else {
        // What is wrong is told by the reader of the whole.
        return arguments;
    };
    let behind = match matches.subcommand() {
        Some((_, command)) => command.get_many::<OsString>("").map_or(0, Iterator::count),
        None => return arguments,
    };
    let Some(place) = arguments.len().checked_sub(behind + 1) else {
        return arguments;
    };
    let (before, from_command) = arguments.split_at(place);
    let Some((program, options)) = before.split_first() else {
        return arguments;
    };
    let end_of_options = from_command
        .iter()
        .position(|argument| argument == "--")
        .unwrap_or(from_command.len());
    let (command, rest) = from_command.split_at(end_of_options);
    [std::slice::from_ref(program), command, options, rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_behind_the_command() {
        let cases = [
            ("cis-fix check", "cis-fix check"),
            ("cis-fix check -v", "cis-fix check -v"),
            ("cis-fix -v check", "cis-fix check -v"),
            (
                "cis-fix --region us-east-1 -c 1 check -c 2",
                "cis-fix check -c 2 --region us-east-1 -c 1",
            ),
            (
                "cis-fix --sandbox controls show 5.3",
                "cis-fix controls show 5.3 --sandbox",
            ),
            (
                "cis-fix --sandbox=plan -q plan",
                "cis-fix plan --sandbox=plan -q",
            ),
            ("cis-fix -v a -- -x", "cis-fix a -v -- -x"),
            ("cis-fix", "cis-fix"),
            ("cis-fix --help check", "cis-fix --help check"),
            ("cis-fix -v --nope check", "cis-fix -v --nope check"),
            ("cis-fix -v -q check", "cis-fix -v -q check"),
            ("cis-fix --region", "cis-fix --region"),
            ("", ""),
        ];
        for (typed, expected) in cases {
            let words = typed.split_whitespace().map(OsString::from);
            let expected: Vec<_> = expected.split_whitespace().map(OsString::from).collect();
            assert_eq!(gathered(words), expected, "{typed}");
        }
    }
}
