-- What the application's role may do: read and add, and change where a table moves. It owns nothing: no trigger is its to drop, no table its to alter.
-- Runs as the owner after every start; where the application is the owner, or there is none, there is nothing to give.
do $$
declare
  application constant text := current_setting('bulwark.application');
begin
  if application in ('', current_user) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('bulwark-roles', 0));
  if (select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = application) then
    raise exception 'role % of the application must be no superuser and create no roles', application;
  end if;
  if pg_has_role(application, current_user, 'member') then
    raise exception 'role % of the application must not be a member of the owner, %', application, current_user;
  end if;
  execute format('revoke all on all tables in schema public from %I', application);
  execute format('grant usage on schema public to %I', application);
  execute format('grant select, insert on all tables in schema public to %I', application);
  execute format('revoke insert on flyway_schema_history, ledger_identity from %I', application);
  execute format('grant update (amount) on ledger_balance to %I', application);
  execute format('grant update (topic, next) on intake_cursor to %I', application);
  execute format('grant update (told) on relay_mark to %I', application);
  execute format('grant delete on request_key to %I', application);
  execute format('revoke insert on writing_turn from %I', application);
  execute format('grant update on writing_turn to %I', application);
end $$;
