//! Where the server listens: in the clear, or with TLS by a certificate of one's own.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, rustls};

use crate::problem::{Problem, Status};

/// How long somebody may take to agree on encryption.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How many who have agreed on it may wait to be answered.
const WAITING: usize = 64;

/// How long it waits after a connection could not be taken, as when too many files are open.
const PAUSE: Duration = Duration::from_secs(1);

/// From where somebody asks.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Peer {
        Peer(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, Encrypted>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Encrypted>) -> Peer {
        Peer(*stream.remote_addr())
    }
}

/// Listens with TLS. Each handshake goes on by itself: who is slow keeps nobody waiting.
pub struct Encrypted {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl Encrypted {
    /// Begins to take connections.
    pub fn new(listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<Encrypted> {
        let address = listener.local_addr()?;
        let (agree, agreed) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            while !agree.is_closed() {
                let Ok((stream, from)) = listener.accept().await else {
                    tokio::time::sleep(PAUSE).await;
                    continue;
                };
                let (acceptor, agree) = (acceptor.clone(), agree.clone());
                tokio::spawn(async move {
                    let shaken = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await;
                    if let Ok(Ok(stream)) = shaken {
                        // The server may have ended.
                        let _ = agree.send((stream, from)).await;
                    }
                });
            }
        });
        Ok(Encrypted { address, agreed })
    }
}

impl Listener for Encrypted {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(taken) => taken,
            // Nobody comes any more.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// What is needed for TLS: the certificate with those that vouch for it, and its key, both as PEM.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, Problem> {
    let unfit = |path: &Path, why: String| {
        Problem::new(Status::Data, format!("{}: {why}", path.display())).with_remedy(
            "both must be PEM files: the certificate with its chain, and its private key",
        )
    };
    let open = |path: &Path| File::open(path).map_err(|error| Problem::unreadable(path, &error));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_reader_iter(open(certificate)?)
        .collect::<Result<_, _>>()
        .map_err(|error| unfit(certificate, format!("this is no certificate: {error}")))?;
    if chain.is_empty() {
        return Err(unfit(
            certificate,
            "there is no certificate in it".to_owned(),
        ));
    }
    let private = PrivateKeyDer::from_pem_reader(open(key)?)
        .map_err(|error| unfit(key, format!("this is no private key: {error}")))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(certificate, error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| unfit(key, format!("it does not fit the certificate: {error}")))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
