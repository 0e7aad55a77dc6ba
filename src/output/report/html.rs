//! A report as one page of HTML that fetches nothing and runs nothing.

use std::fmt::Write;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::document::{Block, Cell, Column, Document, Plot, Table};
use super::markup::escaped;
use super::plot;

/// With more headings than these a page begins with a list of them.
const HEADINGS: usize = 3;
/// With more columns than these letters are smaller.
const CROWDED: usize = 12;

const STYLES: [&str; 2] = [
    include_str!("../../../templates/style/page.css"),
    include_str!("../../../templates/style/report.css"),
];

/// A report as a page: its style inside it, and a policy that lets nothing else count, whatever a
/// name says. The same document gives the same bytes everywhere.
///
/// # Errors
/// When a plot cannot be drawn.
pub fn page(document: &Document) -> Result<String> {
    let style = format!("\n{}", STYLES.concat());
    let hash = STANDARD.encode(Sha256::digest(&style));
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body class=\"report\">\n<main>\n\
         <header>\n<h1>{title}</h1>\n"
    );
    list(&mut out, "facts", &document.facts);
    out.push_str("</header>\n");
    contents(&mut out, &document.blocks);
    let mut headings = 0;
    let mut plots = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(words) => {
                headings += 1;
                let words = escaped(words);
                let _ = writeln!(out, "<h2 id=\"section-{headings}\">{words}</h2>");
            }
            Block::Text(words) => {
                let _ = writeln!(out, "<p>{}</p>", escaped(words));
            }
            Block::List(items) => list(&mut out, "said", items),
            Block::Table(shown) => table(&mut out, shown),
            Block::Plot(shown) => {
                plots += 1;
                figure(&mut out, shown, &format!("plot-{plots}"))?;
            }
            Block::Form(labels) => list(&mut out, "form", labels),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

/// Links to the headings, where there are many.
fn contents(out: &mut String, blocks: &[Block]) {
    let headings: Vec<&String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(words) => Some(words),
            _ => None,
        })
        .collect();
    if headings.len() <= HEADINGS {
        return;
    }
    out.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
    for (at, words) in headings.iter().enumerate() {
        let (number, words) = (at + 1, escaped(words));
        let _ = writeln!(out, "<li><a href=\"#section-{number}\">{words}</a></li>");
    }
    out.push_str("</ul>\n</nav>\n");
}

fn list(out: &mut String, class: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "<ul class=\"{class}\">");
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", escaped(item));
    }
    out.push_str("</ul>\n");
}

/// A plot with its title above, and its numbers behind it.
fn figure(out: &mut String, shown: &Plot, id: &str) -> Result<()> {
    let title = escaped(&shown.title);
    let _ = writeln!(out, "<figure>\n<figcaption>{title}</figcaption>");
    let narrow = plot::narrow_svgs(shown, &format!("{id}-narrow"))?;
    let class = if narrow.is_empty() {
        "scroll"
    } else {
        "scroll broad"
    };
    for drawn in plot::svgs(shown, id)? {
        let _ = writeln!(
            out,
            "<div class=\"{class}\" tabindex=\"0\" role=\"region\" aria-label=\"Plot: {title}\">\n{drawn}</div>"
        );
    }
    for drawn in narrow {
        let _ = writeln!(out, "<div class=\"narrow\">\n{drawn}</div>");
    }
    out.push_str("<details>\n<summary>The numbers</summary>\n");
    for numbers in plot::tables(shown) {
        table(out, &numbers);
    }
    out.push_str("</details>\n</figure>\n");
    Ok(())
}

/// A table with what it shows above it and how to read it below.
fn table(out: &mut String, shown: &Table) {
    let caption = escaped(&shown.caption);
    let _ = writeln!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {caption}\">"
    );
    let class = if shown.columns.len() > CROWDED {
        " class=\"crowded\""
    } else {
        ""
    };
    let _ = writeln!(out, "<table{class}>\n<caption>{caption}</caption>");
    out.push_str("<thead><tr>");
    for column in &shown.columns {
        let (class, name) = (side(column), escaped(&column.name));
        let _ = write!(out, "<th scope=\"col\"{class}><span>{name}</span></th>");
    }
    // A head without a cell is not valid.
    if shown.columns.is_empty() {
        out.push_str("<td></td>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &shown.rows {
        out.push_str("<tr>");
        for (at, (column, cell)) in shown.columns.iter().zip(row).enumerate() {
            let inside = inside(cell);
            let _ = if at == 0 {
                write!(out, "<th scope=\"row\"{}>{inside}</th>", side(column))
            } else {
                write!(out, "<td{}>{inside}</td>", side(column))
            };
        }
        out.push_str("</tr>\n");
    }
    if shown.rows.is_empty() {
        let columns = shown.columns.len().max(1);
        let _ = writeln!(
            out,
            "<tr><td colspan=\"{columns}\"><span class=\"soft\">nothing to show</span></td></tr>"
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    for note in &shown.notes {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(note));
    }
}

fn side(column: &Column) -> &'static str {
    if column.is_number {
        " class=\"right\""
    } else {
        ""
    }
}

fn inside(cell: &Cell) -> String {
    let words = escaped(cell.words());
    match cell {
        Cell::Text(_) => words,
        Cell::Missing(_) => format!("<span class=\"soft\">{words}</span>"),
        Cell::Bar(share, _) => {
            let share = if share.is_finite() { *share } else { 0.0 };
            let wide = share.clamp(0.0, 1.0) * 100.0;
            format!(
                "<span class=\"share\"><svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" \
                 aria-hidden=\"true\"><rect width=\"{wide:.1}\" height=\"10\"/></svg> <span>{words}</span></span>"
            )
        }
    }
}
