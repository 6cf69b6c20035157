drop function ledger.changes_of(uuid), ledger.to_seal(integer), ledger.event_digest(uuid);
drop table ledger.node;
