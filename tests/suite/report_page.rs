//! The page of a report and its plots: what they say, what they keep shut, and how they look.

mod sample;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use intervy::output::report::document::{
    Block, Cell, Column, Document, HeatMap, Intervals, Mark, Plot, PlotKind, Table,
};
use intervy::output::report::{html, plot};
use intervy::store::browser::PrintOptions;
use proptest::prelude::*;
use roxmltree::Node;
use sha2::{Digest, Sha256};

use crate::driver::{self, Tab, View};
use crate::harness::Project;
use crate::page_checks::{axe, valid_html};
use crate::pdf::pages;

/// A name that means harm, and what remains of it.
const HOSTILE: &str = "</title></desc></svg><script>alert(1)</script><b class=\"ink\" onclick='x'>&amp;\u{0}\u{1b}\u{202e}\u{ffff}";
const SHOWN: &str = "</title></desc></svg><script>alert(1)</script><b class=\"ink\" onclick='x'>&amp;\u{2400}\u{241b}\u{fffd}\u{fffd}";

/// Every kind of block with the same words everywhere.
fn said_everywhere(words: &str) -> Document {
    let text = || words.to_owned();
    let column = |is_number| Column {
        name: text(),
        is_number,
    };
    let mut severity = sample::intervals(vec![sample::mark(words, 1.0, 0.5)]);
    let mut map = sample::small_heat();
    for plot in [&mut severity, &mut map] {
        plot.title = text();
        plot.about = text();
    }
    if let PlotKind::Intervals(intervals) = &mut severity.kind {
        intervals.axis = text();
        intervals.ends = Some([text(), text()]);
        intervals.marks[0].words = text();
    }
    if let PlotKind::HeatMap(map) = &mut map.kind {
        map.row = text();
        map.column = text();
        map.columns = vec![text(); 3];
        map.rows[0].0 = text();
        map.legend = [text(), text()];
    }
    let mut blocks = vec![Block::Heading(text()); 4];
    blocks.extend([
        Block::Text(text()),
        Block::List(vec![text()]),
        Block::Table(Table {
            caption: text(),
            columns: vec![column(false), column(true), column(true), column(true)],
            rows: vec![vec![
                Cell::Text(text()),
                Cell::Missing(text()),
                Cell::Bar(0.25, text()),
                Cell::Bar(f64::NAN, text()),
            ]],
            notes: vec![text()],
        }),
        Block::Table(Table::default()),
        Block::Plot(severity),
        Block::Plot(map),
        Block::Form(vec![text()]),
    ]);
    Document {
        title: text(),
        facts: vec![text()],
        blocks,
    }
}

/// What every picture keeps to, whatever it shows.
fn check(svg: &str) {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let root = tree.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(root.attribute("role"), Some("img"));
    let view: Vec<f64> = numbers(root.attribute("viewBox").unwrap());
    let [0.0, 0.0, width, height] = view[..] else {
        panic!("{view:?}");
    };
    let mut ids = BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            ["svg", "title", "desc", "text", "rect", "circle", "polyline"].contains(&name),
            "{name}"
        );
        for attribute in node.attributes() {
            assert_ne!(attribute.name(), "style");
            assert!(!attribute.value().contains('#'), "{attribute:?}");
            let within = match attribute.name() {
                "id" => {
                    assert!(ids.insert(attribute.value().to_owned()));
                    continue;
                }
                "x" | "cx" => width,
                "y" | "cy" => height,
                "points" => width.max(height),
                "width" | "height" | "r" => f64::MAX,
                _ => continue,
            };
            for number in numbers(attribute.value()) {
                assert!(
                    (0.0..=within).contains(&number),
                    "{attribute:?} of {name} in {view:?}"
                );
            }
        }
    }
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        assert!(ids.contains(id), "{id}");
    }
}

fn numbers(text: &str) -> Vec<f64> {
    let numbers = text.split([' ', ',']).filter(|piece| !piece.is_empty());
    numbers
        .map(|piece| {
            piece
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .unwrap_or_else(|| panic!("{piece:?} in {text:?}"))
        })
        .collect()
}

fn texts<'tree>(tree: &'tree roxmltree::Document<'_>) -> Vec<(Node<'tree, 'tree>, String)> {
    tree.descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .map(|node| (node, node.text().unwrap_or_default().trim().to_owned()))
        .collect()
}

fn number_of(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn what_strangers_wrote_stays_text() {
    let document = said_everywhere(HOSTILE);
    for block in &document.blocks {
        let Block::Plot(shown) = block else { continue };
        let svg = plot::svg(shown, "a \"b").unwrap();
        check(&svg);
        let tree = roxmltree::Document::parse(&svg).unwrap();
        for (name, id) in [("title", "a--b-title"), ("desc", "a--b-about")] {
            let node = tree
                .descendants()
                .find(|node| node.tag_name().name() == name)
                .unwrap();
            assert_eq!(node.text(), Some(SHOWN));
            assert_eq!(node.attribute("id"), Some(id));
        }
        assert!(texts(&tree).iter().any(|(_, text)| text.ends_with('…')));
    }
    let page = html::page(&document).unwrap();
    for markup in ["<script", "<b ", "\u{0}", "\u{1b}", "\u{202e}", "\u{ffff}"] {
        assert!(!page.contains(markup), "{markup:?}");
    }
    assert!(page.matches("&lt;script&gt;").count() > 30);
}

#[test]
fn nothing_but_its_own_style_counts() {
    let page = html::page(&sample::document()).unwrap();
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .unwrap();
    let hash = STANDARD.encode(Sha256::digest(style.0));
    let policy = format!(
        "content=\"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'\""
    );
    assert!(page.find(&policy).unwrap() < page.find("<title>").unwrap());
    assert!(!page.contains(" style=\""));
    assert_eq!(page, html::page(&sample::document()).unwrap());
}

#[test]
fn a_page_has_contents_where_it_is_long() {
    let long = html::page(&sample::document()).unwrap();
    assert!(long.contains("<nav aria-label=\"Contents\">"));
    assert!(long.contains("<li><a href=\"#section-4\">Candidates</a></li>"));
    assert!(long.contains("<h2 id=\"section-4\">Candidates</h2>"));
    let mut document = sample::document();
    document.blocks.truncate(6);
    let short = html::page(&document).unwrap();
    assert!(!short.contains("<nav"));
    assert!(short.contains("<th scope=\"col\" class=\"right\"><span>Mean score</span></th>"));
    assert!(short.contains("<th scope=\"row\">Ana Lindqvist</th><td class=\"right\">4</td>"));
    assert!(short.contains("<td class=\"right\"><span class=\"soft\">7 of 30</span></td>"));
    assert!(short.contains("<p class=\"note\">Means of fewer than 30 scores are not shown.</p>"));
}

/// The bytes are the same on every machine: these were written on one of them.
#[test]
fn pictures_are_as_they_were() {
    for (name, plot) in [
        ("intervals", sample::severity()),
        ("heat-map", sample::small_heat()),
    ] {
        let path = format!("tests/suite/report_page/{name}.svg");
        snapbox::assert_data_eq!(
            plot::svg(&plot, "a").unwrap(),
            snapbox::Data::read_from(
                &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path),
                None
            )
            .raw()
        );
    }
}

/// Between two numbers of the axis a dot stands where a ruler would put it.
#[test]
fn dots_stand_where_the_axis_says() {
    for plot in [sample::severity(), sample::questions(40)] {
        let PlotKind::Intervals(intervals) = &plot.kind else {
            unreachable!()
        };
        let svg = plot::svg(&plot, "a").unwrap();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let mut ticks: Vec<(f64, f64)> = texts(&tree)
            .iter()
            .filter_map(|(node, text)| {
                let value: f64 = text.replace('\u{2212}', "-").parse().ok()?;
                Some((number_of(node, "x"), value))
            })
            .collect();
        ticks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ((from, first), (to, last)) = (ticks[0], ticks[ticks.len() - 1]);
        let ruler = |value: f64| from + (value - first) / (last - first) * (to - from);
        for (x, value) in &ticks {
            assert!((ruler(*value) - x).abs() <= 1.0, "{value} at {x}");
        }
        // The first dot and the first line belong to the key.
        let all = |name: &'static str| {
            let nodes = tree.descendants().filter(move |node| {
                node.tag_name().name() == name && node.attribute("class") == Some("mark")
            });
            nodes.skip(1)
        };
        let dots: Vec<_> = all("circle").collect();
        let lines: Vec<_> = all("polyline").collect();
        assert_eq!(dots.len(), intervals.marks.len());
        for ((dot, line), mark) in dots.iter().zip(&lines).zip(&intervals.marks) {
            let place = number_of(dot, "cx");
            assert!((ruler(mark.value) - place).abs() <= 1.5, "{mark:?}");
            let ends = numbers(line.attribute("points").unwrap());
            assert!((ruler(mark.low) - ends[0]).abs() <= 1.5, "{mark:?}");
            assert!((ruler(mark.high) - ends[2]).abs() <= 1.5, "{mark:?}");
            assert_eq!(
                ends[1].total_cmp(&number_of(dot, "cy")),
                std::cmp::Ordering::Equal
            );
        }
    }
}

#[test]
fn parts_of_a_plot_have_one_axis() {
    let parts = plot::svgs(&sample::questions(300), "a").unwrap();
    assert_eq!(parts.len(), 7);
    let axis = |svg: &String| {
        check(svg);
        let tree = roxmltree::Document::parse(svg).unwrap();
        let numbers = texts(&tree).into_iter().filter_map(|(node, text)| {
            text.parse::<f64>()
                .ok()
                .map(|_| (number_of(&node, "x") as i32, text))
        });
        numbers.collect::<BTreeSet<_>>()
    };
    assert!(axis(&parts[0]).len() > 3);
    assert!(parts.iter().all(|part| axis(part) == axis(&parts[0])));
    assert!(
        parts[6].contains("<title id=\"a-7-title\">How hard each question is (7 of 7)</title>")
    );
    // Rows and columns of a heat map: two times two.
    assert_eq!(plot::svgs(&sample::heat(60, 60, 1), "a").unwrap().len(), 4);
    assert_eq!(plot::tables(&sample::heat(60, 60, 1)).len(), 2);
    assert_eq!(plot::svgs(&sample::heat(12, 32, 1), "a").unwrap().len(), 1);
}

#[test]
fn what_is_missing_is_not_drawn_as_what_is_low() {
    let svg = plot::svg(&sample::small_heat(), "a").unwrap();
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let count = |name: &str, class: &str| {
        let found = tree.descendants().filter(|node| {
            node.tag_name().name() == name && node.attribute("class") == Some(class)
        });
        found.count()
    };
    // Two cells without a number and one in the legend; one cell with the least, and its swatch.
    assert_eq!(count("circle", "soft"), 3);
    assert_eq!(count("rect", "h0"), 2);
    let said: Vec<String> = texts(&tree).into_iter().map(|(_, text)| text).collect();
    for words in [
        "no number",
        "1.0 Strong No",
        "5.0 Strong Yes",
        "medium",
        "1.0",
    ] {
        assert!(said.iter().any(|text| text == words), "{words}: {said:?}");
    }
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -5.0..5.0,
        2 => any::<f64>(),
        1 => prop_oneof![
            Just(0.0), Just(-0.0), Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY),
            Just(1e12), Just(-1e12), Just(f64::MIN_POSITIVE), Just(1e-7), Just(1e6 + 1e-3),
        ],
        1 => -1e6..1e6,
        1 => 1.0..1.000_001,
    ]
}

fn any_plot() -> impl Strategy<Value = Plot> {
    let name = || prop_oneof![any::<String>(), "[a-z/-]{0,80}", Just(HOSTILE.to_owned())];
    let mark = (name(), any_number(), any_number(), any_number());
    let marks = prop::collection::vec(mark, 0..60);
    let ends = prop::option::of([name(), name()]);
    let intervals = (name(), prop::option::of(any_number()), ends, marks).prop_map(
        |(axis, reference, ends, marks)| {
            let mark = |(name, value, low, high)| Mark {
                name,
                value,
                low,
                high,
                words: String::new(),
            };
            PlotKind::Intervals(Intervals {
                axis,
                reference,
                ends,
                marks: marks.into_iter().map(mark).collect(),
            })
        },
    );
    let row = (
        name(),
        prop::collection::vec(prop::option::of(any_number()), 0..50),
    );
    let heat = (
        (name(), name(), [name(), name()]),
        prop::collection::vec(name(), 0..45),
        prop::collection::vec(row, 0..20),
        (any_number(), any_number(), 0usize..400),
    )
        .prop_map(|((row, column, legend), columns, rows, scale)| {
            PlotKind::HeatMap(HeatMap {
                row,
                column,
                columns,
                rows,
                least: scale.0,
                most: scale.1,
                decimals: scale.2,
                legend,
            })
        });
    (name(), name(), prop_oneof![intervals, heat]).prop_map(|(title, about, kind)| Plot {
        title,
        about,
        kind,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn whatever_is_plotted_is_a_picture(plot in any_plot()) {
        check(&plot::svg(&plot, "a").unwrap());
        for part in plot::svgs(&plot, "a").unwrap() {
            check(&part);
        }
        for part in plot::narrow_svgs(&plot, "a").unwrap() {
            check(&part);
        }
        for table in plot::tables(&plot) {
            prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        }
    }
}

/// The least contrast between what is drawn and what it is drawn on, as the browser computes them.
const CONTRASTS: &str = "(() => {
    const light = colour => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
        const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const colour = (selector, property) => {
        const found = document.querySelector(selector);
        return found ? getComputedStyle(found)[property] : 'none: ' + selector;
    };
    const paper = colour('html', 'backgroundColor');
    const band = colour('rect.band', 'fill');
    const text = [['text.soft', band], ['text.ink', band], ['text.soft', paper]]
        .map(([on, under]) => contrast(colour(on, 'fill'), under));
    const cells = [0, 1, 2, 3, 4, 5, 6]
        .map(step => contrast(colour('text.t' + step, 'fill'), colour('rect.h' + step, 'fill')));
    const marks = ['mark', 'reference']
        .flatMap(name => [paper, band].map(under => contrast(colour('polyline.' + name, 'stroke'), under)));
    const points = contrast(colour('circle.soft', 'fill'), paper);
    return [Math.min(...text, ...cells), Math.min(...marks, points)];
})()";

#[test]
fn the_page_is_accessible_in_every_view() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = Project::empty()
        .file("a.html", html::page(&sample::document()).unwrap())
        .file("b.html", html::page(&said_everywhere(HOSTILE)).unwrap())
        .file("c.html", html::page(&Document::default()).unwrap());
    let phone = View {
        width: 320,
        height: 700,
        ..View::default()
    };
    let dark = View {
        dark: true,
        ..View::default()
    };
    let print = View {
        media: "print",
        dark: true,
        ..View::default()
    };
    for name in ["a.html", "b.html", "c.html"] {
        let tab = Tab::open(&browser, &project.path(name));
        for view in [View::default(), dark, phone, print] {
            tab.view(view);
            if name != "c.html" {
                // What is behind a plot is looked at as well.
                tab.evaluate(
                    "document.querySelectorAll('details').forEach(each => each.open = true)",
                );
            }
            let found: Vec<String> = axe(&tab)
                .into_iter()
                // A page without a title has nothing that could be said of it.
                .filter(|line| name != "c.html" || !line.starts_with("document-title"))
                .collect();
            assert_eq!(found, [""; 0], "{name} {view:?}");
            let wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth");
            assert!(
                view.media == "print" || wide.as_i64().unwrap() <= 0,
                "{name} {view:?} scrolls sideways by {wide}"
            );
            if name == "a.html" {
                // Of the two pictures of a caterpillar plot one is shown.
                let shown = [".broad", ".narrow"].map(|class| {
                    tab.evaluate(&format!(
                        "document.querySelector('{class}').checkVisibility()"
                    ))
                });
                let is_narrow = view.width == phone.width;
                assert_eq!(shown, [!is_narrow, is_narrow], "{view:?}");
                let least = tab.evaluate(CONTRASTS);
                let least = [0, 1].map(|at| least[at].as_f64().unwrap_or_default());
                assert!(least[0] >= 4.5 && least[1] >= 3.0, "{view:?}: {least:?}");
            }
        }
        assert_eq!(tab.evaluate("document.scripts.length"), 0);
        assert_eq!(tab.errors(), [""; 0], "{name}");
        assert_eq!(tab.requests(), [""; 0], "{name}");
    }
}

#[test]
fn the_page_is_valid_html() {
    let project = Project::empty()
        .file("a.html", html::page(&sample::document()).unwrap())
        .file("b.html", html::page(&said_everywhere(HOSTILE)).unwrap());
    let files = [project.path("a.html"), project.path("b.html")];
    assert_eq!(valid_html(&[&files[0], &files[1]]), [""; 0]);
}

/// On paper a plot begins below its title, has its axis on the same sheet, and its numbers behind it.
#[test]
fn plots_stay_in_one_piece_on_paper() {
    let Some(browser) = driver::start() else {
        return;
    };
    let mut document = sample::document();
    document.blocks = vec![
        Block::Heading("Questions".to_owned()),
        Block::Plot(sample::questions(300)),
    ];
    let project = Project::empty().file("a.html", html::page(&document).unwrap());
    let tab = Tab::open(&browser, &project.path("a.html"));
    let pdf = tab.print(&PrintOptions::default()).unwrap();
    let Some(pages) = pages(&pdf) else { return };
    let of = |name: &str| {
        let pages = pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.contains(name));
        pages.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let drawn = of("compared with 3.12");
    assert_eq!(drawn.len(), 7, "{drawn:?}");
    assert_eq!(of("← hard"), drawn);
    assert_eq!(of("How hard each question is")[0], drawn[0]);
    for row in [0, 42, 43, 150, 299] {
        let found = of(&format!("databases/question-{row:02}"));
        assert!(
            drawn.contains(&found[0]) && found.len() == 2,
            "{row}: {found:?}"
        );
    }
}
