//! The things that all commands share: options, credentials, the client, and the output.

use std::io::IsTerminal;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Local, SubsecRound, Utc};
use clap::Args;
use twilio_rooms::{Client, ClientBuilder, Credentials};
use twilio_rooms_sandbox::Sandbox;

use crate::console::note;
use crate::debug::Debug;
use crate::demo;
use crate::environment::{BASE_URL, PROFILE, variable};
use crate::failure::{Exit, Failure};
use crate::help;
use crate::output::{Format, OutputOptions, Printer, Row, Screen};
use crate::profiles::{Profile, Profiles};
use crate::when::{Span, When};

/// The vendor's limits of an account.
const READS_PER_SECOND: u32 = 80;
const WRITES_PER_SECOND: u32 = 20;

/// The years that the service knows.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// The options of all commands.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = help::GLOBAL)]
pub(crate) struct Global {
    #[command(flatten)]
    pub(crate) output: OutputOptions,
    /// Use this profile of `auth login`
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Use a sandbox that lives as long as the command
    #[arg(long, global = true, conflicts_with = "profile")]
    pub(crate) sandbox: bool,
    /// Show on standard error what is asked for
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Show each request on standard error, without secrets
    #[arg(long, global = true)]
    pub(crate) debug: bool,
    /// Take this for the present time.
    #[arg(long, global = true, value_name = "TIME", hide = true)]
    pub(crate) now: Option<DateTime<Utc>>,
}

/// A client, and the sandbox that it talks to if it has one of its own.
pub(crate) struct Session<'a> {
    pub(crate) client: Client,
    /// The SID of the account, if the credentials tell it.
    pub(crate) account: Option<String>,
    pub(crate) global: &'a Global,
    _sandbox: Option<Sandbox>,
}

impl Session<'_> {
    /// The SID of a room, for what finds it by no other: recordings, and commands that outlast the room.
    pub(crate) async fn sid(&self, room: &str) -> Result<String, Failure> {
        let digits = room.strip_prefix("RM").unwrap_or_default();
        if digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Ok(room.to_owned());
        }
        Ok(self.client.room(room).fetch().await?.sid.to_string())
    }
}

impl Global {
    /// Starts a session with the credentials that were chosen.
    pub(crate) async fn session(&self) -> Result<Session<'_>, Failure> {
        let mut builder = Client::builder();
        let (sandbox, account) = if self.sandbox {
            let sandbox = demo::start(demo::Options::default(), self.now()).await?;
            let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
            builder = builder.credentials(credentials).base_url(sandbox.url());
            let account = sandbox.account_sid().to_owned();
            (Some(sandbox), Some(account))
        } else {
            let profile = self.profile()?;
            builder = profile.configure(builder);
            if let Some(url) = variable(BASE_URL)? {
                builder = builder.base_url(url);
            }
            (None, profile.account_sid)
        };
        let client = self.client(builder)?;
        Ok(Session { client, account, global: self, _sandbox: sandbox })
    }

    /// Builds a client with the limits of the vendor.
    pub(crate) fn client(&self, builder: ClientBuilder) -> Result<Client, Failure> {
        let name = concat!("twilio-rooms-cli/", env!("CARGO_PKG_VERSION"));
        let mut builder =
            builder.user_agent(name).max_reads_per_second(READS_PER_SECOND).max_writes_per_second(WRITES_PER_SECOND);
        if self.debug {
            builder = builder.middleware(Debug).on_retry(|event| {
                note(&format!("debug: retry of {}: {}", event.operation, event.reason));
            });
        }
        Ok(builder.build()?)
    }

    /// The name of the profile that `--profile` or the environment chooses.
    pub(crate) fn profile_name(&self) -> Result<Option<String>, Failure> {
        self.profile.clone().map_or_else(|| variable(PROFILE), |name| Ok(Some(name)))
    }

    /// The credentials: of the profile that was chosen, of the environment, or of the profile in use.
    pub(crate) fn profile(&self) -> Result<Profile, Failure> {
        if let Some(name) = self.profile_name()? {
            return Profiles::load()?.get(&name);
        }
        if let Some(profile) = environment()? {
            return Ok(profile);
        }
        Profiles::load()?.current()?.ok_or_else(no_credentials)
    }

    /// The instant that is meant. With `--verbose`, standard error says which it is.
    pub(crate) fn instant(&self, option: &str, when: When) -> Result<DateTime<Utc>, Failure> {
        let now = self.now().with_timezone(&Local);
        let instant = when.resolve(&now).filter(|instant| YEARS.contains(&instant.year()));
        let instant = instant.ok_or_else(|| Failure::usage(format!("{option} is out of range")))?;
        if self.verbose {
            let (sent, local) = (instant.format("%Y-%m-%dT%H:%M:%SZ"), instant.with_timezone(&Local));
            note(&format!("{option} {sent} is sent ({} here)", local.format("%Y-%m-%d %H:%M:%S %:z")));
        }
        Ok(instant)
    }

    /// The time that is this long ago. With `--verbose`, standard error says which it is.
    pub(crate) fn before(&self, age: Span) -> Result<DateTime<Utc>, Failure> {
        self.instant("--older-than", When::Ago(age))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        // Filters are sent in whole seconds.
        self.now.unwrap_or_else(Utc::now).trunc_subsecs(0)
    }

    /// A printer of a list.
    pub(crate) fn list_printer<T: Row>(&self) -> Result<Printer<T>, Failure> {
        if self.output.output == Format::Parquet && std::io::stdout().is_terminal() {
            let failure = Failure::usage("Parquet is not for terminals");
            return Err(failure.hint("Write it to a file: add > NAME.parquet"));
        }
        Printer::list(&self.output, Screen::stdout())
    }

    /// Prints a single resource.
    pub(crate) fn print_one<T: Row>(&self, resource: &T) -> Result<(), Failure> {
        let mut printer = Printer::one(&self.output, Screen::stdout())?;
        printer.print(resource)?;
        printer.finish()
    }
}

/// The credentials of the environment; `None` if there are none.
pub(crate) fn environment() -> Result<Option<Profile>, Failure> {
    let pair = |first: &str, second: &str| match (variable(first)?, variable(second)?) {
        (Some(sid), Some(secret)) => Ok(Some((sid, secret))),
        (Some(_), None) => Err(Failure::usage(format!("{first} is set, but {second} is not"))),
        _ => Ok(None),
    };
    let (region, edge) = (variable("TWILIO_REGION")?, variable("TWILIO_EDGE")?);
    if let Some((api_key, secret)) = pair("TWILIO_API_KEY", "TWILIO_API_SECRET")? {
        let account_sid = variable("TWILIO_ACCOUNT_SID")?;
        return Ok(Some(Profile { account_sid, api_key: Some(api_key), secret, region, edge }));
    }
    let account = pair("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")?;
    Ok(account.map(|(sid, secret)| Profile { account_sid: Some(sid), api_key: None, secret, region, edge }))
}

fn no_credentials() -> Failure {
    let is_set = |name: &str| variable(name).ok().flatten().is_some();
    let without_sid = [("TWILIO_API_SECRET", "TWILIO_API_KEY"), ("TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID")]
        .into_iter()
        .find(|(secret, sid)| is_set(secret) && !is_set(sid));
    let reason = without_sid.map(|(secret, sid)| format!(": {secret} is set, but {sid} is not")).unwrap_or_default();
    Failure::new(Exit::Usage, format!("there are no credentials{reason}"))
        .hint("To keep them in a profile:  twilio-rooms auth login")
        .hint("To set them for a shell:    export TWILIO_ACCOUNT_SID=AC… TWILIO_AUTH_TOKEN=…")
        .hint("                        or  export TWILIO_API_KEY=SK… TWILIO_API_SECRET=…")
        .hint("To try it without any:      add --sandbox to the command")
}
