//! Connections of the preview that may be open at one time.
//!
//! Takes each new connection in; where there are too many, closes the one that does least for
//! anyone, so that connections which say nothing keep no browser out. Sends and reads nothing.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most connections at one time.
const MAX_CONNECTIONS: usize = 128;

/// Activity of a connection; those named first are closed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Activity {
    /// No answer is due: the request has not come, or the answer is out.
    Idle,
    /// Waits for news. A browser asks for them again by itself.
    Listening,
    /// Is sent an answer.
    Answering,
}

/// All open connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Seats(Arc<Mutex<SeatTable>>);

#[derive(Debug, Default)]
struct SeatTable {
    /// Number of connections so far.
    count: u64,
    /// By activity, the oldest first.
    open: BTreeMap<(Activity, u64), Arc<Connection>>,
}

#[derive(Debug)]
struct Connection {
    stream: Arc<TcpStream>,
    is_closed: AtomicBool,
}

/// A place for one connection. It is free again however the connection ends.
#[derive(Debug)]
pub(super) struct Seat {
    seats: Seats,
    key: (Activity, u64),
    connection: Arc<Connection>,
}

impl Seats {
    /// Takes a connection in. Returns its seat, and whether another was closed for it.
    pub(super) fn take(&self, stream: Arc<TcpStream>) -> (Seat, bool) {
        let mut table = self.table();
        let mut closed = false;
        while table.open.len() >= MAX_CONNECTIONS
            && let Some((_, connection)) = table.open.pop_first()
        {
            connection.is_closed.store(true, Ordering::SeqCst);
            // It may be closed already. Whoever reads from it or writes to it is woken.
            let _ = connection.stream.shutdown(Shutdown::Both);
            closed = true;
        }
        let connection = Arc::new(Connection { stream, is_closed: AtomicBool::new(false) });
        table.count += 1;
        let key = (Activity::Idle, table.count);
        table.open.insert(key, connection.clone());
        (Seat { seats: self.clone(), key, connection }, closed)
    }

    /// Returns the number of open connections.
    pub(super) fn count(&self) -> usize {
        self.table().open.len()
    }

    fn table(&self) -> MutexGuard<'_, SeatTable> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Records what the connection does from now on.
    pub(super) fn now(&mut self, activity: Activity) {
        let mut table = self.seats.table();
        // One that was closed for another has no seat any more.
        if let Some(connection) = table.open.remove(&self.key) {
            self.key.0 = activity;
            table.open.insert(self.key, connection);
        }
    }

    /// Whether the connection was closed for another.
    pub(super) fn is_closed(&self) -> bool {
        self.connection.is_closed.load(Ordering::SeqCst)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.table().open.remove(&self.key);
    }
}
