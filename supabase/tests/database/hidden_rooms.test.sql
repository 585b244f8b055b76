-- Nobody can tell a hidden room from one that never was: every function with a room's id, every table.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(8);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 4) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private');
select private.set_room_password('b0000000-0000-4000-8000-000000000001', 'secret');
insert into public.room_tags (room_id, tag) values ('b0000000-0000-4000-8000-000000000001', 'hidden');
insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000002');
-- 4 was a member and is banned.
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004');

-- What a statement comes to: its answer or its error, with the room's id blotted out.
create function pg_temp.outcome(p_statement text, p_room_id text) returns text language plpgsql as $$
declare
  v_answer text;
  v_detail text;
  v_hint text;
begin
  execute replace(p_statement, '{room}', p_room_id) into v_answer;
  return 'answer ' || coalesce(replace(v_answer, p_room_id, '{room}'), 'null');
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return replace(concat_ws(' ', sqlstate, sqlerrm, v_detail, v_hint), p_room_id, '{room}');
end $$;
grant execute on function pg_temp.outcome(text, text) to public;

-- Every function of the API that takes a room's id, whoever adds it, with arguments that pass its own checks.
create temporary table calls as
select p.oid::regprocedure::text as function, v.variant, format('select public.%I(%s)::text', p.proname,
  (select string_agg(format('%I => %s', a.name, case
      when a.name = 'p_room_id' then quote_literal('{room}') || '::uuid'
      when a.name = 'p_password' then quote_literal('guess')
      when a.name = 'p_reason' then quote_literal('spam')
      when a.name = 'p_changes' then quote_literal('{"name": "Mine"}')
      when a.name = 'p_user_id' and v.variant = 1 then quote_literal('a0000000-0000-4000-8000-000000000001') || '::uuid'
      when a.name = 'p_connection_id' then quote_literal('c0000000-0000-4000-8000-000000000009') || '::uuid'
      when t.typcategory = 'A' then quote_literal('{}') || '::' || t.oid::regtype
      when t.typtype = 'e' then quote_literal((select e.enumlabel from pg_enum e where e.enumtypid = t.oid
        order by e.enumsortorder limit 1)) || '::' || t.oid::regtype
      when t.oid = 'uuid'::regtype then quote_literal('d0000000-0000-4000-8000-000000000009') || '::uuid'
      when t.oid = 'jsonb'::regtype then quote_literal('{}') || '::jsonb'
      when t.oid = 'boolean'::regtype then 'true'
      when t.typcategory = 'N' then '1'
      when t.typcategory = 'D' then 'now()'
      else quote_literal('x') end), ', ')
   from unnest(p.proargnames, p.proargtypes::oid[]) with ordinality as a (name, type, place)
   join pg_type t on t.oid = a.type where a.place <= p.pronargs)) as statement
from pg_proc p, generate_series(1, 2) as v (variant)
where p.pronamespace = 'public'::regnamespace and 'p_room_id' = any (p.proargnames)
-- Always the same order: whoever joins leaves afterwards.
order by p.proname, v.variant;
-- Reads and writes of every table, with keys that are taken.
insert into calls
select c.relname::text, 1, format(s.statement, c.relname) from pg_class c, unnest(array[
  'select count(*)::text from public.%I', 'select jsonb_agg(x)::text from public.%I as x',
  'delete from public.%I', 'insert into public.%I default values']) as s (statement)
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm');
insert into calls
select c.relname || '.' || a.attname, 1, format(s.statement, c.relname, a.attname) from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname in ('id', 'room_id')
cross join unnest(array[
  'select count(*)::text from public.%I where %I = ''{room}''', 'insert into public.%I (%I) values (''{room}'')',
  'insert into public.%1$I (%2$I) values (''{room}'') on conflict do nothing',
  'update public.%1$I set %2$I = ''{room}''']) as s (statement)
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'uuid'::regtype;
insert into calls values
  ('embedding', 1, 'select jsonb_agg(t)::text from public.rooms r join public.room_tags t on t.room_id = r.id where r.id = ''{room}'''),
  ('rooms by tag', 1, 'select public.list_rooms(p_tags => ''{hidden}'')::text'),
  ('rooms by name', 1, 'select public.list_rooms(p_query => ''Hidden'')::text'),
  ('private rooms', 1, 'select public.list_rooms(''private'')::text'),
  ('topic', 1, 'select private.is_topic_of_my_room(''room:{room}'')::text');
grant select on calls to authenticated;

select cmp_ok((select count(distinct function)::int from calls where statement like 'select public.%p_room_id%'), '>=', 20,
  'there is something to ask');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is_empty($$ select function, variant, pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001') as hidden,
    pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') as missing from calls
  where pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001')
    <> pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') $$,
  'to a stranger a hidden room is like one that never was');
select is_empty($$ select function, pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001') from calls
  where function not like '%.%' and statement like '%p_room_id%'
    and pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001') ~ 'invalid_input|^22|^42'
    -- Those of the service alone.
    and pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001') !~ '^42501 permission denied for function ' $$,
  'and no function was refused for what else it was given');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select is_empty($$ select function, variant from calls
  where pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001')
    <> pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') $$,
  'nor can somebody tell who is banned from it');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is_empty('select 1 from public.profiles where id <> auth.uid()', 'a stranger sees nobody''s name');

-- The test can fail: to a member the room is not like a missing one.
reset role;
insert into public.room_members (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
set local role authenticated;
select isnt_empty($$ select function from calls
  where pg_temp.outcome(statement, 'b0000000-0000-4000-8000-000000000001')
    <> pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') $$, 'a member can tell');
select is_empty('select 1 from public.profiles where id <> auth.uid()',
  'a member who is not inside sees no name of those inside');
reset role;
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
set local role authenticated;
select is_empty('select 1 from public.rooms', 'a member who is banned sees the room no more');

select * from finish();
rollback;
