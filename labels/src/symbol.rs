//! Symbols as modules: dark or light squares (bars, for Code 128).

use barcoders::sym::code128::Code128;
use datamatrix::{DataMatrix, SymbolList};
use qrcode::{Color, EcLevel, QrCode};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Code128,
    Qr,
    DataMatrix,
}

impl Kind {
    /// Light modules that have to stay free around the symbol: ISO/IEC 15417 (10), 18004 (4), 16022 (1; 2 reads better in noise).
    pub fn quiet_zone(self) -> usize {
        match self {
            Kind::Code128 => 10,
            Kind::Qr => 4,
            Kind::DataMatrix => 2,
        }
    }
}

/// A symbol without its quiet zone. A linear one is one module high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    pub kind: Kind,
    pub text: String,
    pub width: usize,
    pub height: usize,
    dark: Vec<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    #[error("{text:?} cannot be printed as {kind:?}: {why}")]
    Unprintable { kind: Kind, text: String, why: String },
}

/// Encodes a text. Code 128 takes printable ASCII only.
pub fn encode(kind: Kind, text: &str) -> Result<Modules, SymbolError> {
    let refuse = |why: String| SymbolError::Unprintable { kind, text: text.chars().take(60).collect(), why };
    if text.is_empty() {
        return Err(refuse("there is nothing to print".to_owned()));
    }
    match kind {
        Kind::Code128 => {
            if !text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
                return Err(refuse("it holds more than printable ASCII".to_owned()));
            }
            // U+0181 begins in code set B: capitals, digits and signs.
            let code = Code128::new(format!("\u{181}{text}")).map_err(|e| refuse(e.to_string()))?;
            let dark: Vec<bool> = code.encode().into_iter().map(|bar| bar == 1).collect();
            Ok(Modules { kind, text: text.to_owned(), width: dark.len(), height: 1, dark })
        }
        Kind::Qr => {
            let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| refuse(e.to_string()))?;
            let width = code.width();
            Ok(Modules { kind, text: text.to_owned(), width, height: width, dark: code.to_colors().into_iter().map(|c| c == Color::Dark).collect() })
        }
        Kind::DataMatrix => {
            let code = DataMatrix::encode_str(text, SymbolList::default().enforce_square()).map_err(|e| refuse(format!("{e:?}")))?;
            let bitmap = code.bitmap();
            let (width, height) = (bitmap.width(), bitmap.height());
            let mut dark = vec![false; width * height];
            for (x, y) in bitmap.pixels() {
                dark[y * width + x] = true;
            }
            Ok(Modules { kind, text: text.to_owned(), width, height, dark })
        }
    }
}

impl Modules {
    /// Runs of dark modules, row by row: (x, y, length). Merged, so that a drawing has no hairlines between them.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for y in 0..self.height {
            let mut x = 0;
            while x < self.width {
                let length = (x..self.width).take_while(|x| self.dark[y * self.width + x]).count();
                if length > 0 {
                    runs.push((x, y, length));
                }
                x += length.max(1);
            }
        }
        runs
    }
}
