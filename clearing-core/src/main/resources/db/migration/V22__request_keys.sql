-- Requests that callers named by a key of their own, so that one which is asked again is answered again and not done again. No truth of the house: kept for a day, then deleted.
create table request_key (
  caller       text   not null check (caller <> ''),
  key          text   not null check (key ~ '^[!-~]{1,64}$'),
  request      digest not null,                               -- SHA-256 of method, path and body
  begun_millis bigint not null,
  primary key (caller, key)
);
create index on request_key (begun_millis);
-- Absent while the request is under way, and for good where its process ended before it answered.
create table request_answer (
  caller text not null,
  key    text not null,
  status int  not null check (status between 200 and 499),
  type   text not null,
  body   text not null check (length(body) <= 65536),
  primary key (caller, key),
  foreign key (caller, key) references request_key on delete cascade
);
