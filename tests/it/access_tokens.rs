//! Access tokens: identical to those of the vendor's library, and never ones that the service would reject.

use std::time::{Duration, SystemTime};

use twilio_rooms::{AccessToken, AccessTokenBuilder, Credentials, Error};

use crate::support::{ACCOUNT_SID, AUTH_TOKEN, Test};

const API_KEY: &str = "SK0123456789abcdef0123456789abcdef";
const SECRET: &str = "the-api-key-secret-of-the-tests";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A builder of a token that is issued on 2026-11-01, near the end of a second.
fn token(identity: &str) -> AccessTokenBuilder {
    let made = at(1_793_523_600) + Duration::from_millis(999);
    AccessToken::builder(ACCOUNT_SID, Credentials::api_key(API_KEY, SECRET), identity).issued_at(made)
}

/// The tokens of the vendor's library for Node.js (6.2.0) for the same input.
#[test]
fn a_token_is_identical_to_that_of_the_vendors_library() -> Test {
    assert_eq!(
        token("alice").sign()?.as_str(),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.eyJqdGkiOiJTSzAxMjM0NTY3ODlhYmNkZWYwMTIzN\
         DU2Nzg5YWJjZGVmLTE3OTM1MjM2MDAiLCJncmFudHMiOnsiaWRlbnRpdHkiOiJhbGljZSIsInZpZGVvIjp7fX0sImlhdCI6MTc5MzUyMzYwMCw\
         iZXhwIjoxNzkzNTI3MjAwLCJpc3MiOiJTSzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwic3ViIjoiQUMwMTIzNDU2Nzg5YWJjZ\
         GVmMDEyMzQ1Njc4OWFiY2RlZiJ9._pSprWg5AaBmsXJwrbPttThwWeAW2AZS61fWx9x67XA"
    );
    let everything = token("Zoë \"Quist\"").room("DailyStandup").ttl(Duration::from_secs(86_400));
    let everything = everything.not_before(at(1_793_523_660));
    assert_eq!(
        String::from(everything.sign()?),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.eyJqdGkiOiJTSzAxMjM0NTY3ODlhYmNkZWYwMTIz\
         NDU2Nzg5YWJjZGVmLTE3OTM1MjM2MDAiLCJncmFudHMiOnsiaWRlbnRpdHkiOiJab8OrIFwiUXVpc3RcIiIsInZpZGVvIjp7InJvb20iOiJE\
         YWlseVN0YW5kdXAifX0sIm5iZiI6MTc5MzUyMzY2MCwiaWF0IjoxNzkzNTIzNjAwLCJleHAiOjE3OTM2MTAwMDAsImlzcyI6IlNLMDEyMzQ1\
         Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYiLCJzdWIiOiJBQzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIn0.gJOyFwGvEqLm\
         P2wZgtF_15FOq4hBXLFtgSDQO0iVOUk"
    );
    Ok(())
}

#[test]
fn a_token_is_issued_now_by_default() -> Test {
    let seconds = || Ok::<_, std::time::SystemTimeError>(SystemTime::now().duration_since(at(0))?.as_secs());
    let (before, key) = (seconds()?, Credentials::api_key(API_KEY, SECRET));
    let made = AccessToken::builder(ACCOUNT_SID, key, "alice").sign()?;
    let made_at =
        |second: u64| token("alice").issued_at(at(second)).sign().is_ok_and(|it| it.as_str() == made.as_str());
    assert!((before..=seconds()?).any(made_at));
    Ok(())
}

#[test]
fn a_token_that_the_service_would_reject_is_not_signed() {
    let no_token = |builder: AccessTokenBuilder, is: fn(&Error) -> bool| {
        let error = builder.sign().err();
        assert!(error.as_ref().is_some_and(is), "{error:?}");
        error.map(|error| error.to_string()).unwrap_or_default()
    };
    let invalid = [
        token(""),
        token(&"é".repeat(65)),
        token("alice").room(""),
        token("alice").ttl(Duration::from_millis(999)),
        token("alice").ttl(Duration::from_secs(86_401)),
        token("alice").not_before(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
        token("alice").not_before(at(1_793_527_200)),
        token("alice").ttl(Duration::from_secs(1)).not_before(at(1_793_523_602)),
    ];
    let messages = invalid.map(|builder| no_token(builder, Error::is_invalid_request));
    insta::assert_snapshot!("rejected_tokens", messages.join("\n"));
    let key = || Credentials::api_key(API_KEY, SECRET);
    let wrong = [
        AccessToken::builder(SECRET, key(), "alice"),
        AccessToken::builder(ACCOUNT_SID, Credentials::account(ACCOUNT_SID, AUTH_TOKEN), "alice"),
        AccessToken::builder(ACCOUNT_SID, Credentials::api_key(SECRET, API_KEY), "alice"),
        AccessToken::builder(ACCOUNT_SID, Credentials::api_key(API_KEY, ""), "alice"),
    ];
    let messages = wrong.map(|builder| no_token(builder, Error::is_config));
    insta::assert_snapshot!("rejected_keys", messages.join("\n"));
    assert!(token(&"é".repeat(64)).sign().is_ok() && token(&"e".repeat(128)).sign().is_ok());
    assert!(token("alice").not_before(at(1_793_527_199)).sign().is_ok(), "it is valid for one second");
}

#[test]
fn the_region_of_a_token_is_in_its_header() -> Test {
    let header = |builder: AccessTokenBuilder| {
        let token = String::from(builder.sign()?);
        let header = token.split('.').next().unwrap_or_default();
        Ok::<_, Box<dyn std::error::Error>>(header.to_owned())
    };
    // `{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}`, as the vendor's library for Node.js writes it.
    let without = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0";
    assert_eq!(header(token("alice"))?, without);
    // The same with `,"twr":"ie1"` at the end.
    let with = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImN0eSI6InR3aWxpby1mcGE7dj0xIiwidHdyIjoiaWUxIn0";
    assert_eq!(header(token("alice").region("ie1"))?, with);
    for region in ["", "ie1\n", "a b", "\"", "x".repeat(64).as_str()] {
        assert!(token("alice").region(region).sign().is_err_and(|error| error.is_invalid_request()), "{region:?}");
    }
    Ok(())
}
