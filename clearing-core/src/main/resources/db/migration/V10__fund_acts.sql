-- What was asked of those who pay into the fund, what came, what was returned and what a default took, in order. What was written down as
-- paid in before this table stands in the journal as it stood and counts for nothing.
create table fund_act (
  sequence bigint primary key check (sequence >= 1),
  document digest not null unique references document,
  payment  digest unique,                                  -- a payment counts once, however it is stated
  entry    bigint unique references journal_entry          -- of the transfer, where money moved
);
create trigger append_only before update or delete or truncate on fund_act for each statement execute function refuse_change();
