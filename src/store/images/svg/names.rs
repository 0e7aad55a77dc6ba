//! Which elements, attributes, properties and functions of an SVG draw.

/// Whether an element of SVG draws, or is drawn with.
pub(super) fn is_element(name: &str) -> bool {
    has(ELEMENTS, name)
}

/// Whether an attribute says how an element is drawn, and refers to nothing by its value alone.
pub(super) fn is_attribute(name: &str) -> bool {
    has(ATTRIBUTES, name) || has(PROPERTIES, name)
}

/// Whether a property of a style says how an element is drawn.
pub(super) fn is_property(name: &str) -> bool {
    name.starts_with("--") || has(PROPERTIES, &name.to_ascii_lowercase())
}

/// Whether a function of a value computes a number, a colour, a shape or an effect.
pub(super) fn is_function(name: &str) -> bool {
    has(FUNCTIONS, &name.to_ascii_lowercase())
}

/// Whether a function of a selector chooses among elements by their place.
pub(super) fn is_selector(name: &str) -> bool {
    has(SELECTORS, &name.to_ascii_lowercase())
}

/// Whether an element may refer to another one by `href`.
pub(super) fn may_refer(name: &str) -> bool {
    has(REFERRING, name)
}

fn has(sorted: &[&str], name: &str) -> bool {
    sorted.binary_search(&name).is_ok()
}

/// Animations are not among them: a picture in a packet stands still.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line",
    "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "stop", "svg", "switch", "symbol", "text", "textPath", "tspan", "use",
];

/// Elements that show or use another part of the same picture.
#[rustfmt::skip]
const REFERRING: &[&str] = &[
    "feImage", "filter", "linearGradient", "pattern", "radialGradient", "textPath", "use",
];

/// Attributes that are no properties.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "amplitude", "azimuth", "baseFrequency", "bias", "clipPathUnits", "diffuseConstant", "divisor",
    "dx", "dy", "edgeMode", "elevation", "exponent", "filterRes", "filterUnits", "fr", "fx", "fy",
    "gradientTransform", "gradientUnits", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "lengthAdjust", "limitingConeAngle", "markerHeight",
    "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "method", "mode", "numOctaves",
    "offset", "operator", "order", "orient", "path", "pathLength", "patternContentUnits",
    "patternTransform", "patternUnits", "points", "pointsAtX", "pointsAtY", "pointsAtZ",
    "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "radius", "refX", "refY",
    "result", "rotate", "scale", "seed", "side", "slope", "spacing",
    "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation",
    "stitchTiles", "surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY",
    "textLength", "type", "values", "version", "viewBox", "x1", "x2", "xChannelSelector", "y1",
    "y2", "yChannelSelector", "z",
];

/// Properties, which may stand as attributes too.
#[rustfmt::skip]
const PROPERTIES: &[&str] = &[
    "alignment-baseline", "background", "background-color", "baseline-shift", "clip", "clip-path",
    "clip-rule", "color", "color-interpolation", "color-interpolation-filters", "color-rendering",
    "color-scheme", "cx", "cy", "d", "direction", "display", "dominant-baseline",
    "enable-background", "fill", "fill-opacity", "fill-rule", "filter", "flood-color",
    "flood-opacity", "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-variant-caps",
    "font-variant-east-asian", "font-variant-ligatures", "font-variant-numeric",
    "font-variant-position", "font-variation-settings", "font-weight",
    "glyph-orientation-horizontal", "glyph-orientation-vertical", "height", "image-rendering",
    "inline-size", "isolation", "kerning", "letter-spacing", "lighting-color", "line-height",
    "marker", "marker-end", "marker-mid", "marker-start", "mask", "mask-type", "max-height",
    "max-width", "min-height", "min-width", "mix-blend-mode", "opacity", "overflow", "paint-order",
    "r", "rx", "ry", "shape-inside", "shape-margin", "shape-padding", "shape-rendering",
    "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width",
    "tab-size", "text-align", "text-align-last", "text-anchor", "text-decoration",
    "text-decoration-color", "text-decoration-line", "text-decoration-style", "text-indent",
    "text-orientation", "text-overflow", "text-rendering", "text-shadow", "text-transform",
    "transform", "transform-box", "transform-origin", "unicode-bidi", "vector-effect", "visibility",
    "white-space", "width", "word-spacing", "writing-mode", "x", "y",
];

/// Those that load something are missing, as is every one that is not known.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "acos", "asin", "atan", "atan2", "blur", "brightness", "calc", "circle", "clamp",
    "color", "color-mix", "contrast", "cos", "drop-shadow", "ellipse", "exp", "grayscale", "hsl",
    "hsla", "hue-rotate", "hwb", "hypot", "inset", "invert", "lab", "lch", "light-dark", "log",
    "matrix", "matrix3d", "max", "min", "mod", "oklab", "oklch", "opacity", "path", "polygon",
    "pow", "rect", "rem", "rgb", "rgba", "rotate", "round", "saturate", "scale", "scalex", "scaley",
    "sepia", "sign", "sin", "skew", "skewx", "skewy", "sqrt", "tan", "translate", "translatex",
    "translatey", "var", "xywh",
];

/// Functions of selectors.
#[rustfmt::skip]
const SELECTORS: &[&str] = &[
    "first-child", "is", "last-child", "not", "nth-child", "nth-last-child", "nth-of-type", "root",
    "where",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_can_be_searched() {
        for table in [
            ELEMENTS, REFERRING, ATTRIBUTES, PROPERTIES, FUNCTIONS, SELECTORS,
        ] {
            assert!(table.is_sorted(), "{table:?}");
        }
        for (known, name) in [
            (is_element("rect"), "rect"),
            (is_element("clipPath"), "clipPath"),
            (is_attribute("viewBox"), "viewBox"),
            (is_attribute("stroke-width"), "stroke-width"),
            (is_property("Fill"), "Fill"),
            (is_function("skewX"), "skewX"),
        ] {
            assert!(known, "{name}");
        }
    }

    #[test]
    fn nothing_that_acts_loads_or_tells_is_known() {
        for name in [
            "a",
            "script",
            "foreignObject",
            "animate",
            "set",
            "title",
            "desc",
            "metadata",
            "iframe",
            "handler",
            "style",
        ] {
            assert!(!is_element(name), "{name}");
        }
        for name in [
            "onload",
            "onclick",
            "href",
            "src",
            "style",
            "class",
            "id",
            "data-x",
            "aria-label",
            "title",
            "begin",
            "attributeName",
            "cursor",
        ] {
            assert!(!is_attribute(name), "{name}");
        }
        for name in [
            "url",
            "src",
            "image",
            "image-set",
            "attr",
            "element",
            "expression",
        ] {
            assert!(!is_function(name), "{name}");
        }
        for name in [
            "behavior",
            "src",
            "content",
            "cursor",
            "background-image",
            "-moz-binding",
        ] {
            assert!(!is_property(name), "{name}");
        }
    }
}
