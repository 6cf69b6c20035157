//! Who is asking, and what they may do: sign-in, sessions, tokens, roles granted on teams.

pub mod accounts;
pub mod caller;
pub mod gate;
pub mod grants;
pub mod keys;
pub mod lists;
pub mod password;
pub mod principal;
pub mod role;
pub mod routes;
pub mod routes_admin;
pub mod secret;
pub mod session;
pub mod sign_in;
pub mod tokens;

pub use caller::Caller;
pub use role::Role;
