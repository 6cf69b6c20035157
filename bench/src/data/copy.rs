//! COPY into many tables at once, each through a connection of its own: rows are gathered as text and sent in large pieces.

use std::fmt::{Display, Write};

use bytes::Bytes;
use futures_util::{SinkExt, pin_mut};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::Tried;
use crate::site::connect;

/// How much is gathered before it is sent.
const PIECE: usize = 256 * 1024;

/// A table that is being filled, in one transaction that begins with the first row and ends with [`Table::finish`].
pub struct Table {
    gathered: String,
    pieces: mpsc::Sender<Bytes>,
    writer: JoinHandle<Tried<u64>>,
}

impl Table {
    /// Begins to fill the columns of a table. No trigger fires: what the rows hold has to be right.
    pub async fn open(url: &str, table: &str, columns: &str) -> Tried<Self> {
        let client = connect(url).await?;
        client.batch_execute("set session_replication_role = replica; set synchronous_commit = off").await?;
        let statement = format!("copy {table} ({columns}) from stdin");
        let (pieces, mut received) = mpsc::channel::<Bytes>(4);
        let writer = tokio::spawn(async move {
            let sink = client.copy_in::<_, Bytes>(&statement).await?;
            pin_mut!(sink);
            while let Some(piece) = received.recv().await {
                sink.feed(piece).await?;
            }
            Ok(sink.finish().await?)
        });
        Ok(Self { gathered: String::with_capacity(PIECE + 4096), pieces, writer })
    }

    /// Adds a row. Values are written as COPY's text format has them; none of ours holds a character that it escapes.
    pub fn row(&mut self, values: &[&dyn Display]) {
        for (n, value) in values.iter().enumerate() {
            if n > 0 {
                self.gathered.push('\t');
            }
            // Writing to a string does not fail.
            let _ = write!(self.gathered, "{value}");
        }
        self.gathered.push('\n');
    }

    /// Sends what is gathered, once it is enough. Waits while the database is behind.
    pub async fn send(&mut self) -> Tried<()> {
        if self.gathered.len() >= PIECE { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Tried<()> {
        let piece = std::mem::replace(&mut self.gathered, String::with_capacity(PIECE + 4096));
        self.pieces.send(Bytes::from(piece)).await.map_err(|_| "the database refused the rows".into())
    }

    /// Commits; returns how many rows were written.
    pub async fn finish(mut self) -> Tried<u64> {
        let flushed = self.flush().await;
        drop(self.pieces);
        let written = self.writer.await??;
        flushed.map(|()| written)
    }
}

/// COPY's null.
pub const NULL: &str = "\\N";
