-- What the lobby tells of one's own past and of people one knows.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(25);

-- 1 Ada, 2 Ben, 3 Cyd, 4 Dan: the first three belong to one recurring room, Ada's; Dan to none.
insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test',
  jsonb_build_object('display_name', (array['Ada', 'Ben', 'Cyd', 'Dan'])[n])
from generate_series(1, 4) as n;
insert into public.recurring_rooms (id, owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes) values
  ('e0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'Again',
  '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}', 'FREQ=DAILY', '2026-11-01 18:00', 'UTC', 60);
insert into public.recurring_room_members (recurring_room_id, user_id) values
  ('e0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('e0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000004', 'public'),
  ('b0000000-0000-4000-8000-000000000002', 'Hidden', 'a0000000-0000-4000-8000-000000000002', 'private'),
  ('b0000000-0000-4000-8000-000000000003', 'Other', null, 'public'),
  ('b0000000-0000-4000-8000-000000000004', 'Theirs', 'a0000000-0000-4000-8000-000000000002', 'private');
insert into public.rooms (id, name, privacy, recurring_room_id) values
  ('b0000000-0000-4000-8000-000000000005', 'Again', 'public', 'e0000000-0000-4000-8000-000000000001');

create function pg_temp.as_person(p_number int) returns void language sql as $$
  select set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_number, true),
    set_config('role', 'authenticated', true)
$$;
create function pg_temp.stay(p_number int, p_room int, p_left interval default null) returns void language sql as $$
  insert into public.room_participants (room_id, user_id, connection_id, joined_at, is_active, left_at, left_reason)
  values (('b0000000-0000-4000-8000-00000000000' || p_room)::uuid, ('a0000000-0000-4000-8000-00000000000' || p_number)::uuid,
    gen_random_uuid(), now() - interval '1 day', p_left is null, now() - p_left, case when p_left is not null then 'left' end)
$$;
create function pg_temp.recent() returns text language sql as $$
  select string_agg(r ->> 'name', ',' order by n) from jsonb_array_elements(public.list_recent_rooms()) with ordinality as x (r, n)
$$;
create function pg_temp.known() returns text language sql as $$
  select string_agg(concat_ws(' ', right(r ->> 'roomId', 1), r -> 'names', r ->> 'count'), '; ' order by r ->> 'roomId')
  from jsonb_array_elements(public.list_known_people() -> 'rooms') as r
$$;
grant execute on function pg_temp.recent(), pg_temp.known(), pg_temp.as_person(int) to public;

-- Recent rooms.
select set_config('role', 'anon', true);
select throws_ok('select public.list_recent_rooms()', '42501', null, 'anon: one''s rooms are refused');
select throws_ok('select public.list_known_people()', '42501', null, 'anon: whom one knows is refused');
select throws_ok('select public.set_whereabouts(true)', '42501', null, 'anon: choosing is refused');
reset role;
select pg_temp.as_person(1);
select is(public.list_recent_rooms(), '[]', 'who was nowhere has no recent rooms');
reset role;
select pg_temp.stay(1, 1, '3 hours'), pg_temp.stay(1, 3, '1 hour'), pg_temp.stay(1, 3, '5 hours'), pg_temp.stay(1, 5, '1 minute'),
  pg_temp.stay(1, 2, '2 hours'), pg_temp.stay(1, 4, '2 hours');
insert into public.room_members (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001');
select pg_temp.as_person(1);
select is(pg_temp.recent(), 'Other,Hidden,Open',
  'one''s open rooms, the latest first and each once: without those of recurring rooms, and private ones only as a member');
select is(public.list_recent_rooms() -> 0 ->> 'id', 'b0000000-0000-4000-8000-000000000003', 'as the lobby lists them');
reset role;
select pg_temp.as_person(2);
select is(public.list_recent_rooms(), '[]', 'nobody else is told of them');
reset role;
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001');
insert into public.blocked_people (blocker_id, blocked_id, display_name) values
  ('a0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000001', 'Ada');
select pg_temp.as_person(1);
select is(pg_temp.recent(), 'Other,Open', 'a ban hides a private room; a public one stays, as in the lobby, and tells of no block');
reset role;
update public.rooms set is_active = false, closed_at = now() where name = 'Other';
select pg_temp.as_person(1);
select is(pg_temp.recent(), 'Open', 'a closed one is gone');
reset role;
update public.rooms set is_active = true, closed_at = null where name = 'Other';
delete from public.blocked_people;

-- People one knows.
select pg_temp.as_person(1);
select is(public.list_known_people(), '{"isShown": false, "rooms": []}', 'nobody is told of anybody before they have chosen it');
select is(public.set_whereabouts(true), '{}', 'somebody lets others know where they are');
select is(public.set_whereabouts(true), '{}', 'twice is fine');
reset role;
insert into private.shown_whereabouts (user_id) select id from auth.users on conflict do nothing;
select pg_temp.stay(2, 1), pg_temp.stay(3, 1), pg_temp.stay(4, 1), pg_temp.stay(4, 3), pg_temp.stay(2, 4);
select pg_temp.as_person(1);
select is(pg_temp.known(), '1 ["Ben", "Cyd"] 2', 'the owner is told of members in a public room, not of others, nor of private rooms');
select is(public.list_known_people() -> 'isShown', 'true', 'and others are told of them, as they have chosen');
reset role;
select pg_temp.as_person(2);
select is(pg_temp.known(), '1 ["Cyd"] 1', 'a member of other members, not of themselves');
reset role;
select pg_temp.as_person(4);
select is(pg_temp.known(), null, 'who belongs to no recurring room knows nobody, though they are in one room');
reset role;
insert into public.blocked_people (blocker_id, blocked_id, display_name) values
  ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'Ada');
select pg_temp.as_person(1);
select is(pg_temp.known(), '1 ["Cyd"] 1', 'not of who has blocked one');
reset role;
update public.blocked_people set blocker_id = blocked_id, blocked_id = blocker_id;
select pg_temp.as_person(1);
select is(pg_temp.known(), '1 ["Cyd"] 1', 'nor of whom one has blocked');
reset role;
delete from public.blocked_people;
select pg_temp.as_person(3);
select throws_ok('select public.set_whereabouts(null)', 'PT400', 'invalid_input', 'a choice is one or the other');
select is(public.set_whereabouts(false), '{}', 'somebody hides where they are');
select is(public.list_known_people(), '{"isShown": false, "rooms": []}', 'they are told of nobody then');
select throws_ok('select * from private.shown_whereabouts', '42501', null, 'who has chosen what is told to nobody');
reset role;
select pg_temp.as_person(1);
select is(pg_temp.known(), '1 ["Ben"] 1', 'and nobody is told of them');
reset role;
select pg_temp.as_person(3);
select is(public.set_whereabouts(true), '{}', 'it can be changed back');
reset role;
delete from public.recurring_room_members where user_id = 'a0000000-0000-4000-8000-000000000002';
select pg_temp.as_person(1);
select is(pg_temp.known(), '1 ["Cyd"] 1', 'who has left the recurring room is known no more');

select * from finish();
rollback;
