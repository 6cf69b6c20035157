//! The other party of a mail: a receiver that speaks SMTP (RFC 5321) over TCP, keeps what it takes, and can refuse, stall and go away.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// A mail that was taken: acknowledged with 250.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// As it came over the wire, its dots unstuffed.
    pub bytes: Vec<u8>,
}

/// How it behaves.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Answered with 550 instead of 250.
    pub refuses: Vec<String>,
    /// Answered with 451: come again.
    pub puts_off: Vec<String>,
    /// Says nothing once it has a whole mail, and takes none.
    pub stalls: bool,
    /// How long it thinks before it takes a mail.
    pub thinks: Duration,
    /// User and password that it asks for.
    pub account: Option<(String, String)>,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    /// Mails that came whole and were not acknowledged.
    stalled: usize,
    connections: usize,
    manner: Manner,
}

pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: Option<JoinHandle<()>>,
}

impl MailServer {
    pub async fn start() -> Self {
        let mut server = Self { address: SocketAddr::from(([127, 0, 0, 1], 0)), state: Arc::default(), task: None };
        server.up().await;
        server
    }

    /// A port where nobody answers yet.
    pub async fn down_from_the_start() -> Self {
        let mut server = Self::start().await;
        server.down().await;
        server
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn behave(&self, manner: Manner) {
        self.state().manner = manner;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    pub fn connections(&self) -> usize {
        self.state().connections
    }

    /// Waits until it has taken this many.
    pub async fn until_taken(&self, count: usize) -> Vec<Taken> {
        self.until(&format!("{count} mails"), |s| s.taken.len() >= count).await;
        self.taken()
    }

    /// Waits until it has a whole mail that it does not acknowledge.
    pub async fn until_stalled(&self) {
        self.until("a mail in hand", |s| s.stalled > 0).await;
    }

    async fn until(&self, what: &str, done: impl Fn(&State) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !done(&self.state()) {
            assert!(Instant::now() < deadline, "the mail server waited a minute for {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// On the port that it had before.
    pub async fn up(&mut self) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(self.address).unwrap();
        let listener = socket.listen(64).unwrap();
        self.address = listener.local_addr().unwrap();
        self.task = Some(tokio::spawn(serve(listener, self.state.clone())));
    }

    /// Connections are refused from now on.
    pub async fn down(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            let _ = task.await;
        }
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut open = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        state.lock().unwrap().connections += 1;
        // A client that goes away ends its own conversation only.
        open.spawn(converse(stream, state.clone()));
    }
}

async fn converse(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let manner = state.lock().unwrap().manner.clone();
    say(&mut stream, "220 mail.example ready").await?;
    let (mut from, mut to, mut known) = (None, Vec::new(), manner.account.is_none());
    loop {
        let Some(line) = line(&mut stream).await? else { return Ok(()) };
        let verb = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        let path = || line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(path, _)| path.to_owned());
        let answer = match verb.as_str() {
            "EHLO" if manner.account.is_some() => "250-mail.example\r\n250 AUTH PLAIN",
            "EHLO" | "HELO" | "NOOP" => "250 mail.example",
            "AUTH" => {
                known = manner.account.as_ref().is_some_and(|(user, password)| line == format!("AUTH PLAIN {}", base64(&format!("\0{user}\0{password}"))));
                if known { "235 2.7.0 welcome" } else { "535 5.7.8 who are you" }
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return Ok(());
            }
            "RSET" => {
                (from, to) = (None, Vec::new());
                "250 forgotten"
            }
            "MAIL" if !known => "530 5.7.0 sign in first",
            "MAIL" => {
                from = path();
                if from.is_some() { "250 2.1.0 go on" } else { "501 5.5.4 no path" }
            }
            "RCPT" => match path() {
                None => "501 5.5.4 no path",
                _ if from.is_none() => "503 5.5.1 MAIL first",
                Some(path) if manner.refuses.contains(&path) => "550 5.1.1 nobody of that name here",
                Some(path) if manner.puts_off.contains(&path) => "451 4.7.1 come again later",
                Some(path) => {
                    to.push(path);
                    "250 2.1.5 go on"
                }
            },
            "DATA" if to.is_empty() => "503 5.5.1 RCPT first",
            "DATA" => {
                say(&mut stream, "354 end with a dot").await?;
                let Some(bytes) = data(&mut stream).await? else { return Ok(()) };
                if manner.stalls {
                    state.lock().unwrap().stalled += 1;
                    // Until the client goes away.
                    let _ = stream.read_u8().await;
                    return Ok(());
                }
                tokio::time::sleep(manner.thinks).await;
                state.lock().unwrap().taken.push(Taken { from: from.take().unwrap_or_default(), to: std::mem::take(&mut to), bytes });
                "250 2.0.0 taken as M-0001"
            }
            _ => "502 5.5.1 not spoken here",
        };
        say(&mut stream, answer).await?;
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> std::io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await
}

async fn line(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

/// Up to the line with a dot alone; none when the client goes away before.
async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Vec<u8>>> {
    let mut all = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        if line == b".\r\n" {
            return Ok(Some(all));
        }
        all.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn base64(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text.as_bytes().chunks(3).map(|three| {
        let n = three.iter().enumerate().fold(0_u32, |n, (i, byte)| n | u32::from(*byte) << (16 - 8 * i));
        (0..4).map(|i| if i <= three.len() { char::from(SIGNS[(n >> (18 - 6 * i)) as usize & 63]) } else { '=' }).collect::<String>()
    }).collect()
}
