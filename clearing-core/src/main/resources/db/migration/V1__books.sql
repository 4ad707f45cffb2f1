-- The books. Append-only: a trigger on each table refuses UPDATE, DELETE and TRUNCATE; what may change is named at the end.

create domain digest as bytea check (octet_length(value) = 32);

-- Everything sealed, by the SHA-256 of its bytes. The check makes a document that does not match its name impossible.
create table document (
  digest digest primary key,
  kind   text   not null check (kind <> ''),
  body   bytea  not null,
  check (digest = sha256(body))
);

-- Clearing accounts and the venue accounts linked to them. A number, a link is never used again.
create table clearing_account (
  number int  primary key check (number >= 0),
  name   text not null unique check (name <> ''),
  member text not null check (member <> '')
);
create table venue_account (
  venue            int  not null check (venue >= 0),
  address          text not null check (address <> ''),
  clearing_account int  not null references clearing_account,
  primary key (venue, address)
);

-- Owner commitment and salt of an account's leaf; the newest counts.
create table leaf_identity (
  sequence         bigint primary key check (sequence >= 1),
  clearing_account int    not null references clearing_account,
  owner            digest not null,
  salt             digest not null
);
create index on leaf_identity (clearing_account, sequence desc);

-- What an account keeps fully paid, outside the margined book, as a canonical [[instrument, lots] …]; the newest counts.
create table paid_allocation (
  sequence         bigint primary key check (sequence >= 1),
  clearing_account int    not null references clearing_account,
  body             bytea  not null
);
create index on paid_allocation (clearing_account, sequence desc);

-- Raw snapshots that speak of one venue account at one horizon, in order of arrival. The bytes are the document of the same digest.
create table raw_snapshot (
  digest      digest primary key references document,
  arrival     bigint not null unique check (arrival >= 1),
  venue       int    not null,
  address     text   not null,
  horizon     bytea  not null,
  received_at timestamptz not null default now()   -- provenance; decides nothing
);
create index on raw_snapshot (venue, address, horizon);

-- A second answer of a venue about one horizon, other than the first. Both are kept, the first one counts.
create table incident (
  first  digest not null references raw_snapshot,
  second digest primary key references raw_snapshot,
  check (first <> second)
);

-- Payloads that were refused, with the reason. The bytes are the document.
create table quarantine (
  sequence    bigint primary key check (sequence >= 1),
  document    digest not null unique references document,
  origin      text   not null,   -- for people: venue/address of a snapshot, or whence it came
  field       text   not null,
  value       text   not null,
  rule        text   not null,
  received_at timestamptz not null default now()   -- provenance; decides nothing
);

-- Double entry. A ledger account is known by its name, such as holding/7/collateral/3; commodity is the part that an entry must balance in.
create table ledger_account (
  number    bigint primary key check (number >= 1),
  name      text   not null unique check (name <> ''),
  commodity text   not null check (commodity <> '')
);

-- Dense from 1. hash = SHA-256 of the canonical content, which contains the hash of the entry before.
create table journal_entry (
  sequence bigint primary key check (sequence >= 1),
  kind     text   not null check (kind in ('SNAPSHOT', 'TRANSFER')),
  source   digest not null unique references document,
  previous digest not null,
  hash     digest not null unique
);

-- amount > 0 is a debit, < 0 a credit, at the venue's own scale, exact.
create table journal_leg (
  entry   bigint  not null references journal_entry,
  leg     int     not null check (leg >= 0),
  account bigint  not null references ledger_account,
  amount  numeric not null check (amount <> 0 and amount <> 'NaN'),
  primary key (entry, leg)
);
create index on journal_leg (account);

-- Which entry posted a transfer, by the id that its asker chose.
create table transfer (
  id       digest primary key,
  document digest not null unique references document,
  entry    bigint not null unique references journal_entry
);

-- The snapshots that were booked: one entry each.
create table accepted_snapshot (
  snapshot       digest primary key references raw_snapshot,
  venue          int    not null,
  address        text   not null,
  horizon_time   bigint not null,
  horizon_number bigint not null,
  entry          bigint not null unique references journal_entry
);
create index on accepted_snapshot (venue, address, horizon_time desc, horizon_number desc);

-- Sealed epochs. The body and the sealed inputs are documents.
create table epoch (
  number     bigint primary key check (number >= 1),
  epoch_time bigint not null,
  digest     digest not null unique,
  previous   digest not null,
  body       digest not null references document,
  inputs     digest not null references document
);
create table epoch_document (
  epoch  bigint not null references epoch,
  name   text   not null,
  digest digest not null references document,
  primary key (epoch, name)
);
-- One account's margin in one epoch, in u = 1/10000 USD; an account without margin says why.
create table statement (
  epoch              bigint not null references epoch,
  clearing_account   int    not null references clearing_account,
  document           digest not null references document,
  state              text   not null check (state <> ''),
  initial_margin     bigint,
  maintenance_margin bigint,
  equity             bigint,
  excess_initial     bigint,
  excess_maintenance bigint,
  primary key (epoch, clearing_account),
  check (num_nulls(initial_margin, maintenance_margin, equity, excess_initial, excess_maintenance) in (0, 5))
);
create table epoch_signature (
  epoch     bigint not null references epoch,
  signer    digest not null,
  signature bytea  not null check (octet_length(signature) = 64),
  primary key (epoch, signer)
);
create table proof (
  digest        digest primary key references document,
  epoch         bigint not null references epoch,
  verifying_key digest not null,
  public_inputs bytea  not null check (octet_length(public_inputs) = 160),
  sequence      bigint not null unique check (sequence >= 1)
);
create index on proof (epoch);

-- What is told to Kafka, dense from 1, written with what it tells of.
create table outbox (
  sequence bigint primary key check (sequence >= 1),
  topic    text   not null,
  key      text   not null,
  event    bytea  not null
);

-- Mutable. Balances are sums of legs kept ready, checked against the legs on load; cursors say which record of a topic is next.
create table ledger_balance (
  account bigint  primary key references ledger_account,
  amount  numeric not null check (amount <> 'NaN')
);
create table intake_cursor (
  name  text   primary key,
  topic text   not null,   -- identity of the topic: a topic made anew begins at 0
  next  bigint not null check (next >= 0)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end $$;

do $$
declare
  t text;
begin
  foreach t in array array[
    'document', 'clearing_account', 'venue_account', 'leaf_identity', 'paid_allocation', 'raw_snapshot', 'incident', 'quarantine',
    'ledger_account', 'journal_entry', 'journal_leg', 'transfer', 'accepted_snapshot', 'epoch', 'epoch_document', 'statement', 'epoch_signature', 'proof', 'outbox']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
