//! The readings of a scan, in the order in which to look them up. An exact hit of the whole text always wins.

use serde::Serialize;

use super::{Scan, Standard, mac};
use crate::tag::AssetTag;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    pub kind: CandidateKind,
    pub value: String,
    /// Why this reading is possible, for the person who has to choose.
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CandidateKind {
    AssetTag,
    /// Any code or serial that is this whole text.
    WholeText,
    Serial,
    PartNumber,
    PurchaseOrder,
    Mac,
    Wwn,
    ServiceTag,
    Gtin,
    AssetIdentifier,
}

pub fn of(scan: &Scan) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |kind, value: &str, why: &str| {
        let value = value.trim();
        if !value.is_empty() && !all.iter().any(|c: &Candidate| c.kind == kind && c.value == value) {
            all.push(Candidate { kind, value: value.to_owned(), why: why.to_owned() });
        }
    };
    if let Ok(tag) = AssetTag::parse(&scan.text) {
        add(CandidateKind::AssetTag, tag.as_str(), "an asset tag of ours");
    }
    let whole = !scan.text.chars().any(char::is_control) && (scan.standard == Standard::Plain || scan.standard == Standard::Vendor || scan.fields.len() == 1);
    if whole {
        let upper = scan.text.to_uppercase();
        add(CandidateKind::WholeText, &upper, "the whole text");
        if scan.standard != Standard::Gs1 {
            add(CandidateKind::Serial, &upper, "the whole text as a serial");
        }
    }
    let meaning = &scan.meaning;
    for serial in &meaning.serials {
        add(CandidateKind::Serial, serial, "marked as a serial");
    }
    for (kind, value, why) in [
        (CandidateKind::PurchaseOrder, &meaning.purchase_order, "marked as our order number"),
        (CandidateKind::PartNumber, &meaning.part_number, "marked as a part number"),
        (CandidateKind::PartNumber, &meaning.customer_part_number, "marked as our own part number"),
        (CandidateKind::Gtin, &meaning.gtin, "a GTIN"),
        (CandidateKind::AssetIdentifier, &meaning.asset_identifier, "a GS1 asset identifier"),
        (CandidateKind::Mac, &meaning.mac, "a MAC address"),
        (CandidateKind::Wwn, &meaning.wwn, "a World Wide Name"),
        (CandidateKind::ServiceTag, &meaning.dell_service_tag, "the service tag that Dell's express service code stands for"),
    ] {
        if let Some(value) = value {
            add(kind, value, why);
        }
    }
    if meaning.dell_express_service_code.is_some() {
        add(CandidateKind::ServiceTag, &scan.text, "has the form of a Dell service tag");
    }
    if let Some(mac) = mac::mac(&scan.text) {
        add(CandidateKind::Mac, &mac, "has the form of a MAC address");
    }
    all
}
