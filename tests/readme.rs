//! The blocks of Rust in the README, compiled as documentation tests.

#![doc = include_str!("../README.md")]
