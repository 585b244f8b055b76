/**
 * What a Supabase project has before its first migration: roles, schemas and grants, as hosted projects have them.
 * Run as the superuser, in one transaction; can be run again at any time.
 *
 * Differences from hosted, each on the strict side: nothing at all is granted on new objects of the schema's owner,
 * neither to the API's roles nor (functions) to everybody, so that every grant stands in a migration.
 */
export const rolesSql = /* sql */ `
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('postgres', 'login createdb createrole replication bypassrls'),
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      ('authenticator', 'nologin noinherit'),
      ('supabase_auth_admin', 'nologin noinherit'),
      ('supabase_realtime_admin', 'nologin noinherit'),
      ('studyhall_api', 'login noinherit')
    ) as role (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end
$$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator, supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
-- The API's login has no rights of its own on tables: it becomes one of the three for each request.
grant anon, authenticated, service_role to studyhall_api;
-- Except that the Auth API, which shares the login, keeps the accounts.
grant supabase_auth_admin to studyhall_api with inherit true;
alter role studyhall_api set lock_timeout = '8s';
alter role studyhall_api set statement_timeout = '15s';
alter role studyhall_api set idle_in_transaction_session_timeout = '30s';

do $$
begin
  execute format('alter database %I owner to postgres', current_database());
  execute format('grant connect, temporary on database %I to studyhall_api', current_database());
  execute format('alter database %I set search_path to "$user", public, extensions', current_database());
end
$$;
`

/** Schemas, default privileges and what else migrations and clients expect. Needs the roles. */
export const schemasSql = /* sql */ `
create schema if not exists extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role, supabase_auth_admin;
create extension if not exists pgcrypto with schema extensions;

grant usage on schema public to anon, authenticated, service_role;
revoke create on schema public from public;

alter default privileges for role postgres revoke execute on functions from public;

create schema if not exists auth authorization supabase_auth_admin;
grant usage on schema auth to anon, authenticated, service_role, postgres;

do $$
begin
  if not exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end
$$;
alter publication supabase_realtime owner to postgres;
`

/** The functions by which policies ask who is asking, with the claims as PostgREST sets them. Needs the schemas. */
export const authFunctionsSql = /* sql */ `
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
  )::uuid
$$;

create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
  )::text
$$;

create or replace function auth.email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email')
  )::text
$$;

do $$
declare
  object record;
begin
  -- The owner's rights are the Auth API's.
  for object in
    select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables where schemaname = 'auth'
  loop
    execute format('alter table %s owner to supabase_auth_admin', object.name);
  end loop;
  for object in
    select p.oid::regprocedure::text as name
    from pg_catalog.pg_proc p where p.pronamespace = 'auth'::regnamespace
  loop
    execute format('alter function %s owner to supabase_auth_admin', object.name);
    execute format('grant execute on function %s to anon, authenticated, service_role, postgres', object.name);
  end loop;
end
$$;
-- As on hosted Supabase: migrations may refer to accounts and put triggers on them.
grant select, insert, update, delete, references, trigger on all tables in schema auth to postgres;
`

/**
 * Tells the Data API that the schema has changed, as PostgREST is told on Supabase. What is temporary does not count:
 * refreshing a materialized view beside its readers makes and drops a temporary table each time.
 */
export const schemaChangesSql = /* sql */ `
create or replace function extensions.studyhall_announce_schema_change() returns event_trigger
language plpgsql set search_path = '' as $$
declare
  has_changed boolean;
begin
  if tg_event = 'sql_drop' then
    select exists (
      select from pg_catalog.pg_event_trigger_dropped_objects() as o where not o.is_temporary
    ) into has_changed;
  else
    select tg_tag <> 'REFRESH MATERIALIZED VIEW' and exists (
      select from pg_catalog.pg_event_trigger_ddl_commands() as c where c.schema_name is distinct from 'pg_temp'
    ) into has_changed;
  end if;
  if has_changed then
    notify pgrst, 'reload schema';
  end if;
end
$$;
drop event trigger if exists studyhall_schema_changed;
create event trigger studyhall_schema_changed on ddl_command_end
  execute function extensions.studyhall_announce_schema_change();
drop event trigger if exists studyhall_schema_dropped;
create event trigger studyhall_schema_dropped on sql_drop
  execute function extensions.studyhall_announce_schema_change();
`

/** Lets migrations write policies on Realtime's messages, as on hosted Supabase. Runs after Realtime's schema. */
export const realtimeOwnershipSql = /* sql */ `
alter table realtime.messages owner to supabase_realtime_admin;
grant usage on schema realtime to anon, authenticated, service_role, postgres, supabase_realtime_admin;
`
