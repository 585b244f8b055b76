-- Who is in a room: seen by those inside, written by the functions only.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(25);

insert into auth.users (id, email, raw_user_meta_data) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.test', '{"display_name": "Ada"}'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', '{"display_name": "Ben"}'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', '{"display_name": "Cyd"}');
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000003');
insert into public.room_participants (room_id, user_id, connection_id, joined_at) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001',
   'c0000000-0000-4000-8000-000000000001', now()),
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
   'c0000000-0000-4000-8000-000000000002', now() + interval '1 second');

set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok('select * from public.room_participants', '42501', null, 'anon: select is refused');
select throws_ok($$ insert into public.room_participants (room_id, user_id, connection_id)
  values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid()) $$, '42501', null, 'anon: insert is refused');
select throws_ok('update public.room_participants set is_active = false', '42501', null, 'anon: update is refused');
select throws_ok('delete from public.room_participants', '42501', null, 'anon: delete is refused');
select throws_ok($$ select public.list_participants('b0000000-0000-4000-8000-000000000001') $$, '42501', null,
  'anon: listing is refused');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is_empty('select * from public.room_participants', 'the creator who is not inside sees nobody');
select throws_ok($$ select public.list_participants('b0000000-0000-4000-8000-000000000001') $$, 'PT403',
  'not_participant', 'somebody outside is refused');
select throws_ok($$ select public.list_participants('b0000000-0000-4000-8000-00000000ffff') $$, 'PT403',
  'not_participant', 'a room that does not exist is refused alike');
select throws_ok($$ select public.set_media_state('b0000000-0000-4000-8000-000000000001', true, true, false) $$,
  'PT403', 'not_participant', 'somebody outside has no media state');
select throws_ok($$ insert into public.room_participants (room_id, user_id, connection_id)
  values ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003', gen_random_uuid()) $$,
  '42501', null, 'authenticated: insert is refused');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001'),
  'gone', 'nobody keeps another one''s stay alive');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select results_eq('select connection_id from public.room_participants order by joined_at',
  $$ values ('c0000000-0000-4000-8000-000000000001'::uuid), ('c0000000-0000-4000-8000-000000000002'::uuid) $$,
  'people see who is in a room with them');
select throws_ok('update public.room_participants set is_active = false', '42501', null,
  'authenticated: update is refused');
select throws_ok('delete from public.room_participants', '42501', null, 'authenticated: delete is refused');
select is(jsonb_path_query_array(public.list_participants('b0000000-0000-4000-8000-000000000001'), '$[*].displayName'),
  '["Ada", "Ben"]', 'people inside are listed by their joining');
select lives_ok($$ select public.set_media_state('b0000000-0000-4000-8000-000000000001', false, false, true) $$,
  'people set their own media state');
select is(public.list_participants('b0000000-0000-4000-8000-000000000001') -> 0 -> 'mediaState',
  '{"isMuted": false, "isVideoOff": false, "isScreensharing": true}', 'a media state is kept');
select is(public.list_participants('b0000000-0000-4000-8000-000000000001') -> 1 -> 'mediaState',
  '{"isMuted": true, "isVideoOff": true, "isScreensharing": false}', 'another one''s media state is not touched');
select throws_ok($$ select public.set_media_state('b0000000-0000-4000-8000-000000000001', null, true, false) $$,
  'PT400', 'invalid_input', 'a media state has no gaps');
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001'),
  'present', 'a heartbeat says that the stay goes on');

reset role;
update public.rooms set settings = settings || '{"allow_video": false, "allow_screenshare": false}';
set local role authenticated;
select is(public.set_media_state('b0000000-0000-4000-8000-000000000001', true, false, false),
  '{"refusal": "not_allowed"}', 'no camera where the room does not allow it');
select is(public.set_media_state('b0000000-0000-4000-8000-000000000001', true, true, true),
  '{"refusal": "not_allowed"}', 'no screen where the room does not allow it');

reset role;
update public.room_participants set is_active = false, left_at = now(), left_reason = 'left'
where user_id = 'a0000000-0000-4000-8000-000000000001';
set local role authenticated;
select results_eq('select left_reason from public.room_participants', $$ values ('left') $$,
  'somebody who has left sees their own stay and nobody else''s');
select throws_ok($$ select public.list_participants('b0000000-0000-4000-8000-000000000001') $$, 'PT403',
  'not_participant', 'somebody who has left is refused');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select results_eq('select count(*) from public.room_participants', $$ values (1::bigint) $$,
  'those inside do not see who has left');

select * from finish();
rollback;
