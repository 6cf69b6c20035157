//! What vendors announce, and what at the dock is not as it should be.

pub mod announced;
pub mod discrepancies;
pub mod lists;
pub mod routes;
pub mod shipping_notices;
