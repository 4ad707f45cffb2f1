-- Who writes takes its turn by locking this table: it never has a row, so that a role which may lock it can change nothing.
create table writing_turn (
  nothing boolean not null check (nothing)
);

-- Who seals. Whoever is elected (by a lock that one session holds) begins a term, dense from 1; an epoch is sealed in the latest term or not at all.
create table sealer_term (
  term   bigint primary key check (term >= 1),
  holder text   not null,
  since  timestamptz not null default now()   -- for people; decides nothing
);

-- Attempts at a proof job that ended without an outcome by the job's own doing. One that is in proof_attempt alone was cut short: its worker was killed.
create table proof_failure (
  job    digest not null,
  number int    not null,
  reason text   not null,
  primary key (job, number),
  foreign key (job, number) references proof_attempt
);

-- How far the outbox is told to a topic, by the topic's identity: a broker forgets the mark of a group that rests for long. Mutable.
create table relay_mark (
  topic text   primary key,
  told  bigint not null check (told >= 0)
);

do $$
declare
  t text;
begin
  foreach t in array array['sealer_term', 'proof_failure']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
