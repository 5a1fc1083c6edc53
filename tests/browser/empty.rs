//! A package of tests.
