-- Joining, leaving, taking over, capacity, passwords.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(46);
update private.limits set max_count = 1000 where action = 'join_room';

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 7) as n;
insert into public.rooms (id, name, creator_id, privacy, max_participants) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000001', 'public', 50),
  ('b0000000-0000-4000-8000-000000000002', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private', 50),
  ('b0000000-0000-4000-8000-000000000003', 'Locked', 'a0000000-0000-4000-8000-000000000001', 'private', 50),
  ('b0000000-0000-4000-8000-000000000004', 'For two', 'a0000000-0000-4000-8000-000000000001', 'public', 2),
  ('b0000000-0000-4000-8000-000000000005', 'Open, locked', 'a0000000-0000-4000-8000-000000000001', 'public', 50);
select private.set_room_password('b0000000-0000-4000-8000-000000000003', 'correct horse');
select private.set_room_password('b0000000-0000-4000-8000-000000000005', repeat('x', 72));

select ok((select password_hash like '$2a$10$%' from private.room_secrets
  where room_id = 'b0000000-0000-4000-8000-000000000003'), 'passwords are kept as bcrypt of cost 10');
select ok((select has_password from public.rooms where id = 'b0000000-0000-4000-8000-000000000003'),
  'a room tells that it has a password');
select throws_ok($$ select private.set_room_password('b0000000-0000-4000-8000-000000000003', repeat('x', 73)) $$,
  'PT400', 'invalid_input', 'a password of more than 72 bytes is refused');

-- Joining.
set local role authenticated;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.join_room('b0000000-0000-4000-8000-000000000001', gen_random_uuid()) $$, 'PT401',
  'not_signed_in', 'joining needs an account');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001')
  - 'room' - 'participants' - 'timer' - 'recording',
  '{"topology": "mesh", "epoch": 0, "channel": "room:b0000000-0000-4000-8000-000000000001"}',
  'joining answers how media travels and which channel to join');
select throws_ok($$ select public.join_room('b0000000-0000-4000-8000-000000000001', null) $$, 'PT400', 'invalid_input',
  'joining needs a connection');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(jsonb_path_query_array(
  public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002'),
  '$.participants[*].displayName'), '["Person 1", "Person 2"]', 'joining answers who is in, oneself included');
select is((public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002')
  -> 'room' ->> 'participantCount')::int, 2, 'joining again with the same connection changes nothing');
select results_eq($$ select count(*) from public.room_participants $$, $$ values (2::bigint) $$,
  'and makes no second stay');

select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-00000000000b')
  -> 'room' ->> 'participantCount', '2', 'a second device takes over');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002'),
  'replaced', 'the first device is told why');
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002'),
  '{"refusal": "not_participant", "reason": "replaced"}', 'a replaced connection does not take the room back');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-00000000000b'),
  'present', 'the second device stays');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001'),
  '{"refusal": "invalid_input"}', 'nobody joins as another one''s connection');
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003')
  -> 'room' ->> 'participantCount', '3', 'a third one joins');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000004')
  -> 'room' ->> 'participantCount', '4', 'a fourth one joins');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000005';
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000005'),
  '{"refusal": "room_full", "capacity": 4, "needsSfu": true}', 'a fifth one is told that it takes a media server');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-00000000000d')
  -> 'room' ->> 'participantCount', '4', 'taking over works in a full room');

reset role;
select ok((select bool_and(joined_at > earlier) from (
    select joined_at, lag(joined_at) over (order by joined_at) as earlier from public.room_participants where is_active
  ) as o where earlier is not null), 'no two people joined at the same moment');
select ok((select bool_and(joined_at = date_trunc('milliseconds', joined_at)) from public.room_participants),
  'the order shows in milliseconds');
select is((select participant_count from public.rooms where id = 'b0000000-0000-4000-8000-000000000001'), 4,
  'the count is right');
select is((select empty_since from public.rooms where id = 'b0000000-0000-4000-8000-000000000001'), null,
  'a room with people is not empty');

update private.config set has_sfu = true;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000005';
select is(public.join_room('b0000000-0000-4000-8000-000000000004', gen_random_uuid()) -> 'room' ->> 'capacity', '2',
  'a room for two is for two');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000006';
select is(public.join_room('b0000000-0000-4000-8000-000000000004', gen_random_uuid()) -> 'room' ->> 'capacity', '2',
  'a second one joins it');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000007';
select is(public.join_room('b0000000-0000-4000-8000-000000000004', gen_random_uuid()),
  '{"refusal": "room_full", "capacity": 2, "needsSfu": false}', 'a third one does not');

-- Leaving.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select lives_ok($$ select public.leave_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001') $$,
  'leaving with another one''s connection is no error');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003'),
  'present', 'and ends nothing');
select lives_ok($$ select public.leave_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003') $$,
  'people leave');
select lives_ok($$ select public.leave_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003') $$,
  'leaving twice is fine');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003'),
  'gone', 'who has left is out');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select public.leave_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001');
reset role;
select ok((select is_active and participant_count = 2 from public.rooms where id = 'b0000000-0000-4000-8000-000000000001'),
  'the room lives on without its creator');

-- Privacy and passwords.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.join_room('b0000000-0000-4000-8000-000000000002', gen_random_uuid()), '{"refusal": "room_unavailable"}',
  'a hidden room');
select is(public.join_room('b0000000-0000-4000-8000-00000000ffff', gen_random_uuid(), 'guess'),
  '{"refusal": "room_unavailable"}', 'a room that does not exist');
select is(public.join_room('b0000000-0000-4000-8000-000000000003', gen_random_uuid(), 'guess'),
  '{"refusal": "room_unavailable"}', 'a wrong password');
select is(public.join_room('b0000000-0000-4000-8000-000000000003', gen_random_uuid()),
  '{"refusal": "room_unavailable"}', 'no password');
select is(public.join_room('b0000000-0000-4000-8000-000000000005', gen_random_uuid(), repeat('x', 73)),
  '{"refusal": "room_unavailable"}', 'a password that only begins like the right one');
select is(public.join_room('b0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000022', 'correct horse')
  -> 'room' ->> 'name', 'Locked', 'the right password opens a private room');
select is(public.join_room('b0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000222')
  -> 'room' ->> 'participantCount', '1', 'whoever is inside needs no password for a second device');
select is(public.join_room('b0000000-0000-4000-8000-000000000005', gen_random_uuid(), repeat('x', 72))
  -> 'room' ->> 'name', 'Open, locked', 'a public room may have a password, too');
reset role;
select is((select cardinality(taken_at) from private.permits
  where user_id = 'a0000000-0000-4000-8000-000000000002' and action = 'wrong_password'), 5,
  'all that was refused is counted, the right password is not');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.join_room('b0000000-0000-4000-8000-000000000002', gen_random_uuid()) -> 'room' ->> 'name', 'Hidden',
  'the creator joins their private room');
select is(public.join_room('b0000000-0000-4000-8000-000000000003', gen_random_uuid()) -> 'room' ->> 'name', 'Locked',
  'the creator needs no password');

-- An account that goes.
reset role;
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000001';
select ok((select creator_id = 'a0000000-0000-4000-8000-000000000002' and is_active and participant_count = 1 from public.rooms
  where id = 'b0000000-0000-4000-8000-000000000003'), 'a deleted account leaves its rooms, and they live on with who is inside');
select is_empty($$ select * from public.rooms r where participant_count <>
  (select count(*) from public.room_participants p where p.room_id = r.id and p.is_active) $$, 'every count is right');

update public.rooms set is_active = false, closed_at = now() where id = 'b0000000-0000-4000-8000-000000000005';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok($$ select public.join_room('b0000000-0000-4000-8000-000000000002', gen_random_uuid()) $$, 'PT401',
  'not_signed_in', 'a token that outlives its account is worth nothing');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000006';
select is(public.join_room('b0000000-0000-4000-8000-000000000005', gen_random_uuid(), repeat('x', 72)),
  '{"refusal": "room_closed"}', 'a closed room says so to who could have entered');

select * from finish();
rollback;
