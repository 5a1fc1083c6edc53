//! Ctrl-C.

use std::future::Future;

use twilio_rooms::Error;

use crate::console::remove_progress;
use crate::failure::Failure;

/// The exit code of a program that Ctrl-C has ended: 128 and the number of the signal.
const ENDED_BY_SIGINT: i32 = 130;

/// Waits for Ctrl-C. After that, a second one ends the program at once.
pub(crate) async fn interrupted() {
    // Without a handler, Ctrl-C ends the program anyway.
    if tokio::signal::ctrl_c().await.is_err() {
        return std::future::pending().await;
    }
    tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            remove_progress();
            std::process::exit(ENDED_BY_SIGINT);
        }
    });
    // The task listens before people are told that they can press it again.
    tokio::task::yield_now().await;
}

/// Waits for the future, which changes nothing. Ctrl-C ends it.
pub(crate) async fn or_interrupted<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::select! {
        biased;
        result = future => result,
        () = interrupted() => Err(Failure::failed("interrupted: nothing was changed")),
    }
}

/// Waits for a request that changes something. Ctrl-C does not wait for the response, and people are told what that means.
pub(crate) async fn or_unknown<T>(request: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    tokio::select! {
        biased;
        result = request => Ok(result?),
        () = interrupted() => {
            let failure = Failure::failed("interrupted: the request may still have taken effect");
            Err(failure.hint("Look before you repeat it."))
        }
    }
}
