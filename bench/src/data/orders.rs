//! Many orders at once, for the lists of them.

use crate::Tried;
use crate::site::connect;

/// Adds so many orders of two lines to filled books.
pub async fn add(url: &str, orders: usize) -> Tried<()> {
    let client = connect(url).await?;
    client.batch_execute(&include_str!("orders.sql").replace("$orders", &orders.to_string())).await?;
    for tidy in ["vacuum analyze purchase_order", "vacuum analyze purchase_order_line", "checkpoint"] {
        client.batch_execute(tidy).await?;
    }
    Ok(())
}
