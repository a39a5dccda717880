//! Which library does the arithmetic of TLS.

/// Chooses `ring` for every TLS connection of this process that names no other. Must be called
/// before the first HTTP client is made, as often as one likes.
pub fn use_ring_for_tls() {
    // An error says that a provider was chosen before, which is all that is wanted.
    drop(rustls::crypto::ring::default_provider().install_default());
}
