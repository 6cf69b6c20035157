//! Passwords: argon2id (RFC 9106) with the crate's recommended costs, off the async workers.

use std::sync::LazyLock;

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

/// The hash of a text that nobody has, with the costs of every other: to verify against it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| Argon2::default().hash_password(super::secret::new("nobody_").as_bytes()).map(|h| h.to_string()).unwrap_or_default());

/// Compares in the same time whether the account exists or not: `stored` is None for an unknown one.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await.map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    use super::{NOBODY, hash, verify};

    #[tokio::test]
    async fn an_unknown_account_is_verified_with_the_costs_of_a_known_one() {
        let known = hash("correct horse battery staple".to_owned()).await.unwrap();
        let costs = |text: &str| PasswordHash::new(text).map(|h| (h.algorithm.to_string(), h.params.to_string())).unwrap();
        assert_eq!(costs(&NOBODY), costs(&known));
        assert!(verify("correct horse battery staple".to_owned(), Some(known.clone())).await.unwrap());
        assert!(!verify("correct horse battery stable".to_owned(), Some(known)).await.unwrap());
        assert!(!verify(String::new(), None).await.unwrap());
    }
}
