//! The template engine: strict about undefined names, values escaped, work bounded.

use std::io::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
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

/// Steps of all templates of one document: far more than a handbook of 10,000 questions takes, and still soon over.
const FUEL: u64 = 100_000_000;
/// The most bytes of a document.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// Renders views through templates.
pub struct Engine {
    environment: Environment<'static>,
    load: Arc<Load>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine over template texts by name, with the words of a language.
    #[must_use]
    pub fn new(load: Arc<Load>, words: &Arc<Wording>) -> Self {
        let mut environment = Environment::new();
        let texts = Arc::clone(&load);
        environment.set_loader(move |name| {
            texts(name).map_err(|message| Error::new(ErrorKind::TemplateNotFound, message))
        });
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
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
        environment.add_filter("fill", |text: &str, value: &Value| {
            text.replace("{n}", &value.to_string())
        });
        Self { environment, load }
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
        let mut out = Bounded(Vec::new());
        self.environment
            .get_template(name)
            .and_then(|template| template.render_captured_to(value, &mut out).map(|_| ()))
            .map_err(|error| said(name, &error))?;
        String::from_utf8(out.0).map_err(|_| TemplateError {
            template: name.to_owned(),
            line: None,
            message: "the document is not UTF-8".to_owned(),
        })
    }
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
