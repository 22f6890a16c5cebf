//! The faces that a PDF is set in, and how long words are in them.

use std::io;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{UnicodeBuffer, shape};

/// A face of Libertinus Serif, under the SIL Open Font License: Latin, Greek, Cyrillic and Hebrew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Regular,
    Italic,
    Bold,
}

const FACES: [&[u8]; 3] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/LibertinusSerif-Regular.otf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LibertinusSerif-Italic.otf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LibertinusSerif-Bold.otf")),
];

/// The faces, read.
pub struct Fonts {
    drawn: Vec<Font>,
    measured: Vec<rustybuzz::Face<'static>>,
}

impl Fonts {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// If they are no fonts, which would be a fault of the build.
    pub fn read() -> io::Result<Fonts> {
        let broken = || io::Error::other("a font of the program is broken");
        let mut fonts = Fonts {
            drawn: Vec::new(),
            measured: Vec::new(),
        };
        for bytes in FACES {
            fonts
                .drawn
                .push(Font::new(bytes.into(), 0).ok_or_else(broken)?);
            fonts
                .measured
                .push(rustybuzz::Face::from_slice(bytes, 0).ok_or_else(broken)?);
        }
        Ok(fonts)
    }

    /// A face to draw with.
    pub fn drawn(&self, face: Face) -> Font {
        self.drawn[face as usize].clone()
    }

    /// The glyphs of a text of one direction; lengths are parts of the size.
    pub fn glyphs(&self, text: &str, face: Face) -> Vec<KrillaGlyph> {
        let font = &self.measured[face as usize];
        #[expect(clippy::cast_precision_loss, reason = "units of a font are few")]
        let part = |units: i32| units as f32 / font.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = shape(font, &[], buffer);
        let starts = shaped.glyph_infos().iter().map(|it| it.cluster as usize);
        let mut ends: Vec<usize> = starts.chain([text.len()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let each = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let glyph = |(info, at): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
            let start = info.cluster as usize;
            let end = ends.partition_point(|end| *end <= start);
            KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: start..ends.get(end).copied().unwrap_or(text.len()),
                x_advance: part(at.x_advance),
                x_offset: part(at.x_offset),
                y_offset: part(at.y_offset),
                y_advance: part(at.y_advance),
                location: None,
            }
        };
        each.map(glyph).collect()
    }
}
