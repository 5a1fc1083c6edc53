//! The task that accepts connections.

use std::io;
use std::sync::Arc;

use tokio::net::TcpSocket;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::connection::{ConnectionInfo, ResettableListener};
use super::router::router;
use super::server::Server;

/// The maximum number of connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// A running server. It ends with its connections when this is dropped.
#[derive(Debug)]
pub(crate) struct ServerTask {
    task: JoinHandle<io::Result<()>>,
    /// Dropping the sender stops the server.
    stop: oneshot::Sender<()>,
}

impl ServerTask {
    /// Listens on a bound socket. It must be called within a Tokio runtime.
    pub(crate) fn spawn(socket: TcpSocket, server: Arc<Server>) -> io::Result<Self> {
        let listener = ResettableListener(socket.listen(BACKLOG)?);
        let recorder = server.recorder().cloned();
        let service = router(server).into_make_service_with_connect_info::<ConnectionInfo>();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let stopped = async move {
                // Nothing is ever sent: the channel closes when the sender is dropped.
                let _ = stopped.await;
                // A stream of the inspector would never end by itself.
                if let Some(recorder) = recorder {
                    recorder.close();
                }
            };
            axum::serve(listener, service).with_graceful_shutdown(stopped).await
        });
        Ok(Self { task, stop })
    }

    /// Stops the server after the requests in flight.
    pub(crate) async fn stop(self) -> io::Result<()> {
        drop(self.stop);
        self.task.await.map_err(io::Error::other)?
    }
}
