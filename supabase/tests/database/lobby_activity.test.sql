-- Common tags, totals, and search by tags: public active rooms only.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(32);

delete from public.rooms;
insert into auth.users (id, email) values ('a0000000-0000-4000-8000-000000000001', 'ada@example.test');
insert into public.rooms (id, name, privacy, is_active, closed_at, created_at) values
  ('b0000000-0000-4000-8000-000000000001', 'One', 'public', true, null, now() - interval '3 minutes'),
  ('b0000000-0000-4000-8000-000000000002', 'Two', 'public', true, null, now() - interval '2 minutes'),
  ('b0000000-0000-4000-8000-000000000003', 'Hidden', 'private', true, null, now()),
  ('b0000000-0000-4000-8000-000000000004', 'Over', 'public', false, now(), now());
insert into public.room_tags (room_id, tag) values
  ('b0000000-0000-4000-8000-000000000001', 'maths'), ('b0000000-0000-4000-8000-000000000002', 'maths'),
  ('b0000000-0000-4000-8000-000000000001', 'exam 100%'), ('b0000000-0000-4000-8000-000000000003', 'secret'),
  ('b0000000-0000-4000-8000-000000000004', 'past');
update public.rooms set participant_count = 3, empty_since = null where name in ('One', 'Hidden');

set local role anon;
select throws_ok('select public.list_common_tags()', '42501', null, 'anon: common tags are refused');
set local role authenticated;
set local request.jwt.claim.sub = '';
select throws_ok('select public.list_common_tags()', 'PT401', 'not_signed_in', 'counting needs an account');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.list_common_tags(), '{"tags": [{"tag": "maths", "roomCount": 2, "participantCount": 3},
  {"tag": "exam 100%", "roomCount": 1, "participantCount": 3}], "totals": {"roomCount": 2, "participantCount": 3}}'::jsonb,
  'few rooms are counted at once; private and closed ones are not');
select throws_ok('select * from private.lobby_activity', '42501', null, 'authenticated: the view itself is refused');
select throws_ok('select * from private.lobby_activity_now', '42501', null, 'and what it is made of');
select throws_ok('select * from private.lobby_refresh', '42501', null, 'and when');
select throws_ok('select private.refresh_lobby_activity()', '42501', null, 'authenticated: refreshing is refused');
select throws_ok('select * from private.room_search', '42501', null, 'authenticated: the words are refused');
select throws_ok('select * from private.scheduled_tasks', '42501', null, 'authenticated: the schedule is refused');
select throws_ok('select private.schedule_tasks()', '42501', null, 'and cannot be set up');

-- Many rooms.
reset role;
insert into public.rooms (name) select 'More' from generate_series(1, 200);
update private.lobby_refresh set refreshed_at = '-infinity', took = '0', changed_at = '-infinity', change_count = -1;
select ok(private.refresh_lobby_activity(), 'the view is refreshed');
select results_eq('select tag, room_count, participant_count from private.lobby_activity order by tag',
  $$ values ('', 202, 3), ('exam 100%', 1, 3), ('maths', 2, 3) $$, 'and holds the same figures');
update public.room_tags set tag = 'physics' where tag = 'maths';
set local role authenticated;
select is(jsonb_path_query_array(public.list_common_tags(), '$.tags[*].tag'), '["maths", "exam 100%"]',
  'many rooms are read as they were counted last');
select is(public.list_common_tags() -> 'totals', '{"roomCount": 202, "participantCount": 3}', 'totals as well');
reset role;
update private.lobby_refresh set refreshed_at = clock_timestamp(), took = '1 hour';
select ok(not private.refresh_lobby_activity(), 'a refresh that was dear is not repeated at once');
update private.lobby_refresh set took = '0', changed_at = now() - interval '2 minutes';
select ok(not private.refresh_lobby_activity(), 'nor one after which nothing changed for a minute');
update private.lobby_refresh set changed_at = now() - interval '30 seconds';
select ok(private.refresh_lobby_activity(), 'but for a minute it is, since what changed may still be on its way');
insert into public.room_tags (room_id, tag) select r.id, 'tag ' || n from public.rooms r, generate_series(1, 1100) as n
where r.name = 'Two';
update private.lobby_refresh set took = '0', changed_at = clock_timestamp();
select private.refresh_lobby_activity();
select is((select count(*)::int from private.lobby_activity), 1001,
  'however many tags there are, a thousand are kept');
delete from public.room_tags where tag like 'tag %';

-- Search.
create function pg_temp.found(p_query text, p_privacy public.room_privacy default 'public') returns text language plpgsql as $$
declare
  v_names text;
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-000000000001', true);
  set local role authenticated;
  select string_agg(r ->> 'name', ',' order by r ->> 'name') into v_names
  from jsonb_array_elements(public.list_rooms(p_privacy, p_query => p_query)) as r;
  reset role;
  return v_names;
end $$;
select is(pg_temp.found('PHYS'), 'One,Two', 'search finds a part of a tag, whatever its case');
select is(pg_temp.found('wo'), 'Two', 'and of a name');
select is(pg_temp.found('0%'), 'One', 'wildcards are searched for literally in tags, too');
select is(pg_temp.found('secret'), null, 'a private room is not found');
select is(pg_temp.found('past'), null, 'nor a closed one');
select is(pg_temp.found(E'Two\nphysics'), null, 'nothing is found across a name and a tag');
update public.rooms set creator_id = 'a0000000-0000-4000-8000-000000000001' where name = 'Hidden';
select is(pg_temp.found('secr', 'private'), 'Hidden', 'one''s own private room is found by its tag');
update public.rooms set privacy = 'public' where name = 'Hidden';
select is(pg_temp.found('secret'), 'Hidden', 'once it is public everybody finds it');
update public.rooms set name = 'Renamed' where name = 'Two';
select is(pg_temp.found('renam') || coalesce(pg_temp.found('two'), ''), 'Renamed', 'a new name is found, the old one is not');
update public.rooms set privacy = 'private' where name = 'Renamed';
select is(pg_temp.found('renam'), null, 'a room that was hidden is not');
update public.rooms set is_active = false, closed_at = now() where name = 'One';
select is((select count(*)::int from private.room_search), 201, 'what is searched holds what is in the lobby, and no more');

-- The lobby hears of tags.
set constraints all immediate;
set constraints all deferred;
update public.rooms set privacy = 'public', created_at = now() - interval '1 minute' where name = 'Renamed';
set constraints all immediate;
delete from realtime.messages;
set constraints all deferred;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
update public.rooms set creator_id = 'a0000000-0000-4000-8000-000000000001' where name = 'Renamed';
select lives_ok($$ select public.update_room_settings('b0000000-0000-4000-8000-000000000002', '{"tags": ["chemistry"]}') $$,
  'a creator changes the tags');
set constraints all immediate;
select results_eq('select event, payload ->> ''name'', payload -> ''tags'' from realtime.messages',
  $$ values ('room_changed', 'Renamed', '["chemistry"]'::jsonb) $$, 'the lobby is told of new tags, once');

-- The schedule.
select is_empty('select function_name from private.scheduled_tasks where to_regprocedure(function_name || ''()'') is null',
  'everything that is scheduled is there');

select * from finish();
rollback;
