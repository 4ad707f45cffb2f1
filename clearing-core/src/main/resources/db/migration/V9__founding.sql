-- What makes this house this house: its founding document, kept before the first epoch is sealed. There is one row, and every start compares with it.
create table founding (
  one      boolean primary key default true check (one),
  document digest  not null references document
);
-- Numbered documents of the house that its quorum signed, such as its lists of keys: dense from 1 in each subject.
create table house_statement (
  subject  text   not null check (subject in ('keys', 'holdings', 'readers', 'nodes')),
  number   bigint not null check (number >= 1),
  document digest not null references document,
  primary key (subject, number)
);
create table house_statement_signature (
  subject   text   not null,
  number    bigint not null,
  signer    digest not null,
  signature bytea  not null check (octet_length(signature) = 64),
  primary key (subject, number, signer),
  foreign key (subject, number) references house_statement
);
do $$
declare
  t text;
begin
  foreach t in array array['founding', 'house_statement', 'house_statement_signature']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
