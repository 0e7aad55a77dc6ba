//! How much an SVG unfolds to when every part is drawn wherever another one uses it.

use std::collections::HashMap;

use roxmltree::Node;

use crate::store::images::svg::references::used_in;
use crate::store::images::svg::{is_href, plain};

/// The most elements that a picture may unfold to.
const MAX_UNFOLDED: usize = 200_000;
/// The most elements within each other, through uses too.
const MAX_CHAIN: usize = 256;

/// The parts of a picture by name, and how many elements each unfolds to: `None` while that is
/// counted.
struct Parts<'d> {
    nodes: HashMap<&'d str, Node<'d, 'd>>,
    sizes: HashMap<&'d str, Option<usize>>,
}

/// Fails when a picture unfolds to too much.
pub(super) fn check<'d>(root: Node<'d, 'd>) -> Result<(), String> {
    let mut nodes = HashMap::new();
    for node in root.descendants() {
        if let Some(name) = plain(node, "id") {
            nodes.entry(name).or_insert(node);
        }
    }
    let sizes = HashMap::new();
    Parts { nodes, sizes }.size(root, 0).map(|_| ())
}

impl<'d> Parts<'d> {
    /// How many elements are drawn for this one.
    fn size(&mut self, node: Node<'d, 'd>, depth: usize) -> Result<usize, String> {
        if depth > MAX_CHAIN {
            return Err("its parts are nested too deeply".to_owned());
        }
        let mut size = 1;
        for child in node.children().filter(Node::is_element) {
            size += self.size(child, depth + 1)?;
        }
        for attribute in node.attributes() {
            for name in used_in(attribute.value(), is_href(&attribute)) {
                size += self.part(name, depth + 1)?;
            }
        }
        if size > MAX_UNFOLDED {
            return Err(format!("it unfolds to more than {MAX_UNFOLDED} parts"));
        }
        Ok(size)
    }

    /// How many elements are drawn for the part of this name.
    fn part(&mut self, name: &'d str, depth: usize) -> Result<usize, String> {
        let Some(node) = self.nodes.get(name).copied() else {
            return Ok(0);
        };
        match self.sizes.get(name) {
            Some(Some(known)) => Ok(*known),
            Some(None) => Err("a part of it shows itself".to_owned()),
            None => {
                self.sizes.insert(name, None);
                let size = self.size(node, depth)?;
                self.sizes.insert(name, Some(size));
                Ok(size)
            }
        }
    }
}
