-- What the house signs to trade at venues for accounts that are liquidated. An order stands here before it is sent, with the signed
-- transaction, of which a chain takes one a nonce: whoever finds it here after a crash sends the same bytes again.
create table venue_order (
  sequence         bigint primary key check (sequence >= 1),
  document         digest not null unique references document,
  epoch            bigint not null check (epoch >= 1),
  clearing_account int    not null references clearing_account,
  leg              int    not null check (leg >= 1),
  chain            bigint not null check (chain >= 1),
  sender           text   not null check (sender ~ '^0x[0-9a-f]{40}$'),
  nonce            bigint not null check (nonce >= 0),
  signed           bytea  not null,
  unique (epoch, clearing_account, leg),                     -- an account is margined again before more is sent for it
  unique (chain, sender, nonce)
);
-- What became of it.
create table venue_order_end (
  document   digest primary key references venue_order (document),
  block      bigint check (block >= 0),                      -- empty: another transaction took its nonce, it is in no block
  done       boolean not null,                               -- else it was reverted, or is in no block: nothing was traded
  check (block is not null or not done)
);
do $$
declare
  t text;
begin
  foreach t in array array['venue_order', 'venue_order_end']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
