//! Quantities as JSON numbers: whole where they are whole, metres with up to three decimals.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Problem, Result};

/// An amount of pieces or metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, utoipa::ToSchema)]
#[schema(value_type = f64)]
pub struct Quantity(pub Decimal);

impl Quantity {
    /// Refuses what is not positive, too large, or a fraction of something that is counted in pieces.
    pub fn checked(self, field: &str, unit: &str) -> Result<Decimal> {
        let quantity = self.0.normalize();
        if quantity <= Decimal::ZERO {
            return Err(Problem::field(field, format!("{quantity} is not a quantity. Give more than 0.")));
        }
        if quantity > Decimal::from(1_000_000_000) {
            return Err(Problem::field(field, format!("{quantity} is more than a billion. Check the number.")));
        }
        if unit == "m" && quantity.scale() > 3 {
            return Err(Problem::field(field, "Metres are kept to the millimetre: at most three decimals."));
        }
        if unit != "m" && !quantity.is_integer() {
            return Err(Problem::field(field, format!("{quantity} is not a whole number; pieces are counted whole.")));
        }
        Ok(quantity)
    }
}

/// A currency's code of ISO 4217, in capitals.
pub fn checked_currency(currency: &str) -> Result<String> {
    let code = currency.trim().to_uppercase();
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(code);
    }
    Err(Problem::field("currency", format!("{code:?} is not a currency code of ISO 4217, such as EUR.")))
}

/// An amount of money as the database holds it, numeric(18, 4): refuses what is negative, has more than four decimals, or is too large.
pub fn checked_amount(field: &str, amount: Decimal) -> Result<Decimal> {
    let normal = amount.normalize();
    if normal < Decimal::ZERO || normal.scale() > 4 {
        return Err(Problem::field(field, format!("{normal} is not an amount: from 0 up, at most four decimals.")));
    }
    if normal >= Decimal::from(100_000_000_000_000_i64) {
        return Err(Problem::field(field, format!("{normal} is more than the books can hold. Check the number.")));
    }
    Ok(amount)
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let quantity = self.0.normalize();
        match quantity.to_i64().filter(|_| quantity.is_integer()) {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(quantity.to_f64().unwrap_or_default()),
        }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.to_string().parse().or_else(|_| Decimal::from_scientific(&number.to_string())).map(Self).map_err(serde::de::Error::custom)
    }
}
