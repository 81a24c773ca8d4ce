//! `forecast`: tells what every known auditor says now and after `apply`, and changes nothing.

use super::args::{Format, Global};
use super::check::judged;
use super::error::Error;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::forecast::forecast;
use crate::render::json;
use crate::report;

/// Runs `forecast`.
pub(super) async fn run(global: &Global, terminal: &Terminal) -> Result<Exit, Error> {
    let (context, desired, findings) = judged(global, terminal).await?;
    let forecast = forecast(
        &desired,
        &findings.observed,
        &findings.examinations,
        &findings.plan,
    );
    match terminal.format() {
        Format::Json => terminal.print(&json::forecast(&context, &forecast))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::forecast(
                &context,
                &forecast,
                &findings.examinations,
            ))?;
        }
    }
    Ok(Exit::of_plan(&findings.examinations))
}
