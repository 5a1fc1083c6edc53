//! `twilio-rooms api`.

use std::io::Write;

use serde_json::Value;
use twilio_rooms::http::Method;
use twilio_rooms::{Client, RawRequest};

use crate::bulk::quoted;
use crate::failure::Failure;
use crate::interrupt::{interrupted, or_unknown};
use crate::output::Screen;
use crate::session::Global;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms api GET /v1/Rooms -q Status=completed
  twilio-rooms api GET /v1/Rooms -q Status=completed --paginate
  twilio-rooms api POST /v1/Rooms -f UniqueName=DailyStandup

The answer is printed as it is; with --paginate, all items, one a line.")]
pub(crate) struct Api {
    /// The method, such as GET
    method: Method,
    /// The path, such as /v1/Rooms
    path: String,
    /// Add a parameter to the query; repeatable
    #[arg(short, long, value_name = "NAME=VALUE", value_parser = pair)]
    query: Vec<(String, String)>,
    /// Add a field to the form; repeatable
    #[arg(short, long, value_name = "NAME=VALUE", value_parser = pair)]
    form: Vec<(String, String)>,
    /// Read all pages of a listing
    #[arg(long, conflicts_with = "form")]
    paginate: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl Api {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        if self.paginate && self.method != Method::GET {
            return Err(Failure::usage("--paginate is for GET"));
        }
        let session = global.session().await?;
        let is_safe = self.method.is_safe();
        let mut request = session.client.request(self.method, self.path).query(self.query);
        if !self.form.is_empty() {
            request = request.form(self.form);
        }
        let mut out = Screen::stdout().for_programs();
        if self.paginate {
            paginate(&session.client, request, &mut out).await?;
        } else {
            let response = if is_safe { request.send().await? } else { or_unknown(request.send()).await? };
            let body = response.into_value();
            out.write_all(&body)?;
            if !body.is_empty() && !body.ends_with(b"\n") {
                out.write_all(b"\n")?;
            }
        }
        Ok(out.flush()?)
    }
}

/// Prints the items of all pages. The next page is read from the origin of the client, whatever host its URL names. Ctrl-C tells
/// where to continue.
async fn paginate(client: &Client, mut request: RawRequest, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interrupted = std::pin::pin!(interrupted());
    let (mut last, mut printed, mut rest) = (None, 0, None::<String>);
    loop {
        let response = tokio::select! {
            biased;
            response = request.send() => response?,
            () = &mut interrupted => {
                out.flush()?;
                let failure = Failure::failed(format!("interrupted after {printed} items"));
                return Err(match rest {
                    Some(path) => failure
                        .hint(format!("To continue after these items: twilio-rooms api GET {} --paginate", quoted(&path))),
                    None => failure,
                });
            }
        };
        let page: Value = response.json()?;
        let meta = &page["meta"];
        let items = meta["key"].as_str().and_then(|key| page[key].as_array());
        let items = items.ok_or_else(|| {
            Failure::failed("the answer is not a page: `meta.key` names no array").hint("Leave out --paginate.")
        })?;
        for item in items {
            writeln!(out, "{item}")?;
        }
        printed += items.len();
        let Some(next) = meta["next_page_url"].as_str().filter(|next| !next.is_empty()) else { return Ok(()) };
        if last.as_deref() == Some(next) {
            return Err(Failure::failed(format!("the listing repeats: {next} is its own next page")));
        }
        let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/");
        if meta["url"].as_str().is_some_and(|url| origin(url) != origin(next)) {
            return Err(Failure::failed(format!("the next page is elsewhere, and was not asked for: {next}")));
        }
        let path = next.strip_prefix(&origin(next)).unwrap_or_default();
        request = client.request(Method::GET, path);
        rest = Some(path.to_owned());
        last = Some(next.to_owned());
    }
}
