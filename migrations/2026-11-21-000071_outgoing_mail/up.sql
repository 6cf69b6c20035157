-- Mails that go out: what is sent, to whom, with which document, and what became of it. A mail is written by the operation that sends it;
-- delivering it is a task of the server's own, which says here what the mail server answered.

create function rules.mail_addresses(p_addresses text[]) returns boolean language sql immutable as $$
  select coalesce(bool_and(a is not null and length(a) <= 320 and a ~ '^[^@[:space:][:cntrl:]<>(),;:"\\]+@[^@[:space:][:cntrl:]<>(),;"\\]+$'), true) from unnest(p_addresses) a
$$;

create table mail (
  id uuid primary key,
  subject_kind text not null,   -- the record that it is about, whose document it carries
  subject_id uuid not null,
  team_id uuid not null references team,   -- whose mail it is
  document_id uuid not null references document,
  message_id text not null constraint mail_message_id check (message_id ~ '^<[^<>@[:space:][:cntrl:]]+@[^<>@[:space:][:cntrl:]]+>$'),   -- the same at every attempt, so that a receiver knows a mail that comes twice
  sender text not null constraint mail_sender check (rules.mail_addresses(array[sender])),
  reply_to text constraint mail_reply_to check (rules.mail_addresses(array[reply_to])),
  recipients text[] not null constraint mail_recipients check (cardinality(recipients) between 1 and 20 and rules.mail_addresses(recipients)),
  copies text[] not null default '{}' constraint mail_copies check (cardinality(copies) <= 20 and rules.mail_addresses(copies)),
  title text not null constraint mail_title check (length(btrim(title)) between 1 and 250 and title !~ '[[:cntrl:]]'),
  message text not null constraint mail_message check (length(message) <= 20000),
  status text not null default 'queued',
  sent_by_id uuid not null references person,
  queued_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  answer text,                  -- the mail server's last words
  answered_at timestamptz,
  constraint mail_due check ((status = 'queued') = (next_attempt_at is not null)),
  constraint mail_answered check (status <> 'sent' or answer is not null)
);
create unique index mail_message_once on mail (message_id);
-- One mail about a record at a time is on its way.
create unique index mail_queued on mail (subject_id) where status = 'queued';
create index mail_due_at on mail (next_attempt_at) where status = 'queued';
create index mail_subject on mail (subject_id, queued_at);
create index mail_team on mail (team_id, queued_at);
create index mail_document on mail (document_id);

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('mail', '', 'queue', 'queued', 'Send', '{procurement}', 0),
  ('mail', 'queued', 'deliver', 'sent', 'Deliver', '{}', 1),
  ('mail', 'queued', 'fail', 'failed', 'Fail', '{}', 2),
  ('mail', 'failed', 'send_again', 'queued', 'Send again', '{procurement}', 3),
  ('mail', 'failed', 'give_up', 'given_up', 'Give up', '{procurement}', 4),
  ('mail', 'queued', 'give_up', 'given_up', 'Give up', '{procurement}', 5);
create trigger lifecycle before insert or update of status on mail for each row execute function rules.check_transition('mail');

-- What was sent stays as it was sent; only what became of it changes.
create function rules.mail_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - '{status,attempts,next_attempt_at,answer,answered_at,opened_by,valid_from}'::text[]
       is distinct from to_jsonb(old) - '{status,attempts,next_attempt_at,answer,answered_at,opened_by,valid_from}'::text[]
     and not exists (select 1 from ledger.covering_event() e join public.event v on v.id = e.id where v.action = 'person.erase') then
    raise exception 'A mail stays as it was sent.' using errcode = 'QM072', constraint = 'qm-mail-stays', hint = 'Send another.';
  end if;
  if tg_op = 'INSERT' and not exists (select 1 from public.document d where d.id = new.document_id and d.subject_kind = new.subject_kind and d.subject_id = new.subject_id) then
    raise exception 'A mail carries a document of the record that it is about.' using errcode = 'QM073', constraint = 'qm-mail-of-its-record', hint = 'Keep the document on that record.';
  end if;
  return new;
end $$;
create trigger stays before insert or update on mail for each row execute function rules.mail_stays();
create trigger no_delete before delete on mail for each row execute function rules.no_delete();
-- Whom it went to, what it says and what the mail server said of them may name a person.
select ledger.track('mail', '{recipients, copies, reply_to, message, answer}');

-- When the order last went to the vendor by mail; none while it did not.
alter table purchase_order add column sent_at timestamptz;
select ledger.track('purchase_order');
