-- What changes in a room on the media server is noted, and the room is taken, compared and settled by the service key alone.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated, service_role;
select plan(66);
update private.limits set max_count = 1000;
update private.config set has_sfu = true;

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 4) as n;
insert into public.rooms (id, name, topology, creator_id)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, 'Room', case when n = 2 then 'mesh' else 'sfu' end::public.room_topology,
  'a0000000-0000-4000-8000-000000000001' from generate_series(1, 4) as n;
insert into public.room_participants (room_id, user_id, connection_id, supports_sfu, joined_at)
select ('b0000000-0000-4000-8000-00000000000' || room)::uuid, ('a0000000-0000-4000-8000-00000000000' || person)::uuid,
  ('c000000' || room || '-0000-4000-8000-00000000000' || person)::uuid, true, now() + person * interval '1 ms'
from generate_series(1, 2) as room, generate_series(1, 4) as person;

create function pg_temp.room(p_room int) returns uuid language sql as $$
  select ('b0000000-0000-4000-8000-00000000000' || p_room)::uuid
$$;
-- Everything is due and nobody is at it, as after a while.
create function pg_temp.pass_time() returns void language sql as $$
  update private.sfu_rooms set due_at = due_at - interval '1 minute', leased_until = leased_until - interval '1 minute'
$$;
create table pg_temp.taken (answer jsonb);
-- Takes as the service does: the rooms' last digits, in order.
create function pg_temp.take(p_limit int default 20) returns text language plpgsql as $$
declare
  v_answer jsonb;
begin
  set local role service_role;
  v_answer := public.take_sfu_rooms(p_limit);
  reset role;
  delete from pg_temp.taken;
  insert into pg_temp.taken values (v_answer);
  return (select string_agg(right(r ->> 'roomId', 1), ' ' order by n)
    from jsonb_array_elements(v_answer -> 'rooms') with ordinality as e (r, n));
end $$;
-- Of the first room that was taken last.
create function pg_temp.state(p_key text) returns jsonb language sql as $$
  select answer #> array['rooms', '0', p_key] from pg_temp.taken
$$;
create function pg_temp.settle(p_is_done boolean default true, p_has_removed boolean default false) returns void
language plpgsql as $$
begin
  set local role service_role;
  perform public.settle_sfu_room((t.answer #>> '{rooms,0,roomId}')::uuid, (t.answer ->> 'leaseId')::uuid,
    (t.answer #>> '{rooms,0,version}')::int, p_is_done, p_has_removed) from pg_temp.taken t;
  reset role;
end $$;
grant all on pg_temp.taken to service_role;
create function pg_temp.end_stay(p_room int, p_person int) returns void language sql as $$
  update public.room_participants p set is_active = false, left_at = now(), left_reason = 'removed'
  where p.is_active and p.connection_id = ('c000000' || p_room || '-0000-4000-8000-00000000000' || p_person)::uuid
$$;

-- What is noted.
select is(pg_temp.take(), null, 'nothing is due at first');
update public.room_participants set last_seen_at = now();
select is(pg_temp.take(), null, 'nor after a heartbeat');
select pg_temp.end_stay(2, 1);
select is(pg_temp.take(), null, 'nor where a room is a mesh and always was');
select is((select answer -> 'nextDueInMs' from pg_temp.taken), 'null', 'and nothing is going to be');

select pg_temp.end_stay(1, 4);
select is(pg_temp.take(), '1', 'a stay that ends makes its room due');
select is(pg_temp.state('isOpen'), 'true', 'which is open');
select is(pg_temp.state('connectionIds'),
  '["c0000001-0000-4000-8000-000000000001", "c0000001-0000-4000-8000-000000000002", "c0000001-0000-4000-8000-000000000003"]',
  'and has those inside, without who is out');
select is(pg_temp.state('canPublishSources'), '["microphone", "camera", "screen_share", "screen_share_audio"]',
  'who may send what its settings allow');

-- Leases.
select is(pg_temp.take(), null, 'a room that is taken is nobody else''s');
select pg_temp.pass_time();
select is(pg_temp.take(), '1', 'until its lease is over');
select pg_temp.settle();
select is((select seen_version = version and due_at > now() + interval '5 seconds' from private.sfu_rooms), true,
  'what is settled is looked at again after a while');
select pg_temp.pass_time();
select is(pg_temp.take(), '1', 'since tokens may still be good');
create table pg_temp.kept as select answer from pg_temp.taken;
select pg_temp.pass_time();
select pg_temp.take();
select pg_temp.settle(false);
select is((select failures from private.sfu_rooms), 1, 'what did not succeed is kept');
select is((select due_at between clock_timestamp() and clock_timestamp() + interval '1 second' from private.sfu_rooms), true,
  'and tried again a second later');
update private.sfu_rooms set failures = 50;
select pg_temp.pass_time();
select pg_temp.take();
select pg_temp.settle(false);
select is((select due_at between clock_timestamp() + interval '9 seconds' and clock_timestamp() + interval '10 seconds'
  from private.sfu_rooms), true, 'or ten at most');
select pg_temp.pass_time();
select pg_temp.take();
select public.settle_sfu_room(pg_temp.room(1), (select (answer ->> 'leaseId')::uuid from pg_temp.kept), 99, true, false);
select is((select seen_version <> 99 and lease_id is not null from private.sfu_rooms), true,
  'whose lease has passed to somebody else settles nothing');
update public.rooms set settings = settings || '{"allow_screenshare": false}' where id = pg_temp.room(1);
select pg_temp.settle();
select is(pg_temp.take(), '1', 'what changed meanwhile is due at once');
select is(pg_temp.state('canPublishSources'), '["microphone", "camera"]', 'settings are followed');
select is(pg_temp.state('version'), (select to_jsonb(version) from private.sfu_rooms), 'by what the room is now');
select pg_temp.settle();
update public.rooms set settings = settings || '{"allow_video": false}' where id = pg_temp.room(1);
select pg_temp.take();
select is(pg_temp.state('canPublishSources'), '["microphone"]', 'a room without video keeps microphones');
select pg_temp.settle();

-- Mutes.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select public.mute_participant('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002');
reset role;
select is(pg_temp.take(), '1', 'a creator''s mute makes the room due');
select is(pg_temp.state('mutedConnectionIds'), '["c0000001-0000-4000-8000-000000000002"]', 'with whose microphone it is');
select pg_temp.settle(false);
select pg_temp.pass_time();
select pg_temp.take();
select is(pg_temp.state('mutedConnectionIds'), '["c0000001-0000-4000-8000-000000000002"]', 'until it has succeeded');
update public.room_participants set media_state = media_state || '{"is_muted": false}'
where connection_id = 'c0000001-0000-4000-8000-000000000002';
select pg_temp.pass_time();
select pg_temp.take();
select is(pg_temp.state('mutedConnectionIds'), '[]', 'or they have opened it again');
update public.room_participants set media_state = media_state || '{"is_muted": true}'
where connection_id = 'c0000001-0000-4000-8000-000000000002';
select pg_temp.settle();
select pg_temp.pass_time();
select pg_temp.take();
select is(pg_temp.state('mutedConnectionIds'), '[]', 'whoever closes their own is left alone');
select pg_temp.settle();

-- Arrivals.
select is(public.note_sfu_arrival(pg_temp.room(1), 'c0000001-0000-4000-8000-000000000003'), true, 'who is inside may come');
select is(pg_temp.take(), '1', 'and has the room compared');
select pg_temp.settle();
update private.sfu_rooms set watched_until = now() - interval '1 hour';
select is(public.note_sfu_arrival(pg_temp.room(1), 'c0000001-0000-4000-8000-000000000004'), false, 'who was put out may not');
select is((select watched_until > now() + interval '14 minutes' from private.sfu_rooms), true,
  'and is waited for again, since LiveKit has renewed their token');
select is(public.note_sfu_arrival(pg_temp.room(2), 'c0000001-0000-4000-8000-000000000003'), false, 'nor who is in another room');
select is(public.note_sfu_arrival(pg_temp.room(1), 'nonsense'), false, 'nor whatever is no connection');
delete from private.sfu_rooms where room_id = pg_temp.room(2);
insert into public.recordings (id, room_id, requester_id, status, started_at)
values ('d0000000-0000-4000-8000-000000000001', pg_temp.room(1), 'a0000000-0000-4000-8000-000000000001', 'recording', now());
insert into public.recording_consents (recording_id, user_id, answer, is_late)
values ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003', 'pending', true);
select is(public.note_sfu_arrival(pg_temp.room(1), 'c0000001-0000-4000-8000-000000000003'), false,
  'nor who owes an answer to a recording');
select pg_temp.take();
select is(pg_temp.state('connectionIds') ? 'c0000001-0000-4000-8000-000000000003', false, 'who is put out as well');
select pg_temp.settle();

-- The end of watching.
update private.sfu_rooms set watched_until = now() - interval '1 second';
select pg_temp.pass_time();
select pg_temp.take();
select pg_temp.settle(true, true);
select is((select watched_until > now() + interval '14 minutes' from private.sfu_rooms), true, 'whoever was found is waited for again');
update private.sfu_rooms set watched_until = now() - interval '1 second';
select pg_temp.pass_time();
select pg_temp.take();
select pg_temp.settle(false);
select is((select count(*)::int from private.sfu_rooms), 1, 'a room that could not be compared is not forgotten');
select pg_temp.pass_time();
select pg_temp.take();
select pg_temp.settle();
select is((select count(*)::int from private.sfu_rooms), 0, 'one that was is, when no token is good any more');

-- Rooms that end, and that change on their way.
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000003';
select is(pg_temp.take(), '1', 'a deleted account makes its room due');
select private.set_topology(pg_temp.room(3), 'mesh', false);
select private.close_room(pg_temp.room(1));
select is(pg_temp.take(1), '3', 'so does going back to a mesh');
select pg_temp.settle();
select pg_temp.pass_time();
select is(pg_temp.take(1), '1', 'and what has changed comes before what is only watched');
select is(pg_temp.state('isOpen'), 'false', 'a room that was closed is closed there');
delete from public.rooms where id = pg_temp.room(4);
select is((select count(*)::int from private.sfu_rooms where room_id = pg_temp.room(4)), 1, 'and one that was deleted is not forgotten');

-- Pruning.
update private.sfu_rooms set changed_at = now() - interval '25 hours', watched_until = now() - interval '24 hours' where room_id = pg_temp.room(3);
select is(private.prune_sfu_rooms(), 1, 'what nobody could settle for a day is forgotten');

-- Asking the API where nobody listens: only with pg_net, which the vault tells where to.
select pg_temp.pass_time();
select is(private.ask_for_sfu_sweep(), false, 'without pg_net nobody is asked');
create schema net;
create table net.requests (url text, headers jsonb);
create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}',
  timeout_milliseconds int default 5000) returns bigint language sql as $$
  insert into net.requests values (url, headers) returning 1
$$;
create schema if not exists vault;
create table vault.decrypted_secrets (name text, decrypted_secret text);
insert into vault.decrypted_secrets values ('studyhall_sweep_url', 'https://api.test/sfu/sweep'), ('studyhall_secret_key', 'sb_secret_x');
select private.ask_for_sfu_sweep();
select is((select jsonb_agg(jsonb_build_array(url, headers ->> 'apikey')) from net.requests),
  '[["https://api.test/sfu/sweep", "sb_secret_x"]]', 'with it, the API is asked with the vault''s key');

-- And to look whether the media server is there, more often while somebody needs it or it is gone.
delete from private.sfu_rooms;
update public.rooms set topology = 'mesh', sfu_latched = false;
delete from private.sfu_rooms;
create function pg_temp.is_asked_after(p_wait interval) returns boolean language sql as $$
  update private.sfu_health set asked_at = clock_timestamp() - p_wait;
  select private.ask_for_sfu_sweep()
$$;
select is(pg_temp.is_asked_after('59 seconds'), false, 'a media server that nobody is on is not looked at all the time');
select is(pg_temp.is_asked_after('60 seconds'), true, 'but once a minute');
update public.rooms set topology = 'sfu' where id = pg_temp.room(2);
select is(pg_temp.is_asked_after('9 seconds'), false, 'one that carries a room');
select is(pg_temp.is_asked_after('10 seconds'), true, 'every ten seconds');
select is(private.ask_for_sfu_sweep(), false, 'not again at once');

-- What is seen of it.
create function pg_temp.note(p_answers boolean) returns boolean language plpgsql as $$
begin
  set local role service_role;
  return public.note_sfu_health(p_answers);
end $$;
create function pg_temp.silence_lasts(p_wait interval) returns void language sql as $$
  update private.sfu_health set silent_since = silent_since - p_wait, last_silence_at = last_silence_at - p_wait
$$;
select is(pg_temp.note(false), true, 'one silence says little');
reset role;
select is((select pg_temp.note(false) and pg_temp.note(false) and pg_temp.note(false)), true, 'nor do many in one second');
reset role;
select is((select silences from private.sfu_health), 1, 'which are one');
select is(pg_temp.is_asked_after('5 seconds'), true, 'it is looked at again the next time');
select pg_temp.silence_lasts('1 second');
select pg_temp.note(false);
reset role;
select pg_temp.silence_lasts('1 second');
select is(pg_temp.note(false), true, 'three within a few seconds may be a restart');
reset role;
select is(pg_temp.is_asked_after('5 seconds'), true, 'of which the next look tells, too');
select pg_temp.silence_lasts('4 seconds');
select is(pg_temp.note(false), false, 'after six seconds it is gone');
reset role;
select is(pg_temp.is_asked_after('9 seconds'), false, 'and looked at every ten seconds again');
select is((select has_sfu from private.config), false, 'for everybody');
select is(private.settle_topologies(), 1, 'and a room that a mesh carries goes back to one');
select is(pg_temp.note(true), true, 'one answer, and it is there');
reset role;
select pg_temp.note(false);
reset role;
select pg_temp.silence_lasts('1 hour');
select pg_temp.note(false);
reset role;
select is((select silences from private.sfu_health), 1, 'a silence of long ago is forgotten');
select pg_temp.silence_lasts('1 second');
select pg_temp.note(null);
reset role;
select is((select silences from private.sfu_health), 1, 'and nothing said changes nothing');

-- Nobody but the service.
set local role authenticated;
select throws_ok('select public.take_sfu_rooms(1)', '42501', null, 'nobody who is signed in takes rooms');
select throws_ok('select public.settle_sfu_room(null, null, 1, true, true)', '42501', null, 'or settles them');
select throws_ok('select public.note_sfu_arrival(null, null)', '42501', null, 'or says who has come');
select throws_ok('select public.note_sfu_health(false)', '42501', null, 'or that the media server is gone');

select * from finish();
rollback;
