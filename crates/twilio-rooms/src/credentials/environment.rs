//! Environment variables, and the credentials in them.

use std::env::VarError;

use super::Credentials;
use crate::error::Error;

/// Returns an environment variable, or `None` if it is unset or empty.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!("{name} is not valid UTF-8"))),
    }
}

/// Returns the credentials in the environment: an API key if there is one, otherwise an account.
pub(crate) fn credentials(variable: &impl Fn(&str) -> Result<Option<String>, Error>) -> Result<Credentials, Error> {
    let pair = |sid, secret| match (variable(sid)?, variable(secret)?) {
        (Some(sid), Some(secret)) => Ok(Some((sid, secret))),
        (Some(_), None) => Err(Error::config(format!("{sid} is set, but {secret} is not"))),
        _ => Ok(None),
    };
    if let Some((sid, secret)) = pair("TWILIO_API_KEY", "TWILIO_API_SECRET")? {
        return Ok(Credentials::api_key(sid, secret));
    }
    if let Some((sid, token)) = pair("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")? {
        return Ok(Credentials::account(sid, token));
    }
    Err(Error::config(
        "no credentials in the environment: set TWILIO_API_KEY and TWILIO_API_SECRET, \
         or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials_with(set: &[&str]) -> Result<String, String> {
        let variable = |name: &str| Ok::<_, Error>(set.contains(&name).then(|| name.to_owned()));
        credentials(&variable).map(|found| format!("{found:?}")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_api_key_takes_precedence_and_an_incomplete_pair_is_an_error() {
        let (key, secret) = ("TWILIO_API_KEY", "TWILIO_API_SECRET");
        let (account, token) = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN");
        assert!(credentials_with(&[account, token]).is_ok());
        assert!(
            credentials_with(&[account, key, secret]).is_ok(),
            "the API key is complete, so the account is not needed"
        );
        assert_eq!(
            credentials_with(&[key, account, token]),
            Err("TWILIO_API_KEY is set, but TWILIO_API_SECRET is not".to_owned())
        );
        assert_eq!(
            credentials_with(&[account]),
            Err("TWILIO_ACCOUNT_SID is set, but TWILIO_AUTH_TOKEN is not".to_owned())
        );
        assert!(credentials_with(&[]).is_err_and(|message| message.contains("no credentials in the environment")));
    }
}
