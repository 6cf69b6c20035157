//! Addresses of network cards (MAC) and of disks and adapters (WWN).

/// Twelve hex digits, bare or in pairs or fours with `:`, `-` or `.`, as `0c:42:a1:1b:2c:3d`.
pub fn mac(text: &str) -> Option<String> {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_hexdigit()).collect();
    let regular = match separators.as_slice() {
        [] => true,
        [first, ..] if separators.iter().all(|s| s == first) => match (first, separators.len()) {
            (':' | '-', 5) => text.split(*first).all(|p| p.len() == 2),
            ('.', 2) => text.split('.').all(|p| p.len() == 4),
            (':' | '-', 2) => text.split(*first).all(|p| p.len() == 4),
            _ => false,
        },
        _ => false,
    };
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
    // Bare and all digits could as well be a serial or an EAN.
    let bare_number = separators.is_empty() && !digits.bytes().any(|b| b.is_ascii_alphabetic());
    if !regular || digits.len() != 12 || bare_number || matches!(digits.as_str(), "000000000000" | "ffffffffffff") {
        return None;
    }
    Some(pairs(&digits))
}

/// Sixteen hex digits that begin with 5 or 6 (NAA 5 and 6: T10 SPC, Fibre Channel).
pub fn wwn(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ':' | '-' | ' ')).collect::<String>().to_ascii_lowercase();
    let right = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit()) && digits.starts_with(['5', '6', '2']) && digits.bytes().any(|b| b.is_ascii_alphabetic());
    right.then(|| pairs(&digits))
}

fn pairs(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 3 / 2);
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && n % 2 == 0 {
            out.push(':');
        }
        out.push(c);
    }
    out
}
