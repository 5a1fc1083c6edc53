//! Chapters to read: on each resource of a room, on what happens when something fails, on how fast all of it is, and on testing
//! your own code. Those on status callbacks and on access tokens are there with their features.

pub mod participants {
    #![doc = include_str!("participants.md")]
}

pub mod tracks {
    #![doc = include_str!("tracks.md")]
}

pub mod recordings {
    #![doc = include_str!("recordings.md")]
}

pub mod transcriptions {
    #![doc = include_str!("transcriptions.md")]
}

#[cfg(feature = "callbacks")]
pub mod callbacks {
    #![doc = include_str!("callbacks.md")]
}

#[cfg(feature = "access-tokens")]
pub mod access_tokens {
    #![doc = include_str!("access_tokens.md")]
}

pub mod retries {
    #![doc = include_str!("retries.md")]
    #![doc = include_str!("faults.md")]
}

pub mod performance {
    #![doc = include_str!("performance.md")]
    #![doc = ""]
    #![doc = include_str!("performance.svg")]
}

pub mod testing {
    #![doc = include_str!("testing.md")]
}
