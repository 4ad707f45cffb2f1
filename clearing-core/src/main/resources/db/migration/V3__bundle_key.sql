-- Public half of the key that an owner's witness bundles are encrypted to; the newest counts.
create table bundle_key (
  sequence         bigint primary key check (sequence >= 1),
  clearing_account int    not null references clearing_account,
  public_key       digest not null
);
create index on bundle_key (clearing_account, sequence desc);
create trigger append_only before update or delete or truncate on bundle_key for each statement execute function refuse_change();
