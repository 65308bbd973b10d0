//! Letters that look like letters of the Latin alphabet (UTS 39).

use unicode_security::confusable_detection::skeleton;

/// The Latin letter or digit that `c` looks like in either case, without its accents, or `c` itself.
pub(crate) fn lookalike(c: char) -> char {
    let mut buffer = [0; 4];
    let other_cases = c.to_uppercase().chain(c.to_lowercase());
    std::iter::once(c)
        .chain(other_cases)
        .find_map(|form| {
            let mut looks = skeleton(form.encode_utf8(&mut buffer)).filter(char::is_ascii_alphanumeric);
            looks.next().filter(|_| looks.next().is_none())
        })
        .unwrap_or(c)
}
