//! Shapes and words on paper.

use std::fmt::Write;

use super::palette::{Colour, INK, PAPER, dark_style};

/// What is drawn so far.
#[derive(Clone, Debug)]
pub struct Sheet {
    width: f64,
    height: f64,
    body: String,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width.
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dashes: &'static str,
}

impl Stroke {
    /// A whole line.
    #[must_use]
    pub const fn plain(colour: Colour, width: f64) -> Self {
        Self { colour, width, dashes: "" }
    }

    /// The line of the series with this index: its own colour, and its own dashes.
    #[must_use]
    pub const fn series(index: usize) -> Self {
        const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];
        let dashes = DASHES[index % DASHES.len()];
        Self { colour: super::series(index), width: 2.0, dashes }
    }
}

/// Which end of a word is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How words are written.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Which end is at the place.
    pub anchor: Anchor,
    /// The colour.
    pub colour: Colour,
    /// The size.
    pub size: f64,
    /// Whether it stands out.
    pub bold: bool,
}

impl Text {
    /// Plain words that begin at their place.
    pub const PLAIN: Self = Self { anchor: Anchor::Start, colour: INK, size: 12.0, bold: false };

    /// The same at another end.
    #[must_use]
    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another colour.
    #[must_use]
    pub const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same in another size.
    #[must_use]
    pub const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

impl Sheet {
    /// Empty paper.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let pen = pen(stroke);
        self.add(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{pen}/>\n",
            short(from.0),
            short(from.1),
            short(to.0),
            short(to.1)
        ));
    }

    /// A line through `points`.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let points: Vec<String> =
            points.iter().map(|&(x, y)| format!("{},{}", short(x), short(y))).collect();
        let pen = pen(stroke);
        self.add(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\"{pen}/>\n",
            points.join(" ")
        ));
    }

    /// A filled rectangle; `opacity` from 0 to 1.
    pub fn bar(&mut self, at: (f64, f64), size: (f64, f64), colour: Colour, opacity: f64) {
        let opacity = match format!("{opacity:.2}").as_str() {
            "1.00" => String::new(),
            share => format!(" fill-opacity=\"{share}\""),
        };
        self.add(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"{opacity}/>\n",
            short(at.0),
            short(at.1),
            short(size.0.max(0.0)),
            short(size.1.max(0.0)),
            colour.light
        ));
    }

    /// The outline of a rectangle.
    pub fn outline(&mut self, at: (f64, f64), size: (f64, f64), stroke: Stroke) {
        let pen = pen(stroke);
        self.add(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\"{pen}/>\n",
            short(at.0),
            short(at.1),
            short(size.0.max(0.0)),
            short(size.1.max(0.0))
        ));
    }

    /// The mark of the series with this index: its own colour, and its own shape.
    pub fn mark(&mut self, at: (f64, f64), index: usize) {
        let (x, y) = at;
        let colour = super::series(index).light;
        let r = 4.5;
        let shape = match index % 4 {
            0 => format!("<circle cx=\"{}\" cy=\"{}\" r=\"4\"", short(x), short(y)),
            1 => format!(
                "<rect x=\"{}\" y=\"{}\" width=\"8\" height=\"8\"",
                short(x - 4.0),
                short(y - 4.0)
            ),
            2 => polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]),
            _ => polygon(&[(x, y - r), (x + r, y + r - 1.0), (x - r, y + r - 1.0)]),
        };
        self.add(format_args!("{shape} fill=\"{colour}\"/>\n"));
    }

    /// Words; `at` is on their base line.
    pub fn text(&mut self, at: (f64, f64), words: &str, text: Text) {
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if text.bold { " font-weight=\"600\"" } else { "" };
        let size = if (text.size - Text::PLAIN.size).abs() < f64::EPSILON {
            String::new()
        } else {
            format!(" font-size=\"{}\"", short(text.size))
        };
        self.add(format_args!(
            "<text x=\"{}\" y=\"{}\" fill=\"{}\"{anchor}{bold}{size}>{}</text>\n",
            short(at.0),
            short(at.1),
            text.colour.light,
            escaped(words)
        ));
    }

    /// Words upwards along an axis; `at` is the middle of their base line.
    pub fn upright(&mut self, at: (f64, f64), words: &str, text: Text) {
        let (x, y) = (short(at.0), short(at.1));
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" fill=\"{}\" text-anchor=\"middle\" transform=\"rotate(-90 {x} {y})\">{}</text>\n",
            text.colour.light,
            escaped(words)
        ));
    }

    /// Words downwards to the left, under a column; `at` is their end.
    pub fn hanging(&mut self, at: (f64, f64), words: &str, text: Text) {
        let (x, y) = (short(at.0), short(at.1));
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" fill=\"{}\" font-size=\"{}\" text-anchor=\"end\" transform=\"rotate(-45 {x} {y})\">{}</text>\n",
            text.colour.light,
            short(text.size),
            escaped(words)
        ));
    }

    /// The SVG file. `name` keeps its ids apart from those of others on a page.
    #[must_use]
    pub fn finish(self, name: &str, title: &str, description: &str) -> String {
        let Self { width, height, body } = self;
        let (width, height) = (short(width), short(height));
        let (title, description, name) = (escaped(title), escaped(description), escaped(name));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{name}-title {name}-description\" font-family=\"system-ui,sans-serif\" font-size=\"12\">\n<title id=\"{name}-title\">{title}</title>\n<desc id=\"{name}-description\">{description}</desc>\n{}\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{body}</svg>\n",
            dark_style(),
            PAPER.light
        )
    }

    fn add(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(arguments);
    }
}

/// About how wide `words` are at `size`, in any plain font.
#[must_use]
pub fn width_of(words: &str, size: f64) -> f64 {
    words.chars().count() as f64 * size * 0.56
}

fn pen(stroke: Stroke) -> String {
    let dashes = if stroke.dashes.is_empty() {
        String::new()
    } else {
        format!(" stroke-dasharray=\"{}\"", stroke.dashes)
    };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dashes}", stroke.colour.light, short(stroke.width))
}

fn polygon(points: &[(f64, f64)]) -> String {
    let points: Vec<String> =
        points.iter().map(|&(x, y)| format!("{},{}", short(x), short(y))).collect();
    format!("<polygon points=\"{}\"", points.join(" "))
}

/// With one digit after the point, and none where it is 0.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        let mut sheet = Sheet::new(10.0, 10.0);
        sheet.text((1.0, 2.0), "a < b & \"c\"", Text::PLAIN);
        let svg = sheet.finish("toy", "<t>", "d");
        assert!(svg.contains("a &lt; b &amp; &quot;c&quot;") && svg.contains("&lt;t&gt;</title>"));
        assert!(svg.contains("aria-labelledby=\"toy-title toy-description\""));
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!((short(2.0), short(2.26), short(-0.01)), ("2".into(), "2.3".into(), "0".into()));
    }
}
