//! The plot: the ratio of each row to its reference as a bar on a logarithmic scale, with the aim as a line.

use std::fmt::Write as _;

use super::row::{Row, ratio_text};

const WIDTH: f64 = 860.0;
const LABEL: f64 = 420.0;
const RIGHT: f64 = 64.0;
const TOP: f64 = 66.0;
const STEP: f64 = 44.0;
const BAR: f64 = 16.0;
/// The ratios at the ends of the scale. A ratio outside is drawn at the end.
const SCALE: [f64; 2] = [0.02, 4.0];
const TICKS: [(f64, &str); 7] =
    [(0.02, ""), (0.05, ""), (0.1, ""), (0.2, ""), (0.5, ""), (1.0, " class=\"bench-one\""), (2.0, "")];

/// The colours are those of rustdoc around the plot, or of the reader's system.
const STYLE: &str = "\
.bench{--bench-ink:#1f2328;--bench-soft:#59636e;--bench-line:#d1d9e0;--bench-met:#1a7f5a;--bench-missed:#c4561c}
@media (prefers-color-scheme:dark){.bench{--bench-ink:#e6edf3;--bench-soft:#9198a1;--bench-line:#3d444d;\
--bench-met:#3fb68b;--bench-missed:#f0883e}}
.bench text{font:13px system-ui,sans-serif;fill:var(--main-color,var(--bench-ink))}
.bench .bench-title{font-size:16px;font-weight:600}
.bench .bench-soft{font-size:12px;fill:var(--main-color,var(--bench-soft));opacity:.8}
.bench line{stroke:var(--border-color,var(--bench-line))}
.bench .bench-one{stroke-width:2}
.bench .bench-met{fill:var(--bench-met)}
.bench .bench-missed{fill:var(--bench-missed)}
.bench .bench-aim{stroke:var(--main-color,var(--bench-ink));stroke-width:2}";

/// The plot of the measured rows.
pub(super) fn plot(rows: &[Row]) -> String {
    let rows: Vec<(&Row, f64, f64)> =
        rows.iter().filter_map(|row| Some((row, row.ratio()?, row.aimed_ratio()?))).collect();
    let bottom = TOP + STEP * f64::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    let height = bottom + 34.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bench\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"bench-title bench-desc\">\n\
         <title id=\"bench-title\">Each measurement as a part of its reference</title>\n\
         <desc id=\"bench-desc\">{}</desc>\n<style>\n{STYLE}\n</style>\n\
         <text class=\"bench-title\" x=\"0\" y=\"20\">As a part of the reference: shorter is better</text>\n\
         <text class=\"bench-soft\" x=\"0\" y=\"40\">The scale is logarithmic. The mark on each bar is the aim.</text>\n",
        escaped(&description(&rows)),
    );
    for (tick, class) in TICKS {
        let x = position(tick);
        let _ = write!(
            svg,
            "<line{class} x1=\"{x:.1}\" y1=\"{}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>\n\
             <text class=\"bench-soft\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{tick}</text>\n",
            TOP - 8.0,
            bottom + 20.0
        );
    }
    let mut y = TOP;
    for (row, ratio, aim) in rows {
        svg.push_str(&bar(row, ratio, aim, y));
        y += STEP;
    }
    svg.push_str("</svg>\n");
    svg
}

fn bar(row: &Row, ratio: f64, aim: f64, y: f64) -> String {
    let class = if row.is_met() == Some(true) { "bench-met" } else { "bench-missed" };
    let (left, end, mark) = (position(SCALE[0]), position(ratio), position(aim));
    let (top, width) = (y + 6.0, (end - left).max(2.0));
    let label = end.max(mark) + 8.0;
    format!(
        "<text x=\"0\" y=\"{:.1}\">{}</text>\n\
         <text class=\"bench-soft\" x=\"0\" y=\"{:.1}\">against {}</text>\n\
         <rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"2\"/>\n\
         <line class=\"bench-aim\" x1=\"{mark:.1}\" y1=\"{:.1}\" x2=\"{mark:.1}\" y2=\"{:.1}\"/>\n\
         <text x=\"{label:.1}\" y=\"{:.1}\">{}</text>\n",
        y + 14.0,
        escaped(row.what),
        y + 30.0,
        escaped(row.reference),
        top - 4.0,
        top + BAR + 4.0,
        top + 13.0,
        ratio_text(ratio),
    )
}

/// The position of a ratio on the scale.
fn position(ratio: f64) -> f64 {
    let [low, high] = SCALE;
    let part = (ratio.clamp(low, high) / low).ln() / (high / low).ln();
    LABEL + part * (WIDTH - LABEL - RIGHT)
}

/// The plot in words.
fn description(rows: &[(&Row, f64, f64)]) -> String {
    let row = |(row, ratio, aim): &(&Row, f64, f64)| {
        let met = if row.is_met() == Some(true) { "met" } else { "missed" };
        format!(
            "{}, against {}: {}, the aim of {} is {met}.",
            row.what,
            row.reference,
            ratio_text(*ratio),
            ratio_text(*aim)
        )
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// The text of a row, in which back-ticks are for Markdown only.
fn escaped(text: &str) -> String {
    text.replace('`', "").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::report;

    #[test]
    fn the_plot_has_a_bar_for_each_measured_row() {
        let mut rows = report(true).rows;
        assert_eq!(plot(&rows).matches("<rect").count(), 4);
        rows.truncate(2);
        let plot = plot(&rows);
        let begin = plot.find("</style>").unwrap_or_default();
        insta::assert_snapshot!("a_plot", &plot[begin..]);
        assert!(!plot.contains("\n\n"), "an empty line ends the HTML in Markdown");
    }

    #[test]
    fn the_scale_is_logarithmic_and_bounded() {
        let [tenth, one, ten] = [0.1, 0.2, 0.4].map(position);
        assert!((one - tenth - (ten - one)).abs() < 1e-9);
        assert_eq!((position(0.0), position(1e9)), (LABEL, WIDTH - RIGHT));
        assert_eq!(escaped("a < b & c"), "a &lt; b &amp; c");
    }
}
