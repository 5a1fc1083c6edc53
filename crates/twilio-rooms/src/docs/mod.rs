//! Chapters to read: on what happens when something fails, and on testing your own code.

pub mod retries {
    #![doc = include_str!("retries.md")]
    #![doc = include_str!("faults.md")]
}

pub mod testing {
    #![doc = include_str!("testing.md")]
}
