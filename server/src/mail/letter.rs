//! A mail as it goes over the wire. The same mail has the same bytes at every attempt.

use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::Address;
use uuid::Uuid;

use crate::http::{Problem, Result};

/// The most recipients of a mail, and the most copies.
pub const MOST: usize = 20;

/// A mail that is to be delivered.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: Uuid,
    pub message_id: String,
    pub sender_name: Option<String>,
    pub sender: String,
    pub reply_to: Option<String>,
    pub recipients: Vec<String>,
    pub copies: Vec<String>,
    pub title: String,
    pub message: String,
    pub at: DateTime<Utc>,
    pub file_name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

impl Letter {
    pub fn message(&self) -> std::result::Result<Message, String> {
        let address = |text: &str| text.parse::<Address>().map_err(|e| format!("{text:?}: {e}"));
        // A control character cannot stand in a name; lettre panics over one.
        let name = self.sender_name.as_ref().map(|name| name.replace(char::is_control, " "));
        let mut builder = Message::builder()
            .from(Mailbox::new(name, address(&self.sender)?))
            .subject(self.title.clone())
            .date(self.at.into())
            .message_id(Some(self.message_id.clone()));
        for to in &self.recipients {
            builder = builder.to(Mailbox::new(None, address(to)?));
        }
        for copy in &self.copies {
            builder = builder.cc(Mailbox::new(None, address(copy)?));
        }
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        let kind = ContentType::parse(&self.media_type).map_err(|e| e.to_string())?;
        let parts = MultiPart::mixed().boundary(format!("=_{}", self.id.simple()))
            .singlepart(SinglePart::plain(self.message.clone()))
            .singlepart(Attachment::new(self.file_name.clone()).body(self.bytes.clone(), kind));
        builder.multipart(parts).map_err(|e| e.to_string())
    }
}

/// Addresses as a person typed them: each once, each such that it can stand in a mail's head.
pub fn checked_addresses(field: &str, typed: Vec<String>) -> Result<Vec<String>> {
    let mut addresses: Vec<String> = Vec::new();
    for (n, text) in typed.iter().enumerate() {
        let text = text.trim();
        let plain = text.len() <= 320 && !text.contains(|c: char| c.is_control() || c.is_whitespace() || "<>(),;:\"\\".contains(c)) && text.parse::<Address>().is_ok();
        if !plain {
            return Err(Problem::field(format!("{field}[{n}]"), format!("{text:?} is not an e-mail address, such as orders@vendor.example. Give the address alone, without a name.")));
        }
        if !addresses.iter().any(|a| a.eq_ignore_ascii_case(text)) {
            addresses.push(text.to_owned());
        }
    }
    match addresses.len() <= MOST {
        true => Ok(addresses),
        false => Err(Problem::field(field, format!("At most {MOST} addresses."))),
    }
}

/// A mail's subject: one line.
pub fn checked_title(field: &str, typed: &str) -> Result<String> {
    let title = typed.trim();
    match (1..=250).contains(&title.chars().count()) && !title.chars().any(char::is_control) {
        true => Ok(title.to_owned()),
        false => Err(Problem::field(field, "One line of 1 to 250 characters.")),
    }
}

/// What a mail says: plain text.
pub fn checked_message(field: &str, typed: &str) -> Result<String> {
    let text = typed.replace("\r\n", "\n").trim_end().to_owned();
    match text.chars().count() <= 20_000 && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        true => Ok(text),
        false => Err(Problem::field(field, "Plain text of up to 20000 characters.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: Uuid::nil(), message_id: "<1@company.example>".into(), sender_name: Some("Größe, \"GmbH\"\r\nBcc: evil@example.com".into()), sender: "orders@company.example".into(), reply_to: None,
            recipients: vec!["a@vendor.example".into()], copies: vec![], title: "Order\r\nBcc: evil@example.com".into(), message: "Guten Tag\n.\nEnde".into(), at: DateTime::UNIX_EPOCH,
            file_name: "PO.pdf".into(), media_type: "application/pdf".into(), bytes: b"%PDF-1.7".to_vec(),
        }
    }

    #[test]
    fn a_mail_has_the_same_bytes_each_time_and_no_name_or_subject_makes_a_header() {
        let (one, two) = (letter().message().unwrap().formatted(), letter().message().unwrap().formatted());
        assert_eq!(one, two);
        let text = String::from_utf8(one).unwrap();
        assert!(!text.lines().any(|l| l.to_lowercase().starts_with("bcc:")), "{text}");
    }

    #[test]
    fn what_would_make_a_header_is_refused() {
        for wrong in ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "A <a@b>", "a b@c", "a@", "@b", "a\u{0}@b", "\"a b\"@c"] {
            assert!(checked_addresses("to", vec![wrong.to_owned()]).is_err(), "{wrong:?}");
        }
        assert_eq!(checked_addresses("to", vec![" a@b.example ".into(), "A@b.example".into(), "c@d.example".into()]).unwrap(), ["a@b.example", "c@d.example"]);
        assert!(checked_addresses("to", (0..21).map(|n| format!("a{n}@b.example")).collect()).is_err());
        for wrong in ["", " ", "a\nb", "a\rb", "a\u{7}b", &"x".repeat(251)] {
            assert!(checked_title("subject", wrong).is_err(), "{wrong:?}");
        }
        assert!(checked_message("message", "a\u{0}b").is_err());
        assert_eq!(checked_message("message", "a\r\nb\tc \n").unwrap(), "a\nb\tc");
    }
}
