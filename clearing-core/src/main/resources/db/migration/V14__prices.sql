-- Daily prices that continue those of a house's founding are signed by its quorum as its lists are.
alter table house_statement drop constraint house_statement_subject_check;
alter table house_statement add constraint house_statement_subject_check
  check (subject in ('keys', 'holdings', 'readers', 'prices', 'nodes'));
