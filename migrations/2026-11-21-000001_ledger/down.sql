drop schema asof cascade;
drop schema history cascade;
drop table signing_key, counter, transition, event_subject, ledger.leaf, ledger.checkpoint, event cascade;
drop schema rules cascade;
drop schema ledger cascade;
-- What these granted on tables yet to be made would outlive the schema and give the next one's ledger away.
alter default privileges in schema public revoke select, insert, update, delete on tables from quartermaster_app;
alter default privileges in schema public revoke usage on sequences from quartermaster_app;
revoke usage on schema public from quartermaster_app;
