//! Styles of an SVG: what of them draws, without comments and without a way out of the picture.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};

use crate::store::images::svg::names;

/// A style as it is to be written, or nothing where it must not be.
type Kept = Result<String, ParseError<()>>;

/// The most blocks within each other.
const MAX_BLOCKS: u8 = 16;

/// The value of an attribute; `None` when it may lead out of the picture.
pub(super) fn value(text: &str) -> Option<String> {
    // Paths and lists of numbers, which are most of a picture's bytes.
    if text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" .,-+%#\t\r\n;".contains(&byte))
    {
        return Some(text.to_owned());
    }
    let mut input = parser(text);
    copied(&mut input, names::is_function).ok()
}

/// The declarations of a `style` attribute that draw.
pub(super) fn declarations(text: &str) -> String {
    body(&mut parser(text))
}

/// The rules of a style sheet that draw.
pub(super) fn sheet(text: &str) -> String {
    rules(&mut parser(text))
}

fn parser(text: &str) -> Parser<'_> {
    let mut parser = Parser::new(text);
    parser.set_nested_block_limit(MAX_BLOCKS);
    parser
}

fn rules(input: &mut Parser<'_>) -> String {
    StyleSheetParser::new(input, &mut Rules).flatten().collect()
}

fn body(input: &mut Parser<'_>) -> String {
    RuleBodyParser::new(input, &mut Body).flatten().collect()
}

/// Copies what is left of the input, if nothing in it loads anything or is no part of a value.
fn copied(input: &mut Parser<'_>, may_call: fn(&str) -> bool) -> Kept {
    let mut out = String::new();
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            break;
        };
        let token = token.clone();
        let slice = input.slice_from(start);
        // An escape could spell a name that is not seen here.
        if slice.contains('\\') && !matches!(token, Token::Comment(_)) {
            return Err(ParseError::unexpected_token());
        }
        match token {
            Token::Comment(_) => out.push(' '),
            Token::UnquotedUrl(target) if target.starts_with('#') && slice.ends_with(')') => {
                out.push_str(slice);
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                out.push_str(slice);
                out.push_str(&input.parse_nested_block(quoted_part)?);
                out.push(')');
            }
            Token::Function(name) if may_call(&name) => {
                out.push_str(slice);
                out.push_str(&input.parse_nested_block(|inner| copied(inner, may_call))?);
                out.push(')');
            }
            Token::ParenthesisBlock => {
                out.push('(');
                out.push_str(&input.parse_nested_block(|inner| copied(inner, may_call))?);
                out.push(')');
            }
            Token::QuotedString(_) if is_closed(slice) => out.push_str(slice),
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::WhiteSpace(_)
            | Token::Colon
            | Token::Semicolon
            | Token::Comma
            | Token::Delim('.' | '+' | '-' | '*' | '/' | '>' | '<' | '=' | '~' | '!' | '%') => {
                out.push_str(slice);
            }
            _ => return Err(ParseError::unexpected_token()),
        }
    }
    // No value needs an address of the web, loaded or not.
    if out.contains("//") {
        return Err(ParseError::unexpected_token());
    }
    Ok(out)
}

/// The quoted name of another part of the picture.
fn quoted_part(input: &mut Parser<'_>) -> Kept {
    let target = input.expect_string()?;
    if !target.starts_with('#') || target.contains(['"', '\'', '\\', '\n']) {
        return Err(ParseError::unexpected_token());
    }
    Ok(format!("\"{target}\""))
}

/// Whether a string ends with the quotation mark that it begins with.
fn is_closed(string: &str) -> bool {
    let quote = string.chars().next();
    string.len() > 1 && string.chars().next_back() == quote
}

/// What reads the rules of a sheet.
struct Rules;

impl<'i> QualifiedRuleParser<'i> for Rules {
    type Prelude = String;
    type QualifiedRule = String;
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Kept {
        let selector = copied(input, names::is_selector)?;
        // No attribute that could be asked for with a text is left.
        if selector.contains(['"', '\'']) || selector.to_ascii_lowercase().contains("url(") {
            return Err(ParseError::unexpected_token());
        }
        Ok(selector)
    }

    fn parse_block(&mut self, selector: String, _: &ParserState, input: &mut Parser<'i>) -> Kept {
        block(selector.trim(), &body(input))
    }
}

impl<'i> AtRuleParser<'i> for Rules {
    type Prelude = String;
    type AtRule = String;
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Kept {
        if !name.eq_ignore_ascii_case("media") {
            return Err(ParseError::unexpected_token());
        }
        copied(input, names::is_function)
    }

    fn parse_block(&mut self, media: String, _: &ParserState, input: &mut Parser<'i>) -> Kept {
        block(&format!("@media {}", media.trim()), &rules(input))
    }
}

/// A rule, as long as there is something to it.
fn block(before: &str, content: &str) -> Kept {
    if before.is_empty() || content.is_empty() {
        return Err(ParseError::unexpected_token());
    }
    Ok(format!("{before}{{{content}}}"))
}

/// What reads declarations.
struct Body;

impl<'i> DeclarationParser<'i> for Body {
    type Declaration = String;
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Kept {
        let written = input.slice_from(start.position());
        if !names::is_property(&name) || written.contains('\\') {
            return Err(ParseError::unexpected_token());
        }
        let value = copied(input, names::is_function)?;
        Ok(format!("{name}:{};", value.trim()))
    }
}

impl AtRuleParser<'_> for Body {
    type Prelude = ();
    type AtRule = String;
    type Error = ();
}

impl QualifiedRuleParser<'_> for Body {
    type Prelude = ();
    type QualifiedRule = String;
    type Error = ();
}

impl RuleBodyItemParser<'_, String, ()> for Body {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_draws_is_kept_as_it_is_written() {
        for text in [
            "M 10.5,20 L 3e-7 4 z",
            "url(#a)",
            "url( #a )",
            "rotate(45) translate(1.50, +2)",
            "light-dark(rgb(0, 0, 0), var(--x, #fff))",
            "'Segoe UI', \"Noto (A)\", sans-serif",
            "drop-shadow(0 0 2px red) blur(2px)",
            "calc((1px + 2px) * 3)",
            "明朝",
        ] {
            assert_eq!(value(text).as_deref(), Some(text));
        }
        for text in ["url( '#a' )", "url('#a"] {
            assert_eq!(value(text).as_deref(), Some("url(\"#a\")"), "{text}");
        }
        assert_eq!(
            declarations("fill:red; stroke : url(#b) none!important ;font:12px 'A'"),
            "fill:red;stroke:url(#b) none!important;font:12px 'A';"
        );
        assert_eq!(
            sheet(".a > #b, text:first-child { fill: red } @media print { .a { fill: blue } }"),
            ".a > #b, text:first-child{fill:red;}@media print{.a{fill:blue;}}"
        );
    }

    #[test]
    fn what_leads_out_is_dropped() {
        for text in [
            "url(http://x.example/a)",
            "url('http://x.example/a')",
            "url(a.png)",
            "url()",
            "url(\"\")",
            "url(#a",
            "URL(data:image/png;base64,AA)",
            "u\\72l(http://x.example)",
            "\\75rl(#a)",
            "image-set('a.png' 1x)",
            "-webkit-image-set('a.png' 1x)",
            "src('a.png')",
            "attr(x)",
            "expression(alert(1))",
            "blur(url(http://x.example))",
            "((url(http://x.example)))",
            "red } @import 'x'",
            "@import 'x'",
            "'open",
            "javascript:alert('1') {}",
            "http://x.example/",
            "'http://x.example/'",
        ] {
            assert_eq!(value(text), None, "{text}");
            let kept = declarations(&format!("fill:{text}"));
            assert!(
                !kept.contains("x.example") && !kept.contains('\\'),
                "{kept}"
            );
            assert!(!kept.contains(".png") && !kept.contains("import"), "{kept}");
        }
    }

    #[test]
    fn a_sheet_loses_what_does_not_draw() {
        for (text, kept) in [
            (
                "/* secret */ .a /* b */ { /* c */ fill /* d */: red /* e */ }",
                ".a{fill:red;}",
            ),
            (
                "@import url(http://x.example); .a{fill:red}",
                ".a{fill:red;}",
            ),
            (
                "@charset 'x'; @font-face{font-family:x;src:url(x)} .a{fill:red}",
                ".a{fill:red;}",
            ),
            (
                "@keyframes x { from { fill: red } } .a { animation: x 1s }",
                "",
            ),
            (".a{fill:url(x);stroke:red}", ".a{stroke:red;}"),
            (
                ".a{fill:red;} <!-- .b{fill:blue}",
                ".a{fill:red;}.b{fill:blue;}",
            ),
            ("[data-answer='b']{fill:red}", ""),
            (".a::after{content:'secret'}", ""),
            (
                "@media print{@import 'x'; .a{fill:red}",
                "@media print{.a{fill:red;}}",
            ),
            (".a{-answer:secret;b:c}", ""),
            ("}}}.a{fill:red}", ""),
            ("'secret'{fill:red}", ""),
            ("url(#secret){fill:red}", ""),
            (".a{--x\\7b secret:red;f\\69ll:red}", ""),
        ] {
            assert_eq!(sheet(text), kept, "{text}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        for open in ["(", "calc(", "[", "{", "@media x{", "a{"] {
            let text = open.repeat(200_000);
            assert_eq!(value(&text), None);
            let (kept, rules) = (declarations(&text), sheet(&text));
            assert!(
                kept.is_empty() && !rules.contains("((((((((((((((((("),
                "{rules:.99}"
            );
        }
    }
}
