//! The parts of a generated crate that are not made of the document.
//!
//! They are part of openapi-steward, which tests them and writes them into every crate that it generates.

mod credentials;
mod decode;
pub(crate) mod form;
mod instant;
mod multipart;
pub(crate) mod open_enum;
mod operation;
mod path;
mod segment;
mod server;
mod transport;
mod union;
mod wire;

pub(crate) use self::credentials::{Placement, Secrets, Security, with_credentials};
pub(crate) use self::decode::{read_body, read_failure};
pub(crate) use self::form::{form, length, plain, range};
pub(crate) use self::instant::{instant, write_instant};
pub(crate) use self::open_enum::open_enum;
pub(crate) use self::path::{encode_path, url};
pub(crate) use self::segment::{header, json_header, json_segment, styled_segment};
pub(crate) use self::server::server;
pub(crate) use self::union::{Shape, fitting, read_value, tag, try_value, write_tagged};
pub(crate) use self::wire::{Query, form_body};

pub use self::form::{Count, Form, OutOfRange, Pairs};
pub use self::multipart::{Multipart, Part};
pub use self::open_enum::OpenEnum;
pub use self::operation::Operation;
pub use self::transport::{Aborted, Execute, Execution, Transport};
