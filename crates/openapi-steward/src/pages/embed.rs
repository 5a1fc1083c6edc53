//! Data in a page: compressed, and in Base64, so that it is small and has no character that ends an element.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The data as gzip in Base64. The page reads it with `DecompressionStream`.
pub(crate) fn gzip_base64(data: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(7));
    // Writing to memory cannot fail.
    let _ = encoder.write_all(data);
    STANDARD.encode(encoder.finish().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn data_can_be_read_back_and_is_the_same_each_time() -> Result<(), Box<dyn std::error::Error>> {
        let data = "</script><!-- ä".repeat(100);
        let encoded = gzip_base64(data.as_bytes());
        assert!(encoded.len() < data.len() && !encoded.contains('<'));
        assert_eq!(encoded, gzip_base64(data.as_bytes()));
        let mut text = String::new();
        flate2::read::GzDecoder::new(STANDARD.decode(encoded).map_err(|error| error.to_string())?.as_slice())
            .read_to_string(&mut text)?;
        assert_eq!(text, data);
        Ok(())
    }
}
