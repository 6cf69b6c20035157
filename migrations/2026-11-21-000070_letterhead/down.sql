drop trigger facts on company;
drop trigger no_delete on company;
drop function rules.company_facts();
drop view asof.company;
drop index company_logo_of, history.company_logo_of;
alter table company drop constraint company_name, drop constraint company_address, drop constraint company_terms,
  drop column registration, drop column email, drop column phone, drop column invoice_email, drop column logo_sha256, drop column logo_type;
alter table history.company drop column registration, drop column email, drop column phone, drop column invoice_email, drop column logo_sha256, drop column logo_type;
select ledger.track('company');
