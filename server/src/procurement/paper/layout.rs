//! Where everything stands on an order's paper: head, addresses, lines, sums, terms.

use labels::paper::{Picture, Style, pdf, wrap};
use labels::symbol::{self, Kind};

use super::data::{Line, Order, Place};
use super::sheet::{BODY, LEFT, LINE, RIGHT, SMALL, Sheet};

/// The columns of the lines: where a text begins, and where numbers end.
const TEXT: f64 = 29.0;
const TEXT_ROOM: f64 = 74.0;
const QUANTITY: f64 = 121.0;
const PRICE: f64 = 145.0;
const DISCOUNT: f64 = 160.0;
const TAX: f64 = 171.0;

const HEADING: Style = Style::of(4.6).bold();
const LABEL: Style = SMALL.pale();

/// The facts beside the vendor's address.
const FACTS: f64 = 112.0;
const FACT_VALUES: f64 = 135.0;
const SYMBOL: f64 = 176.0;

pub fn draw(order: &Order) -> Result<Vec<u8>, String> {
    let logo = order.logo.as_deref().and_then(|bytes| Picture::read(bytes).ok());
    let title = match order.revision {
        0 => format!("Purchase order {}", order.code),
        n => format!("Purchase order {}, revision {n}", order.code),
    };
    let from = order.company.as_ref().map(|c| format!("{} · ", c.name)).unwrap_or_default();
    let mut sheet = Sheet::new(format!("{from}{title} · {}", order.vendor), order.stamp());
    letterhead(&mut sheet, order, logo.as_ref());
    addresses(&mut sheet, order)?;
    opening(&mut sheet, order, &title);
    table(&mut sheet, order);
    sums(&mut sheet, order);
    terms(&mut sheet, order);
    let pages = sheet.finish(&foot(order));
    pdf(&pages, logo.as_ref(), &title).map_err(|e| e.to_string())
}

fn letterhead(sheet: &mut Sheet, order: &Order, logo: Option<&Picture>) {
    if let Some(logo) = logo {
        let (width, height) = logo.fit(70.0, 22.0);
        sheet.page().picture(LEFT, 12.0, width, height);
    }
    let Some(company) = &order.company else { return };
    let page = sheet.page();
    page.text_in(&company.name, FACTS, 16.0, RIGHT - FACTS, Style::of(3.6).bold());
    let mut y = 20.6;
    let contact = [company.phone.as_deref().unwrap_or_default(), company.email.as_deref().unwrap_or_default()];
    for line in company.address.lines().take(5).chain(contact).filter(|l| !l.trim().is_empty()) {
        page.text_in(line, FACTS, y, RIGHT - FACTS, SMALL);
        y += 3.6;
    }
}

fn addresses(sheet: &mut Sheet, order: &Order) -> Result<(), String> {
    let top = 50.0;
    let page = sheet.page();
    if let Some(company) = &order.company {
        let sender = std::iter::once(company.name.as_str()).chain(company.address.lines()).filter(|l| !l.trim().is_empty()).collect::<Vec<_>>().join(" · ");
        page.text_in(&sender, LEFT, top, 82.0, Style::of(2.1).pale());
    }
    let mut to = vec![order.vendor.clone()];
    to.extend(order.contact.iter().cloned());
    if let Some(a) = &order.vendor_address {
        to.extend(a.street.lines().map(str::to_owned));
        to.push(format!("{} {}", a.postal_code, a.city).trim().to_owned());
        to.extend([a.region.clone(), a.country.clone()]);
    }
    let mut y = top + 6.0;
    for (n, line) in to.iter().filter(|l| !l.trim().is_empty()).take(9).enumerate() {
        page.text_in(line, LEFT, y, 82.0, if n == 0 { Style::of(3.3).bold() } else { Style::of(3.3) });
        y += 4.4;
    }
    let symbol = symbol::encode(Kind::Qr, &order.code).map_err(|e| e.to_string())?;
    let module = 18.0 / symbol.width as f64;
    page.symbol(symbol, SYMBOL, top, module);
    let date = |d: chrono::NaiveDate| d.format("%Y-%m-%d").to_string();
    let facts = [
        ("Order no.", Some(order.code.clone())),
        ("Revision", (order.revision > 0).then(|| order.revision.to_string())),
        ("Date", Some(date(order.date))),
        ("Needed by", order.needed_by.map(date)),
        ("Your quote", order.quote.clone()),
        ("Your order no.", order.their_reference.clone()),
        ("Vendor no.", Some(order.vendor_code.clone())),
        ("Our contact", Some(order.buyer.clone())),
        ("", order.buyer_email.clone()),
        ("For", Some(order.team.clone())),
    ];
    let mut fact_y = top + 3.0;
    for (label, value) in facts.iter().filter_map(|(l, v)| v.as_deref().filter(|v| !v.trim().is_empty()).map(|v| (l, v))) {
        page.text(label, FACTS, fact_y, LABEL);
        page.text_in(value, FACT_VALUES, fact_y, SYMBOL - 4.0 - FACT_VALUES, if *label == "Order no." { BODY.bold() } else { BODY });
        fact_y += 4.4;
    }
    sheet.y = y.max(fact_y).max(top + 24.0) + 6.0;
    Ok(())
}

fn opening(sheet: &mut Sheet, order: &Order, title: &str) {
    let y = sheet.y + 4.0;
    let page = sheet.page();
    page.text_in(title, LEFT, y, RIGHT - LEFT, HEADING);
    let mut y = y + 5.0;
    if let Some(stamp) = order.stamp() {
        let words = if stamp == "DRAFT" { "DRAFT: not approved yet, and not an order" } else { "CANCELLED: this order is no longer in force" };
        page.text(words, LEFT, y, BODY.bold());
        y += 5.0;
    }
    y += 2.0;
    let mut columns = vec![("Deliver to", place(&order.deliver_to))];
    if let Some(company) = &order.company {
        columns.push(("Invoice to", [company.name.clone(), company.invoice_email.clone().unwrap_or_default(), order.code.clone()].into_iter().filter(|l| !l.is_empty()).collect()));
    }
    if !order.payment_terms.trim().is_empty() {
        columns.push(("Payment", vec![order.payment_terms.clone()]));
    }
    let mut deepest = y;
    for (n, (label, lines)) in columns.iter().enumerate() {
        let x = LEFT + n as f64 * 60.0;
        page.text(label, x, y, LABEL);
        let mut at = y + LINE;
        for line in lines.iter().flat_map(|l| wrap(l, BODY, 56.0)).take(8) {
            page.text(&line, x, at, BODY);
            at += LINE;
        }
        deepest = deepest.max(at);
    }
    sheet.y = deepest + 2.0;
}

fn place(place: &Place) -> Vec<String> {
    std::iter::once(format!("{} {}", place.code, place.name)).chain(place.address.lines().map(str::to_owned)).filter(|l| !l.trim().is_empty()).collect()
}

/// The head of the lines, at the top of every page that has some.
fn table_head(sheet: &mut Sheet, order: &Order) {
    let y = sheet.y;
    let page = sheet.page();
    page.rule(LEFT, y, RIGHT - LEFT, 5.4, 0.92);
    let y = y + 3.7;
    page.text("Line", LEFT + 1.0, y, SMALL.bold());
    page.text("Article", TEXT, y, SMALL.bold());
    for (title, x) in [("Quantity", QUANTITY), ("Unit price", PRICE), ("Disc. %", DISCOUNT), ("Tax %", TAX)] {
        page.text_to(title, x, y, SMALL.bold());
    }
    page.text_to(&format!("Amount {}", order.currency), RIGHT - 1.0, y, SMALL.bold());
    sheet.y += 6.6;
}

fn table(sheet: &mut Sheet, order: &Order) {
    sheet.make_room(30.0);
    table_head(sheet, order);
    for line in &order.lines {
        let texts = texts(line);
        let height = texts.len() as f64 * LINE + 1.6;
        // A line stays whole where a page can hold it.
        if Sheet::would_fit(height) && sheet.make_room(height) {
            table_head(sheet, order);
        }
        for (n, (text, style)) in texts.iter().enumerate() {
            if sheet.make_room(LINE) {
                table_head(sheet, order);
            }
            let y = sheet.y + 3.0;
            let page = sheet.page();
            if n == 0 {
                page.text(&line.number.to_string(), LEFT + 1.0, y, BODY);
                page.text_to(&format!("{} {}", grouped(&line.quantity), line.unit), QUANTITY, y, BODY);
                page.text_to(&grouped(&line.unit_price), PRICE, y, BODY);
                page.text_to(line.discount.as_deref().unwrap_or_default(), DISCOUNT, y, BODY);
                page.text_to(&line.tax, TAX, y, BODY);
                page.text_to(&grouped(&line.amount), RIGHT - 1.0, y, BODY);
            }
            page.text(text, TEXT, y, *style);
            sheet.y += LINE;
        }
        sheet.y += 0.6;
        let y = sheet.y;
        sheet.page().rule(LEFT, y, RIGHT - LEFT, 0.1, 0.7);
        sheet.y += 1.0;
    }
}

/// What a line says below each other in its wide column.
fn texts(line: &Line) -> Vec<(String, Style)> {
    let mut texts: Vec<(String, Style)> = wrap(&line.model, BODY.bold(), TEXT_ROOM).into_iter().map(|t| (t, BODY.bold())).collect();
    let mut more = |text: String| texts.extend(wrap(&text, SMALL, TEXT_ROOM).into_iter().map(|t| (t, SMALL)));
    let parts = [line.part_number.as_ref().map(|p| format!("Part no. {p}")), line.vendor_part.as_ref().map(|p| format!("your part no. {p}"))];
    more(parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    more(line.text.clone());
    if let Some(to) = &line.deliver_to {
        more(format!("Deliver to {}", place(to).join(", ")));
    }
    if let Some(day) = line.needed_by {
        more(format!("Needed by {}", day.format("%Y-%m-%d")));
    }
    if let Some(cancelled) = &line.cancelled {
        more(format!("Cancelled: {} {}", grouped(cancelled), line.unit));
    }
    texts
}

fn sums(sheet: &mut Sheet, order: &Order) {
    let mut rows = vec![("Subtotal".to_owned(), order.subtotal.clone())];
    if let Some(discount) = &order.discount {
        rows.push(("Discount".to_owned(), format!("-{discount}")));
    }
    rows.extend(order.taxes.iter().map(|t| (format!("Tax {} %", t.percent), t.amount.clone())));
    if let Some(freight) = &order.freight {
        rows.push(("Freight".to_owned(), freight.clone()));
    }
    // The sums stay together.
    sheet.make_room((rows.len() + 2) as f64 * 5.0 + 4.0);
    sheet.y += 4.0;
    for (label, amount) in &rows {
        let y = sheet.y;
        sheet.page().text(label, 130.0, y, BODY);
        sheet.page().text_to(&grouped(amount), RIGHT - 1.0, y, BODY);
        sheet.y += 5.0;
    }
    let y = sheet.y;
    let page = sheet.page();
    page.rule(130.0, y - 3.4, RIGHT - 130.0, 0.3, 0.0);
    page.text(&format!("Total {}", order.currency), 130.0, y + 1.2, Style::of(3.3).bold());
    page.text_to(&grouped(&order.total), RIGHT - 1.0, y + 1.2, Style::of(3.3).bold());
    sheet.y += 9.0;
}

fn terms(sheet: &mut Sheet, order: &Order) {
    let Some(terms) = order.company.as_ref().map(|c| c.terms.trim()).filter(|t| !t.is_empty()) else { return };
    sheet.make_room(16.0);
    let y = sheet.y;
    sheet.page().text("Terms", LEFT, y, BODY.bold());
    sheet.y += LINE;
    for line in wrap(terms, SMALL, RIGHT - LEFT) {
        sheet.make_room(3.6);
        let y = sheet.y;
        sheet.page().text(&line, LEFT, y, SMALL);
        sheet.y += 3.6;
    }
}

fn foot(order: &Order) -> String {
    let Some(c) = &order.company else { return order.code.clone() };
    let tax = (!c.tax_id.is_empty()).then(|| format!("Tax id {}", c.tax_id));
    [Some(order.code.clone()), Some(c.name.clone()), c.registration.clone(), tax].into_iter().flatten().filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A number with its thousands apart (by narrow blanks, which no country takes for a decimal sign).
fn grouped(number: &str) -> String {
    let (whole, rest) = number.find('.').map_or((number, ""), |dot| number.split_at(dot));
    let digits = whole.trim_start_matches('-');
    let mut out = whole[..whole.len() - digits.len()].to_owned();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([grouped("1"), grouped("123.45"), grouped("1234567.8901"), grouped("-14200.00")], ["1", "123.45", "1\u{202f}234\u{202f}567.8901", "-14\u{202f}200.00"]);
    }
}
