//! The template engine: strict about undefined names, values escaped, work bounded.

use std::io::{self, Write};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior};
use serde::Serialize;

use crate::render::wording::Wording;

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The template's name.
    pub template: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// Gives the text of a template by its name below `templates/`, or why one that is there cannot be used.
pub type Load = dyn Fn(&str) -> Result<Option<String>, String> + Send + Sync;

/// Fuel for the templates of any document, whatever the bank. A step takes one, 64 bytes of text another: this is a
/// quarter of a gigabyte, and 300 times what the packet of a screen takes.
const FUEL: u64 = 4_000_000;
/// Fuel for each question of the bank beside that: three times what a handbook takes.
const FUEL_PER_QUESTION: u64 = 2_000;
/// How long the templates of a document may take: lists within lists, each there twice, are walked through without fuel.
/// The handbook of 10,000 questions takes a few seconds in all.
const PATIENCE: Duration = Duration::from_secs(20);
/// The bytes of text that one fuel pays for.
const BYTES_PER_FUEL: usize = 64;
/// The most bytes of a document: three times a handbook of 10,000 questions.
const MAX_BYTES: usize = 128 * 1024 * 1024;

/// Renders views through templates.
pub struct Engine {
    environment: Arc<Environment<'static>>,
    load: Arc<Load>,
    patience: Duration,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine over template texts by name, with the words of a language, for a bank of so many questions.
    #[must_use]
    pub fn new(load: Arc<Load>, words: &Arc<Wording>, questions: usize) -> Self {
        let mut environment = Environment::new();
        let texts = Arc::clone(&load);
        environment.set_loader(move |name| {
            texts(name).map_err(|message| Error::new(ErrorKind::TemplateNotFound, message))
        });
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Errors name what is undefined, in every build.
        environment.set_debug(true);
        environment.set_fuel(Some(FUEL + FUEL_PER_QUESTION * questions as u64));
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()
                .unwrap_or_default(),
        );
        environment.add_global("t", words.value());
        let own = Arc::clone(words);
        environment.add_filter("count", move |number: i64, what: &str| {
            own.count(number, what).ok_or_else(|| {
                let message = format!("there are no words for a count of `{what}`");
                Error::new(ErrorKind::InvalidOperation, message)
            })
        });
        let own = Arc::clone(words);
        environment.add_filter("percent", move |number: i64| own.percent(number));
        let own = Arc::clone(words);
        environment.add_filter("date", move |date: &str| {
            Date::from_str(date).map_or_else(|_| date.to_owned(), |date| own.date(date))
        });
        environment.add_filter("fill", fill);
        Self {
            environment: Arc::new(environment),
            load,
            patience: PATIENCE,
        }
    }

    /// The text of a template or of another file beside it, as it is.
    ///
    /// # Errors
    /// When there is none.
    pub fn source(&self, name: &str) -> Result<String, TemplateError> {
        let failed = |message: String| TemplateError {
            template: name.to_owned(),
            line: None,
            message,
        };
        let text = (self.load)(name).map_err(failed)?;
        text.ok_or_else(|| failed("there is no such template".to_owned()))
    }

    /// Whether a template can be read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, name: &str) -> Result<(), TemplateError> {
        let template = self.environment.get_template(name);
        template.map(|_| ()).map_err(|error| said(name, &error))
    }

    /// Renders a view through the template of that name. Values are escaped where the name says
    /// that the template is HTML.
    ///
    /// # Errors
    /// When the template is not there, does not parse, asks for a name that the view lacks, or takes too much work.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let value = Value::from(Serde(view));
        let environment = Arc::clone(&self.environment);
        let template = name.to_owned();
        let (send, receive) = mpsc::sync_channel(1);
        let work = move || {
            // Nobody listens any more once it took too long.
            let _ = send.send(rendered(&environment, &template, value));
        };
        let failed = |message: String| TemplateError {
            template: name.to_owned(),
            line: None,
            message,
        };
        thread::Builder::new()
            .spawn(work)
            .map_err(|error| failed(format!("no thread can be started: {error}")))?;
        match receive.recv_timeout(self.patience) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(failed("this takes too long".to_owned())),
            Err(RecvTimeoutError::Disconnected) => {
                Err(failed("the template engine has failed".to_owned()))
            }
        }
    }
}

fn rendered(
    environment: &Environment<'static>,
    name: &str,
    value: Value,
) -> Result<String, TemplateError> {
    let mut out = Bounded(Vec::new());
    environment
        .get_template(name)
        .and_then(|template| template.render_captured_to(value, &mut out).map(|_| ()))
        .map_err(|error| said(name, &error))?;
    String::from_utf8(out.0).map_err(|_| TemplateError {
        template: name.to_owned(),
        line: None,
        message: "the document is not UTF-8".to_owned(),
    })
}

/// Puts a text or a number in the place of `{n}`.
fn fill(state: &State<'_, '_>, text: &str, value: &Value) -> Result<String, Error> {
    const PLACE: &str = "{n}";
    if value.as_str().is_none() && !value.is_number() {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "only a text or a number can be filled in",
        ));
    }
    let value = value.to_string();
    let bytes = text.matches(PLACE).count() * value.len();
    state.consume_fuel((bytes / BYTES_PER_FUEL) as u64)?;
    Ok(text.replace(PLACE, &value))
}

/// The innermost error, which names the template that is wrong, not the one that includes it.
fn said(name: &str, error: &Error) -> TemplateError {
    let mut innermost = error;
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(inner) = inner.downcast_ref::<Error>() {
            innermost = inner;
        }
        source = inner.source();
    }
    let message = match (innermost.kind(), innermost.detail()) {
        (ErrorKind::OutOfFuel, _) => "this takes too many steps".to_owned(),
        (ErrorKind::WriteFailure, _) => "the document grows too large".to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    };
    TemplateError {
        template: innermost.name().unwrap_or(name).to_owned(),
        line: innermost.line(),
        message,
    }
}

struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_BYTES {
            return Err(io::Error::other("too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_no_fuel_and_never_ends_is_given_up() {
        let text = "{% set kept = namespace(x=[1]) %}{% for a in range(60) %}\
            {% set kept.x = [kept.x, kept.x] %}{% endfor %}{{ kept.x|string|length }}";
        let load = move |name: &str| Ok((name == "a.md.j2").then(|| text.to_owned()));
        let error = Wording::read("en", "", None).ok().and_then(|words| {
            let mut engine = Engine::new(Arc::new(load), &Arc::new(words), 1);
            engine.patience = Duration::from_millis(50);
            engine.render("a.md.j2", &()).err()
        });
        let message = error.map(|error| error.message);
        assert_eq!(message.as_deref(), Some("this takes too long"));
    }
}
