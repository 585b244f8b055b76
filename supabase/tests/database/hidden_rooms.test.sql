-- Nobody can tell a hidden room, or what belongs to one, from what never was: every function with the id of a room, a
-- recurring room, a recording, a message or a study session; every table.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(13);
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
create function pg_temp.call_of(p_function pg_proc, p_parameter text, p_variant int) returns text language sql as $$
  select format('select public.%I(%s)::text', p_function.proname, (select string_agg(format('%I => %s', a.name, case
      when a.name = p_parameter then quote_literal('{room}') || '::uuid'
      when a.name = 'p_password' then quote_literal('guess')
      when a.name = 'p_reason' then quote_literal('spam')
      when a.name = 'p_changes' then quote_literal('{"name": "Mine"}')
      when a.name = 'p_user_id' and p_variant = 1 then quote_literal('a0000000-0000-4000-8000-000000000001') || '::uuid'
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
    from unnest(p_function.proargnames, p_function.proargtypes::oid[]) with ordinality as a (name, type, place)
    join pg_type t on t.oid = a.type where a.place <= p_function.pronargs))
$$;
create temporary table calls as
select p.oid::regprocedure::text as function, v.variant, pg_temp.call_of(p, 'p_room_id', v.variant) as statement
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

-- What belongs to others, by the parameter that takes its id: a recurring room, and in the hidden room a recording that
-- is asked for, a message, and the study session of who is in it.
insert into public.recurring_rooms (id, owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes) values
  ('e0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'Again',
  '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}', 'FREQ=DAILY', '2026-11-01 18:00', 'UTC', 60);
insert into public.recordings (id, room_id, requester_id) values
  ('e0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002');
insert into public.messages (id, room_id, author_id, client_message_id, body) values
  ('e0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
  gen_random_uuid(), 'Hidden');
-- It began with the stay.
update public.study_sessions set id = 'e0000000-0000-4000-8000-000000000004'
where user_id = 'a0000000-0000-4000-8000-000000000002';
create temporary table things (parameter, hidden_id) as
select v.parameter, v.hidden_id from (values
  ('p_recurring_room_id', 'e0000000-0000-4000-8000-000000000001'), ('p_recording_id', 'e0000000-0000-4000-8000-000000000002'),
  ('p_message_id', 'e0000000-0000-4000-8000-000000000003'), ('p_session_id', 'e0000000-0000-4000-8000-000000000004')) as v (parameter, hidden_id);
create temporary table thing_calls as
select p.oid::regprocedure::text as function, t.parameter, t.hidden_id, v.variant, pg_temp.call_of(p, t.parameter, v.variant) as statement
from pg_proc p join things t on t.parameter = any (p.proargnames), generate_series(1, 2) as v (variant)
where p.pronamespace = 'public'::regnamespace
order by p.proname, v.variant;
grant select on thing_calls to authenticated;

select cmp_ok((select count(distinct function)::int from calls where statement like 'select public.%p_room_id%'), '>=', 20,
  'there is something to ask');

select is_empty(
  $$ select p.proname, a.name from pg_proc p, unnest(p.proargnames, p.proargtypes::oid[]) as a (name, type)
     where p.pronamespace = 'public'::regnamespace and a.type = 'uuid'::regtype
       and a.name not in (select parameter from things)
       -- Rooms have a part of their own; people and connections say nothing of a room by themselves; the others are made up
       -- by the caller, or are a place in a list that the caller may read anyway.
       and a.name not in ('p_room_id', 'p_user_id', 'p_connection_id', 'p_client_message_id', 'p_idempotency_key',
         'p_before_id', 'p_after_id', 'p_invite_id', 'p_lease_id') $$,
  'every parameter that takes an id is known here');
select cmp_ok((select count(distinct function)::int from thing_calls), '>=', 15, 'there are things to ask for');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is_empty($$ select function, variant, pg_temp.outcome(statement, hidden_id) as hidden,
    pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') as missing from thing_calls
  where pg_temp.outcome(statement, hidden_id) <> pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff') $$,
  'to a stranger what belongs to others is like what never was');
select is_empty($$ select function, pg_temp.outcome(statement, hidden_id) from thing_calls
  where pg_temp.outcome(statement, hidden_id) ~ 'invalid_input|^22|^42' $$, 'and no function was refused for what else it was given');
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

-- This one as well: what is one's own, or in the room where one is, is not like what is missing.
reset role;
create temporary table who as select * from (values ('p_recurring_room_id', 1), ('p_recording_id', 2), ('p_message_id', 2),
  ('p_session_id', 2)) as v (parameter, person);
create function pg_temp.can_tell(p_parameter text, p_person int) returns boolean language plpgsql as $$
declare
  v_can_tell boolean;
begin
  set local role authenticated;
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_person, true);
  select bool_or(pg_temp.outcome(statement, hidden_id) <> pg_temp.outcome(statement, 'b0000000-0000-4000-8000-00000000ffff'))
  into v_can_tell from thing_calls where parameter = p_parameter;
  reset role;
  return v_can_tell;
end $$;
select is_empty('select parameter from who where pg_temp.can_tell(parameter, person) is not true', 'whose it is can tell');

select * from finish();
rollback;
