//! Compressed responses.

use std::error::Error;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twilio_rooms::{Client, ClientBuilder, Credentials, Retry, Room};
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

/// Lists rooms, when the response has this body, said to be compressed.
async fn list(encoding: &str, body: &[u8]) -> Result<Result<Vec<Room>, twilio_rooms::Error>, Box<dyn Error>> {
    respond("200 OK", encoding, body).await
}

/// Lists rooms, when the response has this status and this body, said to be compressed.
async fn respond(
    status: &'static str,
    encoding: &str,
    body: &[u8],
) -> Result<Result<Vec<Room>, twilio_rooms::Error>, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nContent-Encoding: {encoding}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let response = [head.as_bytes(), body].concat();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut request).await?;
        }
        stream.write_all(&response).await
    });
    let credentials = Credentials::account("AC0123456789abcdef0123456789abcdef", "token");
    let client = Client::builder().credentials(credentials).base_url(url).retry(Retry::none()).build()?;
    let result = client.rooms().list().collect().await;
    serving.await??;
    Ok(result)
}

/// Returns the error of a listing whose response has this body, said to be compressed.
async fn error_of(encoding: &str, body: &[u8]) -> Result<twilio_rooms::Error, Box<dyn Error>> {
    Ok(list(encoding, body).await?.err().ok_or("no error")?)
}

/// Returns a member of a gzip file (RFC 1952), in which this text is stored without compression.
fn member(text: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let length = u16::try_from(text.len())?;
    let crc = text.bytes().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    });
    let mut member = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01".to_vec();
    member.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
    member.extend(text.bytes());
    member.extend([(!crc).to_le_bytes(), u32::from(length).to_le_bytes()].concat());
    Ok(member)
}

#[tokio::test]
async fn a_gzip_body_may_have_several_members() -> Test {
    let body = r#"{"meta": {"next_page_url": null}, "rooms": [{"sid": "RM1"}, {"sid": "RM2"}]}"#;
    for middle in [0, 1, 40, body.len() - 1, body.len()] {
        let (one, other) = body.split_at(middle);
        let members = [member(one)?, member(other)?, member("")?].concat();
        let rooms = list("gzip", &members).await??;
        assert_eq!(rooms.iter().map(|room| room.sid.as_str()).collect::<Vec<_>>(), ["RM1", "RM2"], "{middle}");
    }
    // The last one is cut, in its header, its data or its checksum.
    let (one, other) = body.split_at(40);
    let (one, other) = (member(one)?, member(other)?);
    for length in [1, 5, 12, 30, other.len() - 1] {
        let cut = error_of("gzip", &[&one[..], &other[..length]].concat()).await?;
        assert!(cut.is_decode() && cut.is_retryable() && !cut.is_connect(), "{length}: {cut:?}");
    }
    // It is no member at all, or its checksum is wrong.
    let mut wrong = other.clone();
    *wrong.iter_mut().rev().nth(6).ok_or("it is empty")? ^= 1;
    for odd in [&b"and more text, which is no gzip"[..], &wrong] {
        let corrupt = error_of("gzip", &[&one[..], odd].concat()).await?;
        assert!(corrupt.is_decode() && !corrupt.is_retryable() && !corrupt.is_connect(), "{corrupt:?}");
        assert!(corrupt.to_string().contains("the compressed body is corrupt"), "{corrupt}");
    }
    Ok(())
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

#[tokio::test]
async fn the_code_of_a_compressed_error_is_read_even_if_its_body_is_cut() -> Test {
    let body = member(r#"{"code": 20001, "message": "Invalid PageSize", "more_info": "https://a.example"}"#)?;
    for length in [body.len(), body.len() - 1, 70] {
        let error = respond("400 Bad Request", "gzip", &body[..length]).await?.err().ok_or("no error")?;
        assert_eq!((error.status(), error.code(), error.message()), (Some(400), Some(20001), Some("Invalid PageSize")));
    }
    let error = respond("400 Bad Request", "gzip", b"<html>").await?.err().ok_or("no error")?;
    assert_eq!((error.status(), error.code()), (Some(400), None));
    Ok(())
}
