-- Teams, people and their positions; accounts, grants, sessions, tokens.
create table team (
  id uuid primary key,
  code text not null check (code = btrim(code) and code <> ''),
  name text not null check (btrim(name) <> ''),
  kind text not null check (kind in ('organisation', 'division', 'team', 'sub_team')),
  parent_id uuid references team,
  path text not null,                       -- codes from the root down, each followed by '/': 'CIPO/A/A-2/'
  position integer not null default 0,
  description text not null default '',
  what_they_do text not null default '',
  scope text[] not null default '{}',
  tasks text[] not null default '{}',
  retired_at timestamptz,
  check ((kind = 'organisation') = (parent_id is null))
);
create unique index team_code on team (lower(code));
create index team_parent on team (parent_id);
create index team_path on team (path text_pattern_ops);

create function rules.team_path() returns trigger language plpgsql as $$
begin
  if new.parent_id is null then
    new.path := new.code || '/';
  else
    select path || new.code || '/' into new.path from public.team where id = new.parent_id;
  end if;
  return new;
end $$;
create trigger path before insert or update of parent_id, code on team for each row execute function rules.team_path();
select ledger.track('team');

-- A team and everything below it.
create function rules.team_and_below(p_team uuid) returns setof uuid language sql stable as $$
  select t.id from public.team top join public.team t on t.path like replace(replace(top.path, '\', '\\'), '_', '\_') || '%' where top.id = p_team
$$;

create table person (
  id uuid primary key,
  name text not null check (btrim(name) <> ''),
  email text check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  handle text,
  team_id uuid references team,
  status text not null default 'active' check (status in ('active', 'left', 'erased'))
);
create unique index person_email on person (lower(email));
create index person_team on person (team_id);
create index person_name on person (lower(name));
select ledger.track('person', '{name,email,handle}');

-- A role inside a team, filled or not.
create table position (
  id uuid primary key,
  team_id uuid not null references team,
  title text not null check (btrim(title) <> ''),
  description text not null default '',
  person_id uuid references person,
  ordinal integer not null default 0
);
create unique index position_title on position (team_id, lower(title));
create index position_person on position (person_id);
select ledger.track('position');

-- Who may sign in. Credentials live apart, so that no history keeps a password's hash.
create table account (
  id uuid primary key references person,
  status text not null default 'active' check (status in ('active', 'disabled'))
);
select ledger.track('account');
create table credential (
  person_id uuid primary key references account,
  password_hash text not null,
  changed_at timestamptz not null default clock_timestamp()
);

create table role_grant (
  id uuid primary key,
  person_id uuid not null references person,
  role text not null check (role in ('administrator', 'procurement', 'approver', 'warehouse', 'technician', 'licence_manager', 'auditor', 'viewer')),
  team_id uuid not null references team
);
create unique index role_grant_once on role_grant (person_id, role, team_id);
create index role_grant_team on role_grant (team_id);
select ledger.track('role_grant');

create table api_token (
  id uuid primary key,
  person_id uuid not null references person,
  name text not null check (btrim(name) <> ''),
  digest bytea not null check (length(digest) = 32),  -- SHA-256 of the token
  hint text not null,                                  -- its first characters, to tell tokens apart
  roles text[],                                        -- null: all that the person may do
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create unique index api_token_digest on api_token (digest);
create index api_token_person on api_token (person_id);
select ledger.track('api_token');

create table session (
  id uuid primary key,
  person_id uuid not null references person,
  refresh_digest bytea not null unique check (length(refresh_digest) = 32),
  earlier_digest bytea,                     -- the refresh token before this one: seen again, it was stolen
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  device text
);
create index session_person on session (person_id);
create index session_earlier on session (earlier_digest);

create table sign_in_link (
  digest bytea primary key check (length(digest) = 32),
  person_id uuid not null references person,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table sign_in_attempt (
  id bigint generated always as identity primary key,
  email text not null,
  address text not null,
  at timestamptz not null default clock_timestamp(),
  succeeded boolean not null
);
create index sign_in_attempt_recent on sign_in_attempt (email, at);
create index sign_in_attempt_address on sign_in_attempt (address, at);

-- The first answer to a request, kept with the change itself for 24 hours.
create table idempotency (
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  fingerprint bytea not null,               -- SHA-256 of method, path and body
  status integer,
  answer jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (actor_id, key)
);
create index idempotency_age on idempotency (created_at);
