//! Diesel's view of the database, written by `quartermaster admin schema`; do not edit.

diesel::table! {
    use diesel::sql_types::*;

    vendor_return_line (id) {
        id -> Uuid,
        vendor_return_id -> Uuid,
        receipt_line_id -> Uuid,
        order_line_id -> Uuid,
        quantity -> Numeric,
        location_id -> Nullable<Uuid>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor_return_asset (id) {
        id -> Uuid,
        vendor_return_line_id -> Uuid,
        asset_id -> Uuid,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor_return (id) {
        id -> Uuid,
        code -> Text,
        purchase_order_id -> Uuid,
        rma_number -> Text,
        reason -> Text,
        expects -> Text,
        status -> Text,
        carrier -> Text,
        returned_by_id -> Uuid,
        returned_at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor_lead_time (id) {
        id -> Uuid,
        vendor_id -> Uuid,
        model_id -> Uuid,
        days -> Int4,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor_contact (id) {
        id -> Uuid,
        vendor_id -> Uuid,
        name -> Text,
        role -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        notes -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor_address (id) {
        id -> Uuid,
        vendor_id -> Uuid,
        kind -> Text,
        street -> Text,
        postal_code -> Text,
        city -> Text,
        region -> Text,
        country -> Bpchar,
        notes -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    vendor (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        currency -> Bpchar,
        payment_terms -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        tax_id -> Nullable<Text>,
        lead_time_days -> Nullable<Int4>,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    unknown_scan (id) {
        id -> Uuid,
        text -> Text,
        person_id -> Nullable<Uuid>,
        device -> Nullable<Text>,
        task -> Nullable<Text>,
        status -> Text,
        resolution -> Nullable<Text>,
        seen -> Int4,
        first_at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    transition (lifecycle, from_state, action) {
        lifecycle -> Text,
        from_state -> Text,
        action -> Text,
        to_state -> Text,
        label -> Text,
        roles -> Array<Text>,
        position -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    team (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        kind -> Text,
        parent_id -> Nullable<Uuid>,
        path -> Text,
        position -> Int4,
        description -> Text,
        what_they_do -> Text,
        scope -> Array<Text>,
        tasks -> Array<Text>,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    stock_movement (id) {
        id -> Uuid,
        model_id -> Uuid,
        team_id -> Uuid,
        lot -> Text,
        quantity -> Numeric,
        from_kind -> Text,
        from_location_id -> Nullable<Uuid>,
        to_kind -> Text,
        to_location_id -> Nullable<Uuid>,
        receipt_line_id -> Nullable<Uuid>,
        unit_cost -> Nullable<Numeric>,
        currency -> Nullable<Bpchar>,
        reason -> Text,
        at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    stock_level (model_id, location_id, team_id, lot) {
        model_id -> Uuid,
        location_id -> Uuid,
        team_id -> Uuid,
        lot -> Text,
        quantity -> Numeric,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    signing_key (purpose) {
        purpose -> Text,
        secret -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sign_in_link (digest) {
        digest -> Bytea,
        person_id -> Uuid,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sign_in_attempt (id) {
        id -> Int8,
        email -> Text,
        address -> Text,
        at -> Timestamptz,
        succeeded -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    shipping_notice_line (id) {
        id -> Uuid,
        shipping_notice_id -> Uuid,
        number -> Int4,
        order_line_id -> Uuid,
        package -> Text,
        lot -> Text,
        quantity -> Numeric,
        arrived -> Numeric,
        serials -> Int4,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    shipping_notice (id) {
        id -> Uuid,
        code -> Text,
        purchase_order_id -> Uuid,
        reference -> Text,
        carrier -> Text,
        tracking_number -> Text,
        shipped_on -> Nullable<Date>,
        expected_on -> Nullable<Date>,
        note -> Text,
        status -> Text,
        entered_by_id -> Uuid,
        entered_at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    session (id) {
        id -> Uuid,
        person_id -> Uuid,
        refresh_digest -> Bytea,
        earlier_digest -> Nullable<Bytea>,
        created_at -> Timestamptz,
        used_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        device -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    role_grant (id) {
        id -> Uuid,
        person_id -> Uuid,
        role -> Text,
        team_id -> Uuid,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    requisition_line (id) {
        id -> Uuid,
        requisition_id -> Uuid,
        number -> Int4,
        model_id -> Nullable<Uuid>,
        description -> Text,
        unit -> Text,
        quantity -> Numeric,
        needed_by -> Nullable<Date>,
        estimated_price -> Nullable<Numeric>,
        refused -> Nullable<Text>,
        bundled -> Numeric,
        ordered -> Numeric,
        received -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    requisition (id) {
        id -> Uuid,
        code -> Text,
        team_id -> Uuid,
        requester_id -> Uuid,
        status -> Text,
        reason -> Text,
        project -> Text,
        needed_by -> Nullable<Date>,
        budget_id -> Nullable<Uuid>,
        currency -> Bpchar,
        estimate -> Numeric,
        over_budget -> Bool,
        board_id -> Nullable<Uuid>,
        board_agreed_by_id -> Nullable<Uuid>,
        decided_by_id -> Nullable<Uuid>,
        decision -> Nullable<Text>,
        created_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
        decided_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    request_share (id) {
        id -> Uuid,
        requisition_line_id -> Uuid,
        order_line_id -> Uuid,
        quantity -> Numeric,
        received -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    receipt_line (id) {
        id -> Uuid,
        receipt_id -> Uuid,
        order_line_id -> Uuid,
        quantity -> Numeric,
        lot -> Text,
        date_code -> Text,
        country -> Text,
        reverses_id -> Nullable<Uuid>,
        at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        condition -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    receipt (id) {
        id -> Uuid,
        code -> Text,
        purchase_order_id -> Uuid,
        receiver_id -> Uuid,
        location_id -> Uuid,
        received_on -> Date,
        delivery_note -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    rack (id) {
        id -> Uuid,
        u_height -> Int4,
        width_inches -> Int4,
        depth_mm -> Nullable<Int4>,
        descending_units -> Bool,
        max_weight_kg -> Nullable<Numeric>,
        max_power_w -> Nullable<Int4>,
        warn_percent -> Int4,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    quote_request_share (id) {
        id -> Uuid,
        quote_request_line_id -> Uuid,
        requisition_line_id -> Uuid,
        quantity -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    quote_request_line (id) {
        id -> Uuid,
        quote_request_id -> Uuid,
        number -> Int4,
        model_id -> Uuid,
        description -> Text,
        unit -> Text,
        quantity -> Numeric,
        needed_by -> Nullable<Date>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    quote_request (id) {
        id -> Uuid,
        code -> Text,
        team_id -> Uuid,
        buyer_id -> Uuid,
        status -> Text,
        title -> Text,
        notes -> Text,
        due_on -> Date,
        deliver_to_id -> Nullable<Uuid>,
        budget_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        decided_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    quote_line (id) {
        id -> Uuid,
        quote_id -> Uuid,
        quote_request_line_id -> Uuid,
        unit_price -> Numeric,
        lead_time_days -> Nullable<Int4>,
        min_quantity -> Nullable<Numeric>,
        valid_until -> Nullable<Date>,
        note -> Text,
        order_line_id -> Nullable<Uuid>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    quote (id) {
        id -> Uuid,
        quote_request_id -> Uuid,
        vendor_id -> Uuid,
        status -> Text,
        currency -> Nullable<Bpchar>,
        exchange_rate -> Nullable<Numeric>,
        freight -> Numeric,
        valid_until -> Nullable<Date>,
        reference -> Text,
        note -> Text,
        answered_on -> Nullable<Date>,
        late -> Bool,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    purchase_order_line (id) {
        id -> Uuid,
        purchase_order_id -> Uuid,
        number -> Int4,
        model_id -> Uuid,
        description -> Text,
        unit -> Text,
        quantity -> Numeric,
        unit_price -> Numeric,
        tolerance_percent -> Numeric,
        received -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        discount_percent -> Numeric,
        tax_percent -> Numeric,
        deliver_to_id -> Nullable<Uuid>,
        needed_by -> Nullable<Date>,
        cancelled -> Numeric,
        net -> Nullable<Numeric>,
        tax -> Nullable<Numeric>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    purchase_order (id) {
        id -> Uuid,
        code -> Text,
        vendor_id -> Uuid,
        team_id -> Uuid,
        deliver_to_id -> Uuid,
        budget_id -> Nullable<Uuid>,
        requester_id -> Uuid,
        approver_id -> Nullable<Uuid>,
        status -> Text,
        currency -> Bpchar,
        total -> Numeric,
        needed_by -> Nullable<Date>,
        vendor_reference -> Nullable<Text>,
        notes -> Text,
        created_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
        approved_at -> Nullable<Timestamptz>,
        ordered_at -> Nullable<Timestamptz>,
        received_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        freight -> Numeric,
        exchange_rate -> Numeric,
        net -> Numeric,
        tax -> Numeric,
        base_total -> Nullable<Numeric>,
        approval_id -> Nullable<Uuid>,
        amendments -> Nullable<Int4>,
        not_invoiced -> Bool,
        quote_id -> Nullable<Uuid>,
        sent_at -> Nullable<Timestamptz>,
        former_number -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    position (id) {
        id -> Uuid,
        team_id -> Uuid,
        title -> Text,
        description -> Text,
        person_id -> Nullable<Uuid>,
        ordinal -> Int4,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    port (id) {
        id -> Uuid,
        asset_id -> Uuid,
        kind -> Text,
        name -> Text,
        #[sql_name = "type"]
        type_ -> Text,
        label -> Text,
        ordinal -> Int4,
        mgmt_only -> Bool,
        positions -> Int4,
        rear_port_id -> Nullable<Uuid>,
        rear_position -> Nullable<Int4>,
        maximum_draw_w -> Nullable<Int4>,
        mac -> Nullable<MacAddr>,
        description -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    person (id) {
        id -> Uuid,
        name -> Text,
        email -> Nullable<Text>,
        handle -> Nullable<Text>,
        team_id -> Nullable<Uuid>,
        status -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    part_number (id) {
        id -> Uuid,
        model_id -> Uuid,
        value -> Text,
        kind -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    order_amendment (id) {
        id -> Uuid,
        purchase_order_id -> Uuid,
        number -> Int4,
        status -> Text,
        reason -> Text,
        asked_by_id -> Uuid,
        approval_id -> Nullable<Uuid>,
        total_before -> Numeric,
        total_after -> Numeric,
        lines -> Jsonb,
        changes -> Jsonb,
        freight -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    notice_arrival (id) {
        id -> Uuid,
        notice_line_id -> Uuid,
        receipt_line_id -> Uuid,
        quantity -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    model (id) {
        id -> Uuid,
        code -> Text,
        manufacturer_id -> Uuid,
        name -> Text,
        kind -> Text,
        part_number -> Nullable<Text>,
        tracking -> Text,
        unit -> Text,
        category -> Text,
        u_height -> Numeric,
        is_full_depth -> Bool,
        subdevice_role -> Nullable<Text>,
        weight_kg -> Nullable<Numeric>,
        power_draw_w -> Nullable<Int4>,
        airflow -> Nullable<Text>,
        has_storage -> Bool,
        components -> Jsonb,
        description -> Text,
        comments -> Text,
        source -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    match_tolerance (id) {
        id -> Uuid,
        vendor_id -> Nullable<Uuid>,
        quantity_percent -> Numeric,
        price_percent -> Numeric,
        freight_percent -> Numeric,
        tax_amount -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    match_difference (id) {
        id -> Uuid,
        invoice_id -> Uuid,
        invoice_line_id -> Nullable<Uuid>,
        kind -> Text,
        expected -> Numeric,
        found -> Numeric,
        excess -> Numeric,
        release_id -> Nullable<Uuid>,
        released_excess -> Nullable<Numeric>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    manufacturer (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    mail (id) {
        id -> Uuid,
        subject_kind -> Text,
        subject_id -> Uuid,
        team_id -> Uuid,
        document_id -> Uuid,
        message_id -> Text,
        sender -> Text,
        reply_to -> Nullable<Text>,
        recipients -> Array<Text>,
        copies -> Array<Text>,
        title -> Text,
        message -> Text,
        status -> Text,
        sent_by_id -> Uuid,
        queued_at -> Timestamptz,
        attempts -> Int4,
        next_attempt_at -> Nullable<Timestamptz>,
        answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    location (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        kind -> Text,
        bin_kind -> Nullable<Text>,
        parent_id -> Nullable<Uuid>,
        path -> Text,
        team_id -> Nullable<Uuid>,
        address -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    licence_assignment (id) {
        id -> Uuid,
        entitlement_id -> Uuid,
        asset_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        team_id -> Nullable<Uuid>,
        note -> Text,
        assigned_at -> Timestamptz,
        released_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    invoice_release (id) {
        id -> Uuid,
        invoice_id -> Uuid,
        person_id -> Uuid,
        reason -> Text,
        at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    invoice_line (id) {
        id -> Uuid,
        invoice_id -> Uuid,
        number -> Int4,
        kind -> Text,
        order_line_id -> Nullable<Uuid>,
        description -> Text,
        quantity -> Numeric,
        unit_price -> Numeric,
        discount_percent -> Numeric,
        tax_percent -> Numeric,
        net -> Numeric,
        tax -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    invoice (id) {
        id -> Uuid,
        code -> Text,
        purchase_order_id -> Uuid,
        vendor_id -> Uuid,
        number -> Text,
        number_key -> Text,
        status -> Text,
        invoiced_on -> Date,
        due_on -> Nullable<Date>,
        currency -> Bpchar,
        exchange_rate -> Numeric,
        net -> Numeric,
        tax -> Numeric,
        total -> Numeric,
        base_total -> Numeric,
        notes -> Text,
        entered_by_id -> Uuid,
        entered_at -> Timestamptz,
        matched_at -> Timestamptz,
        approved_at -> Nullable<Timestamptz>,
        paid_on -> Nullable<Date>,
        payment_reference -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    idempotency (actor_id, key) {
        actor_id -> Uuid,
        key -> Text,
        fingerprint -> Bytea,
        status -> Nullable<Int4>,
        answer -> Nullable<Jsonb>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    event_subject (event_id, subject_id) {
        event_id -> Uuid,
        kind -> Text,
        subject_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    event (id) {
        id -> Uuid,
        at -> Timestamptz,
        actor_kind -> Text,
        actor_id -> Nullable<Uuid>,
        on_behalf_of -> Nullable<Uuid>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Uuid>,
        team_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        request_id -> Nullable<Text>,
        device -> Nullable<Text>,
        details -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    entitlement (id) {
        id -> Uuid,
        code -> Text,
        model_id -> Uuid,
        team_id -> Uuid,
        vendor_id -> Nullable<Uuid>,
        order_line_id -> Nullable<Uuid>,
        metric -> Text,
        seats -> Int4,
        assigned -> Int4,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        cost -> Nullable<Numeric>,
        currency -> Nullable<Bpchar>,
        notes -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    document_content (sha256) {
        sha256 -> Bytea,
        size -> Int4,
        bytes -> Nullable<Bytea>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    document (id) {
        id -> Uuid,
        subject_kind -> Text,
        subject_id -> Uuid,
        kind -> Text,
        name -> Text,
        media_type -> Text,
        size -> Int4,
        sha256 -> Bytea,
        added_by_id -> Nullable<Uuid>,
        added_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    discrepancy (id) {
        id -> Uuid,
        code -> Text,
        purchase_order_id -> Uuid,
        order_line_id -> Nullable<Uuid>,
        receipt_line_id -> Nullable<Uuid>,
        shipping_notice_id -> Nullable<Uuid>,
        kind -> Text,
        quantity -> Numeric,
        serials -> Array<Text>,
        found -> Text,
        note -> Text,
        status -> Text,
        resolution -> Text,
        reported_by_id -> Uuid,
        reported_at -> Timestamptz,
        resolved_by_id -> Nullable<Uuid>,
        resolved_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    credit_note_line (id) {
        id -> Uuid,
        credit_note_id -> Uuid,
        number -> Int4,
        invoice_line_id -> Uuid,
        quantity -> Numeric,
        net -> Numeric,
        tax -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    credit_note (id) {
        id -> Uuid,
        code -> Text,
        invoice_id -> Uuid,
        vendor_id -> Uuid,
        vendor_return_id -> Nullable<Uuid>,
        number -> Text,
        number_key -> Text,
        status -> Text,
        credited_on -> Date,
        reason -> Text,
        net -> Numeric,
        tax -> Numeric,
        total -> Numeric,
        base_total -> Numeric,
        entered_by_id -> Uuid,
        entered_at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    credential (person_id) {
        person_id -> Uuid,
        password_hash -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    counter (name, year) {
        name -> Text,
        year -> Int4,
        value -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    contract_price (id) {
        id -> Uuid,
        contract_id -> Uuid,
        model_id -> Uuid,
        from_quantity -> Numeric,
        unit_price -> Numeric,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    contract_cover (id) {
        id -> Uuid,
        contract_id -> Uuid,
        vendor_id -> Nullable<Uuid>,
        asset_id -> Nullable<Uuid>,
        model_id -> Nullable<Uuid>,
        entitlement_id -> Nullable<Uuid>,
        note -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    contract (id) {
        id -> Uuid,
        code -> Text,
        kind -> Text,
        title -> Text,
        vendor_id -> Uuid,
        team_id -> Uuid,
        status -> Text,
        vendor_reference -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        notice_days -> Int4,
        renewal -> Text,
        renewal_months -> Nullable<Int4>,
        remind_days -> Int4,
        value -> Nullable<Numeric>,
        currency -> Bpchar,
        notes -> Text,
        follows_id -> Nullable<Uuid>,
        notice_given_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    company (id) {
        id -> Uuid,
        name -> Text,
        address -> Text,
        tax_id -> Text,
        base_currency -> Bpchar,
        order_terms -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        registration -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        invoice_email -> Nullable<Text>,
        logo_sha256 -> Nullable<Bytea>,
        logo_type -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    cable_end (id) {
        id -> Uuid,
        cable_id -> Uuid,
        side -> Text,
        port_id -> Uuid,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    cable (id) {
        id -> Uuid,
        code -> Text,
        kind -> Text,
        color -> Text,
        length_m -> Nullable<Numeric>,
        model_id -> Nullable<Uuid>,
        label -> Text,
        status -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    budget_entry (id) {
        id -> Uuid,
        budget_id -> Uuid,
        stage -> Text,
        reason -> Text,
        purchase_order_id -> Nullable<Uuid>,
        reserved -> Numeric,
        committed -> Numeric,
        spent -> Numeric,
        approval_id -> Nullable<Uuid>,
        went_over -> Bool,
        at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        invoice_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    budget (id) {
        id -> Uuid,
        code -> Text,
        team_id -> Uuid,
        fiscal_year -> Int4,
        kind -> Text,
        currency -> Bpchar,
        amount -> Numeric,
        reserved -> Numeric,
        committed -> Numeric,
        spent -> Numeric,
        over_budget -> Nullable<Text>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
        parent_id -> Nullable<Uuid>,
        shared -> Numeric,
        over_request -> Text,
        over_order -> Text,
        over_invoice -> Text,
        board_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    asset_alias (id) {
        id -> Uuid,
        asset_id -> Uuid,
        kind -> Text,
        value -> Text,
        value_key -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    asset (id) {
        id -> Uuid,
        tag -> Text,
        model_id -> Uuid,
        manufacturer_id -> Uuid,
        component_role -> Text,
        serial -> Nullable<Text>,
        serial_key -> Nullable<Text>,
        serial_exception -> Nullable<Text>,
        name -> Nullable<Text>,
        status -> Text,
        team_id -> Uuid,
        custodian_id -> Nullable<Uuid>,
        place -> Text,
        location_id -> Nullable<Uuid>,
        rack_id -> Nullable<Uuid>,
        rack_units -> Nullable<Range<Int4>>,
        rack_faces -> Nullable<Range<Int4>>,
        in_asset_id -> Nullable<Uuid>,
        bay -> Nullable<Text>,
        with_person_id -> Nullable<Uuid>,
        at_vendor_id -> Nullable<Uuid>,
        order_line_id -> Nullable<Uuid>,
        receipt_line_id -> Nullable<Uuid>,
        unit_cost -> Nullable<Numeric>,
        currency -> Nullable<Bpchar>,
        received_at -> Nullable<Timestamptz>,
        received_by -> Nullable<Uuid>,
        warranty_ends -> Nullable<Date>,
        #[sql_name = "function"]
        function_ -> Text,
        classification -> Text,
        verified_at -> Nullable<Timestamptz>,
        verified_by -> Nullable<Uuid>,
        verified_how -> Nullable<Text>,
        lot -> Text,
        country -> Text,
        notes -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approver_group_member (id) {
        id -> Uuid,
        group_id -> Uuid,
        person_id -> Uuid,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approver_group (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval_step (id) {
        id -> Uuid,
        approval_id -> Uuid,
        number -> Int4,
        name -> Text,
        group_id -> Nullable<Uuid>,
        mode -> Text,
        needed -> Nullable<Int4>,
        over_budget -> Bool,
        status -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval_policy_step (id) {
        id -> Uuid,
        policy_id -> Uuid,
        number -> Int4,
        name -> Text,
        group_id -> Nullable<Uuid>,
        mode -> Text,
        needed -> Nullable<Int4>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval_policy (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        position -> Int4,
        min_total -> Nullable<Numeric>,
        category -> Nullable<Text>,
        budget_kind -> Nullable<Text>,
        team_id -> Nullable<Uuid>,
        retired_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval_delegate (id) {
        id -> Uuid,
        person_id -> Uuid,
        delegate_id -> Uuid,
        starts_on -> Date,
        ends_on -> Date,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval_decision (id) {
        id -> Uuid,
        approval_id -> Uuid,
        step_id -> Uuid,
        person_id -> Uuid,
        for_person_id -> Uuid,
        agreed -> Bool,
        reason -> Text,
        budget_code -> Nullable<Text>,
        budget_left -> Nullable<Numeric>,
        at -> Timestamptz,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    approval (id) {
        id -> Uuid,
        purchase_order_id -> Uuid,
        amendment_id -> Nullable<Uuid>,
        policy_id -> Nullable<Uuid>,
        requester_id -> Uuid,
        team_id -> Uuid,
        total -> Numeric,
        currency -> Bpchar,
        status -> Text,
        asked_at -> Timestamptz,
        decided_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    api_token (id) {
        id -> Uuid,
        person_id -> Uuid,
        name -> Text,
        digest -> Bytea,
        hint -> Text,
        roles -> Nullable<Array<Text>>,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    announced_serial (id) {
        id -> Uuid,
        notice_line_id -> Uuid,
        order_line_id -> Uuid,
        manufacturer_id -> Uuid,
        serial -> Text,
        serial_key -> Text,
        status -> Text,
        receipt_line_id -> Nullable<Uuid>,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    account (id) {
        id -> Uuid,
        status -> Text,
        opened_by -> Uuid,
        valid_from -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account,
    announced_serial,
    api_token,
    approval,
    approval_decision,
    approval_delegate,
    approval_policy,
    approval_policy_step,
    approval_step,
    approver_group,
    approver_group_member,
    asset,
    asset_alias,
    budget,
    budget_entry,
    cable,
    cable_end,
    company,
    contract,
    contract_cover,
    contract_price,
    counter,
    credential,
    credit_note,
    credit_note_line,
    discrepancy,
    document,
    document_content,
    entitlement,
    event,
    event_subject,
    idempotency,
    invoice,
    invoice_line,
    invoice_release,
    licence_assignment,
    location,
    mail,
    manufacturer,
    match_difference,
    match_tolerance,
    model,
    notice_arrival,
    order_amendment,
    part_number,
    person,
    port,
    position,
    purchase_order,
    purchase_order_line,
    quote,
    quote_line,
    quote_request,
    quote_request_line,
    quote_request_share,
    rack,
    receipt,
    receipt_line,
    request_share,
    requisition,
    requisition_line,
    role_grant,
    session,
    shipping_notice,
    shipping_notice_line,
    sign_in_attempt,
    sign_in_link,
    signing_key,
    stock_level,
    stock_movement,
    team,
    transition,
    unknown_scan,
    vendor,
    vendor_address,
    vendor_contact,
    vendor_lead_time,
    vendor_return,
    vendor_return_asset,
    vendor_return_line,
);
