//! `WeasyPrint`, one process a document.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::PdfError;
use crate::store::child::{Running, in_short};

/// The first version that can be kept from files and the network and still shows `data:` images.
const FIRST_VERSION: u32 = 68;

/// Sees to it that the program is a `WeasyPrint` that can be kept from files and the network.
pub(super) fn check(program: &Path, limit: Duration) -> Result<(), PdfError> {
    let mut command = Command::new(program);
    command.arg("--version");
    let said = run(&mut command, program, Vec::new(), limit)?;
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    let number = said.rsplit(' ').next().and_then(|word| {
        let major = word.split('.').next()?;
        major.parse::<u32>().ok()
    });
    match number {
        Some(number) if number >= FIRST_VERSION => Ok(()),
        _ => Err(PdfError::TooOld {
            said,
            needed: FIRST_VERSION,
        }),
    }
}

/// The PDF of a document, which gets nothing but what it holds itself.
pub(super) fn print(program: &Path, html: &str, limit: Duration) -> Result<Vec<u8>, PdfError> {
    let mut command = Command::new(program);
    command.args([
        "--allowed-protocols",
        "data",
        // Without a base there is nothing that a relative address could be relative to.
        "--base-url",
        "",
        "--encoding",
        "utf-8",
        "--pdf-tags",
        "-",
        "-",
    ]);
    let pdf = run(&mut command, program, html.as_bytes().to_vec(), limit)?;
    if pdf.starts_with(b"%PDF-") {
        Ok(pdf)
    } else {
        Err(PdfError::Failed {
            program: program.display().to_string(),
            how: "wrote no PDF".to_owned(),
            said: String::new(),
        })
    }
}

/// What a program writes to its standard output.
fn run(
    command: &mut Command,
    program: &Path,
    input: Vec<u8>,
    limit: Duration,
) -> Result<Vec<u8>, PdfError> {
    let deadline = Instant::now() + limit;
    let failed = |how: String, said: String| PdfError::Failed {
        program: program.display().to_string(),
        how,
        said,
    };
    let cannot = |error: std::io::Error| failed(format!("cannot be run: {error}"), String::new());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = Running::start(command).map_err(cannot)?;
    let (stdin, stdout) = running.pipes();
    // Threads, since a pipe that is full or silent would wait for ever.
    thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
    let (sender, output) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map(|mut stdout| stdout.read_to_end(&mut bytes));
        let _ = sender.send(read.is_some_and(|read| read.is_ok()).then_some(bytes));
    });
    let too_slow = || PdfError::TooSlow {
        program: program.display().to_string(),
        limit,
    };
    let status = running.wait(deadline).map_err(cannot)?;
    let status = status.ok_or_else(too_slow)?;
    if !status.success() {
        return Err(failed(
            format!("ended with {status}"),
            in_short(&running.last_words()),
        ));
    }
    let left = deadline.saturating_duration_since(Instant::now());
    let output = output.recv_timeout(left).map_err(|_| too_slow())?;
    output.ok_or_else(|| {
        failed(
            "cannot be read from".to_owned(),
            in_short(&running.last_words()),
        )
    })
}
