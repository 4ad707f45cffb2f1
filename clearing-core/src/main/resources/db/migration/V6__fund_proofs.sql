-- Proofs that the fund of an epoch covers its two largest losses. What a proof is and the key that checks it are documents: anybody gets both.
create table fund_proof (
  digest        digest primary key references document,
  epoch         bigint not null references epoch,
  verifying_key digest not null references document,
  sequence      bigint not null unique check (sequence >= 1)
);
create index on fund_proof (epoch);
create trigger append_only before update or delete or truncate on fund_proof for each statement execute function refuse_change();
