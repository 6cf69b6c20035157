//! What a named constraint of the database means to the person it stopped. A part that can say more does so itself.

pub struct Sentence {
    pub slug: &'static str,
    pub title: &'static str,
    pub detail: &'static str,
    /// The request's field that is at fault, or empty.
    pub field: &'static str,
}

/// The sentence for a constraint, if it can be broken by what a person typed.
pub fn sentence(constraint: &str) -> Option<Sentence> {
    let (slug, title, detail, field) = match constraint {
        "team_code" => ("code-taken", "That code is taken", "Another team has this code. Choose another.", "code"),
        "person_email" => ("email-taken", "That address is taken", "Another person has this e-mail address.", "email"),
        "role_grant_once" => ("already-granted", "Granted already", "This person has that role on that team already.", "role"),
        "manufacturer_name" | "manufacturer_code" => ("manufacturer-exists", "That manufacturer is here already", "There is a manufacturer of this name. Use it.", "name"),
        "model_name" | "model_code" => ("model-exists", "That model is here already", "This manufacturer has a model of this name. Use it.", "name"),
        "part_number_once" => ("part-number-exists", "That part number is known", "The model has this part number already.", "value"),
        "location_code" => ("code-taken", "That code is taken", "Another location has this code. Choose another.", "code"),
        "vendor_code" => ("code-taken", "That code is taken", "Another vendor has this code. Choose another.", "code"),
        "vendor_name" => ("vendor-exists", "That vendor is here already", "There is a vendor of this name. Use it.", "name"),
        "mail_queued" => ("mail-on-its-way", "It is on its way already", "A mail of it is on its way already. Wait until it has arrived, or give it up.", ""),
        "document_once" => ("document-exists", "It is there already", "This file is among the documents of that record already.", "name"),
        "vendor_contact_email" => ("contact-exists", "That contact is here already", "Another contact of this vendor has this e-mail address. Edit it.", "email"),
        "contract_cover_once" => ("covered-already", "It is covered already", "The contract covers this already.", ""),
        "contract_follows" => ("contract-renewed", "It is renewed already", "Another contract follows this one already. Renew that in its turn.", ""),
        "budget_code" | "budget_once" => ("budget-exists", "That budget is here already", "The team has a budget of this year, kind and currency. Edit it.", "fiscal_year"),
        "budget_not_overspent" => ("over-budget", "Not enough budget", "The budget does not cover this. Lower the order, or ask for more budget.", ""),
        "no_more_than_asked" => ("more-than-asked", "More than was asked for", "Somebody ordered it meanwhile. Look at what is left to order.", "quantity"),
        "refused_is_not_ordered" => ("request-in-order", "It is in an order", "A line that is in an order cannot be refused. Cancel the order, or give up those pieces of it, first.", ""),
        "board_is_not_requester" => ("own-order", "Nobody approves their own order", "Nobody agrees to their own request. Ask another of the board.", ""),
        "approver_is_not_requester" => ("own-order", "Nobody approves their own order", "Whoever raised an order cannot approve it. Ask another approver.", ""),
        "invoice_number_once" => ("invoice-number-taken", "That invoice is here already", "Another invoice of this vendor has this number. Is it a copy?", "number"),
        "credit_note_number_once" => ("invoice-number-taken", "That credit note is here already", "Another credit note of this vendor has this number. Is it a copy?", "number"),
        "purchase_order_former_number" => ("order-here-already", "That order is here already", "An order of this vendor with this former number is in the books. Search for the number to see which.", "former_number"),
        "over_receipt" => ("over-receipt", "More than was ordered", "That is more than was ordered and the line's tolerance allows. Check the carton, or have the order changed.", "quantity"),
        "whole_pieces" => ("whole-pieces", "Pieces are counted whole", "Give a whole number of pieces.", "quantity"),
        "shipping_notice_reference" => ("notice-exists", "That delivery is announced already", "The order has a notice with this number of the vendor's. Cancel it first, if this one replaces it.", "reference"),
        "announced_serial_once" => ("announced-already", "That serial is announced already", "Another open notice announces one of these serials. Cancel that notice first, if it was replaced.", "lines"),
        "asset_serial" => ("serial-taken", "That serial is here already", "Another asset of this manufacturer has this serial. Scan it to see which.", "serial"),
        "asset_tag" => ("tag-taken", "That tag is taken", "Another asset has this tag.", "tag"),
        "asset_bay" => ("bay-taken", "That bay is taken", "Another asset is in this bay. Choose another.", "bay"),
        "asset_alias_once" => ("alias-taken", "That code belongs to another asset", "Another asset has this code. Scan it to see which.", "value"),
        "returned_is_with_vendor" => ("gone", "It went back to the vendor", "It was returned to the vendor. If it came back, take its return back first.", ""),
        "no_overlap_in_rack" => ("rack-unit-taken", "That place is taken", "Another asset is in one of these units. Choose free ones.", "unit"),
        "stock_not_negative" => ("not-enough-stock", "Not enough there", "There is not that much of it. Take fewer, or count the bin.", "quantity"),
        "port_name" => ("port-exists", "That port is here already", "The asset has a port of this name and kind.", "name"),
        "cable_end_port" => ("port-taken", "That port has a cable", "A cable is in this port already. Disconnect it first, or choose another port.", "port"),
        "cable_code" => ("code-taken", "That code is taken", "Another cable has this code. Choose another.", "code"),
        "no_seat_too_many" => ("no-seat-left", "No seat is left", "All seats of this entitlement are given. Release one, or buy more.", ""),
        "licence_assignment_asset" | "licence_assignment_person" | "licence_assignment_team" => ("already-assigned", "Has a seat already", "It has a seat of this entitlement already.", ""),
        _ => return None,
    };
    Some(Sentence { slug, title, detail, field })
}
