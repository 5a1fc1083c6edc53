//! Answers that are compressed on their way.

use std::error::Error;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twilio_rooms::{Client, ClientBuilder, Credentials, Retry};
use twilio_rooms_sandbox::Sandbox;

type Test = Result<(), Box<dyn Error>>;

fn client_of(sandbox: &Sandbox) -> ClientBuilder {
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    Client::builder().credentials(credentials).base_url(sandbox.url())
}

#[tokio::test]
async fn a_client_says_what_it_can_read() -> Test {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let credentials = Credentials::account("AC0123456789abcdef0123456789abcdef", "token");
    let client = Client::builder().credentials(credentials).base_url(url).retry(Retry::none()).build()?;
    let listing = async { client.rooms().list().collect().await };
    let asked = async {
        let (mut stream, _) = listener.accept().await?;
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).await?;
            head.push(byte[0]);
        }
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&head).into_owned())
    };
    let (_, head) = tokio::join!(listing, asked);
    let head = head?;
    assert!(head.contains("accept-encoding: gzip,br\r\n"), "{head}");
    Ok(())
}

#[tokio::test]
async fn a_listing_is_what_it_is_without_and_much_smaller_on_its_way() -> Test {
    let sandbox = Sandbox::builder().rooms(1000).all_completed().start().await?;
    let rooms = client_of(&sandbox).build()?.rooms().list().status("completed").collect().await?;
    assert_eq!(rooms.len(), 1000);

    // What a client without it gets, and one with it, as they come.
    let mut sizes = Vec::new();
    for encoding in ["identity", "gzip", "br"] {
        let mut stream = TcpStream::connect(sandbox.url().trim_start_matches("http://")).await?;
        let head = format!(
            "GET /v1/Rooms?Status=completed&PageSize=1000 HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
             Authorization: Basic {}\r\nAccept-Encoding: {encoding}\r\n\r\n",
            "QUM1YTRkYjBjNWE0ZGIwYzVhNGRiMGM1YTRkYjBjNWE0ZDo1YTRkYjBjNS10aGUtYXV0aC10b2tlbg=="
        );
        stream.write_all(head.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let says_so = String::from_utf8_lossy(&answer).contains(&format!("content-encoding: {encoding}\r\n"));
        assert_eq!(says_so, encoding != "identity");
        sizes.push(answer.len());
    }
    assert!(sizes.iter().skip(1).all(|size| size * 10 < sizes[0]), "{sizes:?}");
    Ok(())
}

#[tokio::test]
async fn the_limit_of_a_body_is_for_what_comes_out_of_it() -> Test {
    let sandbox = Sandbox::builder().rooms(1000).all_completed().start().await?;
    // More than the page is on its way, and less than what it is made of.
    let client = client_of(&sandbox).max_body_size(300_000).build()?;
    let error = client.rooms().list().status("completed").collect().await.err().ok_or("it was read")?;
    assert!(error.is_too_large(), "{error}");
    Ok(())
}
