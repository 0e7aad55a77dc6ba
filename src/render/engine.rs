//! The template engine: built-in templates, strict about undefined names, values escaped.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

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

/// Renders views through templates.
#[derive(Debug)]
pub struct Engine<'t> {
    environment: Environment<'t>,
}

impl Engine<'_> {
    /// An engine over template texts by name.
    pub fn new(load: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        let mut environment = Environment::new();
        environment.set_loader(move |name| Ok(load(name)));
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()
                .unwrap_or_default(),
        );
        Self { environment }
    }

    /// Renders a view through the template of that name. Values are escaped where the name says
    /// that the template is HTML.
    ///
    /// # Errors
    /// When the template is not there, does not parse, or asks for a name that the view lacks.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let value = Value::from(Serde(view));
        self.environment
            .get_template(name)
            .and_then(|template| template.render(value))
            .map_err(|error| TemplateError {
                template: error.name().unwrap_or(name).to_owned(),
                line: error.line(),
                message: match error.detail() {
                    Some(detail) => format!("{}: {detail}", error.kind()),
                    None => error.kind().to_string(),
                },
            })
    }
}
