-- Changing a room, closing it, and what its creator may do about the people in it.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(64);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 5) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Room', 'a0000000-0000-4000-8000-000000000001', 'public');
insert into public.room_participants (room_id, user_id, connection_id, joined_at, media_state)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid,
  ('c0000000-0000-4000-8000-00000000000' || n)::uuid, now() + n * interval '1 second',
  '{"is_muted": false, "is_video_off": false, "is_screensharing": true}'
from generate_series(1, 4) as n;
set constraints all immediate;
delete from realtime.messages;
set constraints all deferred;

-- Changing.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is((public.update_room_settings('b0000000-0000-4000-8000-000000000001',
  '{"name": " Maths  room ", "tags": ["Maths", "exam"], "maxParticipants": 3, "settings": {"allowVideo": false, "allow_chat": false}, "password": "secret"}')
  -> 'room') - 'createdAt' - 'creatorId' - 'recurringRoomId' - 'id' - 'capacity',
  '{"name": "Maths room", "tags": ["exam", "maths"], "privacy": "public", "hasPassword": true, "isLocked": false,
    "maxParticipants": 3, "participantCount": 4,
    "settings": {"allowChat": false, "allowVideo": false, "allowScreenshare": true, "allowTimerControl": true, "allowRecording": true,
      "waitingRoom": false}}',
  'a creator changes everything, and nobody is put out');
reset role;
set constraints all immediate;
select results_eq($$ select topic, event, payload -> 'tags' from realtime.messages order by topic $$,
  $$ values ('room:b0000000-0000-4000-8000-000000000001', 'room_changed', '["exam", "maths"]'::jsonb),
            ('rooms:lobby', 'room_changed', '["exam", "maths"]'::jsonb) $$, 'the room and the lobby are told once each');
set constraints all deferred;
delete from realtime.messages;
select ok((select bool_and((media_state -> 'is_video_off')::boolean and (media_state -> 'is_screensharing')::boolean)
  from public.room_participants where is_active), 'cameras that are not allowed any more are off, and nothing else is');
select ok((select password_hash = extensions.crypt('secret', password_hash) from private.room_secrets), 'the password is set');
set local role authenticated;
select throws_ok(format($$ select public.update_room_settings('b0000000-0000-4000-8000-000000000001', %L) $$, c), 'PT400',
  'invalid_input', 'refused: ' || left(c, 40))
from unnest(array['{}', '[]', '{"name": ""}', '{"name": 1}', '{"creator_id": "x"}', '{"privacy": "secret"}', '{"maxParticipants": 51}',
  '{"maxParticipants": 2.5}', '{"tags": [1]}', '{"settings": {"allowChat": "no"}}', '{"settings": {"more": true}}',
  '{"password": ""}']) as c;
select is(public.update_room_settings('b0000000-0000-4000-8000-000000000001', '{"tags": ["exam"], "password": null}')
  -> 'room' -> 'hasPassword', 'false', 'null takes the password away');
reset role;
set constraints all immediate;
select is((select count(*)::int from realtime.messages where topic = 'rooms:lobby'), 1, 'the lobby is told once');
delete from realtime.messages;
set constraints all deferred;
set local role authenticated;
select lives_ok($$ select public.update_room_settings('b0000000-0000-4000-8000-000000000001', '{"tags": ["physics"]}') $$,
  'tags alone are changed');
reset role;
set constraints all immediate;
select is((select payload -> 'tags' from realtime.messages where topic = 'rooms:lobby'), '["physics"]', 'and told');
delete from realtime.messages;
set constraints all deferred;
set local role authenticated;
select lives_ok($$ select public.update_room_settings('b0000000-0000-4000-8000-000000000001', '{"privacy": "private"}') $$,
  'a room is hidden');
reset role;
set constraints all immediate;
select is((select event from realtime.messages where topic = 'rooms:lobby'), 'room_removed', 'the lobby loses it');
select is((select count(*)::int from public.room_members), 4, 'everybody inside becomes a member');
delete from realtime.messages;
set constraints all deferred;

-- The creator alone.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok(statement, 'PT403', 'not_creator', 'not for those inside: ' || left(statement, 40))
from unnest(array['select public.update_room_settings(''b0000000-0000-4000-8000-000000000001'', ''{"name": "x"}'')',
  'select public.close_room(''b0000000-0000-4000-8000-000000000001'')',
  'select public.set_room_lock(''b0000000-0000-4000-8000-000000000001'', true)',
  'select public.list_bans(''b0000000-0000-4000-8000-000000000001'')']
  || array(select format('select public.%I(''b0000000-0000-4000-8000-000000000001'', ''a0000000-0000-4000-8000-000000000003'')', f)
    from unnest(array['mute_participant', 'remove_participant', 'ban_person', 'unban_person', 'transfer_room',
      'remove_room_member']) as f)) as statement;

-- Muting, removing, banning.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.mute_participant('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), '{}',
  'a creator mutes');
select throws_ok($$ select public.mute_participant('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000005') $$,
  'PT404', 'not_found', 'nobody who is not inside');
select is(public.remove_participant('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), '{}',
  'a creator removes');
reset role;
select is((select payload - 'id' from realtime.messages where event = 'muted_by_creator'),
  '{"userId": "a0000000-0000-4000-8000-000000000002", "connectionId": "c0000000-0000-4000-8000-000000000002"}',
  'the room is told who is muted');
select results_eq($$ select topic, event from realtime.messages where event in ('participant_left', 'channel_moved') order by event $$,
  $$ values ('room:b0000000-0000-4000-8000-000000000001', 'channel_moved'),
            ('room:b0000000-0000-4000-8000-000000000001', 'participant_left') $$,
  'the old channel hears who is gone, and where to go');
select is((select payload ->> 'channel' from realtime.messages where event = 'channel_moved'),
  'room:b0000000-0000-4000-8000-000000000001:1', 'which is the next epoch''s');
select is_empty($$ select 1 from public.room_members where user_id = 'a0000000-0000-4000-8000-000000000002' $$,
  'a membership is taken with the place');
select ok(private.is_barred('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  'who is removed is kept out');
update public.room_bans set expires_at = now();
select ok(not private.is_barred('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  'for a while');
delete from realtime.messages;
set local role authenticated;
select is(public.ban_person('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), '{}',
  'somebody who has left is banned');
select is(public.ban_person('b0000000-0000-4000-8000-000000000001', u), '{}', 'the answer for others is the same')
from unnest(array['a0000000-0000-4000-8000-000000000005', 'd0000000-0000-4000-8000-000000000009']::uuid[]) as u;
select is(jsonb_path_query_array(public.list_bans('b0000000-0000-4000-8000-000000000001'), '$[*].displayName'), '["Person 2"]',
  'and nothing is kept of them');
reset role;
select is_empty($$ select 1 from realtime.messages where topic = 'room:b0000000-0000-4000-8000-000000000001' $$,
  'nothing is said on the first channel any more');

-- Lifting a ban, and ending a membership.
set local role authenticated;
select is(public.unban_person('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), '{}',
  'a creator lifts a ban');
select is(public.unban_person('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), '{}',
  'as often as they like');
reset role;
select is_empty('select 1 from public.room_bans', 'and nobody is kept out any more');
set local role authenticated;
select is(public.remove_room_member('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'), '{}',
  'a creator ends a membership');
select throws_ok($$ select public.remove_room_member('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004') $$,
  'PT404', 'not_found', 'of a member only');
reset role;
select is((select left_reason::text from public.room_participants where user_id = 'a0000000-0000-4000-8000-000000000004'), 'removed',
  'whoever was inside is out');
select is_empty($$ select 1 from public.room_members where user_id = 'a0000000-0000-4000-8000-000000000004' $$, 'and no member');
select is_empty('select 1 from public.room_bans', 'but not kept out');
insert into public.room_participants (room_id, user_id, connection_id, joined_at) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'c0000000-0000-4000-8000-000000000014',
  now() + interval '9 seconds');

-- Handing over.
set local role authenticated;
select is(public.transfer_room('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003')
  -> 'room' ->> 'creatorId', 'a0000000-0000-4000-8000-000000000003', 'a creator hands the room over');
reset role;
delete from realtime.messages;
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000003';
select is((select creator_id from public.rooms), 'a0000000-0000-4000-8000-000000000001',
  'a creator whose account is gone is followed by who has been inside longest');
set constraints all immediate;
select results_eq($$ select topic, payload ->> 'creatorId' from realtime.messages where event = 'room_changed' $$,
  $$ values ('room:b0000000-0000-4000-8000-000000000001:3', 'a0000000-0000-4000-8000-000000000001') $$, 'which is told');

-- Locking.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.set_room_lock('b0000000-0000-4000-8000-000000000001', true) #> '{room,isLocked}', 'true', 'a creator locks');
select is(public.set_room_lock('b0000000-0000-4000-8000-000000000001', true) #> '{room,isLocked}', 'true', 'twice');
select throws_ok($$ select public.set_room_lock('b0000000-0000-4000-8000-000000000001', null) $$, 'PT400', 'invalid_input',
  'a room is locked or not');
select is(public.set_room_lock('b0000000-0000-4000-8000-000000000001', false) #> '{room,isLocked}', 'false', 'and opens it');

-- Closing.
select lives_ok($$ select public.close_room('b0000000-0000-4000-8000-000000000001'),
  public.close_room('b0000000-0000-4000-8000-000000000001') $$, 'a creator closes, twice');
select throws_ok($$ select public.set_room_lock('b0000000-0000-4000-8000-000000000001', true) $$, 'PT410', 'room_closed',
  'a closed room is not changed');

select * from finish();
rollback;
