#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs
)]
use intervy::*;
use std::time::Instant;
#[global_allocator]
static A: mimalloc::MiMalloc = mimalloc::MiMalloc;
fn main() {
    let t = Instant::now();
    let root = std::env::args().nth(1).unwrap();
    let files = store::files::Files::disk(std::path::Path::new(&root));
    let n = files.list("questions", ".md").0.len();
    let t1 = t.elapsed();
    let r1 = rss();
    let (bank, f) = commands::lint::check(&files, jiff::Zoned::now().date(), &Default::default(), commands::lint::Keep::Needed);
    let t2 = t.elapsed();
    let r2 = rss();
    eprintln!(
        "q {} s {}",
        size_of::<model::question::Question>(),
        size_of::<model::markup::Mark>()
    );
    let t3 = t.elapsed();
    eprintln!(
        "list {n} {t1:?}  list+read {:?} check {:?} {}",
        t2 - t1,
        t3 - t2,
        f.len()
    );
    eprintln!("{r1} {r2} {}", rss());
    std::mem::forget(bank);
}

fn rss() -> String {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    s.lines()
        .filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS"))
        .map(|l| l.split_whitespace().nth(1).unwrap().to_owned())
        .collect::<Vec<_>>()
        .join("/")
}
