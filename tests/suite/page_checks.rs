//! What every page must pass: the rules of WCAG that a program can check, and those of HTML.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use intervy::store::browser::Page;

/// A file that `.ci/validators` installs. Where it is not installed, the caller's check is skipped,
/// and says so; CI must have it.
pub(crate) fn installed(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("INTERVY_VALIDATORS").map(PathBuf::from);
    let found = folder
        .map(|folder| folder.join(file))
        .filter(|file| file.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs {file} of .ci/validators"
        );
        eprintln!("SKIPPED: no {file} in INTERVY_VALIDATORS (.ci/validators installs it)");
    }
    found
}

/// What breaks WCAG 2.0 to 2.2, levels A and AA, on a page as it now is, by axe-core: one line an
/// element. Empty where axe-core is not installed.
pub(crate) fn axe(page: &Page<'_>) -> Vec<String> {
    let Some(axe) = installed("axe.min.js") else {
        return Vec::new();
    };
    // What comes through the protocol is not bound by the page's policy.
    let script = format!(
        "{};\n(async () => {{
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
            const found = await axe.run(document, {{
                runOnly: {{ type: 'tag', values: tags }},
                resultTypes: ['violations'],
            }});
            return {{ passes: found.passes.length, violations: found.violations.flatMap(violation => violation.nodes.map(
                node => `${{violation.id}}: ${{violation.help}}: ${{node.target.join(' ')}}: ${{node.failureSummary}}`)) }};
        }})()",
        std::fs::read_to_string(axe).unwrap()
    );
    let answer = page
        .call(
            "Runtime.evaluate",
            &json!({ "expression": script, "awaitPromise": true, "returnByValue": true }),
        )
        .unwrap();
    let found = &answer["result"]["value"];
    // A run that looked at nothing proves nothing.
    assert!(found["passes"].as_u64() > Some(0), "{answer}");
    let violations: Vec<String> = serde_json::from_value(found["violations"].clone()).unwrap();
    violations
}

/// What is wrong with HTML files by the Nu HTML checker: one line an error. Empty where it is not
/// installed.
pub(crate) fn valid_html(files: &[&Path]) -> Vec<String> {
    let Some(checker) = installed("vnu.jar") else {
        return Vec::new();
    };
    let output = Command::new("java")
        .args(["-Xss2m", "-jar"])
        .arg(checker)
        .args(["--format", "json", "--stdout", "--exit-zero-always"])
        .args(files)
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs java: install default-jre-headless"
        );
        eprintln!("SKIPPED: no java on the PATH");
        return Vec::new();
    };
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let messages = report["messages"].as_array().unwrap();
    messages
        .iter()
        .filter(|message| message["type"] != "info" || message["subType"] == "warning")
        // Newer than the checker's list of properties; browsers that do not know them pass them over.
        .filter(|message| {
            let newer = ["“field-sizing”", "“::details-content”"];
            let text = message["message"].as_str().unwrap_or_default();
            !newer.iter().any(|name| text.contains(name))
        })
        .map(|message| {
            let text = |field: &str| message[field].as_str().unwrap_or_default();
            format!(
                "{}:{}: {} {}",
                text("url"),
                message["lastLine"],
                text("message"),
                text("extract")
            )
        })
        .collect()
}
