//! Passwords: argon2id (RFC 9106) with the crate's recommended costs, off the async workers.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::http::{Problem, Result};

/// Shortest password that is taken.
pub const MIN_LENGTH: usize = 12;
const MAX_LENGTH: usize = 200;

pub fn check_strength(password: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err(Problem::field("new", format!("A password has at least {MIN_LENGTH} characters; this has {length}. Four unrelated words do well.")));
    }
    if length > MAX_LENGTH {
        return Err(Problem::field("new", format!("A password has at most {MAX_LENGTH} characters.")));
    }
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if password.to_lowercase() == email.to_lowercase() || (name.len() > 3 && password.to_lowercase().replace(&name, "").chars().count() < MIN_LENGTH / 2) {
        return Err(Problem::field("new", "A password is not one's own address."));
    }
    Ok(())
}

pub async fn hash(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()))
        .await.map_err(Problem::internal)?.map_err(Problem::internal)
}

/// Compares in the same time whether the account exists or not: `stored` is None for an unknown one.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    // The hash of a random text that nobody has.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$VE4wY2JhM0xzb0pQdGRrMA$G1cgW3T8Hc7VQ7jY2bZ3m5yJmVQJgk2qYw0v2bRkR4s";
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let matches = PasswordHash::new(&stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await.map_err(Problem::internal)
}
