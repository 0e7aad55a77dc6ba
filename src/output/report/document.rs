//! A report as blocks that every format shows in its own way.

/// A report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// What it counts, and what it leaves out; a sentence each.
    pub facts: Vec<String>,
    /// What follows, in order.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Begins a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Sentences, each on its own.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A plot, whose numbers are a table behind it.
    Plot(Plot),
    /// What a person fills in by hand: a label each.
    Form(Vec<String>),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns; the first one names the row.
    pub columns: Vec<Column>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// How to read it, a sentence each.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub name: String,
    /// Whether it is aligned to the right.
    pub is_number: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words, or a number as it is to be read.
    Text(String),
    /// A figure that is not shown: in short why, as `7 of 30`.
    Missing(String),
    /// A share from 0 to 1, as a bar where there is room, with its words.
    Bar(f64, String),
}

impl Cell {
    /// What it says.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Missing(words) | Self::Bar(_, words) => words,
        }
    }
}

/// A plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// The same for who cannot see it: what stands where, and what follows from it.
    pub about: String,
    /// What is drawn.
    pub kind: PlotKind,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum PlotKind {
    /// Values with their intervals on one axis: a caterpillar plot.
    Intervals(Intervals),
    /// Numbers in cells, the more the darker.
    HeatMap(HeatMap),
}

/// Values with their intervals on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// What the axis counts.
    pub axis: String,
    /// Where a line is drawn that the values are compared with.
    pub reference: Option<f64>,
    /// What the left and the right end of the axis mean.
    pub ends: Option<[String; 2]>,
    /// From top to bottom.
    pub marks: Vec<Mark>,
}

/// A value with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Whose it is.
    pub name: String,
    /// The value.
    pub value: f64,
    /// The ends of its interval.
    pub low: f64,
    /// The ends of its interval.
    pub high: f64,
    /// Both in words.
    pub words: String,
}

/// Numbers in cells.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// What a row is.
    pub row: String,
    /// What a column is.
    pub column: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows: a name, and a number for each column where there is one.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
    /// The lightest number.
    pub least: f64,
    /// The darkest number.
    pub most: f64,
    /// How many decimals are shown.
    pub decimals: usize,
    /// What the lightest and the darkest number mean.
    pub legend: [String; 2],
}
