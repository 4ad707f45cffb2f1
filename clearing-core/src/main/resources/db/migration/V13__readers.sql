-- Who fetched what a venue said, and answers for it: the reader's Ed25519 key and its signature over the snapshot's digest. Snapshots of
-- before houses had readers have none.
alter table raw_snapshot add column reader digest;
alter table raw_snapshot add column signature bytea check (octet_length(signature) = 64);
alter table raw_snapshot add check ((reader is null) = (signature is null));
