-- Who may use the door besides the house itself: tokens, of which only the SHA-256 is kept. A name belongs to one role for good.
create table access_token (
  sequence    bigint primary key check (sequence >= 1),
  sha256      digest not null unique,
  role        text   not null check (role in ('member', 'fund-manager', 'auditor', 'operator')),
  name        text   not null check (name ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
  subject     text   check (subject <> ''),                  -- the name of a member; empty of the others
  ends_millis bigint check (ends_millis >= 1),
  check ((subject is null) = (role <> 'member'))
);
create index on access_token (name);
create table access_token_end (
  sequence bigint primary key check (sequence >= 1),
  sha256   digest not null unique references access_token (sha256)
);
-- Who signed in with a wallet or a key: each nonce serves once. Ephemeral: no epoch seals it.
create table sign_in (
  nonce       text   primary key,
  sha256      digest not null unique,                        -- of the session's secret
  signer      text   not null check (signer ~ '^(0x[0-9a-f]{40}|[a-z0-9][a-z0-9._@-]{0,63})$'),
  ends_millis bigint not null
);
create table sign_in_end (
  sha256 digest primary key references sign_in (sha256)
);
-- What owners signed about who else may look at their account, each once, with its signature as the document. The newest about an account and a grantee counts.
create table consent (
  sequence         bigint primary key check (sequence >= 1),
  document         digest not null unique references document,
  action           text   not null check (action in ('GIVE', 'REVOKE')),
  clearing_account int    not null references clearing_account,
  grantee          text   not null,
  scope            text   not null check (scope in ('MARGIN', 'POSITIONS')),
  nonce            int    not null check (nonce >= 1),
  ends_millis      bigint not null,
  unique (clearing_account, nonce)
);
create index on consent (clearing_account, grantee, sequence desc);
-- Legal holds: what one proposes and another of another role confirms opens an account's positions until its end.
create table legal_hold (
  sequence         bigint primary key check (sequence >= 1),
  hold             int    not null check (hold >= 1),
  act              text   not null check (act in ('propose', 'confirm', 'end')),
  clearing_account int    not null references clearing_account,
  reason           text   not null check (reason <> ''),
  ends_millis      bigint not null,
  actor            text   not null,
  role             text   not null check (role in ('auditor', 'operator')),
  at_millis        bigint not null,
  unique (hold, act)
);
create index on legal_hold (clearing_account);
-- Who looked at an account that is another's, and by what right.
create table access_log (
  sequence         bigint primary key check (sequence >= 1),
  at_millis        bigint not null,
  actor            text   not null,
  clearing_account int    not null references clearing_account,
  asked            text   not null,
  ground           text   not null check (ground in ('consent', 'hold')),
  ground_number    bigint not null
);
do $$
declare
  t text;
begin
  foreach t in array array['access_token', 'access_token_end', 'sign_in', 'sign_in_end', 'consent', 'legal_hold', 'access_log']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
