-- Documents: files that belong to a record. A document says what it is and whose; its content stands beside, once for each digest, so that
-- the same file on ten records is kept once, and so that the ledger, which digests the document's row, proves the content with it.

create table document_content (
  sha256 bytea primary key check (length(sha256) = 32),
  size integer not null check (size between 1 and 104857600),
  bytes bytea,   -- none any more once it was erased
  unique (sha256, size),
  constraint content_is_its_digest check (bytes is null or (octet_length(bytes) = size and sha256(bytes) = sha256))
);
-- Not compressed: nearly all of it is already, and a piece can be read without the rest.
alter table document_content alter column bytes set storage external;

-- Content stays as it is. It is given up only by an event that says so, and may come back, since its digest proves that it is the same.
create function rules.content_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (new.sha256, new.size) = (old.sha256, old.size) and (old.bytes is null
       or new.bytes is null and exists (select 1 from ledger.covering_event() e join public.event v on v.id = e.id where v.action = 'document.erase')) then
      return new;
    end if;
  end if;
  raise exception 'The content of a document stays as it is.'
    using errcode = 'QM060', constraint = 'qm-content-stays', hint = 'Add the new file, and retire the document with the old one.';
end $$;
create trigger content_stays before update or delete on document_content for each row execute function rules.content_stays();
create trigger no_truncate before truncate on document_content for each statement execute function ledger.refuse();

-- Whether bytes begin as files of a media type do.
create function rules.signature_fits(p_type text, p_bytes bytea) returns boolean language sql immutable as $$
  select case p_type
    when 'application/pdf' then substring(p_bytes from 1 for 5) = '%PDF-'::bytea
    when 'image/png' then substring(p_bytes from 1 for 8) = '\x89504e470d0a1a0a'::bytea
    when 'image/jpeg' then substring(p_bytes from 1 for 3) = '\xffd8ff'::bytea
    when 'image/webp' then substring(p_bytes from 1 for 4) = 'RIFF'::bytea and substring(p_bytes from 9 for 4) = 'WEBP'::bytea
    when 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' then substring(p_bytes from 1 for 4) = '\x504b0304'::bytea
    else position('\x00'::bytea in substring(p_bytes from 1 for 4096)) = 0
  end
$$;

create table document (
  id uuid primary key,
  subject_kind text not null,   -- a tracked table, and a row of it
  subject_id uuid not null,
  kind text not null constraint document_kind check (kind in ('invoice', 'credit_note', 'quote', 'contract', 'sent_order', 'order_confirmation', 'delivery_note', 'photo', 'certificate', 'correspondence', 'other')),
  name text not null constraint document_name check (length(btrim(name)) between 1 and 200 and name !~ '[/\\[:cntrl:]]'),
  media_type text not null constraint document_media_type check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'text/csv', 'text/plain', 'message/rfc822',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
  size integer not null,
  sha256 bytea not null,
  added_by_id uuid references person,   -- none: the system itself
  added_at timestamptz not null default clock_timestamp(),
  retired_at timestamptz,
  foreign key (sha256, size) references document_content (sha256, size)
);
create index document_subject on document (subject_id, added_at);
create index document_content_of on document (sha256);
create index document_search on document using gin (lower(name) gin_trgm_ops);
-- The same file under the same name twice on one record is a slip.
create unique index document_once on document (subject_id, sha256, kind, name) where retired_at is null;

create function rules.document_belongs() returns trigger language plpgsql as $$
declare found_it boolean := false; head bytea;
begin
  if exists (select 1 from ledger.tracked where table_name = new.subject_kind) then
    execute format('select exists (select 1 from public.%I where id = $1)', new.subject_kind) into found_it using new.subject_id;
  end if;
  if not found_it then
    raise exception 'There is no % % that the document could belong to.', replace(new.subject_kind, '_', ' '), new.subject_id
      using errcode = 'QM061', constraint = 'qm-no-subject', hint = 'Name a record that is there.';
  end if;
  select substring(bytes from 1 for 4096) into head from public.document_content where sha256 = new.sha256;
  if not coalesce(rules.signature_fits(new.media_type, head), false) then
    raise exception 'The content is not of the type %.', new.media_type
      using errcode = 'QM062', constraint = 'qm-other-content', hint = 'The type is told by the content, not by the name.';
  end if;
  return new;
end $$;
create trigger belongs before insert on document for each row execute function rules.document_belongs();

-- What a document is stays; it can be retired, and lose its name when somebody is erased.
create function rules.document_stays() returns trigger language plpgsql as $$
begin
  if (new.id, new.subject_kind, new.subject_id, new.kind, new.media_type, new.size, new.sha256, new.added_by_id, new.added_at)
       is distinct from (old.id, old.subject_kind, old.subject_id, old.kind, old.media_type, old.size, old.sha256, old.added_by_id, old.added_at)
     or (old.retired_at is not null and new.retired_at is distinct from old.retired_at)
     or (new.name <> old.name and not exists (select 1 from ledger.covering_event() e join public.event v on v.id = e.id where v.action in ('document.erase', 'person.erase'))) then
    raise exception 'A document stays as it was added.'
      using errcode = 'QM063', constraint = 'qm-document-stays', hint = 'Retire it, and add another.';
  end if;
  return new;
end $$;
create trigger stays before update on document for each row execute function rules.document_stays();
create trigger no_delete before delete on document for each row execute function rules.no_delete();
-- A file's name may name a person.
select ledger.track('document', '{name}');

-- What people call a record, by its kind and id: now, or as of the moment that is read.
create function rules.code_of(p_kind text, p_id uuid) returns text language plpgsql stable as $$
declare code text;
begin
  execute format('select %I from %I where id = $1', case when p_kind = 'asset' then 'tag' else 'code' end, p_kind) into code using p_id;
  return code;
exception when undefined_column or undefined_table then return null;
end $$;

revoke delete, truncate on document_content from quartermaster_app;
