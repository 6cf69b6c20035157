//! The contracts' days as an iCalendar file (RFC 5545), for whatever calendar somebody keeps.

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar::Day;

/// All-day entries, each with an identity of its own, so that a calendar that reads it again has each once.
pub fn write(days: &[Day], at: DateTime<Utc>) -> String {
    let mut text = String::new();
    let mut line = |content: String| fold(&content, &mut text);
    line("BEGIN:VCALENDAR".to_owned());
    line("VERSION:2.0".to_owned());
    line("PRODID:-//Quartermaster//Contracts//EN".to_owned());
    line("X-WR-CALNAME:Contracts".to_owned());
    for day in days {
        line("BEGIN:VEVENT".to_owned());
        line(format!("UID:{}-{}-{}@quartermaster", day.contract, day.what, date(day.day)));
        line(format!("DTSTAMP:{}", at.format("%Y%m%dT%H%M%SZ")));
        line(format!("DTSTART;VALUE=DATE:{}", date(day.day)));
        line(format!("SUMMARY:{}", escape(&format!("{}: {} ({})", day.says(), day.title, day.vendor))));
        line(format!("DESCRIPTION:{}", escape(&format!("{}, {}, team {}", day.contract, day.kind, day.team))));
        line("TRANSP:TRANSPARENT".to_owned());
        line("END:VEVENT".to_owned());
    }
    line("END:VCALENDAR".to_owned());
    text
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// TEXT of section 3.3.11: backslash, semicolon, comma and line breaks are escaped.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace('\n', "\\n");
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Section 3.1: a line has at most 75 octets; what is longer goes on behind a break and a blank, never within a character.
fn fold(content: &str, text: &mut String) {
    let mut octets = 0;
    for c in content.chars() {
        if octets + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::write;
    use crate::procurement::contract::calendar::Day;

    fn day(title: &str) -> Day {
        Day { day: NaiveDate::from_ymd_opt(2027, 2, 28).unwrap_or_default(), what: "notice".to_owned(), contract: "CT-2026-00001".to_owned(), title: title.to_owned(), kind: "maintenance".to_owned(), vendor: "Northwind".to_owned(), team: "A-2".to_owned(), past: false }
    }

    #[test]
    fn an_entry_is_a_whole_day_with_an_identity() {
        let text = write(&[day("Servers")], DateTime::default());
        for line in ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "UID:CT-2026-00001-notice-20270228@quartermaster\r\n", "DTSTAMP:19700101T000000Z\r\n", "DTSTART;VALUE=DATE:20270228\r\n", "SUMMARY:Last day to give notice: Servers (Northwind)\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n"] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn text_is_escaped_and_long_lines_are_folded_between_characters() {
        let title = "Wartung; Server, Übergänge\\Kühlung\nBEGIN:VEVENT ".repeat(4);
        let text = write(&[day(&title)], DateTime::default());
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches("\r\nBEGIN:VEVENT").count(), 1, "a title made an entry of its own: {text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("Wartung\\; Server\\, Übergänge\\\\Kühlung\\nBEGIN:VEVENT"), "{whole}");
        assert!(!text.replace("\r\n", "").contains('\n'));
    }
}
