-- The members behind accounts. A member's number is given when its first account is opened and never changes: it stands in the leaves of the margin tree.
create table member (
  number int  primary key check (number >= 0),
  name   text not null unique
);
insert into member (number, name)
  select row_number() over (order by min(number)) - 1, member from clearing_account group by member;
create trigger append_only before update or delete or truncate on member for each statement execute function refuse_change();
