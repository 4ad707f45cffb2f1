-- Which ledger this is: what was told of one ledger says nothing of another that begins anew.
create table ledger_identity (
  identity text primary key
);
insert into ledger_identity values (gen_random_uuid()::text);
create trigger append_only before update or delete or truncate on ledger_identity for each statement execute function refuse_change();
