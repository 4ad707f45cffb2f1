-- How much of what the fund must hold was there when an epoch's review was made: what the page's coverage was, epoch by epoch. Whoever
-- replays the epoch finds the same two sums.
create table fund_coverage (
  epoch    bigint primary key check (epoch >= 1),
  demanded bigint not null check (demanded >= 0),            -- u = 10^-4 USD, over all layers
  received bigint not null check (received >= 0)             -- u, the house's own capital included
);
create trigger append_only before update or delete or truncate on fund_coverage for each statement execute function refuse_change();
