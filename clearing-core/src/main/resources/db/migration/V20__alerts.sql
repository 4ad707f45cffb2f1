-- Who wants to be woken by what. Whether an alert stands follows from sealed epochs, the rules and the clock; no epoch seals any of this (package clearing.alert says why).
create table alert_rule (
  number      int    primary key check (number >= 1),
  owner       text   not null check (owner <> ''),
  measure     text   not null check (measure in ('coverage', 'margin-ratio', 'distance', 'concentration', 'data-age', 'proof-age')),
  subject     text   not null check (subject <> ''),
  raised_at   int    not null check (raised_at >= 0),
  cleared_at  int    not null check (cleared_at >= 0 and cleared_at <> raised_at),
  since_epoch bigint not null check (since_epoch >= 0),       -- the latest epoch when it was made: it is held against that one and all after it
  made_millis bigint not null
);
create table alert_rule_end (
  rule      int    primary key references alert_rule,
  actor     text   not null,
  at_millis bigint not null
);
-- Epochs that a rule was held against, each once.
create table alert_look (
  rule  int    not null references alert_rule,
  epoch bigint not null references epoch,
  primary key (rule, epoch)
);
-- What became of alerts. One stands for a rule and a subject from its raise to its clear; the raise's place is the alert's number.
create table alert_event (
  sequence  int    primary key check (sequence >= 1),
  alert     int    not null references alert_event,
  kind      text   not null check (kind in ('raised', 'acknowledged', 'cleared')),
  rule      int    not null references alert_rule,
  subject   text   not null check (subject <> ''),
  value     int    not null check (value >= 0),
  epoch     bigint references epoch,                          -- empty where the clock decided
  actor     text,
  note      text,
  at_millis bigint not null,
  unique (alert, kind),
  check ((kind = 'raised') = (alert = sequence)),
  check ((kind = 'acknowledged') <= (actor is not null))
);
create index on alert_event (rule, subject);
-- Where somebody wants to be told. A webhook's secret signs what it is sent: it is kept as it is, or nothing could be signed.
create table alert_receiver (
  number      int    primary key check (number >= 1),
  owner       text   not null check (owner <> ''),
  kind        text   not null check (kind in ('webhook', 'mail')),
  address     text   not null check (address <> ''),
  secret      bytea,
  made_millis bigint not null,
  check ((kind = 'webhook') = (secret is not null))
);
create table alert_receiver_end (
  receiver  int    primary key references alert_receiver,
  actor     text   not null,
  at_millis bigint not null
);
-- What is to be sent, kept in the transaction that keeps the event; and each attempt at it, dense from 1.
create table alert_delivery (
  number   int not null primary key check (number >= 1),
  event    int not null references alert_event,
  receiver int not null references alert_receiver,
  unique (event, receiver)
);
create table alert_attempt (
  delivery  int    not null references alert_delivery,
  number    int    not null check (number >= 1),
  outcome   text   not null check (outcome in ('delivered', 'failed', 'dead', 'resend')),
  said      text   not null,
  at_millis bigint not null,
  primary key (delivery, number)
);
do $$
declare
  t text;
begin
  foreach t in array array['alert_rule', 'alert_rule_end', 'alert_look', 'alert_event', 'alert_receiver', 'alert_receiver_end', 'alert_delivery', 'alert_attempt']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
