//! The operations of the document.

/// An operation of the document, as `OPERATIONS` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Its `operationId`, such as `fetch_room`.
    pub id: &'static str,
    /// Its HTTP method, such as `GET`.
    pub method: &'static str,
    /// Its path with the names of the parameters, such as `/v1/Rooms/{Sid}`.
    pub path: &'static str,
}
