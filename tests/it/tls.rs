//! Certificates that do not verify, in the handshake with a server of this machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::Acceptor;
use tokio_rustls::rustls::{NamedGroup, ServerConfig};
use twilio_rooms::{Client, ClientBuilder, Error, Retry};

use crate::support::{Test, credentials, http_client_builder, room};

type Issuer = CertifiedIssuer<'static, KeyPair>;

/// A server that answers each request with a room, and counts its connections.
struct TlsServer {
    url: String,
    connections: Arc<AtomicUsize>,
    /// The key exchanges that the client has offered.
    groups: Arc<Mutex<Vec<NamedGroup>>>,
    task: JoinHandle<()>,
}

impl TlsServer {
    /// Starts a server whose certificate was issued by this issuer.
    async fn start(issuer: &Issuer, certificate: CertificateParams) -> Result<Self, Box<dyn std::error::Error>> {
        let key = KeyPair::generate()?;
        let chain: Vec<CertificateDer<'static>> = vec![certificate.signed_by(&key, issuer)?.der().clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der())?;
        // With the features of both providers, rustls asks which one.
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = config.with_no_client_auth().with_single_cert(chain, key)?;
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (url, connections) = (format!("https://{}", listener.local_addr()?), Arc::<AtomicUsize>::default());
        let groups = Arc::<Mutex<Vec<NamedGroup>>>::default();
        let (counter, offered) = (Arc::clone(&connections), Arc::clone(&groups));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let Ok(start) = LazyConfigAcceptor::new(Acceptor::default(), stream).await else { continue };
                let hello = start.client_hello().named_groups().unwrap_or_default().to_vec();
                *offered.lock().unwrap_or_else(PoisonError::into_inner) = hello;
                // The client ends the handshake if it does not accept the certificate.
                let Ok(mut stream) = start.into_stream(Arc::clone(&config)).await else { continue };
                let (mut head, body) = (Vec::new(), room(1).to_string());
                while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {}
                let response =
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                let _ = stream.write_all(response.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Ok(Self { url, connections, groups, task })
    }

    fn client(&self) -> ClientBuilder {
        let retry = Retry::new().base_delay(Duration::ZERO);
        Client::builder().credentials(credentials()).base_url(&self.url).retry(retry)
    }

    /// Checks that an error names the certificate in its one line, and that there was no second attempt.
    fn assert_rejected(&self, error: &Error, reason: &str) {
        let expected =
            format!("the certificate in the connection to {} was not accepted: invalid peer certificate: ", self.url);
        let message = error.to_string();
        assert!(message.starts_with(&expected) && message.contains(reason) && !message.contains('\n'), "{message}");
        assert!(error.is_connect() && !error.is_retryable() && !error.is_outcome_unknown(), "{error:?}");
        assert_eq!((error.attempts(), self.connections.load(Ordering::SeqCst)), (1, 1), "{message}");
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn issuer() -> Result<Issuer, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn valid_for(host: &str) -> Result<CertificateParams, rcgen::Error> {
    CertificateParams::new([host.to_owned()])
}

#[tokio::test]
async fn a_certificate_of_an_unknown_issuer_is_named_and_not_retried() -> Test {
    let issuer = issuer()?;
    let server = TlsServer::start(&issuer, valid_for("127.0.0.1")?).await?;
    let error = server.client().build()?.room("x").fetch().await.err().ok_or("it was accepted")?;
    server.assert_rejected(&error, "UnknownIssuer");
    // Not even a request that could be repeated without harm, or one that is not sent at all when the handshake fails.
    let server = TlsServer::start(&issuer, valid_for("127.0.0.1")?).await?;
    let error = server.client().build()?.rooms().create().await.err().ok_or("it was accepted")?;
    server.assert_rejected(&error, "UnknownIssuer");
    Ok(())
}

#[tokio::test]
async fn other_faults_of_a_certificate_are_named_if_its_issuer_is_known() -> Test {
    let issuer = issuer()?;
    let mut expired = valid_for("127.0.0.1")?;
    (expired.not_before, expired.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let mut future = valid_for("127.0.0.1")?;
    (future.not_before, future.not_after) = (date_time_ymd(2200, 1, 1), date_time_ymd(2201, 1, 1));
    let cases = [
        (expired, Some("certificate expired")),
        (future, Some("certificate not valid yet")),
        (valid_for("video.example.com")?, Some("certificate not valid for name \"127.0.0.1\"")),
        (valid_for("127.0.0.1")?, None),
    ];
    for (certificate, reason) in cases {
        let server = TlsServer::start(&issuer, certificate).await?;
        let root = reqwest::Certificate::from_der(issuer.der())?;
        let http = http_client_builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let client = server.client().http_client(http.tls_certs_only([root]).build()?).build()?;
        match (client.room("x").fetch().await, reason) {
            (Err(error), Some(reason)) => server.assert_rejected(&error, reason),
            (result, None) => assert!(result.is_ok(), "{result:?}"),
            (Ok(_), Some(reason)) => return Err(format!("accepted, although: {reason}").into()),
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_features_choose_the_cryptography() -> Test {
    let server = TlsServer::start(&issuer()?, valid_for("127.0.0.1")?).await?;
    let error = server.client().build()?.room("x").fetch().await.err().ok_or("it was accepted")?;
    server.assert_rejected(&error, "UnknownIssuer");
    let groups = server.groups.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(groups.contains(&NamedGroup::X25519), "{groups:?}");
    // ring has no key exchange that resists quantum computers; aws-lc-rs prefers one.
    assert_eq!(groups.contains(&NamedGroup::X25519MLKEM768), cfg!(feature = "aws-lc-rs"), "{groups:?}");
    Ok(())
}
