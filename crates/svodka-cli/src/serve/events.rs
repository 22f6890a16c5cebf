//! What happens meanwhile, told as it happens (server-sent events).

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;

use super::app::App;
use super::who::Who;

/// What happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum News {
    /// The project has changed: what was read before may be out of date.
    Changed {
        /// The newest entry of the log.
        newest: i64,
    },
    /// A file that this reader sent is being read. Others are not told.
    Progress {
        /// Who sent it.
        #[serde(skip)]
        to: String,
        /// The file's name.
        file: String,
        /// Which of the files sent together, from 1.
        at: usize,
        /// How many there are.
        of: usize,
        /// `reading`, `kept` or `refused`.
        state: &'static str,
    },
    /// How many reports were read by a pack that this reader changed. Others are not told.
    Tried {
        /// Who changed it.
        #[serde(skip)]
        to: String,
        /// How many were read.
        done: usize,
        /// How many there are.
        of: usize,
    },
}

/// Changes by anybody, and how reading one's own files goes on: events `changed`, `progress` and `tried`, with JSON.
#[utoipa::path(get, path = "/api/events", tag = "project",
    responses((status = 200, description = "Server-sent events", body = News, content_type = "text/event-stream")))]
pub async fn events(
    State(app): State<Arc<App>>,
    who: Who,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listening = app.listen();
    let news = stream::unfold((listening, who), |(mut listening, who)| async move {
        loop {
            let news = match listening.recv().await {
                Ok(news) => news,
                // Too slow to hear all: what matters is told by the next change.
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return None,
            };
            let name = match &news {
                News::Changed { .. } => "changed",
                News::Progress { to, .. } if *to == who.name => "progress",
                News::Tried { to, .. } if *to == who.name => "tried",
                News::Progress { .. } | News::Tried { .. } => continue,
            };
            let event = Event::default().event(name).json_data(&news);
            if let Ok(event) = event {
                return Some((Ok(event), (listening, who)));
            }
        }
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}
