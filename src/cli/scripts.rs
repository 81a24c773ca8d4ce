//! `completions` and `man`: files for shells and for `man`, made from the arguments themselves.

use super::args::CompletionsArgs;
use super::error::Error;
use super::exit::Exit;
use super::terminal::Terminal;

/// Runs `completions`.
pub(super) fn completions(
    mut command: clap::Command,
    args: &CompletionsArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "cis-fix", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// Runs `man`: one page for the program and all of its commands.
pub(super) fn man(command: clap::Command, terminal: &Terminal) -> Result<Exit, Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Error::failed("could not write the manual page").caused_by(&error))?;
    terminal.print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}
