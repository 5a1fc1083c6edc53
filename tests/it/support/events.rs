//! A `tracing` subscriber for tests.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::rc::Rc;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static LISTENER: RefCell<Option<Rc<Listener>>> = const { RefCell::new(None) };
}

struct Listener {
    lines: RefCell<Vec<String>>,
    on_event: Box<dyn Fn()>,
}

/// Records the spans and events of the client on this thread until it is dropped.
pub(crate) struct Events(Rc<Listener>);

impl Events {
    /// Installs the global subscriber, which forwards to the listener of the current thread.
    ///
    /// Call it before the first event, since `tracing` caches which events have no subscriber.
    pub(crate) fn install() {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| assert!(tracing::subscriber::set_global_default(ToThread).is_ok(), "there is another"));
    }

    /// Listens on this thread, and calls `on_event` on each event.
    pub(crate) fn listen(on_event: impl Fn() + 'static) -> Self {
        Self::install();
        let listener = Rc::new(Listener { lines: RefCell::default(), on_event: Box::new(on_event) });
        LISTENER.set(Some(Rc::clone(&listener)));
        Self(listener)
    }

    pub(crate) fn text(&self) -> String {
        self.0.lines.borrow().join("\n")
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        LISTENER.set(None);
    }
}

/// Forwards spans and events to the listener of the current thread.
struct ToThread;

impl ToThread {
    fn note(line: Line) -> Option<Rc<Listener>> {
        let listener = LISTENER.with_borrow(Clone::clone)?;
        listener.lines.borrow_mut().push(line.0);
        Some(listener)
    }
}

impl Subscriber for ToThread {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("twilio_rooms")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(format!("{} {}", span.metadata().level(), span.metadata().name()));
        span.record(&mut line);
        Self::note(line);
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{}", event.metadata().level()));
        event.record(&mut line);
        if let Some(listener) = Self::note(line) {
            (listener.on_event)();
        }
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line("recorded".to_owned());
        values.record(&mut line);
        Self::note(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Elapsed time and the port differ from run to run.
        let value = match field.name() {
            "elapsed" => "[elapsed]".to_owned(),
            "server.port" => "[port]".to_owned(),
            _ => format!("{value:?}"),
        };
        let _ = write!(self.0, " {}={value}", field.name());
    }
}
