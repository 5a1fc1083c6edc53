//! Bars as SVG, one for each day.

use std::fmt::Write as _;

use chrono::TimeZone;

use super::tally::{CHARTS, Chart, Tally};
use crate::days::Days;
use crate::output::Value;

const WIDTH: usize = 900;
const LEFT: usize = 80;
const RIGHT: usize = 20;
const TOP: usize = 40;
/// The height of the highest bar.
const HEIGHT: usize = 200;
/// The height of a chart, with its title and its days.
const CHART: usize = 300;
/// At most this number of days have their date below the bar.
const LABELS: usize = 10;

/// Draws a chart of participant-minutes above one of room-minutes.
pub(super) fn draw<Z: TimeZone>(days: Days, tally: &Tally<Z>, zone: &str) -> String {
    let amounts: Vec<_> = days.iter().map(|day| (day.to_string(), tally.of(day))).collect();
    let height = 2 * CHART;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#24292f\">\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (index, Chart { title, seconds }) in CHARTS.into_iter().enumerate() {
        let bars: Vec<(&str, u64)> = amounts.iter().map(|(day, amount)| (day.as_str(), seconds(amount))).collect();
        chart(&mut svg, index * CHART, &format!("{title} a day ({zone})"), &bars);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Adds a chart at this height. Writing to a text cannot fail.
fn chart(svg: &mut String, top: usize, title: &str, bars: &[(&str, u64)]) {
    let most = bars.iter().map(|(_, seconds)| *seconds).max().unwrap_or_default();
    let (base, right) = (top + TOP + HEIGHT, WIDTH - RIGHT);
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"{}\" font-size=\"16\" font-weight=\"bold\">{title}</text>", top + 25);
    for (y, seconds) in [(base - HEIGHT, most), (base - HEIGHT / 2, most / 2), (base, 0)] {
        let minutes = Value::Minutes(seconds).human();
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y}H{right}\" stroke=\"#d0d7de\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{minutes}</text>",
            LEFT - 8,
            y + 4
        );
    }
    let space = right - LEFT;
    let every = bars.len().div_ceil(LABELS).max(1);
    for (index, (day, seconds)) in bars.iter().enumerate() {
        let (x, next) = (LEFT + space * index / bars.len(), LEFT + space * (index + 1) / bars.len());
        let width = ((next - x) * 4 / 5).max(1);
        let scaled = u128::from(*seconds) * HEIGHT as u128 / u128::from(most.max(1));
        let height = usize::try_from(scaled).unwrap_or(HEIGHT);
        let minutes = Value::Minutes(*seconds).human();
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"#0969da\"><title>{day}: {minutes}</title></rect>",
            base - height
        );
        if index % every == 0 {
            let _ = writeln!(svg, "<text x=\"{x}\" y=\"{}\" font-size=\"11\">{day}</text>", base + 18);
        }
    }
}
