//! Credentials: where they come from, and that they are not shown.

use std::process::Command;

use twilio_rooms_sandbox::Sandbox;

use super::support::{Folder, Result, program, run, sandbox, stderr, stdout, transcript_of, with_input};

impl Folder {
    /// The program with the profiles in this folder, and no other credentials.
    fn program(&self, sandbox: &Sandbox, arguments: &str) -> Command {
        let mut program = program(arguments);
        program
            .env("TWILIO_ROOMS_CONFIG_DIR", self.path())
            .env("TWILIO_ROOMS_BASE_URL", sandbox.url())
            .env("COLUMNS", "80");
        program
    }
}

#[test]
fn without_credentials_each_command_says_how_to_log_in() -> Result {
    insta::assert_snapshot!(transcript_of("rooms list", &program("rooms list").output()?));
    let mut half = program("rooms list");
    let output = half.env("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef").output()?;
    let expected = "error: TWILIO_ACCOUNT_SID is set, but TWILIO_AUTH_TOKEN is not\n";
    assert_eq!((stderr(&output).as_str(), output.status.code()), (expected, Some(2)));
    let mut half = program("rooms list");
    let output = half.env("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef").output()?;
    let expected = "error: there are no credentials: TWILIO_AUTH_TOKEN is set, but TWILIO_ACCOUNT_SID is not\n";
    assert!(stderr(&output).starts_with(expected), "{}", stderr(&output));
    Ok(())
}

#[test]
fn a_list_of_profiles_tells_which_credentials_are_used() -> Result {
    let none = program("auth list").output()?;
    assert_eq!(stderr(&none), "There are no profiles. To make one: twilio-rooms auth login\n");
    let mut program = program("auth list --output json");
    program.env("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef").env("TWILIO_API_SECRET", "secret");
    let output = program.output()?;
    let expected = "The credentials of the environment, of SK0123456789abcdef0123456789abcdef, come first.\n";
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("[]\n", expected));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_chooses_a_profile_before_other_credentials() -> Result {
    let sandbox = sandbox(1).await?;
    let folder = Folder::new("variable");
    for (name, account) in [("one", sandbox.account_sid()), ("two", "AC0123456789abcdef0123456789abcdef")] {
        let mut login =
            folder.program(&sandbox, &format!("auth login {name} --no-verify --no-keyring --account-sid {account}"));
        assert!(with_input(&mut login, &format!("{}\n", sandbox.auth_token()))?.status.success());
    }
    let with_variable = |name: &str, call: &str| {
        let mut program = folder.program(&sandbox, call);
        program.env("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef").env("TWILIO_API_SECRET", "secret");
        program.env("TWILIO_ROOMS_PROFILE", name).output()
    };
    for (name, call, code) in [
        ("one", "rooms list", 0),
        ("two", "rooms list", 4),
        ("two", "rooms list --profile one", 0),
        ("three", "rooms list", 2),
        ("three", "rooms list --sandbox", 0),
    ] {
        assert_eq!(with_variable(name, call)?.status.code(), Some(code), "{name}: {call}");
    }
    let list = with_variable("one", "auth list --output csv --columns name,is_current --no-header")?;
    assert_eq!((stdout(&list).as_str(), stderr(&list).as_str()), ("one,true\ntwo,false\n", ""));
    Ok(())
}

#[test]
fn the_sandbox_needs_no_credentials() -> Result {
    let output = program("rooms get Demo --sandbox --output csv --columns name,status --no-header").output()?;
    assert_eq!(stdout(&output), "Demo,in-progress\n", "{}", stderr(&output));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_kept_used_and_removed() -> Result {
    let sandbox = sandbox(2).await?;
    let folder = Folder::new("profiles");
    let login = |name: &str, options: &str, secret: &str| {
        let mut program = folder.program(&sandbox, &format!("auth login --no-keyring {name} {options}"));
        with_input(&mut program, &format!("{secret}\n"))
    };
    let account = format!("--account-sid {}", sandbox.account_sid());
    let wrong = login("main", &account, "0123456789abcdef0123456789abcdef")?;
    assert_eq!(wrong.status.code(), Some(4), "{}", stderr(&wrong));
    let main = login("main", &account, sandbox.auth_token())?;
    assert!(main.status.success(), "{}", stderr(&main));
    let key = login("key", &format!("--api-key {}", sandbox.api_key()), sandbox.api_secret())?;
    assert!(key.status.success(), "{}", stderr(&key));

    let mut transcript = String::new();
    for call in [
        "auth list",
        "auth use main",
        "auth list --output json",
        "rooms list --profile key --status any --columns sid,status",
        "rooms list --profile other",
        "auth logout main",
        "auth logout main",
        "rooms list",
    ] {
        transcript.push_str(&transcript_of(call, &folder.program(&sandbox, call).output()?));
    }
    for secret in [sandbox.auth_token(), sandbox.api_secret()] {
        let said = format!("{transcript}{}{}", stderr(&main), stderr(&key));
        assert!(!said.contains(secret), "{said}");
    }
    insta::assert_snapshot!(transcript);
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_others_can_read_is_refused() -> Result {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = sandbox(0).await?;
    let folder = Folder::new("permissions");
    let login = format!("auth login --no-keyring --account-sid {}", sandbox.account_sid());
    let output = with_input(&mut folder.program(&sandbox, &login), sandbox.auth_token())?;
    assert!(output.status.success(), "{}", stderr(&output));
    let file = folder.path().join("profiles.json");
    assert_eq!(std::fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640))?;
    let refused = folder.program(&sandbox, "rooms list").output()?;
    let message = stderr(&refused);
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert!(message.contains("others can open it (mode 640)") && message.contains("chmod 600"), "{message}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_valid_is_named_without_its_content() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = Folder::new("invalid");
    std::fs::create_dir_all(folder.path())?;
    std::fs::write(folder.path().join("profiles.json"), "{\"profiles\": {\"a\": \"s3cret\"}}")?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(folder.path().join("profiles.json"), private)?;
    }
    let output = folder.program(&sandbox, "auth list").output()?;
    let message = stderr(&output);
    assert!(message.contains("is not valid: see line 1") && !message.contains("s3cret"), "{message}");
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn debug_shows_requests_without_secrets() -> Result {
    let sandbox = sandbox(0).await?;
    let output = run(&sandbox, 80, "rooms create --name Standup --debug")?;
    let shown = stderr(&output);
    assert!(shown.contains("debug: > POST ") && shown.contains("UniqueName=Standup"), "{shown}");
    assert!(shown.contains("debug: < 201 Created"), "{shown}");
    for secret in [sandbox.auth_token(), "authorization", "Authorization", "Basic"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    Ok(())
}
