-- What a quorum adds to what its house lists is a document that it signs.
alter table house_statement drop constraint house_statement_subject_check;
alter table house_statement add constraint house_statement_subject_check
  check (subject in ('keys', 'holdings', 'readers', 'prices', 'nodes', 'superseded', 'listing'));
