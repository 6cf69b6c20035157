-- Vendors in full: whom one speaks to there, where they are, how long each model takes, and what makes two of them look like one.

create table vendor_contact (
  id uuid primary key,
  vendor_id uuid not null references vendor,
  name text not null constraint contact_name check (length(btrim(name)) between 1 and 200),
  role text not null default '',   -- sales, support, accounts: as they call it
  email text constraint contact_email check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  phone text,
  notes text not null default '',
  retired_at timestamptz
);
create index vendor_contact_vendor on vendor_contact (vendor_id);
create index vendor_contact_search on vendor_contact using gin (lower(name || ' ' || coalesce(email, '')) gin_trgm_ops);
create unique index vendor_contact_email on vendor_contact (vendor_id, lower(email)) where retired_at is null and email is not null;
create trigger no_delete before delete on vendor_contact for each row execute function rules.no_delete();
select ledger.track('vendor_contact', '{name, email, phone, notes}');

create table vendor_address (
  id uuid primary key,
  vendor_id uuid not null references vendor,
  kind text not null constraint address_kind check (kind in ('headquarters', 'ordering', 'billing', 'returns', 'pickup', 'other')),
  street text not null constraint address_street check (length(btrim(street)) between 1 and 500),   -- with its line breaks
  postal_code text not null default '',
  city text not null constraint address_city check (length(btrim(city)) between 1 and 200),
  region text not null default '',
  country char(2) not null constraint address_country check (country ~ '^[A-Z]{2}$'),
  notes text not null default '',
  retired_at timestamptz
);
create index vendor_address_vendor on vendor_address (vendor_id);
create trigger no_delete before delete on vendor_address for each row execute function rules.no_delete();
-- A vendor may be one person, whose street it then is.
select ledger.track('vendor_address', '{street, notes}');

-- How many days a model takes from this vendor, where it differs from what the vendor usually takes.
create table vendor_lead_time (
  id uuid primary key,
  vendor_id uuid not null references vendor,
  model_id uuid not null references model,
  days integer not null constraint lead_time_days check (days between 0 and 1000)
);
create unique index vendor_lead_time_once on vendor_lead_time (vendor_id, model_id);
create index vendor_lead_time_model on vendor_lead_time (model_id);
select ledger.track('vendor_lead_time');

-- A vendor's name without what companies only add to it: "ACME Systems GmbH & Co. KG" and "Acme Systems" are one.
create function rules.vendor_name_key(name text) returns text language sql immutable strict parallel safe as $$
  select coalesce(nullif(regexp_replace(regexp_replace(
    ' ' || trim(regexp_replace(translate(lower(name), 'äöüàáâãåçèéêëìíîïñòóôõøùúûýß', 'aouaaaaaceeeeiiiinooooouuuys'), '[^a-z0-9]+', ' ', 'g')) || ' ',
    '( (gmbh|co|kg|ag|se|ohg|ug|mbh|inc|incorporated|corp|corporation|company|llc|llp|lp|ltd|limited|plc|bv|b v|nv|n v|sa|s a|sas|sarl|srl|s r l|spa|s p a|sl|oy|ab|as|aps|kft|zrt|sro|s r o|pty|pte|kk|holding|group|the|und|and))+(?= )', '', 'g'),
    ' ', '', 'g'), ''), regexp_replace(lower(name), '\s', '', 'g'))
$$;
create function rules.tax_id_key(tax_id text) returns text language sql immutable strict parallel safe as $$
  select nullif(regexp_replace(upper(tax_id), '[^A-Z0-9]', '', 'g'), '')
$$;
-- The domain of an address of the company's own; none for those that anybody can have.
create function rules.email_domain(email text) returns text language sql immutable strict parallel safe as $$
  select d from (select lower(split_part(email, '@', 2)) as d) x
  where d <> '' and d not in ('gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'icloud.com', 'me.com', 'gmx.de', 'gmx.net', 'gmx.com', 'web.de', 't-online.de', 'aol.com', 'proton.me', 'protonmail.com', 'mail.com', 'qq.com', '163.com', 'yandex.ru', 'mail.ru')
$$;
create index vendor_name_key on vendor (rules.vendor_name_key(name));
create index vendor_name_like on vendor using gin (rules.vendor_name_key(name) gin_trgm_ops);
create index vendor_tax_key on vendor (rules.tax_id_key(tax_id)) where tax_id is not null;
create index vendor_domain on vendor (rules.email_domain(email)) where email is not null;
create index vendor_contact_domain on vendor_contact (rules.email_domain(email)) where email is not null;
select ledger.track('vendor');
select ledger.track('vendor_contact', '{name, email, phone, notes}');

-- Vendors that are likely the one described, and why. p_but: itself.
create function rules.likely_vendors(p_name text, p_tax_id text, p_email text, p_but uuid) returns table (id uuid, code text, name text, why text) language sql stable as $$
  select v.id, v.code, v.name, concat_ws(', ',
      case when rules.tax_id_key(v.tax_id) = rules.tax_id_key(p_tax_id) then 'the same tax id' end,
      case when rules.vendor_name_key(v.name) = rules.vendor_name_key(p_name) then 'the same name but for its form'
           when similarity(rules.vendor_name_key(v.name), rules.vendor_name_key(p_name)) > 0.7 then 'a similar name' end,
      case when rules.email_domain(v.email) = rules.email_domain(p_email)
             or exists (select 1 from vendor_contact c where c.vendor_id = v.id and c.retired_at is null and rules.email_domain(c.email) = rules.email_domain(p_email)) then 'the same e-mail domain' end)
  from vendor v
  where v.retired_at is null and v.id is distinct from p_but
    and (rules.tax_id_key(v.tax_id) = rules.tax_id_key(p_tax_id)
         or similarity(rules.vendor_name_key(v.name), rules.vendor_name_key(p_name)) > 0.7
         or rules.email_domain(v.email) = rules.email_domain(p_email)
         or v.id in (select c.vendor_id from vendor_contact c where c.retired_at is null and rules.email_domain(c.email) = rules.email_domain(p_email)))
  order by 4, v.name limit 10
$$;
