-- What clients repeat by themselves: so often and no more, by connection or person, without a second write for a heartbeat.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(32);

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 2) as n;
insert into public.rooms (id, name) values ('b0000000-0000-4000-8000-000000000001', 'Room');
insert into public.room_participants (room_id, user_id, connection_id, joined_at)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid,
  ('c0000000-0000-4000-8000-00000000000' || n)::uuid, now() - n * interval '1 second'
from generate_series(1, 2) as n;

create function pg_temp.beat(n int) returns text language sql as $$
  select public.heartbeat('b0000000-0000-4000-8000-000000000001', ('c0000000-0000-4000-8000-00000000000' || n)::uuid)
$$;
create function pg_temp.mute(is_muted boolean) returns jsonb language sql as $$
  select public.set_media_state('b0000000-0000-4000-8000-000000000001', is_muted, true, false)
$$;
create function pg_temp.show_camera() returns jsonb language sql as $$
  select public.set_media_state('b0000000-0000-4000-8000-000000000001', true, false, false)
$$;
create function pg_temp.join_again(n int) returns jsonb language sql as $$
  select public.join_room('b0000000-0000-4000-8000-000000000001', ('c0000000-0000-4000-8000-00000000000' || n)::uuid)
$$;
-- The detail of the error that a statement raises.
create function pg_temp.detail_of(statement text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute statement;
  return null;
exception
  when others then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end
$$;

grant execute on all functions in schema pg_temp to authenticated;

-- What clients of ours do at their worst is far from it: a beat every second, four changes a second, a join every second.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is((select count(*) from generate_series(1, 30) where pg_temp.beat(1) = 'present'), 30::bigint,
  'a heartbeat a second is taken');
select lives_ok($$ select pg_temp.mute(n % 2 = 0) from generate_series(1, 240) as n $$,
  'so are 240 changes of what one sends');
select is((select count(*) from generate_series(1, 60) where pg_temp.join_again(1) ? 'room'), 60::bigint,
  'so are sixty joins with a connection that is in');

-- More is refused, in a stable code, with the time to wait.
reset role;
update public.room_participants set last_seen_at = now() - interval '40 seconds';
set local role authenticated;
select throws_ok('select pg_temp.beat(1)', 'PT429', 'rate_limited', 'more heartbeats are refused');
select is(pg_temp.detail_of('select pg_temp.beat(1)'), '30', 'with the seconds to wait');
reset role;
select is((select last_seen_at from public.room_participants where connection_id = 'c0000000-0000-4000-8000-000000000001'),
  now() - interval '40 seconds', 'a refused heartbeat is no sign of life');
set local role authenticated;
select lives_ok($$ select pg_temp.mute(true) from generate_series(1, 60) $$, 'changes have a count of their own');
select throws_ok('select pg_temp.mute(false)', 'PT429', 'rate_limited', 'more changes are refused');
select is(pg_temp.detail_of('select pg_temp.mute(false)'), '60', 'with the seconds to wait as well');
reset role;
select is((select media_state -> 'is_muted' from public.room_participants
  where connection_id = 'c0000000-0000-4000-8000-000000000001'), 'true', 'a refused change changes nothing');
set local role authenticated;
select is(pg_temp.join_again(1) ->> 'refusal', 'rate_limited', 'more joins are refused');
select ok((pg_temp.join_again(1) ->> 'retryAfterSeconds')::int between 1 and 60, 'with the seconds to wait, too');

-- Nobody else is touched, nor what is not limited.
select is(pg_temp.beat(2), 'gone', 'a connection of somebody else is as ever');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(pg_temp.beat(2), 'present', 'others have a count of their own');
select lives_ok('select pg_temp.mute(true)', 'for changes as well');
select ok(pg_temp.join_again(2) ? 'room', 'and for joins');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select lives_ok($$ select public.list_participants('b0000000-0000-4000-8000-000000000001') $$,
  'whoever is limited is still inside');

-- A new minute, a new count.
reset role;
update public.room_participants
set heartbeats_since = heartbeats_since - interval '1 minute', media_changes_since = media_changes_since - interval '1 minute';
update private.permits set taken_at = array(select t - interval '1 minute' from unnest(taken_at) as t);
set local role authenticated;
select is(pg_temp.beat(1), 'present', 'after a minute heartbeats are taken again');
select lives_ok('select pg_temp.mute(false)', 'so are changes');
select ok(pg_temp.join_again(1) ? 'room', 'so are joins');
reset role;
select results_eq($$ select heartbeats::int, media_changes::int, heartbeats_since, media_changes_since from public.room_participants
  where connection_id = 'c0000000-0000-4000-8000-000000000001' $$,
  $$ values (1, 1, now(), now()) $$, 'counted from one on, in a window that begins now');

-- What the room does not allow counts like what it allows, and nothing else of it stays.
update public.rooms set settings = settings || '{"allow_video": false}';
update public.room_participants set media_changes = 297, last_seen_at = now() - interval '40 seconds'
where connection_id = 'c0000000-0000-4000-8000-000000000001';
set local role authenticated;
select is((select count(*) from generate_series(1, 2) where pg_temp.show_camera() = '{"refusal": "not_allowed"}'), 2::bigint,
  'a camera that the room does not allow is refused');
reset role;
select results_eq($$ select media_changes::int, media_state -> 'is_video_off', last_seen_at from public.room_participants
  where connection_id = 'c0000000-0000-4000-8000-000000000001' $$,
  $$ values (299, 'true'::jsonb, now() - interval '40 seconds') $$, 'counted, without a change and without a sign of life');
set local role authenticated;
select is(pg_temp.mute(true), '{}', 'the last of the window may be one that is allowed');
select throws_ok('select pg_temp.show_camera()', 'PT429', 'rate_limited', 'then what is not allowed is too often, as all else');
select throws_ok('select pg_temp.mute(true)', 'PT429', 'rate_limited', 'and so is what is');
reset role;
update public.room_participants set media_changes_since = media_changes_since - interval '1 minute';
set local role authenticated;
select is(pg_temp.show_camera() ->> 'refusal', 'not_allowed', 'a new window begins with a refusal as well');
reset role;

-- Ended stays answer as they always did, however often.
update public.room_participants
set heartbeats = 60, media_changes = 300, is_active = false, left_at = now(), left_reason = 'replaced'
where connection_id = 'c0000000-0000-4000-8000-000000000001';
set local role authenticated;
select is((select count(*) from generate_series(1, 70) where pg_temp.beat(1) = 'replaced'), 70::bigint,
  'a stay that was replaced is never limited');
select throws_ok('select pg_temp.mute(true)', 'PT403', 'not_participant', 'nor is whoever has left told of limits');

-- The limits are the operator's.
reset role;
update private.limits set max_count = 1 where action = 'heartbeat';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(pg_temp.beat(2), 'present', 'of a limit of one, one is taken');
select throws_ok('select pg_temp.beat(2)', 'PT429', 'rate_limited', 'an operator changes them by SQL');
reset role;
select is((select heartbeats::int from public.room_participants where connection_id = 'c0000000-0000-4000-8000-000000000002'), 1,
  'what is refused is not counted');
select * from finish();
rollback;
