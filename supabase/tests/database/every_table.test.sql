-- Every table of schema public, whoever adds one: each verb is tried as each client role, and comes out as is meant.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(8);

-- 1 is inside a private room of their own, with 2; 3 is a stranger.
insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 3) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private');
insert into public.room_tags (room_id, tag) values ('b0000000-0000-4000-8000-000000000001', 'maths');
insert into public.room_participants (room_id, user_id, connection_id)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid()
from generate_series(1, 2) as n;

-- What a role gets that tries a verb on a table: 'denied' by its grants, 'done', or how else it failed. Everything that is
-- done is undone.
create function pg_temp.attempt(p_role text, p_table text, p_verb text) returns text language plpgsql as $$
declare
  v_column text := (
    select a.attname from pg_attribute a
    where a.attrelid = p_table::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
    order by a.attnum limit 1);
begin
  perform set_config('role', p_role, true);
  execute case p_verb
    when 'select' then format('select * from %s', p_table)
    when 'insert' then format('insert into %s default values', p_table)
    when 'update' then format('update %s set %I = %I', p_table, v_column, v_column)
    when 'delete' then format('delete from %s', p_table)
  end;
  raise sqlstate 'TT000' using message = 'done';
exception
  when sqlstate 'TT000' then return 'done';
  when insufficient_privilege then return 'denied';
  when others then return sqlstate || ' ' || sqlerrm;
end $$;

create temporary table tries as
select c.oid::regclass::text as tab, r.role, v.verb, pg_temp.attempt(r.role, c.oid::regclass::text, v.verb) as outcome
from pg_class c, unnest(array['anon', 'authenticated']) as r (role),
  unnest(array['select', 'insert', 'update', 'delete']) as v (verb)
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f');
reset role;

select cmp_ok((select count(*)::int from tries), '>=', 8 * 15, 'every table has been tried in all ways');
select is_empty($$ select tab, verb, outcome from tries where role = 'anon' and outcome <> 'denied' $$,
  'who is not signed in may do nothing with any table');
select is_empty(
  $$ select tab, verb, outcome from tries where role = 'authenticated' and verb <> 'select' and outcome <> 'denied' $$,
  'who is signed in writes no table, but for columns that are granted');
select set_eq(
  $$ select distinct g.table_name::text collate "default", g.column_name::text collate "default"
     from information_schema.column_privileges g
     where g.table_schema = 'public' and g.grantee in ('anon', 'authenticated') and g.privilege_type <> 'SELECT' $$,
  $$ values ('profiles', 'display_name') $$,
  'which is this one, and no other');

-- What can be read is tried by people, too: those inside see it, and a stranger sees nothing.
create function pg_temp.count_of(p_table text) returns bigint language plpgsql as $$
declare
  v_count bigint;
begin
  execute format('select count(*) from %s', p_table) into v_count;
  return v_count;
end $$;
grant execute on function pg_temp.count_of(text) to authenticated;
create temporary table readable as
select t.tab from tries t
where t.role = 'authenticated' and t.verb = 'select' and t.outcome = 'done'
  -- Their files have allow and deny tests of their own: chat; recording, for timers as well; study.
  and t.tab not in ('messages', 'recordings', 'recording_consents', 'room_timers', 'study_sessions');
grant select on readable to authenticated;

select set_eq('select tab from readable',
  $$ values ('profiles'), ('rooms'), ('room_tags'), ('room_participants') $$,
  'a table that can be read has tests of who reads it, here or in a file of its own');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is_empty('select tab from readable where pg_temp.count_of(tab) = 0', 'those inside a hidden room see it all');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is_empty($$ select tab from readable where tab <> 'profiles' and pg_temp.count_of(tab) > 0 $$,
  'a stranger sees nothing of it');
select results_eq('select id from public.profiles', $$ values ('a0000000-0000-4000-8000-000000000003'::uuid) $$,
  'and of people themselves alone');

select * from finish();
rollback;
