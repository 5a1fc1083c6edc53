//! Compressed responses.

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
async fn the_client_announces_its_encodings() -> Test {
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
async fn a_compressed_listing_is_the_same_and_much_smaller_on_the_wire() -> Test {
    let sandbox = Sandbox::builder().rooms(1000).all_completed().start().await?;
    let rooms = client_of(&sandbox).build()?.rooms().list().status("completed").collect().await?;
    assert_eq!(rooms.len(), 1000);

    // The responses without and with compression, as they are on the wire.
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
async fn the_maximum_body_size_applies_to_the_decompressed_body() -> Test {
    let sandbox = Sandbox::builder().rooms(1000).all_completed().start().await?;
    // More than the compressed size, and less than the decompressed size.
    let client = client_of(&sandbox).max_body_size(300_000).build()?;
    let error = client.rooms().list().status("completed").collect().await.err().ok_or("no error")?;
    assert!(error.is_too_large(), "{error}");
    Ok(())
}

/// Returns the error of a listing whose response has this body, said to be compressed.
async fn error_of(encoding: &str, body: &[u8]) -> Result<twilio_rooms::Error, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nContent-Encoding: {encoding}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let response = [head.as_bytes(), body].concat();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.read_buf(&mut Vec::with_capacity(4096)).await?;
        stream.write_all(&response).await
    });
    let credentials = Credentials::account("AC0123456789abcdef0123456789abcdef", "token");
    let client = Client::builder().credentials(credentials).base_url(url).retry(Retry::none()).build()?;
    let error = client.rooms().list().collect().await.err().ok_or("no error")?;
    serving.await??;
    Ok(error)
}

#[tokio::test]
async fn a_corrupt_compressed_body_is_named() -> Test {
    let header = b"\x1f\x8b\x08\0\0\0\0\0\0\x03";
    for (encoding, body) in [
        ("gzip", b"{\"rooms\": []}".to_vec()),
        ("gzip", [&header[..], b"\xff\xff\xff\xff\xff"].concat()),
        ("br", b"\xff\xff\xff\xff{}".to_vec()),
    ] {
        let error = error_of(encoding, &body).await?;
        assert!(error.is_decode() && !error.is_connect() && !error.is_retryable(), "{error:?}");
        assert!(error.to_string().contains("the compressed body is corrupt"), "{error}");
    }
    let cut = error_of("gzip", &[&header[..], b"\xab"].concat()).await?;
    assert!(cut.is_decode() && cut.is_retryable(), "{cut:?}");
    Ok(())
}
