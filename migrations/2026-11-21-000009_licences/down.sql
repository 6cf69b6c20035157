drop table licence_assignment, entitlement cascade;
drop sequence entitlement_number;
drop function rules.seats_bought(), rules.count_seats(), rules.seats_by_assignments_only();
drop trigger no_delete on asset;
drop trigger no_delete on purchase_order;
drop function rules.no_delete();
delete from ledger.tracked where table_name in ('licence_assignment', 'entitlement');
drop table history.licence_assignment, history.entitlement cascade;
drop function history.keep_licence_assignment(), history.keep_entitlement();
