//! The grades over time as lines of a drawing, in which the browser has nothing left to compute.

use super::course::CoursePoint;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;

/// The size of the drawing, in its own units; the page stretches it.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 300.0;

/// The lines across the drawing.
const RULES: usize = 4;

/// A drawing of at least two points in time.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    width: f64,
    height: f64,
    /// The number at the top.
    top: usize,
    /// How high the lines across are.
    rules: Vec<f64>,
    lines: Vec<Line>,
    /// The days under the drawing, from left to right.
    days: Vec<String>,
    /// What it shows, in a sentence.
    words: String,
}

/// The line of a grade.
#[derive(Debug, Serialize)]
struct Line {
    grade: &'static str,
    points: String,
    first: usize,
    last: usize,
}

impl Chart {
    /// The drawing of `points`; nothing for fewer than two.
    pub(super) fn of(points: &[CoursePoint]) -> Option<Self> {
        let (first, last) = match points {
            [first, .., last] => (first, last),
            _ => return None,
        };
        let days: Vec<Date> = points.iter().map(|point| point.day.parse().unwrap_or_default()).collect();
        let most = points.iter().map(|point| point.great.max(point.marginal).max(point.poor)).max().unwrap_or(0);
        let top = round_up(most);
        let spread = Spread { first: *days.first()?, last: *days.last()?, count: points.len() };
        let line = |grade: &'static str, of: fn(&CoursePoint) -> usize| {
            let mut path = String::new();
            for (number, (point, day)) in points.iter().zip(&days).enumerate() {
                let y = HEIGHT - HEIGHT * share(of(point), top);
                let _infallible = write!(path, "{:.1},{y:.1} ", spread.across(number, *day));
            }
            Line { grade, points: path.trim_end().to_owned(), first: of(first), last: of(last) }
        };
        let lines = vec![line("great", |of| of.great), line("marginal", |of| of.marginal), line("poor", |of| of.poor)];
        let told = |line: &Line| format!("{} from {} to {}", line.grade, line.first, line.last);
        let words =
            format!("From {} to {}: {}.", first.day, last.day, lines.iter().map(told).collect::<Vec<_>>().join(", "));
        let rules = (0..=RULES).map(|number| HEIGHT * share(number, RULES)).collect();
        Some(Self {
            width: WIDTH,
            height: HEIGHT,
            top,
            rules,
            lines,
            days: vec![first.day.clone(), last.day.clone()],
            words,
        })
    }
}

/// How points are spread over the width.
struct Spread {
    first: Date,
    last: Date,
    count: usize,
}

impl Spread {
    /// By the day; evenly where all points are of one.
    fn across(&self, number: usize, day: Date) -> f64 {
        let days = |from: Date, to: Date| usize::try_from((to - from).get_days()).unwrap_or(0);
        match days(self.first, self.last) {
            0 => WIDTH * share(number, self.count.saturating_sub(1)),
            span => WIDTH * share(days(self.first, day), span),
        }
    }
}

/// The part that `part` is of `whole`. Both are counts far below the limit of exact numbers.
#[expect(clippy::cast_precision_loss, reason = "nobody sees the fifteenth digit of a place in a drawing")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The next number of one significant digit, so that the lines across stand for round numbers.
fn round_up(number: usize) -> usize {
    let mut unit = 1;
    while unit <= number / 10 {
        unit *= 10;
    }
    number.div_ceil(unit).max(1) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(day: &str, great: usize, marginal: usize, poor: usize) -> CoursePoint {
        CoursePoint { day: day.to_owned(), commit: None, great, marginal, poor }
    }

    #[test]
    fn points_are_spread_by_their_days() {
        let points = [point("2026-01-01", 0, 1, 5), point("2026-01-03", 5, 1, 4), point("2026-01-11", 10, 0, 0)];
        let chart = Chart::of(&points).unwrap();
        let lines: Vec<&str> = chart.lines.iter().map(|line| line.points.as_str()).collect();
        assert_eq!(
            lines,
            [
                "0.0,300.0 200.0,150.0 1000.0,0.0",
                "0.0,270.0 200.0,270.0 1000.0,300.0",
                "0.0,150.0 200.0,180.0 1000.0,300.0"
            ]
        );
        assert_eq!(
            chart.words,
            "From 2026-01-01 to 2026-01-11: great from 0 to 10, marginal from 1 to 0, poor from 5 to 0."
        );
        assert_eq!((chart.top, chart.rules), (10, vec![0.0, 75.0, 150.0, 225.0, 300.0]));
    }

    #[test]
    fn points_of_one_day_are_spread_evenly() {
        let points = [point("2026-01-01", 0, 0, 0), point("2026-01-01", 0, 0, 0), point("2026-01-01", 1, 0, 0)];
        assert_eq!(Chart::of(&points).unwrap().lines[0].points, "0.0,300.0 500.0,300.0 1000.0,0.0");
        assert!(Chart::of(&points[..1]).is_none() && Chart::of(&[]).is_none());
    }

    #[test]
    fn the_top_is_a_round_number() {
        for (number, top) in [(0, 1), (1, 1), (9, 9), (10, 10), (11, 20), (99, 100), (101, 200), (12_345, 20_000)] {
            assert_eq!(round_up(number), top, "{number}");
        }
    }
}
