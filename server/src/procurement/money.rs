//! Rounding money: half to even at the currency's minor unit (ISO 4217), line by line; totals are sums of rounded lines.

use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places of a currency's minor unit, as ISO 4217 lists them; 2 where nothing else is said.
pub fn minor_unit(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// What a line costs: quantity times unit price, rounded once.
pub fn line_total(quantity: Decimal, unit_price: Decimal, currency: &str) -> Decimal {
    (quantity * unit_price).round_dp_with_strategy(minor_unit(currency), RoundingStrategy::MidpointNearestEven)
}

/// What an order costs.
pub fn total<'a>(lines: impl IntoIterator<Item = &'a (Decimal, Decimal)>, currency: &str) -> Decimal {
    lines.into_iter().map(|(quantity, price)| line_total(*quantity, *price, currency)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn half_a_cent_goes_to_the_even_neighbour() {
        assert_eq!(line_total(number("1"), number("0.125"), "EUR"), number("0.12"));
        assert_eq!(line_total(number("1"), number("0.135"), "EUR"), number("0.14"));
        assert_eq!(line_total(number("3"), number("33.5"), "JPY"), number("100"));
        assert_eq!(line_total(number("1"), number("1.0005"), "KWD"), number("1.000"));
    }

    #[test]
    fn a_total_is_the_sum_of_its_rounded_lines_in_any_order() {
        let mut lines: Vec<(Decimal, Decimal)> = (1..200).map(|n| (Decimal::from(n % 7 + 1), Decimal::new(n * 12_345 % 99_991, 4))).collect();
        let forward = total(&lines, "EUR");
        lines.reverse();
        assert_eq!(forward, total(&lines, "EUR"));
        assert_eq!(forward, lines.iter().map(|(q, p)| line_total(*q, *p, "EUR")).sum::<Decimal>());
        assert!(forward.scale() <= 2);
    }
}
