//! `twilio-rooms auth`.

use std::io::{self, BufRead, IsTerminal, Write};

use serde::Serialize;
use twilio_rooms::Client;

use crate::console::note;
use crate::environment::{BASE_URL, variable};
use crate::failure::Failure;
use crate::keyring;
use crate::output::{Column, Kind, Row, Value};
use crate::profiles::{Profile, Profiles};
use crate::session::{Global, environment};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Check credentials, and keep them in a profile
    Login(Login),
    /// List the profiles, without their secrets
    List(List),
    /// Choose the profile that is used if the environment has no credentials
    Use(Use),
    /// Remove a profile
    Logout(Logout),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms auth login
  twilio-rooms auth login production --api-key SK… --region ie1
  pass twilio/token | twilio-rooms auth login --account-sid AC…

The secret is asked for or read from standard input, so it is in no history. It
is kept in the keyring of the system or, if there is none, in a private file.")]
pub(crate) struct Login {
    /// The name of the profile
    #[arg(default_value = "default")]
    name: String,
    /// The account's SID, to log in with its auth token
    #[arg(long, value_name = "SID")]
    account_sid: Option<String>,
    /// The SID of an API key, to log in with its secret
    #[arg(long, value_name = "SID")]
    api_key: Option<String>,
    /// The region of the API key, such as ie1
    #[arg(long)]
    region: Option<String>,
    /// The edge to connect to, such as dublin
    #[arg(long)]
    edge: Option<String>,
    /// Keep the credentials without trying them
    #[arg(long)]
    no_verify: bool,
    /// Keep the secret in a file that only you can read
    #[arg(long)]
    no_keyring: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms auth list")]
pub(crate) struct List {}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms auth use production")]
pub(crate) struct Use {
    /// The name of the profile
    name: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms auth logout production")]
pub(crate) struct Logout {
    /// The name of the profile
    name: String,
}

/// A profile without its secret.
#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    sid: String,
    region: Option<String>,
    edge: Option<String>,
    /// The place of the secret: "keyring" or "file".
    secret: &'static str,
    is_current: bool,
}

impl Row for Shown {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "NAME", |profile| Value::text(Some(&profile.name))),
        Column::<Self>::new("sid", "SID", |profile| Value::text(Some(&profile.sid))),
        Column::<Self>::new("region", "REGION", |profile| Value::text(profile.region.as_ref())),
        Column::<Self>::new("edge", "EDGE", |profile| Value::text(profile.edge.as_ref())),
        Column::<Self>::new("secret", "SECRET", |profile| Value::text(Some(profile.secret))),
        Column::<Self>::new("is_current", "IN USE", |profile| Value::Flag(profile.is_current)).kind(Kind::Flag),
    ];
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        match self {
            Self::Login(login) => login.run(global).await,
            Self::List(List {}) => list(global),
            Self::Use(Use { name }) => {
                let mut profiles = Profiles::load()?;
                profiles.stored(&name)?;
                profiles.current = Some(name.clone());
                profiles.save()?;
                note(&format!("The profile {name:?} is in use."));
                Ok(())
            }
            Self::Logout(Logout { name }) => {
                let mut profiles = Profiles::load()?;
                let reason = profiles.remove(&name, keyring::open)?;
                profiles.save()?;
                note(&format!("The profile {name:?} is removed."));
                if let Some(reason) = reason {
                    note(&format!("Its secret may still be in the keyring: {reason}."));
                }
                Ok(())
            }
        }
    }
}

fn list(global: &Global) -> Result<(), Failure> {
    let Profiles { current, profiles } = Profiles::load()?;
    let chosen = global.profile_name()?;
    let environment = if chosen.is_some() { None } else { environment()? };
    let (are_none, current) = (profiles.is_empty(), chosen.or(current));
    let mut printer = global.list_printer::<Shown>()?;
    for (name, profile) in profiles {
        let (sid, is_current) = (profile.sid().to_owned(), current.as_ref() == Some(&name));
        let secret = if profile.is_in_keyring() { "keyring" } else { "file" };
        printer.print(&Shown { name, sid, region: profile.region, edge: profile.edge, secret, is_current })?;
    }
    printer.finish()?;
    match environment {
        Some(profile) => {
            let sid = profile.api_key.or(profile.account_sid).unwrap_or_default();
            note(&format!("The credentials of the environment, of {sid}, come first."));
        }
        None if are_none => note("There are no profiles. To make one: twilio-rooms auth login"),
        None => {}
    }
    Ok(())
}

impl Login {
    async fn run(self, global: &Global) -> Result<(), Failure> {
        let mut profiles = Profiles::load()?;
        let (account_sid, api_key) = match (self.account_sid, self.api_key) {
            (None, None) => {
                let sid = ask("SID of the account (AC…) or of an API key (SK…): ")?;
                if sid.starts_with("SK") { (None, Some(sid)) } else { (Some(sid), None) }
            }
            given => given,
        };
        let secret = ask_secret(if api_key.is_some() { "Secret of the API key: " } else { "Auth token: " })?;
        let profile = Profile { account_sid, api_key, secret, region: self.region, edge: self.edge };
        let mut builder = profile.configure(Client::builder());
        if let Some(url) = variable(BASE_URL)? {
            builder = builder.base_url(url);
        }
        let client = global.client(builder)?;
        if !self.no_verify {
            client.rooms().list().limit(1).collect().await?;
        }
        let keyring = if self.no_keyring { Err("--no-keyring is given".to_owned()) } else { keyring::open() };
        let reason = profiles.add(&self.name, profile, keyring);
        let file = profiles.save()?;
        note(&format!("The profile {:?} is in use.", self.name));
        if environment()?.is_some() {
            note("But the credentials of the environment come first: unset TWILIO_AUTH_TOKEN and TWILIO_API_SECRET.");
        }
        note(&match reason {
            None => "Its secret is in the keyring of the system.".to_owned(),
            Some(reason) => {
                let readers = if cfg!(unix) { "only you can read" } else { "the permissions of its folder protect" };
                format!("Its secret is in {}, which {readers}, and not in a keyring: {reason}.", file.display())
            }
        });
        Ok(())
    }
}

fn ask(question: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        let failure = Failure::usage("there is no terminal to ask for a SID on");
        return Err(failure.hint("Add --account-sid or --api-key, and write the secret to standard input."));
    }
    let mut stderr = io::stderr();
    let asked = stderr.write_all(question.as_bytes()).and_then(|()| stderr.flush());
    asked.map_err(|error| Failure::failed(format!("cannot ask: {error}")))?;
    read_line()
}

/// Reads a secret: from the terminal without showing it, or from standard input.
fn ask_secret(question: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return read_line();
    }
    let secret = rpassword::prompt_password(question);
    not_empty(&secret.map_err(|error| Failure::failed(format!("cannot ask for the secret: {error}")))?)
}

fn read_line() -> Result<String, Failure> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::failed(format!("cannot read standard input: {error}")))?;
    not_empty(&line)
}

fn not_empty(line: &str) -> Result<String, Failure> {
    match line.trim() {
        "" => Err(Failure::usage("nothing was entered")),
        text => Ok(text.to_owned()),
    }
}
