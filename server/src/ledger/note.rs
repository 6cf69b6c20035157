//! Signed tree heads as transparency logs write them: a checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note), Ed25519.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use sha2::{Digest, Sha256};

use super::merkle::Hash;

/// The log's name: the note's first line and its key's name.
pub const ORIGIN: &str = "quartermaster/ledger";
/// The signature algorithm's number in a key id: Ed25519.
const ALGORITHM: u8 = 0x01;

/// The note over a head of this size.
pub fn sign(secret: &[u8; 32], size: u64, root: &Hash) -> String {
    let key = SigningKey::from_bytes(secret);
    let text = body(size, root);
    let mut line = key_id(&key.verifying_key()).to_vec();
    line.extend(key.sign(text.as_bytes()).to_bytes());
    format!("{text}\n\u{2014} {ORIGIN} {}\n", STANDARD.encode(line))
}

/// Whether the note is a head of this size and root, signed by this key.
pub fn is_signed(note: &str, key: &VerifyingKey, size: u64, root: &Hash) -> bool {
    let text = body(size, root);
    let Some(signature) = note.strip_prefix(&text).and_then(|rest| rest.strip_prefix(&format!("\n\u{2014} {ORIGIN} "))) else { return false };
    let Ok(bytes) = STANDARD.decode(signature.trim_end()) else { return false };
    let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return false };
    *id == key_id(key) && Signature::from_slice(signature).is_ok_and(|s| key.verify(text.as_bytes(), &s).is_ok())
}

/// The key that checks this server's notes, as verifiers take it: name+id+key.
pub fn verifier(secret: &[u8; 32]) -> String {
    let key = SigningKey::from_bytes(secret).verifying_key();
    let id: String = key_id(&key).iter().map(|b| format!("{b:02x}")).collect();
    let mut material = vec![ALGORITHM];
    material.extend(key.as_bytes());
    format!("{ORIGIN}+{id}+{}", STANDARD.encode(material))
}

pub fn public(secret: &[u8; 32]) -> VerifyingKey {
    SigningKey::from_bytes(secret).verifying_key()
}

fn body(size: u64, root: &Hash) -> String {
    format!("{ORIGIN}\n{size}\n{}\n", STANDARD.encode(root))
}

fn key_id(key: &VerifyingKey) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(ORIGIN);
    hash.update(b"\n");
    hash.update([ALGORITHM]);
    hash.update(key.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_valid_for_its_own_head_and_key_only() {
        let (secret, root) = ([7u8; 32], [9u8; 32]);
        let note = sign(&secret, 42, &root);
        assert!(is_signed(&note, &public(&secret), 42, &root));
        assert!(!is_signed(&note, &public(&secret), 43, &root));
        assert!(!is_signed(&note, &public(&secret), 42, &[8u8; 32]));
        assert!(!is_signed(&note, &public(&[6u8; 32]), 42, &root));
        assert!(note.starts_with("quartermaster/ledger\n42\n"));
    }
}
