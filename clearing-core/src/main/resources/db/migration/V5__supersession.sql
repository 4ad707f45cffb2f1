-- Accepted snapshots of a block that left its chain, with the one that was booked in their place. Both stay; the orphaned one counts for nothing that is sealed later.
create table supersession (
  orphaned digest primary key references accepted_snapshot,
  successor digest not null unique references raw_snapshot,
  check (orphaned <> successor)
);
create trigger append_only before update or delete or truncate on supersession for each statement execute function refuse_change();
