drop schema asof cascade;
drop schema history cascade;
drop table signing_key, counter, transition, event_subject, ledger.leaf, ledger.checkpoint, event cascade;
drop schema rules cascade;
drop schema ledger cascade;
