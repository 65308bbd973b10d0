//! Text in lines that fit a terminal.

/// `text` in lines of at most `width` characters where its words allow it, each after `indent`, which counts too. Line
/// breaks stay where they are, and so does what a line is indented by.
#[must_use]
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let lines: Vec<String> = text.split('\n').flat_map(|line| wrap_line(line, width, indent)).collect();
    lines.join("\n")
}

fn wrap_line(line: &str, width: usize, indent: &str) -> Vec<String> {
    let own: String = line.chars().take_while(|c| *c == ' ').collect();
    let front = format!("{indent}{own}");
    let (mut lines, mut current, mut length) = (Vec::new(), front.clone(), 0);
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            lines.push(std::mem::replace(&mut current, front.clone()));
            length = 0;
        }
        if length == 0 {
            length = front.chars().count();
        } else {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += word_length;
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words_before_the_width() {
        assert_eq!(wrap("one two three", 7, ""), "one two\nthree");
        assert_eq!(wrap("one two three", 9, "  "), "  one two\n  three");
        assert_eq!(wrap("extraordinarily long", 5, ""), "extraordinarily\nlong");
    }

    #[test]
    fn breaks_and_indentation_stay() {
        assert_eq!(wrap("Add:\n  - date: today\n    who: me", 40, ""), "Add:\n  - date: today\n    who: me");
        assert_eq!(wrap("", 40, ""), "");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_that_could_break_is_too_long(text in "[a-zé ]{0,200}", width in 1usize..60) {
            let wrapped = wrap(&text, width, "");
            prop_assert!(wrapped.split_whitespace().eq(text.split_whitespace()));
            for line in wrapped.lines() {
                prop_assert!(line.chars().count() <= width || !line.trim().contains(' '), "{line:?}");
            }
        }
    }
}
