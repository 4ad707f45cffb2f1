-- Proofs that were asked for: what is to be proved, by the SHA-256 of exactly that, so that asking twice is asking once. No secret: those stay with their owners.
create table proof_job (
  id               digest primary key,
  sequence         bigint not null unique check (sequence >= 1),
  epoch            bigint not null references epoch,
  clearing_account int    not null references clearing_account,
  claim            digest not null,
  challenge        digest not null,
  scope            digest not null
);
-- Each begin of a worker, dense from 1.
create table proof_attempt (
  job    digest not null references proof_job,
  number int    not null check (number >= 1),
  primary key (job, number)
);
-- How a job ended, once: with a proof, or with the reason why there is none.
create table proof_outcome (
  job    digest primary key references proof_job,
  kind   text   not null check (kind in ('PROVED', 'UNFIT', 'REFUSED', 'DEAD')),
  proof  digest references proof,
  field  text,
  value  text,
  rule   text,
  check ((kind = 'PROVED') = (proof is not null)),
  check (num_nulls(field, value, rule) = (case when kind = 'PROVED' then 3 else 0 end))
);
do $$
declare
  t text;
begin
  foreach t in array array['proof_job', 'proof_attempt', 'proof_outcome']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
