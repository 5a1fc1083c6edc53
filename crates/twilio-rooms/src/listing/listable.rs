//! The requests for the pages of a listing. The trait here seals the public trait `Resource`.

use std::fmt;

use serde::de::DeserializeOwned;
use twilio_rooms_api::types::ErrorBody;
use twilio_rooms_api::{Client, ResponseValue};

use super::page::Page;
use crate::error::Error;

/// The first page of a listing, or of one of its sublistings.
#[derive(Debug, Clone, Copy)]
pub struct FirstPage {
    /// The index of the sublisting.
    pub sublisting: usize,
    /// The maximum number of items on the page.
    pub page_size: u32,
}

/// The requests for the pages of a listing, and the facts about its items.
///
/// A query may need several listings of the service, one after another. These are its sublistings.
pub trait Listable: Sized + Send + Sync + 'static {
    /// The parent resource and the filters of a listing.
    type Query: Clone + fmt::Debug + Send + Sync + 'static;

    /// A page as the service sends it.
    type PageBody: DeserializeOwned + Send;

    /// Validates the names and SIDs in the path of the listing.
    fn validate_path(_query: &Self::Query) -> Result<(), Error> {
        Ok(())
    }

    /// Validates the filters of the listing.
    fn validate_filters(_query: &Self::Query) -> Result<(), Error> {
        Ok(())
    }

    /// Sends the request for a page. Without `first` the caller replaces the URL by that of a later page.
    fn send_page_request(
        api: Client,
        query: Self::Query,
        first: Option<FirstPage>,
    ) -> impl Future<Output = Result<ResponseValue<Self::PageBody>, twilio_rooms_api::Error<ErrorBody>>> + Send;

    /// Converts the body of a page.
    fn into_page(body: Self::PageBody) -> Page<Self>;

    /// Returns the identifier of an item, which no other item has.
    fn identity(&self) -> &str;

    /// Returns the number of sublistings.
    fn sublistings(_query: &Self::Query) -> usize {
        1
    }

    /// Returns the index of the sublisting that a page belongs to.
    fn sublisting_of(_page_url: &str) -> usize {
        0
    }
}
