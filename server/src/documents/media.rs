//! What a file is, told by its bytes and never by its name; the name only has to agree.

use std::io::Cursor;

use zip::ZipArchive;

use crate::http::{Problem, Result};

/// A kind of file that the books keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Xlsx,
    Mail,
    Csv,
    Text,
}

/// What can be kept, for a refusal.
const KEPT: &str = "PDF, PNG, JPEG, WebP, XLSX, CSV, plain text and mails (EML)";

impl Media {
    pub fn media_type(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
            Media::Webp => "image/webp",
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Mail => "message/rfc822",
            Media::Csv => "text/csv",
            Media::Text => "text/plain",
        }
    }

    /// The endings that a name may have, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Media::Pdf => &["pdf"],
            Media::Png => &["png"],
            Media::Jpeg => &["jpg", "jpeg"],
            Media::Webp => &["webp"],
            Media::Xlsx => &["xlsx"],
            Media::Mail => &["eml"],
            Media::Csv => &["csv"],
            Media::Text => &["txt", "log", "md"],
        }
    }
}

/// Whether a browser may show files of this media type itself instead of saving them.
pub fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "application/pdf" | "image/png" | "image/jpeg" | "image/webp")
}

/// Tells what a file is and under which name it is kept. A name without an ending gets one; a name that says something else is refused,
/// since whoever saves the file would open it as what its name says.
pub fn tell(name: &str, bytes: &[u8]) -> Result<(Media, String)> {
    let name = checked_name(name)?;
    if bytes.is_empty() {
        return Err(Problem::field("file", format!("{name} is empty. Send the file itself as the body of the request.")));
    }
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).filter(|e| (1..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()));
    let media = by_signature(bytes).or_else(|| by_text(bytes, ending.as_deref()))
        .ok_or_else(|| Problem::field("file", format!("{name} is of a kind that is not kept. Kept are {KEPT}; save or export it as one of these.")))?;
    match ending {
        None => Ok((media, format!("{name}.{}", media.endings()[0]))),
        Some(e) if media.endings().contains(&e.as_str()) => Ok((media, name)),
        Some(e) => Err(Problem::field("name", format!("{name} holds {}, not .{e}. Name it as what it is: .{}.", media.media_type(), media.endings().join(" or .")))),
    }
}

fn checked_name(name: &str) -> Result<String> {
    // A browser or a program may send a whole path; the file's own name is behind its last slash.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let plain = !name.is_empty() && name.chars().count() <= 190 && !name.chars().any(|c| c.is_control() || is_invisible(c));
    match plain && !name.starts_with('.') {
        true => Ok(name.to_owned()),
        false => Err(Problem::field("name", "Give the file's name: 1 to 190 visible characters, such as quote-4711.pdf.")),
    }
}

/// Marks that turn or hide text, so that `…fdp.exe` could show as a PDF.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn by_signature(bytes: &[u8]) -> Option<Media> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Media::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Media::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Media::Webp),
        [b'P', b'K', 3, 4, ..] if is_workbook(bytes) => Some(Media::Xlsx),
        _ => None,
    }
}

/// A ZIP archive that holds a workbook, and no macros.
fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let has = |name: &str| archive.index_for_name(name).is_some();
    has("[Content_Types].xml") && has("xl/workbook.xml") && !has("xl/vbaProject.bin")
}

/// Text has no control characters but blanks and breaks. A mail begins with its headers; CSV is text whose name says so.
fn by_text(bytes: &[u8], ending: Option<&str>) -> Option<Media> {
    if bytes.iter().any(|b| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)) || *b == 0x7f) {
        return None;
    }
    match ending {
        Some("csv") => Some(Media::Csv),
        Some("txt" | "log" | "md") => Some(Media::Text),
        _ if is_mail(bytes) => Some(Media::Mail),
        _ => Some(Media::Text),
    }
}

/// Header fields up to an empty line, among them who it is from.
fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64 << 10)]);
    let mut from = false;
    for line in head.lines() {
        if line.is_empty() {
            return from;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((field, _)) = line.split_once(':').filter(|(f, _)| !f.is_empty() && f.bytes().all(|b| (33..=126).contains(&b))) else { return false };
        from |= field.eq_ignore_ascii_case("from");
    }
    from
}

#[cfg(test)]
mod tests {
    use super::{Media, tell};

    fn is(name: &str, bytes: &[u8]) -> Result<(Media, String), String> {
        tell(name, bytes).map_err(|p| p.detail().to_owned())
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(is("a.pdf", b"%PDF-1.7 \x00\x01"), Ok((Media::Pdf, "a.pdf".to_owned())));
        assert_eq!(is("scan", b"\xff\xd8\xff\xe0rest\x00"), Ok((Media::Jpeg, "scan.jpg".to_owned())));
        assert_eq!(is("Photo.JPEG", b"\xff\xd8\xff\xe0rest\x00"), Ok((Media::Jpeg, "Photo.JPEG".to_owned())));
        assert_eq!(is("p.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 "), Ok((Media::Webp, "p.webp".to_owned())));
        assert_eq!(is("prices.csv", b"model,price\nx,1\n"), Ok((Media::Csv, "prices.csv".to_owned())));
        assert_eq!(is("m.eml", b"Received: by x\r\n\tfoo\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nHello"), Ok((Media::Mail, "m.eml".to_owned())));
        assert_eq!(is("note.txt", "Grüße: a".as_bytes()), Ok((Media::Text, "note.txt".to_owned())));
        assert_eq!(is("C:\\quotes\\q1.pdf", b"%PDF-1.4"), Ok((Media::Pdf, "q1.pdf".to_owned())));
    }

    #[test]
    fn a_name_that_says_something_else_is_refused() {
        for (name, bytes) in [("a.pdf", &b"\x89PNG\r\n\x1a\n...."[..]), ("a.png", b"%PDF-1.7"), ("page.html", b"<script>"), ("run.bat", b"del"), ("a.eml", b"no headers"), ("a.svg", b"<svg/>"), ("x.xlsx", b"a;b")] {
            assert!(is(name, bytes).is_err_and(|e| e.contains("Name it")), "{name}");
        }
    }

    #[test]
    fn what_is_not_kept_is_refused() {
        for bytes in [&b"MZ\x90\x00"[..], b"PK\x03\x04not an archive\x00", b"\x7fELF\x01", b"GIF89a\x01\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
            assert!(is("a.pdf", bytes).is_err_and(|e| e.contains("not kept")), "{bytes:?}");
        }
        for name in ["", " ", "a\nb.pdf", ".pdf", "invoice\u{202e}fdp.exe", &"x".repeat(300)] {
            assert!(is(name, b"%PDF-1.7").is_err_and(|e| e.contains("visible")), "{name:?}");
        }
        assert!(is("a.pdf", b"").is_err_and(|e| e.contains("empty")));
    }
}
