//! What the events of a page say about it.

use intervy::store::browser::Event;
use serde_json::Value;

/// What the page complains about by an event.
pub(super) fn complaint(event: &Event) -> Option<String> {
    let params = &event.params;
    match event.method.as_str() {
        "Runtime.consoleAPICalled" => {
            let kind = params["type"].as_str()?;
            let said = params["arguments"].as_array().or(params["args"].as_array());
            let words: Vec<String> = said?
                .iter()
                .map(|word| match word["value"].as_str() {
                    Some(text) => text.to_owned(),
                    None => word["description"]
                        .as_str()
                        .map_or_else(|| word["value"].to_string(), str::to_owned),
                })
                .collect();
            ["error", "warning", "assert"]
                .contains(&kind)
                .then(|| format!("{kind}: {}", words.join(" ")))
        }
        "Runtime.exceptionThrown" => {
            let thrown = &params["exceptionDetails"];
            let text = thrown["exception"]["description"]
                .as_str()
                .or(thrown["text"].as_str());
            Some(format!("exception: {}", text.unwrap_or_default()))
        }
        "Log.entryAdded" => {
            let entry = &params["entry"];
            let level = entry["level"].as_str()?;
            ["error", "warning"]
                .contains(&level)
                .then(|| format!("{level}: {}", entry["text"].as_str().unwrap_or_default()))
        }
        _ => None,
    }
}

/// The address that an event asks for; `frame` is that of the page itself.
pub(super) fn request(event: &Event, frame: &Value) -> Option<String> {
    let params = &event.params;
    let address = match event.method.as_str() {
        "Network.requestWillBeSent" => {
            let address = params["request"]["url"].as_str()?;
            let itself = params["type"] == "Document" && params["frameId"] == *frame;
            let held = ["data:", "blob:", "about:"];
            if itself || held.iter().any(|scheme| address.starts_with(scheme)) {
                return None;
            }
            address
        }
        "Network.webSocketCreated" | "Network.webTransportCreated" => params["url"].as_str()?,
        _ => return None,
    };
    Some(address.to_owned())
}
