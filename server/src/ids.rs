//! Every record's id as a type of its own: UUIDv7, so that they sort by birth. One file, so that parts never import
//! each other for an id.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
                 diesel_derive_newtype::DieselNewType, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = uuid::Uuid)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id, later than every one made before on this machine.
            #[expect(clippy::new_without_default, reason = "an id made by default would be an id made by accident")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    EventId, CompanyId, TeamId, PersonId, PositionId, RoleGrantId, ApiTokenId, SessionId,
    ManufacturerId, ModelId, PartNumberId, DocumentId, MailId,
    LocationId, VendorId, VendorContactId, VendorAddressId, ContractId, ContractCoverId, ContractPriceId, BudgetId, ApproverGroupId, ApprovalPolicyId, ApprovalDelegateId, ApprovalId, OrderAmendmentId, PurchaseOrderId, PurchaseOrderLineId, ReceiptId, ReceiptLineId, ShippingNoticeId, ShippingNoticeLineId, AnnouncedSerialId, DiscrepancyId,
    RequisitionId, RequisitionLineId, QuoteRequestId, QuoteRequestLineId, QuoteId, QuoteLineId,
    InvoiceId, InvoiceLineId, InvoiceReleaseId, CreditNoteId, VendorReturnId, VendorReturnLineId, MatchToleranceId,
    AssetId, AssetAliasId, StockMovementId, UnknownScanId,
    PortId, CableId, CableEndId,
    EntitlementId, LicenceAssignmentId,
}
