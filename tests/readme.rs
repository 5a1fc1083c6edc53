//! The Rust blocks of the README, compiled as doctests.

#![doc = include_str!("../README.md")]
