//! The stand-in on a loopback port, for the program as a whole and for clients of others.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::thread::JoinHandle;
use std::time::Duration;

use futures_util::stream;
use futures_util::{Stream, StreamExt};
use http_body_util::{BodyExt, Either, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::fake::{Fake, Outcome};
use super::wire::{WireRequest, WireResponse};

/// A server on a free port of 127.0.0.1, in a thread of its own until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that answers as `fake` does.
    pub(crate) fn start(fake: &Fake) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener
            .set_nonblocking(true)
            .expect("a socket that does not block");
        let address = listener.local_addr().expect("the address of a socket");
        let (stop, stopped) = oneshot::channel();
        let fake = fake.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            // Dropping the runtime cuts what is still open.
            runtime.expect("a runtime").block_on(async move {
                let listener = TcpListener::from_std(listener).expect("a socket");
                tokio::select! {
                    () = accept(&listener, &fake) => {}
                    _ = stopped => {}
                }
            });
        });
        Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Returns the address of the server, for `--endpoint-url`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: &TcpListener, fake: &Fake) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        tokio::spawn(serve(stream, fake.clone()));
    }
}

async fn serve(stream: TcpStream, fake: Fake) {
    let stream = stream.into_std().expect("a socket");
    let twin = stream.try_clone().expect("the same socket");
    let twin = TcpStream::from_std(twin).expect("a socket");
    let stream = TcpStream::from_std(stream).expect("a socket");
    let service = service_fn(|request| answer(&fake, &twin, request));
    // A connection that is cut ends with an error, and that is what was wanted.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

type Body = Either<Full<Bytes>, Either<BrokenOff, Dripping>>;

async fn answer(
    fake: &Fake,
    socket: &TcpStream,
    request: Request<Incoming>,
) -> Result<Response<Body>, io::Error> {
    match fake.outcome(&received(request).await?).await {
        Outcome::Whole(response) => {
            let body = Full::new(Bytes::from(response.body.clone()));
            Ok(sent(&response, Either::Left(body)))
        }
        Outcome::Part(response) => {
            let body = broken_off(&response.body);
            Ok(sent(&response, Either::Right(Either::Left(body))))
        }
        Outcome::Slow(response) => {
            let body = dripping(response.body.clone());
            Ok(sent(&response, Either::Right(Either::Right(body))))
        }
        Outcome::Cut | Outcome::Silence => {
            // Closing then sends a reset, not an orderly end.
            socket.set_zero_linger()?;
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
}

async fn received(request: Request<Incoming>) -> Result<WireRequest, io::Error> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?;
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Ok(WireRequest {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        headers: headers.collect(),
        body: body.to_bytes().to_vec(),
    })
}

fn sent(response: &WireResponse, body: Body) -> Response<Body> {
    let mut builder = Response::builder().status(response.status);
    for (name, value) in &response.headers {
        builder = builder.header(*name, value);
    }
    builder.body(body).expect("a response")
}

/// A body that ends with an error.
pub(crate) type BrokenOff = StreamBody<stream::Iter<std::vec::IntoIter<io::Result<Frame<Bytes>>>>>;

/// Returns the first half of `body`, after which the connection breaks off.
pub(crate) fn broken_off(body: &[u8]) -> BrokenOff {
    let (half, _) = body.split_at(body.len() / 2);
    let half = Frame::data(Bytes::copy_from_slice(half));
    let parts = vec![Ok(half), Err(io::ErrorKind::UnexpectedEof.into())];
    StreamBody::new(stream::iter(parts))
}

/// A body that comes byte by byte.
pub(crate) type Dripping =
    StreamBody<Pin<Box<dyn Stream<Item = io::Result<Frame<Bytes>>> + Send + Sync>>>;

/// Returns `body` byte by byte, with a pause before each.
pub(crate) fn dripping(body: Vec<u8>) -> Dripping {
    let drops = stream::unfold(body.into_iter(), async |mut rest| {
        let byte = rest.next()?;
        tokio::time::sleep(Duration::from_millis(40)).await;
        Some((Ok(Frame::data(Bytes::from(vec![byte]))), rest))
    });
    // The SDK asks once more after the end.
    StreamBody::new(Box::pin(drops.fuse()))
}
