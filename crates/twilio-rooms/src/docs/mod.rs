//! Guides: the resources of a room, retries and errors, performance, and testing. The features `callbacks` and
//! `access-tokens` add guides to webhooks and access tokens.

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
pub mod webhooks {
    #![doc = include_str!("webhooks.md")]
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
