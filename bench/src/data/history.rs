//! The year itself, order by order: raised, approved and ordered; received pallet by pallet; each pallet put away in a bin; the
//! servers racked and taken into service. Every row version names the event that opened it, every earlier one that which closed it.

use chrono::{DateTime, TimeDelta, Utc};
use labels::tag::AssetTag;
use uuid::Uuid;

use super::copy::{NULL, Table};
use super::ground::{Ground, Model};
use crate::Tried;

const PALLET: usize = 40;
const PALLETS_OF_EACH: usize = 5;
/// Of an order: so many servers, and as many switches.
const OF_EACH: usize = PALLET * PALLETS_OF_EACH;
/// Two-unit servers that share a rack.
pub const RACKED_TOGETHER: usize = 20;
/// The last order is this old, the first as much older as the year has days.
const LAST_ORDER_DAYS_AGO: i64 = 20;
const YEAR_DAYS: i64 = 365;
const CABLES: usize = 1000;

/// How much there is to be: whole orders.
pub struct Plan {
    orders: usize,
}

impl Plan {
    /// At least this many assets.
    pub fn of(assets: usize) -> Self {
        Self { orders: assets.div_ceil(2 * OF_EACH).max(1) }
    }
    pub fn assets(&self) -> usize {
        self.orders * 2 * OF_EACH
    }
    pub fn pallets(&self) -> usize {
        self.orders * 2 * PALLETS_OF_EACH
    }
    pub fn racked(&self) -> usize {
        self.orders * OF_EACH
    }
}

struct Tables {
    event: Table,
    subject: Table,
    order: Table,
    order_was: Table,
    line: Table,
    line_was: Table,
    receipt: Table,
    receipt_line: Table,
    asset: Table,
    asset_was: Table,
    movement: Table,
    level: Table,
}

const EVENT: &str = "id, at, actor_kind, actor_id, action, subject_kind, subject_id, team_id, device, details";
const ORDER: &str = "id, code, vendor_id, team_id, deliver_to_id, requester_id, approver_id, status, currency, total, created_at, submitted_at, approved_at, ordered_at, received_at, opened_by, valid_from";
const LINE: &str = "id, purchase_order_id, number, model_id, unit, quantity, unit_price, received, opened_by, valid_from";
const ASSET: &str = "id, tag, model_id, manufacturer_id, serial, status, team_id, place, location_id, rack_id, rack_units, rack_faces, order_line_id, receipt_line_id,
                     unit_cost, currency, received_at, received_by, verified_at, verified_by, verified_how, opened_by, valid_from";

impl Tables {
    async fn open(url: &str) -> Tried<Self> {
        let was = |columns: &str| format!("{columns}, closed_by, valid_to");
        Ok(Self {
            event: Table::open(url, "event", EVENT).await?,
            subject: Table::open(url, "event_subject", "event_id, kind, subject_id").await?,
            order: Table::open(url, "purchase_order", ORDER).await?,
            order_was: Table::open(url, "history.purchase_order", &format!("{}, vendor_reference, notes", was(ORDER))).await?,
            line: Table::open(url, "purchase_order_line", LINE).await?,
            line_was: Table::open(url, "history.purchase_order_line", &format!("{}, description, tolerance_percent", was(LINE))).await?,
            receipt: Table::open(url, "receipt", "id, code, purchase_order_id, receiver_id, location_id, received_on, opened_by, valid_from").await?,
            receipt_line: Table::open(url, "receipt_line", "id, receipt_id, order_line_id, quantity, at, opened_by, valid_from").await?,
            asset: Table::open(url, "asset", ASSET).await?,
            asset_was: Table::open(url, "history.asset", &format!("{}, serial_key, component_role, function, classification, lot, country, notes", was(ASSET))).await?,
            movement: Table::open(url, "stock_movement", "id, model_id, team_id, quantity, from_kind, to_kind, to_location_id, receipt_line_id, unit_cost, currency, reason, at, opened_by, valid_from").await?,
            level: Table::open(url, "stock_level", "model_id, location_id, team_id, quantity").await?,
        })
    }

    fn all(&mut self) -> [&mut Table; 12] {
        [&mut self.event, &mut self.subject, &mut self.order, &mut self.order_was, &mut self.line, &mut self.line_was, &mut self.receipt, &mut self.receipt_line,
         &mut self.asset, &mut self.asset_was, &mut self.movement, &mut self.level]
    }

    async fn finish(self) -> Tried<u64> {
        let mut rows = 0;
        for table in [self.event, self.subject, self.order, self.order_was, self.line, self.line_was, self.receipt, self.receipt_line, self.asset, self.asset_was, self.movement, self.level] {
            rows += table.finish().await?;
        }
        Ok(rows)
    }
}

/// Something that happened: its event and its moment.
#[derive(Clone, Copy)]
struct Happened {
    event: Uuid,
    at: DateTime<Utc>,
}

/// Writes the whole year; returns how many rows that were.
pub async fn write(url: &str, ground: &Ground, plan: &Plan) -> Tried<u64> {
    let mut year = Year { tables: Tables::open(url).await?, ground, made: 0, assets: 0, racked: 0 };
    let orders = plan.orders;
    let first = Utc::now() - TimeDelta::days(LAST_ORDER_DAYS_AGO + YEAR_DAYS - 30);
    let apart = TimeDelta::days(YEAR_DAYS - 30) / i32::try_from(orders)?;
    for n in 0..orders {
        year.order(n, first + apart * i32::try_from(n)?);
        for table in year.tables.all() {
            table.send().await?;
        }
    }
    year.tables.finish().await
}

struct Year<'g> {
    tables: Tables,
    ground: &'g Ground,
    /// Ids made so far.
    made: u64,
    assets: usize,
    racked: usize,
}

/// What all of an order's events and rows share.
struct Order {
    id: Uuid,
    code: String,
    team: Uuid,
}

/// What an asset is received as.
struct Piece<'a> {
    model: &'a Model,
    line: Uuid,
    receipt_line: Uuid,
    price: &'static str,
}

struct Asset {
    id: Uuid,
    tag: String,
    serial: String,
}

impl Year<'_> {
    /// An id as it would have been made at that moment: UUIDv7, the same in every run but for its time.
    fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        self.made += 1;
        let mut mixed = self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mut rest = [0; 10];
        rest[..8].copy_from_slice(&mixed.to_be_bytes());
        rest[8..].copy_from_slice(&(self.made as u16).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(at.timestamp_millis().unsigned_abs(), &rest).into_uuid()
    }

    #[expect(clippy::too_many_arguments, reason = "they are an event's columns")]
    fn happens(&mut self, at: DateTime<Utc>, by: Uuid, action: &str, kind: &str, subject: Uuid, team: Option<Uuid>, details: &str) -> Happened {
        let event = self.id(at);
        match team {
            Some(team) => self.tables.event.row(&[&event, &at, &"person", &by, &action, &kind, &subject, &team, &"bench", &details]),
            None => self.tables.event.row(&[&event, &at, &"person", &by, &action, &kind, &subject, &NULL, &"bench", &details]),
        }
        Happened { event, at }
    }

    fn order(&mut self, n: usize, at: DateTime<Utc>) {
        let ground = self.ground;
        let order = Order { id: self.id(at), code: format!("PO-{}-{:05}", at.format("%Y"), 10_000 + n), team: ground.teams[n % ground.teams.len()] };
        let details = format!("{{\"code\": \"{}\"}}", order.code);
        let raised = self.happens(at, ground.buyer, "purchase_order.create", "purchase_order", order.id, Some(order.team), &details);
        let submitted = self.happens(at + TimeDelta::hours(1), ground.buyer, "purchase_order.submit", "purchase_order", order.id, Some(order.team), &details);
        let approved = self.happens(at + TimeDelta::hours(20), ground.approver, "purchase_order.approve", "purchase_order", order.id, Some(order.team), &details);
        let ordered = self.happens(at + TimeDelta::hours(21), ground.buyer, "purchase_order.order", "purchase_order", order.id, Some(order.team), &details);

        let arrival = at + TimeDelta::days(7);
        let receipt = self.id(arrival);
        let mut opened = Vec::new();
        for (number, (model, price)) in [(&ground.server, "8950.0000"), (&ground.switch, "6120.0000")].into_iter().enumerate() {
            let line = self.id(at);
            let mut version = (0, raised);
            while version.0 < OF_EACH {
                let moment = arrival + TimeDelta::minutes(10 * opened.len() as i64);
                let piece = Piece { model, line, receipt_line: self.id(moment), price };
                let received = self.pallet(&order, receipt, &piece, number, moment);
                self.line_was(&order, line, number + 1, model, OF_EACH, price, version, received);
                version = (version.0 + PALLET, received);
                opened.push(received);
            }
            self.tables.line.row(&[&line, &order.id, &(number + 1), &model.id, &"pcs", &OF_EACH, &price, &version.0, &version.1.event, &version.1.at]);
        }
        let last = self.cables(&order, receipt, raised, ground.bins[n * 2 * PALLETS_OF_EACH].0, arrival + TimeDelta::hours(3));
        let first = opened.first().copied().unwrap_or(last);
        self.tables.receipt.row(&[&receipt, &format!("RC-{}-{:05}", at.format("%Y"), 10_000 + n), &order.id, &ground.warehouse, &ground.receiving, &arrival.date_naive(), &first.event, &first.at]);

        let total = format!("{}.0000", OF_EACH * 8950 + OF_EACH * 6120 + CABLES * 5);
        self.order_versions(&order, n, &total, &[("draft", raised), ("submitted", submitted), ("approved", approved), ("ordered", ordered), ("partly_received", first), ("received", last)]);
    }

    /// Each version of an order, the last of them live.
    fn order_versions(&mut self, order: &Order, n: usize, total: &str, versions: &[(&str, Happened)]) {
        let ground = self.ground;
        let vendor = ground.vendors[n % ground.vendors.len()];
        let approver = ground.approver.to_string();
        for (at, (status, by)) in versions.iter().enumerate() {
            // A column that an earlier version does not have yet.
            let since = |step: usize| if at >= step { versions[step].1.at.to_string() } else { NULL.to_owned() };
            let (created, submitted, approved, ordered, received) = (since(0), since(1), since(2), since(3), since(5));
            let approver: &str = if at >= 2 { &approver } else { NULL };
            let live: [&dyn std::fmt::Display; 17] = [&order.id, &order.code, &vendor, &order.team, &ground.deliver_to, &ground.buyer, &approver, status, &"EUR", &total,
                &created, &submitted, &approved, &ordered, &received, &by.event, &by.at];
            match versions.get(at + 1) {
                None => self.tables.order.row(&live),
                Some((_, closed)) => self.tables.order_was.row(&[live.as_slice(), &[&closed.event, &closed.at, &"", &""]].concat()),
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are a line's columns")]
    fn line_was(&mut self, order: &Order, line: Uuid, number: usize, model: &Model, quantity: usize, price: &str, (received, by): (usize, Happened), closed: Happened) {
        self.tables.line_was.row(&[&line, &order.id, &number, &model.id, &"pcs", &quantity, &price, &received, &by.event, &by.at, &closed.event, &closed.at, &"", &0]);
    }

    /// A line of counted goods, received at once.
    fn cables(&mut self, order: &Order, receipt: Uuid, raised: Happened, bin: Uuid, at: DateTime<Utc>) -> Happened {
        let ground = self.ground;
        let (line, receipt_line, movement) = (self.id(at), self.id(at), self.id(at));
        let received = self.happens(at, ground.warehouse, "purchase_order.receive", "purchase_order", order.id, Some(order.team), &format!("{{\"code\": \"{}\", \"line\": 3, \"quantity\": {CABLES}}}", order.code));
        self.line_was(order, line, 3, &ground.cable, CABLES, "5.0000", (0, raised), received);
        self.tables.line.row(&[&line, &order.id, &3, &ground.cable.id, &"pcs", &CABLES, &"5.0000", &CABLES, &received.event, &received.at]);
        self.tables.receipt_line.row(&[&receipt_line, &receipt, &line, &CABLES, &at, &received.event, &received.at]);
        self.tables.movement.row(&[&movement, &ground.cable.id, &order.team, &CABLES, &"vendor", &"location", &bin, &receipt_line, &"5.0000", &"EUR", &format!("received on {}", order.code), &at, &received.event, &received.at]);
        self.tables.level.row(&[&ground.cable.id, &bin, &order.team, &CABLES]);
        received
    }

    /// A pallet of serialised things: received, put away, and racked when they are servers.
    fn pallet(&mut self, order: &Order, receipt: Uuid, piece: &Piece<'_>, number: usize, at: DateTime<Utc>) -> Happened {
        let ground = self.ground;
        let bin = &ground.bins[self.assets / PALLET];
        let received = self.happens(at, ground.warehouse, "purchase_order.receive", "purchase_order", order.id, Some(order.team), &format!("{{\"code\": \"{}\", \"line\": {}, \"quantity\": {PALLET}}}", order.code, number + 1));
        self.tables.receipt_line.row(&[&piece.receipt_line, &receipt, &piece.line, &PALLET, &at, &received.event, &received.at]);
        let shelved_at = at + TimeDelta::hours(2);
        let shelved = self.happens(shelved_at, ground.warehouse, "stock.put_away", "location", bin.0, None, &format!("{{\"code\": \"{}\", \"stock\": []}}", bin.1));
        let assets: Vec<Asset> = (0..PALLET).map(|_| {
            self.assets += 1;
            Asset { id: self.id(at), tag: AssetTag::from_number(self.assets as u64).to_string(), serial: format!("SN{:08}", self.assets) }
        }).collect();
        for asset in &assets {
            self.tables.subject.row(&[&received.event, &"asset", &asset.id]);
            self.tables.subject.row(&[&shelved.event, &"asset", &asset.id]);
            self.asset(order, piece, asset, &Stands::In(ground.receiving), received, received, Some(shelved));
        }
        if number > 0 {
            for asset in &assets {
                self.asset(order, piece, asset, &Stands::In(bin.0), received, shelved, None);
            }
            return received;
        }
        for together in assets.chunks(RACKED_TOGETHER) {
            let rack = ground.racks[self.racked / RACKED_TOGETHER];
            let racked = self.happens(shelved_at + TimeDelta::days(2), ground.technician, "asset.place", "rack", rack, Some(order.team), "{}");
            for (slot, asset) in together.iter().enumerate() {
                self.tables.subject.row(&[&racked.event, &"asset", &asset.id]);
                self.asset(order, piece, asset, &Stands::In(bin.0), received, shelved, Some(racked));
                self.asset(order, piece, asset, &Stands::Racked(rack, 2 + 4 * slot), received, racked, None);
            }
            self.racked += RACKED_TOGETHER;
        }
        received
    }

    /// A version of an asset: closed by an event, or live.
    #[expect(clippy::too_many_arguments, reason = "they are what a version is made of")]
    fn asset(&mut self, order: &Order, piece: &Piece<'_>, asset: &Asset, stands: &Stands, received: Happened, opened: Happened, closed: Option<Happened>) {
        let ground = self.ground;
        let (location, rack, units, faces) = match stands {
            Stands::In(bin) => (bin.to_string(), NULL.to_owned(), NULL.to_owned(), NULL),
            Stands::Racked(rack, half) => (NULL.to_owned(), rack.to_string(), format!("[{half},{})", half + 4), "[0,2)"),
        };
        let (status, place, who, how) = match stands {
            Stands::In(_) if opened.event == received.event => ("received", "location", ground.warehouse, "receipt"),
            Stands::In(_) => ("received", "location", ground.warehouse, "move"),
            Stands::Racked(..) => ("in_service", "rack", ground.technician, "move"),
        };
        let version: [&dyn std::fmt::Display; 23] = [&asset.id, &asset.tag, &piece.model.id, &piece.model.manufacturer, &asset.serial, &status, &order.team, &place, &location, &rack, &units, &faces,
            &piece.line, &piece.receipt_line, &piece.price, &"EUR", &received.at, &ground.warehouse, &opened.at, &who, &how, &opened.event, &opened.at];
        match closed {
            None => self.tables.asset.row(&version),
            Some(closed) => self.tables.asset_was.row(&[version.as_slice(), &[&closed.event, &closed.at, &asset.serial, &"system", &"", &"", &"", &"", &""]].concat()),
        }
    }
}

enum Stands {
    In(Uuid),
    /// The lowest half unit of two whole ones.
    Racked(Uuid, usize),
}
