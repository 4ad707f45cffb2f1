-- Accepted snapshots that the quorum superseded, with the entry that takes each back. Both stay; a superseded one counts for nothing that is sealed later.
create table superseded_snapshot (
  snapshot digest primary key references accepted_snapshot,
  entry    bigint not null unique references journal_entry
);
create trigger append_only before update or delete or truncate on superseded_snapshot for each statement execute function refuse_change();
alter table journal_entry drop constraint journal_entry_kind_check;
alter table journal_entry add constraint journal_entry_kind_check check (kind in ('SNAPSHOT', 'TRANSFER', 'REVERSAL'));
alter table house_statement drop constraint house_statement_subject_check;
alter table house_statement add constraint house_statement_subject_check
  check (subject in ('keys', 'holdings', 'readers', 'prices', 'nodes', 'superseded'));
