//! Where library files come from, bounded: an archive may name no path outside itself, and may not unpack without end.

use std::io::Read;
use std::path::{Component, Path};

/// The largest file, in bytes.
const FILE_LIMIT: u64 = 1 << 20;
/// The most that an archive may unpack to, in bytes, and the most files in it.
const TOTAL_LIMIT: u64 = 512 << 20;
const COUNT_LIMIT: usize = 100_000;

/// A file's name and text.
pub struct Raw {
    pub name: String,
    pub text: String,
}

/// All YAML files at the path, in the order of their names. Errors name the file.
pub fn read(path: &Path) -> Result<Vec<Raw>, String> {
    let mut files = if path.is_dir() {
        let mut files = Vec::new();
        walk(path, path, 0, &mut files)?;
        files
    } else if path.to_string_lossy().ends_with(".tar.gz") || path.to_string_lossy().ends_with(".tgz") {
        let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
        unpack(file, &path.display().to_string())?
    } else {
        let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        vec![raw(path.display().to_string(), bytes)?]
    };
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if files.is_empty() { Err(format!("{}: there is no .yaml file in it", path.display())) } else { Ok(files) }
}

/// The YAML files of a gzipped tar archive.
pub fn unpack(archive: impl Read, name: &str) -> Result<Vec<Raw>, String> {
    let bounded = flate2::read::GzDecoder::new(archive).take(TOTAL_LIMIT + 1);
    let mut archive = tar::Archive::new(bounded);
    let (mut files, mut total) = (Vec::new(), 0u64);
    for entry in archive.entries().map_err(|e| format!("{name}: {e}"))? {
        let mut entry = entry.map_err(|e| format!("{name} is cut off or no archive: {e}"))?;
        let path = entry.path().map_err(|e| format!("{name}: a path that is no text: {e}"))?.into_owned();
        let shown = path.display().to_string();
        if path.components().any(|c| !matches!(c, Component::Normal(_) | Component::CurDir)) {
            return Err(format!("{name}: {shown} points outside of the archive. Such an archive is not imported."));
        }
        let size = entry.header().size().map_err(|e| format!("{name}: {shown}: {e}"))?;
        total = total.saturating_add(size);
        if total > TOTAL_LIMIT || files.len() > COUNT_LIMIT {
            return Err(format!("{name} unpacks to more than {} MiB or {COUNT_LIMIT} files. Such an archive is not imported.", TOTAL_LIMIT >> 20));
        }
        // Folders, links and other special entries carry nothing to read.
        if !entry.header().entry_type().is_file() || !is_yaml(&path) {
            continue;
        }
        if size > FILE_LIMIT {
            return Err(format!("{name}: {shown} is larger than {} KiB", FILE_LIMIT >> 10));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        entry.read_to_end(&mut bytes).map_err(|e| format!("{name}: {shown}: {e}"))?;
        files.push(raw(shown, bytes)?);
    }
    Ok(files)
}

fn walk(root: &Path, folder: &Path, depth: usize, files: &mut Vec<Raw>) -> Result<(), String> {
    if depth > 8 {
        return Err(format!("{}: folders go deeper than 8 levels", folder.display()));
    }
    for entry in std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let entry = entry.map_err(|e| format!("{}: {e}", folder.display()))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|e| format!("{}: {e}", entry.path().display()))?);
        if kind.is_dir() {
            walk(root, &path, depth + 1, files)?;
        } else if kind.is_file() && is_yaml(&path) {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let size = entry.metadata().map_err(|e| format!("{name}: {e}"))?.len();
            if size > FILE_LIMIT {
                return Err(format!("{name} is larger than {} KiB", FILE_LIMIT >> 10));
            }
            files.push(raw(name.clone(), std::fs::read(&path).map_err(|e| format!("{name}: {e}"))?)?);
        }
    }
    Ok(())
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

fn raw(name: String, bytes: Vec<u8>) -> Result<Raw, String> {
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(format!("{name}: there is a NUL character in it")),
        Ok(text) => Ok(Raw { name, text }),
        Err(e) => Err(format!("{name}: not UTF-8 from byte {}", e.utf8_error().valid_up_to())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(path: &str, text: &[u8]) -> Vec<u8> {
        let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        // Past set_path, which refuses what we want to see refused.
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        tar.append(&header, text).and_then(|()| tar.into_inner()).and_then(|gz| gz.finish()).unwrap_or_default()
    }

    #[test]
    fn a_file_inside_is_read_and_one_outside_refuses_the_archive() {
        assert_eq!(unpack(archive("a/b.yaml", b"model: x").as_slice(), "t").map(|f| f.len()), Ok(1));
        assert!(unpack(archive("../b.yaml", b"model: x").as_slice(), "t").is_err_and(|e| e.contains("outside")));
        assert!(unpack(archive("/etc/b.yaml", b"model: x").as_slice(), "t").is_err_and(|e| e.contains("outside")));
        assert!(unpack(archive("b.yaml", b"\xff\xfe").as_slice(), "t").is_err_and(|e| e.contains("not UTF-8")));
        assert!(unpack(archive("b.yaml", &vec![b'a'; 2 << 20]).as_slice(), "t").is_err_and(|e| e.contains("larger")));
        assert!(unpack(b"no archive".as_slice(), "t").is_err());
    }
}
