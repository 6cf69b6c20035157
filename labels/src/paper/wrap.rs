//! Breaking text into lines.

use super::Style;

/// Lines of a text that fit a width. Its own line breaks stay; a word that is longer than a line is broken.
pub fn wrap(text: &str, style: Style, room: f64) -> Vec<String> {
    text.lines().flat_map(|line| paragraph(line, style, room)).collect()
}

fn paragraph(text: &str, style: Style, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    let blank = style.width(" ");
    for word in text.split_whitespace() {
        let needed = style.width(word);
        if used > 0.0 && used + blank + needed > room {
            lines.push(String::new());
            used = 0.0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used > 0.0 {
            line.push(' ');
            used += blank;
        }
        if needed <= room {
            line.push_str(word);
            used += needed;
            continue;
        }
        for c in word.chars() {
            let width = style.width(c.encode_utf8(&mut [0; 4]));
            if used > 0.0 && used + width > room {
                lines.push(String::new());
                used = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            used += width;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(text in "[ a-zA-Zäж\n]{0,200}", room in 5.0..60.0_f64) {
            let style = Style::of(3.0);
            let lines = wrap(&text, style, room);
            let solid = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
            for line in &lines {
                prop_assert!(style.width(line) <= room + 0.001, "{:?} is {} wide", line, style.width(line));
            }
        }
    }

    #[test]
    fn line_breaks_of_the_text_stay() {
        assert_eq!(wrap("One\n\nTwo three", Style::of(3.0), 100.0), ["One", "", "Two three"]);
    }
}
