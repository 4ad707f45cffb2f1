-- The key that an owner signs links with, as the house took it in when the account was opened; the newest counts.
create table account_owner (
  sequence         bigint primary key check (sequence >= 1),
  clearing_account int    not null references clearing_account,
  signer           text   not null check (signer ~ '^(0x[0-9a-f]{40}|[0-9a-f]{64})$')
);
create index on account_owner (clearing_account, sequence desc);
-- What owners signed about venue accounts, each once, with its signatures as the document of the digest. The newest about a venue account counts.
create table link_statement (
  sequence         bigint primary key check (sequence >= 1),
  digest           digest not null unique references document,
  action           text   not null check (action in ('LINK', 'REVOKE')),
  clearing_account int    not null references clearing_account,
  venue            int    not null,
  address          text   not null,
  nonce            bigint not null check (nonce >= 1),
  received_at      timestamptz not null default now(),   -- provenance; decides nothing
  unique (clearing_account, nonce),
  foreign key (venue, address) references venue_account
);
create index on link_statement (venue, address, sequence desc);
do $$
declare
  t text;
begin
  foreach t in array array['account_owner', 'link_statement']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
