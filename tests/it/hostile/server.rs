//! A server that sends bytes, whatever is requested.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::behaviour::{Behaviour, End};

/// A server on a free port of this machine. Dropping it stops it.
#[derive(Debug)]
pub(super) struct HostileServer {
    url: String,
    task: JoinHandle<()>,
}

impl HostileServer {
    pub(super) async fn start(behaviour: Behaviour) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let base = url.clone();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            let mut number = 0_usize;
            while let Ok((stream, _)) = listener.accept().await {
                number += 1;
                let (behaviour, base) = (behaviour.clone(), base.clone());
                // A client that gives up closes the connection, which is no failure of the server.
                connections.spawn(async move { drop(serve(stream, &behaviour, &base, number).await) });
            }
        });
        Ok(Self { url, task })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for HostileServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, behaviour: &Behaviour, base: &str, number: usize) -> std::io::Result<()> {
    let mut request = Vec::new();
    if !behaviour.answers_at_once {
        while !is_complete(&request) {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
    }
    let request_text = String::from_utf8_lossy(&request).into_owned();
    stream.write_all(&(behaviour.response)(&request_text, base, number)).await?;
    stream.flush().await?;
    match behaviour.end {
        End::Close => stream.shutdown().await,
        End::Reset => stream.set_zero_linger(),
        End::Stall => std::future::pending().await,
        End::Repeat(byte) => loop {
            stream.write_all(&[byte; 4096]).await?;
        },
    }
}

/// Returns `true` once the head and the body of a request have arrived.
fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}
