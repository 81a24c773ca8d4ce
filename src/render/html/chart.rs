//! Counts over time as bars, with the same figures as a table for those who do not see bars.

use super::inline::{class, escaped};
use crate::report::document::{Row, Timeline};

/// The height of the highest bar.
const HEIGHT: u128 = 48;
/// The width of a bar with the gap behind it.
const STEP: usize = 10;
/// The width of a bar alone.
const BAR: usize = 8;

/// Returns the lines of a figure.
pub(super) fn figure(timeline: &Timeline) -> Vec<String> {
    let Timeline {
        title,
        start,
        end,
        step,
        labels,
        rows,
    } = timeline;
    let mut lines = vec![
        "<figure class=\"timeline\">".to_owned(),
        format!("<figcaption>{}</figcaption>", escaped(title)),
    ];
    for row in rows {
        lines.extend(lane(row, labels));
    }
    lines.push(format!(
        "<p class=\"axis\"><span>{}</span><span class=\"step\">one bar is {}</span><span>{}</span></p>",
        escaped(start),
        escaped(step),
        escaped(end)
    ));
    lines.extend(figures(timeline));
    lines.push("</figure>".to_owned());
    lines
}

fn lane(row: &Row, labels: &[String]) -> Vec<String> {
    let Row {
        name,
        style,
        counts,
    } = row;
    let most = counts.iter().copied().max().unwrap_or_default();
    let sum: u64 = counts
        .iter()
        .fold(0, |sum, count| sum.saturating_add(*count));
    let told = if sum == 0 {
        "none".to_owned()
    } else {
        format!("{sum} in all, at most {most} in one bar")
    };
    let width = counts.len().max(1) * STEP;
    let mut lines = vec![
        format!(
            "<p class=\"lane\"><span class=\"{}\"><span class=\"key\" aria-hidden=\"true\"></span>{}</span> <span class=\"dim\">{told}</span></p>",
            class(*style),
            escaped(name)
        ),
        format!(
            "<svg class=\"{}\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
            class(*style)
        ),
    ];
    for (position, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (u128::from(*count) * HEIGHT)
            .div_ceil(u128::from(most.max(1)))
            .max(3);
        let label = labels.get(position).map(String::as_str).unwrap_or_default();
        lines.push(format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{BAR}\" height=\"{height}\"><title>{}: {count}</title></rect>",
            position * STEP + 1,
            HEIGHT - height.min(HEIGHT),
            escaped(label)
        ));
    }
    lines.push("</svg>".to_owned());
    lines
}

/// Returns the figures behind the bars, folded; stretches without anything are left out.
fn figures(timeline: &Timeline) -> Vec<String> {
    let Timeline { labels, rows, .. } = timeline;
    let headings: Vec<String> = rows
        .iter()
        .map(|row| format!("<th scope=\"col\" class=\"num\">{}</th>", escaped(row.name)))
        .collect();
    let mut lines = vec![
        "<details class=\"figures\"><summary>Figures</summary>".to_owned(),
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figures\"><table>"
            .to_owned(),
        format!(
            "<thead><tr><th scope=\"col\">From (UTC)</th>{}</tr></thead><tbody>",
            headings.concat()
        ),
    ];
    for (position, label) in labels.iter().enumerate() {
        let counts: Vec<u64> = rows
            .iter()
            .map(|row| row.counts.get(position).copied().unwrap_or_default())
            .collect();
        if counts.iter().all(|count| *count == 0) {
            continue;
        }
        let cells: Vec<String> = counts
            .iter()
            .map(|count| format!("<td class=\"num\">{count}</td>"))
            .collect();
        lines.push(format!(
            "<tr><th scope=\"row\">{}</th>{}</tr>",
            escaped(label),
            cells.concat()
        ));
    }
    lines.push("</tbody></table></div></details>".to_owned());
    lines
}
