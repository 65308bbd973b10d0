//! The overview as one page for a browser: no network, nothing that another page could reach, and readable without its
//! script, which only sorts and filters.
//!
//! The page is a template beside this file. Every text that it shows goes through [`show`], so that no note, name or path
//! can be anything but text, whatever the template says.

use super::chart::Chart;
use super::course_text;
use super::markdown::effect;
use super::model::Overview;
use super::words::{grouped, highlights, left_out, origin, percent, title};
use crate::report::escape;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, context, escape_formatter};
use std::io::{self, Write};

/// How every page begins, without blanks: a later run may replace such a file.
pub(in crate::report) const BEGIN: &str = "<!DOCTYPEhtml><!--notegatereport-->";

const PAGE: &str = include_str!("page.html");
/// The part of the page that tells the course, and its style.
const COURSE: &str = include_str!("course.html");
const COURSE_STYLE: &str = include_str!("course.css");
const COURSE_STYLE_HASH: &str = "sha256-o5Ekj43vZspWFLmaa+JB1GO+uLUqECa4b7zeUiBTIiE=";
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the browser may run and apply: this style and this script, known by their SHA-256, and nothing else.
const STYLE_HASH: &str = "sha256-sZPwBdiDyy9tfNng9+mMUSul220KICpieGQrBxvP8oQ=";
const SCRIPT_HASH: &str = "sha256-1Kx8D0vITxidk/jujcbq2tJqLsb+FZg+CgN8byHUkR0=";

/// Writes the page.
///
/// # Errors
/// When it cannot be written.
pub fn write<W: Write>(mut out: W, overview: &Overview) -> io::Result<()> {
    let page = render(overview).map_err(|error| io::Error::other(format!("the page could not be made: {error:#}")))?;
    out.write_all(page.as_bytes())?;
    out.flush()
}

fn render(overview: &Overview) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(show);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_function("percent", |part: usize, whole: usize| percent(part, whole));
    environment.add_function("left_out", |number: usize, noun: &str, command: &str| left_out(number, noun, command));
    environment.add_filter("grouped", grouped);
    environment.add_filter("title", |kind: &str| title(kind));
    environment.add_template("page", PAGE)?;
    environment.add_template("course", COURSE)?;
    let course = overview.course.as_ref();
    let effects: Vec<&str> = overview.waivers.list.rows.iter().map(|waiver| effect(waiver.effect)).collect();
    environment.get_template("page")?.render(context! {
        overview => Value::from(Serde(overview)),
        effects,
        origin => origin(&overview.source),
        highlights => highlights(overview),
        line => overview.line(),
        chart => course.and_then(|course| Chart::of(&course.points)).map(|chart| Value::from(Serde(chart))),
        course_line => course.map(course_text::line),
        course_style => course.map(|_| Value::from_safe_string(COURSE_STYLE.to_owned())),
        course_style_hash => COURSE_STYLE_HASH,
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        style_hash => STYLE_HASH,
        script_hash => SCRIPT_HASH,
    })
}

/// Writes a value: no control or direction character of a text reaches the page as it is, and nothing is markup but the
/// template's own.
fn show(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::None | ValueKind::Undefined => Ok(()),
        ValueKind::String if !value.is_safe() => {
            let text = escape::line(value.as_str().unwrap_or_default()).into_owned();
            escape_formatter(out, state, &Value::from(text))
        }
        _ => escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// As a browser writes the hash of a text.
    fn hash(text: &str) -> String {
        let digest = Sha256::digest(text.as_bytes());
        let mut out = String::from("sha256-");
        for part in digest.chunks(3) {
            let bits = part.iter().chain([&0, &0]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            let digits = [18, 12, 6, 0].map(|shift| char::from(DIGITS[(bits >> shift & 63) as usize]));
            out.extend(&digits[..=part.len()]);
            out.extend(std::iter::repeat_n('=', 3 - part.len()));
        }
        out
    }

    #[test]
    fn the_policy_names_the_style_and_the_script() {
        assert_eq!(hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(STYLE_HASH, hash(STYLE), "write it into this file when the style changes");
        assert_eq!(SCRIPT_HASH, hash(SCRIPT), "write it into this file when the script changes");
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("://") && !text.contains("url("), "they need nothing else");
        }
    }
}
