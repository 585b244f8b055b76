-- Schemas, extensions and default privileges that every later migration relies on.
-- Runs unchanged on hosted Supabase, on `supabase start` and on the embedded backend.

-- Where Supabase keeps extensions; there already on hosted projects.
create schema if not exists extensions;

-- bcrypt for room passwords.
create extension if not exists pgcrypto with schema extensions;

-- Search in room names that finds a word's middle, too.
create extension if not exists pg_trgm with schema extensions;

-- Everything that runs with the owner's rights. The Data API does not expose it.
create schema if not exists private;
comment on schema private is 'Implementation with the owner''s rights, and secrets. Never exposed by the Data API.';

-- SECURITY: the public functions run as their caller and call into private ones that are granted one by one.
grant usage on schema private to authenticated;

-- SECURITY: nothing is granted to clients, or to everybody, unless a migration says so by name.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;

-- Who may find and join a room.
create type public.room_privacy as enum ('public', 'private');

-- How a room's media travels: directly between people, or through a media server (SFU).
create type public.room_topology as enum ('mesh', 'sfu');

-- One row of facts about this installation. Changed by its operator only.
create table private.config (
  is_single boolean primary key default true check (is_single),
  -- True once a media server is configured. Without one a room holds `mesh_capacity` people.
  has_sfu boolean not null default false,
  mesh_capacity int not null default 4 check (mesh_capacity between 2 and 8),
  -- Compared against when there is no password to compare with, so that it takes as long.
  decoy_hash text not null,
  -- A participant unseen for this long is dropped.
  participant_expiry interval not null default '60 seconds',
  -- A room empty for this long is closed.
  empty_room_expiry interval not null default '5 minutes'
);
comment on table private.config is 'Facts about this installation; exactly one row.';
alter table private.config enable row level security;

insert into private.config (decoy_hash)
values (extensions.crypt(gen_random_uuid()::text, extensions.gen_salt('bf', 10)));

-- A moment as the API writes it: UTC, microseconds, fixed width, so that text sorts as time does.
create function private.to_iso(p_moment timestamptz)
returns text
language sql
stable
set search_path = ''
as $$
  select to_char(p_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The caller's id. Refuses with `not_signed_in` where there is none, or where the token outlived its account.
create function private.require_user()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid := auth.uid();
begin
  if v_user_id is null or not exists (select 1 from public.profiles p where p.id = v_user_id) then
    raise sqlstate 'PT401' using message = 'not_signed_in';
  end if;
  return v_user_id;
end
$$;

-- A JSON object, also where it arrives as a JSON string that holds one, as the embedded backend's Auth and Data APIs
-- hand objects over. Anything else is an empty object; never fails.
create function private.to_object(p_json jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_json jsonb := p_json;
begin
  if jsonb_typeof(v_json) = 'string' then
    v_json := (v_json #>> '{}')::jsonb;
  end if;
  return case when jsonb_typeof(v_json) = 'object' then v_json else '{}'::jsonb end;
exception
  when data_exception then
    return '{}'::jsonb;
end
$$;
