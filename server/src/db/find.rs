//! Finding a record by what people call it: its id or its code.

use diesel::{OptionalExtension, sql_types};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::RunQueryDsl;
use crate::http::record::Key;
use crate::http::{Problem, Result};

/// A table whose records people name, and the column with their code.
#[derive(Clone, Copy)]
pub struct Named {
    pub kind: &'static str,
    table: &'static str,
    code: &'static str,
}

pub const ASSET: Named = Named { kind: "asset", table: "asset", code: "tag" };
pub const TEAM: Named = Named { kind: "team", table: "team", code: "code" };
pub const MODEL: Named = Named { kind: "model", table: "model", code: "code" };
pub const VENDOR: Named = Named { kind: "vendor", table: "vendor", code: "code" };
pub const CONTRACT: Named = Named { kind: "contract", table: "contract", code: "code" };
pub const LOCATION: Named = Named { kind: "location", table: "location", code: "code" };
pub const PURCHASE_ORDER: Named = Named { kind: "purchase order", table: "purchase_order", code: "code" };
pub const SHIPPING_NOTICE: Named = Named { kind: "shipping notice", table: "shipping_notice", code: "code" };
pub const DISCREPANCY: Named = Named { kind: "discrepancy", table: "discrepancy", code: "code" };
pub const ENTITLEMENT: Named = Named { kind: "entitlement", table: "entitlement", code: "code" };
pub const BUDGET: Named = Named { kind: "budget", table: "budget", code: "code" };
pub const APPROVER_GROUP: Named = Named { kind: "approver group", table: "approver_group", code: "code" };
pub const APPROVAL_POLICY: Named = Named { kind: "approval policy", table: "approval_policy", code: "code" };
pub const REQUISITION: Named = Named { kind: "request", table: "requisition", code: "code" };
pub const QUOTE_REQUEST: Named = Named { kind: "request for quotation", table: "quote_request", code: "code" };
pub const INVOICE: Named = Named { kind: "invoice", table: "invoice", code: "code" };
pub const CREDIT_NOTE: Named = Named { kind: "credit note", table: "credit_note", code: "code" };
pub const VENDOR_RETURN: Named = Named { kind: "return", table: "vendor_return", code: "code" };
pub const PERSON: Named = Named { kind: "person", table: "person", code: "email" };

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = sql_types::Uuid)]
    id: Uuid,
}

impl Named {
    /// The id of the record with this id or code, or 404.
    pub async fn find(self, conn: &mut AsyncPgConnection, text: &str) -> Result<Uuid> {
        self.look_up(conn, text).await?.ok_or_else(|| Problem::not_found(self.kind, text))
    }

    /// The same for a field of a request: 422 that names the field.
    pub async fn find_for(self, conn: &mut AsyncPgConnection, field: &str, text: &str) -> Result<Uuid> {
        self.look_up(conn, text).await?.ok_or_else(|| Problem::unknown(field, self.kind, text))
    }

    pub async fn look_up(self, conn: &mut AsyncPgConnection, text: &str) -> Result<Option<Uuid>> {
        let found: Option<Found> = match Key::from(text) {
            Key::Id(id) => diesel::sql_query(format!("select id from {} where id = $1", self.table)).bind::<sql_types::Uuid, _>(id).get_result(conn).await,
            // Codes are stored in one case each; the index is on the column or on its lower case.
            Key::Code(code) => diesel::sql_query(match self.table {
                "team" | "person" => format!("select id from {} where lower({}) = lower($1)", self.table, self.code),
                "model" => format!("select id from {} where {} = lower($1)", self.table, self.code),
                _ => format!("select id from {} where {} = upper($1)", self.table, self.code),
            }).bind::<sql_types::Text, _>(code).get_result(conn).await,
        }
        .optional()?;
        Ok(found.map(|f| f.id))
    }
}
