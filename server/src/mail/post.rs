//! The mail server that mails are given to, as it is set up.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long the mail server has for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The settings of the mail server, all of them.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: String,
    pub port: Option<u16>,
    /// none, starttls or tls
    pub tls: String,
    pub user: Option<String>,
    pub password: Option<String>,
    pub from: String,
}

/// Gives mails to the mail server.
#[derive(Clone)]
pub struct Post {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

/// What became of an attempt. The words are the mail server's, or say what hindered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent { words: String },
    /// It may go better later.
    Delayed { words: String },
    /// It would be the same again.
    Failed { words: String },
}

impl Post {
    /// Refuses settings that cannot be right, in words.
    pub fn new(smtp: &Smtp) -> Result<Self, String> {
        let from: Mailbox = smtp.from.trim().parse().map_err(|e| format!("QM_SMTP_FROM is no address ({e}). Give one, such as orders@company.example."))?;
        let parameters = || TlsParameters::new(smtp.host.clone()).map_err(|e| format!("TLS for {} cannot be set up: {e}", smtp.host));
        let (tls, usual) = match smtp.tls.as_str() {
            "none" => (Tls::None, 25),
            "starttls" => (Tls::Required(parameters()?), 587),
            "tls" => (Tls::Wrapper(parameters()?), 465),
            other => return Err(format!("QM_SMTP_TLS is {other:?}. There are: none, starttls, tls.")),
        };
        let loopback = smtp.host == "localhost" || smtp.host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port.unwrap_or(usual)).tls(tls).timeout(Some(PATIENCE)).hello_name(ClientId::Domain(from.email.domain().to_owned()));
        match (&smtp.user, &smtp.password) {
            (None, None) => {}
            (Some(_), Some(_)) if smtp.tls == "none" && !loopback => return Err(format!("A password would go to {} in the clear. Set QM_SMTP_TLS to starttls or tls.", smtp.host)),
            (Some(user), Some(password)) => builder = builder.credentials(Credentials::new(user.clone(), password.clone())),
            _ => return Err("A user of the mail server needs a password, and a password a user: QM_SMTP_USER and QM_SMTP_PASSWORD or QM_SMTP_PASSWORD_FILE.".to_owned()),
        }
        Ok(Self { from, transport: builder.build() })
    }

    /// The address that mails come from.
    pub fn from(&self) -> &str {
        self.from.email.as_ref()
    }

    /// One attempt. All recipients are taken or none.
    pub async fn send(&self, message: Message) -> Outcome {
        match self.transport.send(message).await {
            Ok(response) => Outcome::Sent { words: kept(&format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))) },
            Err(error) => {
                let words = kept(&in_words(&error));
                match error.is_permanent() || error.is_client() {
                    true => Outcome::Failed { words },
                    false => Outcome::Delayed { words },
                }
            }
        }
    }
}

/// An error and what it came of.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words = format!("{words}: {inner_words}");
        }
        cause = inner.source();
    }
    words
}

/// What is kept of an answer: a mail server may talk at length.
fn kept(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(1000).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp() -> Smtp {
        Smtp { host: "mail.example".to_owned(), port: None, tls: "starttls".to_owned(), user: None, password: None, from: "orders@company.example".to_owned() }
    }

    #[test]
    fn settings_that_cannot_be_right_are_refused_in_words() {
        assert_eq!(Post::new(&smtp()).map(|p| p.from().to_owned()), Ok("orders@company.example".to_owned()));
        let some = |text: &str| Some(text.to_owned());
        for (wrong, words) in [
            (Smtp { from: "orders".to_owned(), ..smtp() }, "QM_SMTP_FROM is no address"),
            (Smtp { tls: "ssl".to_owned(), ..smtp() }, "There are: none, starttls, tls"),
            (Smtp { user: some("u"), ..smtp() }, "needs a password"),
            (Smtp { password: some("p"), ..smtp() }, "a password a user"),
            (Smtp { user: some("u"), password: some("p"), tls: "none".to_owned(), ..smtp() }, "in the clear"),
        ] {
            let said = Post::new(&wrong).map(|_| ()).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
        assert!(Post::new(&Smtp { user: some("u"), password: some("p"), tls: "none".to_owned(), host: "127.0.0.1".to_owned(), ..smtp() }).is_ok());
    }
}
