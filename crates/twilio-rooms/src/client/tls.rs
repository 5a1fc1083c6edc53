//! The TLS of the HTTP client: the library, and the cryptography.

#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
use std::sync::Arc;

#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
use rustls::crypto::CryptoProvider;

use crate::error::Error;

/// Sets up TLS by the platform's library.
#[cfg(feature = "native-tls")]
#[expect(clippy::unnecessary_wraps, reason = "rustls can fail")]
pub(super) fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_native())
}

/// Sets up TLS by rustls, with the certificates of the platform.
#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
pub(super) fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let config = rustls::ClientConfig::builder_with_provider(provider()?).with_safe_default_protocol_versions();
    let config = config.and_then(BuilderVerifierExt::with_platform_verifier);
    let config = config.map_err(|error| Error::config(format!("TLS cannot be set up: {error}")).with_source(error))?;
    let mut config = config.with_no_client_auth();
    // As the service and reqwest without HTTP/2 agree on.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

/// Leaves the client without TLS: it can send requests to loopback addresses only.
#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
#[expect(clippy::unnecessary_wraps, reason = "rustls can fail")]
pub(super) fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}

/// Returns the cryptography that the application has installed, otherwise that of a feature. Nothing is installed here,
/// since the process belongs to the application.
#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
#[cfg_attr(
    any(feature = "rustls-ring", feature = "rustls-aws-lc-rs"),
    expect(clippy::unnecessary_wraps, reason = "without a provider of a feature there may be none")
)]
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    if let Some(installed) = CryptoProvider::get_default() {
        return Ok(Arc::clone(installed));
    }
    #[cfg(feature = "rustls-aws-lc-rs")]
    return Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls-aws-lc-rs")))]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs")))]
    Err(Error::config(
        "rustls has no cryptography: install a provider (`rustls::crypto::CryptoProvider::install_default`) before the client \
         is built, or enable the feature `rustls-ring` or `rustls-aws-lc-rs`",
    ))
}

#[cfg(all(test, any(feature = "rustls-ring", feature = "rustls-aws-lc-rs"), not(feature = "native-tls")))]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_installed_for_the_process() {
        assert!(with_tls(reqwest::Client::builder()).is_ok_and(|builder| builder.build().is_ok()));
        assert!(CryptoProvider::get_default().is_none());
    }
}

#[cfg(all(
    test,
    feature = "rustls-no-provider",
    not(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs", feature = "native-tls"))
))]
mod tests_without_provider {
    use super::*;

    #[test]
    fn a_client_without_cryptography_says_how_to_get_it() {
        let error =
            with_tls(reqwest::Client::builder()).map_or_else(|error| error.to_string(), |_| "it was built".to_owned());
        assert!(error.contains("install_default") && error.contains("rustls-ring"), "{error}");
    }
}
