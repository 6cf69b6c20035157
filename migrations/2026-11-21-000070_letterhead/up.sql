-- What stands on a letter of the company besides its name and address. The logo's bytes are kept as documents' are: once, by their digest.
alter table company
  add column registration text constraint company_registration check (length(registration) between 1 and 200),
  add column email text constraint company_email check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add column phone text constraint company_phone check (length(phone) between 1 and 100),
  add column invoice_email text constraint company_invoice_email check (invoice_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add column logo_sha256 bytea references document_content (sha256),
  add column logo_type text constraint company_logo_type check (logo_type in ('image/png', 'image/jpeg')),
  add constraint company_logo check ((logo_sha256 is null) = (logo_type is null)),
  add constraint company_name check (length(name) <= 200),
  add constraint company_address check (length(address) <= 1000),
  add constraint company_terms check (length(order_terms) <= 20000);
create index company_logo_of on company (logo_sha256);

create function rules.company_facts() returns trigger language plpgsql as $$
declare before text; head bytea;
begin
  before := case when tg_op = 'UPDATE' then old.base_currency::text else rules.base_currency() end;
  if new.base_currency::text <> before and (exists (select 1 from public.purchase_order) or exists (select 1 from public.approval_policy) or exists (select 1 from public.requisition)) then
    raise exception 'The books are kept in %, and there are orders, requests or approval policies in it.', before
      using errcode = 'QM070', constraint = 'qm-base-currency-stays', hint = 'The currency of the books is chosen before the first of them.';
  end if;
  if new.logo_sha256 is not null and new.logo_type is not null then
    select substring(bytes from 1 for 16) into head from public.document_content where sha256 = new.logo_sha256;
    if not coalesce(rules.signature_fits(new.logo_type, head), false) then
      raise exception 'The logo is not of the type %.', new.logo_type using errcode = 'QM071', constraint = 'qm-other-content', hint = 'The type is told by the content.';
    end if;
  end if;
  return new;
end $$;
create trigger facts before insert or update on company for each row execute function rules.company_facts();
create trigger no_delete before delete on company for each row execute function rules.no_delete();
select ledger.track('company');
