-- Who gets which rights on the media server.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(25);
update private.limits set max_count = 1000;
update private.config set has_sfu = true;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 3) as n;
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'On the media server', 'a0000000-0000-4000-8000-000000000001'),
  ('b0000000-0000-4000-8000-000000000002', 'Elsewhere', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id, supports_sfu, joined_at)
select ('b0000000-0000-4000-8000-00000000000' || room)::uuid, ('a0000000-0000-4000-8000-00000000000' || person)::uuid,
  ('c000000' || room || '-0000-4000-8000-00000000000' || person)::uuid, true, now() + person * interval '1 millisecond'
from (values (1, 1), (1, 2), (2, 1)) as stays (room, person);
update public.rooms set topology = 'sfu' where id = 'b0000000-0000-4000-8000-000000000001';

-- The answer as text: the grant, or the refusal's state and code.
create function pg_temp.grant_to(p_person int, p_room int, p_connection text default null) returns text language plpgsql as $$
declare
  v_answer text;
begin
  perform set_config('request.jwt.claim.sub',
    case when p_person is null then '' else 'a0000000-0000-4000-8000-00000000000' || p_person end, true);
  set local role authenticated;
  begin
    v_answer := public.media_grant(('b0000000-0000-4000-8000-00000000000' || p_room)::uuid,
      coalesce(p_connection, 'c000000' || p_room || '-0000-4000-8000-00000000000' || p_person)::uuid)::text;
  exception when others then
    v_answer := sqlstate || ' ' || sqlerrm;
  end;
  reset role;
  return v_answer;
end $$;

-- Rights.
select is(pg_temp.grant_to(1, 1)::jsonb, '{"roomName": "b0000000-0000-4000-8000-000000000001",
  "identity": "c0000001-0000-4000-8000-000000000001", "userId": "a0000000-0000-4000-8000-000000000001", "displayName": "Person 1",
  "canPublishSources": ["microphone", "camera", "screen_share", "screen_share_audio"]}', 'somebody inside may send everything');
update public.rooms set settings = settings || '{"allow_video": false}' where id = 'b0000000-0000-4000-8000-000000000001';
select is(pg_temp.grant_to(1, 1)::jsonb -> 'canPublishSources', '["microphone", "screen_share", "screen_share_audio"]',
  'no camera where the room allows none');
update public.rooms set settings = settings || '{"allow_screenshare": false}' where id = 'b0000000-0000-4000-8000-000000000001';
select is(pg_temp.grant_to(1, 1)::jsonb -> 'canPublishSources', '["microphone"]', 'and no screen');

-- Not inside.
select is(pg_temp.grant_to(null, 1, 'c0000001-0000-4000-8000-000000000001'), 'PT401 not_signed_in', 'it takes an account');
select is(pg_temp.grant_to(3, 1), 'PT403 not_participant', 'and being in the room');
select is(pg_temp.grant_to(1, 9), 'PT403 not_participant', 'a room that does not exist answers the same');
select is(pg_temp.grant_to(1, 1, 'c0000001-0000-4000-8000-000000000002'), 'PT403 not_participant',
  'nobody gets another one''s identity');
select is(pg_temp.grant_to(1, 1, 'c0000002-0000-4000-8000-000000000001'), 'PT403 not_participant',
  'nor their own of another room');
select is((select count(*)::int from public.room_participants p where p.user_id = 'a0000000-0000-4000-8000-000000000002'
  and pg_temp.grant_to(2, 1) like '{%'), 1, 'a second one gets their own');

-- No media server.
select is(pg_temp.grant_to(1, 2), 'PT503 sfu_unavailable', 'there is none in a mesh');
update private.config set has_sfu = false;
select is(pg_temp.grant_to(1, 1), 'PT503 sfu_unavailable', 'nor where none is configured');
select is(pg_temp.grant_to(3, 1), 'PT403 not_participant', 'which a stranger does not learn');
update private.config set has_sfu = true;

-- Recording.
insert into public.recordings (id, room_id, requester_id, status) values
  ('d0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'requested');
select ok(pg_temp.grant_to(2, 1) like '{%', 'a recording that is only asked for keeps nobody out');
insert into public.recording_consents (recording_id, user_id, is_late) values
  ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', false);
select ok(pg_temp.grant_to(2, 1) like '{%', 'not even who has not answered yet');
update public.recording_consents set is_late = true;
select is(pg_temp.grant_to(2, 1), 'PT409 recording_needs_consent', 'but who came after it was asked for answers first');
select is(private.needs_recording_answer('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), true,
  'which is what they are told when they join');
delete from public.recording_consents;
update public.recordings set status = 'recording', started_at = now();
insert into public.recording_consents (recording_id, user_id, answer, answered_at) values
  ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'given', now());
select ok(pg_temp.grant_to(1, 1) like '{%', 'who has agreed goes on while it runs');
select is(pg_temp.grant_to(2, 1), 'PT409 recording_needs_consent', 'who was not asked does not');
select is(private.needs_recording_answer('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'), true,
  'and owes an answer');
insert into public.recording_consents (recording_id, user_id, answer, answered_at) values
  ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'withdrawn', now());
select is(pg_temp.grant_to(2, 1), 'PT409 recording_needs_consent', 'nor who has withdrawn');
update public.recordings set status = 'ended', ended_at = now(), end_reason = 'stopped';
select ok(pg_temp.grant_to(2, 1) like '{%', 'afterwards everybody does again');

-- Joining answers the same rights, or none, so that nobody has to ask a second time.
create function pg_temp.join_as(p_person int, p_room int) returns jsonb language plpgsql as $$
declare
  v_answer jsonb;
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_person, true);
  set local role authenticated;
  v_answer := public.join_room(('b0000000-0000-4000-8000-00000000000' || p_room)::uuid,
    ('c000000' || p_room || '-0000-4000-8000-00000000000' || p_person)::uuid, p_supports_sfu => true);
  reset role;
  return v_answer;
end $$;
select is(pg_temp.join_as(3, 1) -> 'mediaGrant', pg_temp.grant_to(3, 1)::jsonb, 'who joins gets their rights with the answer');
select ok(not pg_temp.join_as(3, 2) ? 'mediaGrant', 'and none in a mesh');
insert into public.recordings (id, room_id, requester_id, status, started_at) values ('d0000000-0000-4000-8000-000000000002',
  'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'recording', now());
select is(pg_temp.join_as(3, 1) -> 'mediaGrant', 'null'::jsonb, 'nor where a recording runs to which they have not agreed');

set local role anon;
select throws_ok($$ select public.media_grant('b0000000-0000-4000-8000-000000000001', 'c0000001-0000-4000-8000-000000000001') $$,
  '42501', null, 'nobody who is not signed in gets rights');

select * from finish();
rollback;
