//! Where a Chromium-family browser is installed.

use std::path::{Path, PathBuf};

use crate::store::child::is_program;

/// The names that such browsers go by on the PATH, the plainest first.
pub const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "brave-browser",
];

/// Browsers inside the folders where macOS keeps programs.
const ON_MACOS: [&str; 4] = [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
];

/// Browsers inside the folders where Windows keeps programs.
const ON_WINDOWS: [&str; 4] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
];

/// The folders that programs are looked for in.
#[derive(Clone, Debug, Default)]
pub struct Places {
    path: Vec<PathBuf>,
    usual: Vec<PathBuf>,
}

impl Places {
    /// Those of this machine: the PATH, then where its system keeps programs.
    #[must_use]
    pub fn here() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let usual = if cfg!(target_os = "macos") {
            let own = folder_of("HOME").map(|home| home.join("Applications"));
            let all = [Some(PathBuf::from("/Applications")), own];
            inside(all.into_iter().flatten(), &ON_MACOS)
        } else if cfg!(windows) {
            let variables = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];
            inside(variables.into_iter().filter_map(folder_of), &ON_WINDOWS)
        } else {
            Vec::new()
        };
        Self {
            path: std::env::split_paths(&path).collect(),
            usual,
        }
    }

    /// Only these folders.
    #[must_use]
    pub fn only(folders: &[&Path]) -> Self {
        Self {
            path: folders.iter().map(|&folder| folder.to_owned()).collect(),
            usual: Vec::new(),
        }
    }

    /// The first program of these names in the folders of the PATH: all folders are asked for a
    /// name before the next name is.
    #[must_use]
    pub fn program(&self, names: &[&str]) -> Option<PathBuf> {
        let ending = std::env::consts::EXE_SUFFIX;
        let file = |name: &str| format!("{}{ending}", name.strip_suffix(ending).unwrap_or(name));
        names
            .iter()
            .flat_map(|name| self.path.iter().map(move |folder| folder.join(file(name))))
            // An empty entry of the PATH is the current folder: what lies there is not installed.
            .filter(|path| path.is_absolute())
            .find(|path| is_program(path))
    }

    /// The first browser, if there is one.
    #[must_use]
    pub fn browser(&self) -> Option<PathBuf> {
        let usual = || self.usual.iter().find(|path| is_program(path)).cloned();
        self.program(&NAMES).or_else(usual)
    }
}

fn folder_of(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

fn inside(folders: impl Iterator<Item = PathBuf>, files: &[&str]) -> Vec<PathBuf> {
    let folders: Vec<PathBuf> = folders.collect();
    files
        .iter()
        .flat_map(|file| folders.iter().map(move |folder| folder.join(file)))
        .collect()
}
