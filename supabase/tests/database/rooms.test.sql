-- Rooms and tags: public ones for everybody signed in, private ones for their creator and those inside.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(45);

insert into auth.users (id, email, raw_user_meta_data) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.test', '{"display_name": "Ada"}'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', '{"display_name": "Ben"}'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', '{"display_name": "Cyd"}');
insert into public.rooms (id, name, creator_id, privacy, is_active, closed_at) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000001', 'public', true, null),
  ('b0000000-0000-4000-8000-000000000002', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private', true, null),
  ('b0000000-0000-4000-8000-000000000003', 'Over', 'a0000000-0000-4000-8000-000000000001', 'public', false, now());
insert into public.room_tags (room_id, tag) values
  ('b0000000-0000-4000-8000-000000000001', 'math'), ('b0000000-0000-4000-8000-000000000002', 'secret');
insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', gen_random_uuid());

set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok('select * from public.rooms', '42501', null, 'anon: select of rooms is refused');
select throws_ok($$ insert into public.rooms (name) values ('x') $$, '42501', null, 'anon: insert of rooms is refused');
select throws_ok($$ update public.rooms set name = 'x' $$, '42501', null, 'anon: update of rooms is refused');
select throws_ok('delete from public.rooms', '42501', null, 'anon: delete of rooms is refused');
select throws_ok('select * from public.room_tags', '42501', null, 'anon: select of tags is refused');
select throws_ok($$ insert into public.room_tags values (gen_random_uuid(), 'x') $$, '42501', null,
  'anon: insert of tags is refused');
select throws_ok($$ update public.room_tags set tag = 'x' $$, '42501', null, 'anon: update of tags is refused');
select throws_ok('delete from public.room_tags', '42501', null, 'anon: delete of tags is refused');
select throws_ok('select public.list_rooms()', '42501', null, 'anon: listing is refused');
select throws_ok($$ select public.create_room('x') $$, '42501', null, 'anon: opening a room is refused');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select results_eq('select name from public.rooms', $$ values ('Open') $$,
  'a stranger sees active public rooms, no private and no closed one');
select results_eq('select tag from public.room_tags', $$ values ('math') $$, 'a stranger sees their tags only');
select throws_ok($$ insert into public.rooms (name) values ('x') $$, '42501', null,
  'authenticated: insert of rooms is refused');
select throws_ok($$ update public.rooms set name = 'x' $$, '42501', null, 'authenticated: update of rooms is refused');
select throws_ok('delete from public.rooms', '42501', null, 'authenticated: delete of rooms is refused');
select throws_ok($$ insert into public.room_tags values ('b0000000-0000-4000-8000-000000000001', 'x') $$, '42501', null,
  'authenticated: insert of tags is refused');
select throws_ok($$ update public.room_tags set tag = 'x' $$, '42501', null,
  'authenticated: update of tags is refused');
select throws_ok('delete from public.room_tags', '42501', null, 'authenticated: delete of tags is refused');
select throws_ok('select * from private.room_secrets', '42501', null, 'authenticated: secrets are refused');
select throws_ok('select private.drop_unseen_participants()', '42501', null,
  'authenticated: the scheduler''s functions are refused');
select throws_ok($$ select private.take_permit('a0000000-0000-4000-8000-000000000001', 'join_room') $$, '42501', null,
  'authenticated: another one''s permits are refused');
select is(jsonb_path_query_array(public.list_rooms(), '$[*].name'), '["Open"]'::jsonb,
  'a stranger lists public rooms');
select is(public.list_rooms('private'), '[]'::jsonb, 'a stranger lists no private room');
select is(public.list_rooms('public', '{secret}'), '[]'::jsonb, 'a private room''s tag finds nothing');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select results_eq('select name from public.rooms order by 1', $$ values ('Hidden'), ('Open'), ('Over') $$,
  'the creator sees all of their rooms');
select is(jsonb_path_query_array(public.list_rooms('private'), '$[*].name'), '["Hidden"]'::jsonb,
  'the creator lists their private room');
select is(jsonb_path_query_array(public.list_rooms(), '$[*].name'), '["Open"]'::jsonb,
  'a private room is not among the public ones, even for its creator');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select results_eq('select name from public.rooms order by 1', $$ values ('Hidden'), ('Open') $$,
  'somebody inside sees the private room');
select results_eq('select tag from public.room_tags order by 1', $$ values ('math'), ('secret') $$,
  'somebody inside sees its tags');
select is(jsonb_path_query_array(public.list_rooms('private'), '$[*].name'), '["Hidden"]'::jsonb,
  'somebody inside lists the private room');

-- The order, pages, search.
reset role;
delete from public.rooms;
insert into public.rooms (id, name, participant_count, empty_since, created_at)
select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Room ' || n || case when n = 7 then ' 100%_\' else '' end,
  n % 3, case when n % 3 = 0 then now() end, timestamptz '2026-01-01' + n % 4 * interval '1 day'
from generate_series(1, 30) as n;
insert into public.room_tags (room_id, tag)
select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, t
from generate_series(1, 30) as n, unnest(case when n % 10 = 0 then array['bio', 'chem'] else array['bio'] end) as t;

set local role authenticated;
select is(
  (with recursive pages as (
    select public.list_rooms(p_limit => 7) as page, 1 as number
    union all
    select public.list_rooms(p_limit => 7, p_after_count => (page -> -1 ->> 'participantCount')::int,
      p_after_created_at => (page -> -1 ->> 'createdAt')::timestamptz, p_after_id => (page -> -1 ->> 'id')::uuid), number + 1
    from pages where jsonb_array_length(page) > 0 and number < 20
  )
  select array_agg((room ->> 'id')::uuid order by number, place)
  from pages, jsonb_array_elements(page) with ordinality as r (room, place)),
  (select array_agg(id order by participant_count desc, created_at desc, id desc) from public.rooms),
  'pages follow one another without a gap or a repetition, fullest and newest first'
);
select is(jsonb_array_length(public.list_rooms(p_limit => 1000)), 21, 'a page has a largest size');
select is(jsonb_array_length(public.list_rooms(p_tags => '{Bio, chem}')), 3, 'a room must carry all tags asked for');
select is(jsonb_path_query_array(public.list_rooms(p_query => 'OOM 7'), '$[*].name'), '["Room 7 100%_\\"]'::jsonb,
  'search finds a part of the name, whatever its case');
select is(jsonb_array_length(public.list_rooms(p_query => '0%_\')), 1, 'wildcards are searched for literally');
select is(public.list_rooms(p_query => '%zzz'), '[]'::jsonb, 'what is not there is not found');
select is(public.list_rooms(p_query => $$' or true --$$), '[]'::jsonb, 'a quote in a search is a quote');
select is(public.list_rooms(p_tags => array[$$' or true --$$]), '[]'::jsonb, 'a quote in a tag is a quote');

select is(
  (with recursive pages as (
    select public.list_rooms(p_limit => 7, p_order => 'newest') as page, 1 as number
    union all
    select public.list_rooms(p_limit => 7, p_order => 'newest',
      p_after_created_at => (page -> -1 ->> 'createdAt')::timestamptz, p_after_id => (page -> -1 ->> 'id')::uuid), number + 1
    from pages where jsonb_array_length(page) > 0 and number < 20
  )
  select array_agg((room ->> 'id')::uuid order by number, place)
  from pages, jsonb_array_elements(page) with ordinality as r (room, place)),
  (select array_agg(id order by created_at desc, id desc) from public.rooms),
  'so do the pages of the newest first'
);
reset role;
update public.rooms set name = 'ZOO' where id = 'c0000000-0000-4000-8000-000000000001';
update public.rooms set name = 'Äther' where id = 'c0000000-0000-4000-8000-000000000002';
update public.rooms set name = 'astronomy' where id = 'c0000000-0000-4000-8000-000000000003';
update public.rooms set name = '数学' where id = 'c0000000-0000-4000-8000-000000000004';
update public.rooms set name = 'room 8' where id = 'c0000000-0000-4000-8000-000000000009';
set local role authenticated;
select is(
  (with recursive pages as (
    select public.list_rooms(p_limit => 7, p_order => 'name') as page, 1 as number
    union all
    select public.list_rooms(p_limit => 7, p_order => 'name',
      p_after_name_key => page -> -1 ->> 'sortKey', p_after_id => (page -> -1 ->> 'id')::uuid), number + 1
    from pages where jsonb_array_length(page) > 0 and number < 20
  )
  select array_agg(room ->> 'name' order by number, place)
  from pages, jsonb_array_elements(page) with ordinality as r (room, place)),
  (select array['astronomy', 'Äther'] || array_agg(name order by lower(name) collate "C", id) || array['ZOO', '数学'] from public.rooms
    where lower(name) like 'room%'),
  'and those by name, whatever its case and its accents, two of one name in a row'
);
reset role;
select is(array(select private.room_name_key(n) from unnest(array['ÉCOLE Ñ Σας 한국', 'ΣΑΣ', 'İstanbul', '数学 2']) as n),
  array['ecole n σας 한국', 'σασ', 'istanbul', '数学 2'], 'a name is sorted by its letters, as roomOrder.test.ts has it, too');
-- A few rows are sorted sooner than they are looked up.
set local enable_sort = off;
create function pg_temp.plan_of(p_statement text) returns text language plpgsql as $$
declare
  v_plan json;
begin
  execute 'explain (format json) ' || p_statement into v_plan;
  return v_plan::text;
end $$;
select ok(pg_temp.plan_of('select id from public.rooms r where is_active and privacy = ''public'' and '
  || '((private.room_name_key(r.name)) collate "C", r.id) > (''m'', ''00000000-0000-0000-0000-000000000000'') order by '
  || '(private.room_name_key(r.name)) collate "C", r.id limit 20') like '%rooms_by_name_idx%Index Cond%', 'by name an index is read on');
set local role authenticated;

-- Rooms with a place.
reset role;
delete from public.rooms;
insert into public.rooms (name, privacy, creator_id, max_participants, participant_count, empty_since, mesh_only_count) values
  ('Full', 'public', null, 2, 2, null, 0), ('Mesh', 'public', null, 50, 4, null, 1), ('Four', 'public', null, 50, 4, null, 0),
  ('Free', 'public', null, 3, 2, null, 0), ('Empty', 'public', null, 2, 0, now(), 0),
  ('Own full', 'private', 'a0000000-0000-4000-8000-000000000001', 2, 2, null, 0),
  ('Own free', 'private', 'a0000000-0000-4000-8000-000000000001', 2, 1, null, 0);
create function pg_temp.with_room(p_has_sfu boolean, p_privacy public.room_privacy) returns jsonb language plpgsql as $$
declare
  v_rooms jsonb;
begin
  update private.config set has_sfu = p_has_sfu, mesh_capacity = 4;
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-000000000001', true);
  set local role authenticated;
  v_rooms := public.list_rooms(p_privacy, p_order => 'name', p_has_room => true);
  reset role;
  return jsonb_build_object('names', jsonb_path_query_array(v_rooms, '$[*].name'),
    'full', jsonb_path_exists(v_rooms, '$[*] ? (@.participantCount >= @.capacity)'));
end $$;
select is(pg_temp.with_room(true, 'public'), '{"names": ["Empty", "Four", "Free"], "full": false}',
  'with a media server rooms are full when their creator says so, or an older client inside');
select is(pg_temp.with_room(false, 'public'), '{"names": ["Empty", "Free"], "full": false}', 'without one at what a mesh carries');
select is(pg_temp.with_room(true, 'private'), '{"names": ["Own free"], "full": false}', 'the same of one''s own');

select * from finish();
rollback;
