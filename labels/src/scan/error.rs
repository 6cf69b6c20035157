//! Why a scanned text is refused, in words for the person with the scanner.

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    #[error("Nothing was scanned. Scan again.")]
    Empty,
    #[error("There are only separators in it and no data. Scan again, or another symbol on the label.")]
    OnlySeparators,
    #[error("It is longer than any symbol holds: {length} characters, the limit is {limit} characters. Was a whole page pasted?")]
    TooLong { length: usize, limit: usize },
    #[error("There is a control character (U+{code:04X}) in field {field}. The scan was damaged: scan again, or check the scanner's settings.")]
    ControlCharacter { field: String, code: u32 },
    #[error("AI {ai} {value}: its check digit is {found}, expected {expected}. It was misread: scan again.")]
    CheckDigit { ai: String, value: String, expected: char, found: char },
    #[error("AI {ai} takes {needs}, but there is {value:?}. The symbol was cut short or misread: scan again.")]
    Length { ai: String, needs: String, value: String },
    #[error("AI {ai} takes {needs}, but there is {value:?}. It was misread: scan again.")]
    Characters { ai: String, needs: String, value: String },
    #[error("AI {ai}: {value} is no date. It was misread: scan again.")]
    Date { ai: String, value: String },
    #[error("{start:?} is no GS1 application identifier. Scan again, or another symbol on the label.")]
    UnknownIdentifier { start: String },
    #[error("The envelope holds no field with a known data identifier. Scan again, or another symbol on the label.")]
    NoFields,
    #[error("{0:?} is what is printed where nobody entered a serial; it identifies nothing. Look for another label.")]
    Placeholder(String),
    #[error("{0} is a tag of ours whose check character does not fit: it was mistyped or misread. Scan it again, or look the asset up by its serial.")]
    MistypedTag(String),
}

impl ScanError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ScanError::Empty => "empty",
            ScanError::OnlySeparators => "only-separators",
            ScanError::TooLong { .. } => "too-long",
            ScanError::ControlCharacter { .. } => "control-character",
            ScanError::CheckDigit { .. } => "check-digit",
            ScanError::Length { .. } => "length",
            ScanError::Characters { .. } => "characters",
            ScanError::Date { .. } => "date",
            ScanError::UnknownIdentifier { .. } => "unknown-identifier",
            ScanError::NoFields => "no-fields",
            ScanError::Placeholder(_) => "placeholder",
            ScanError::MistypedTag(_) => "mistyped-tag",
        }
    }
}
