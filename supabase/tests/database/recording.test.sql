-- Recording by consent, and the room's timer.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(60);

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 4) as n;
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid()
from generate_series(1, 2) as n;
create function pg_temp.act_as(n int) returns void language sql as $$
  select set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || n, true)
$$;
create function pg_temp.recording() returns uuid language sql security definer as $$
  select id from public.recordings order by requested_at desc limit 1
$$;
create function pg_temp.state() returns text language sql security definer as $$
  select status || coalesce(' ' || end_reason, '') from public.recordings order by requested_at desc limit 1
$$;
create function pg_temp.leave(n int, reason text) returns void language sql security definer as $$
  update public.room_participants set is_active = false, left_at = now(), left_reason = reason
  where is_active and user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid
$$;
create function pg_temp.enter(n int) returns void language sql security definer as $$
  insert into public.room_participants (room_id, user_id, connection_id)
  values ('b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid())
$$;
create function pg_temp.needs_answer(n int) returns boolean language sql security definer as $$
  select private.needs_recording_answer('b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid)
$$;
grant execute on all functions in schema pg_temp to authenticated;
set local role authenticated;

select pg_temp.act_as(3);
select throws_ok($$ select public.request_recording('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_participant',
  'nobody outside asks');
select pg_temp.act_as(1);
select is(public.request_recording('b0000000-0000-4000-8000-000000000001') ->> 'status', 'requested', 'a request waits');
select is(public.request_recording('b0000000-0000-4000-8000-000000000001') ->> 'id', pg_temp.recording()::text,
  'asking again answers the request there is');
select is((select count(*)::int from public.recording_consents), 2, 'those inside see the answers');
select ok(not public.may_record(pg_temp.recording()), 'nothing may be recorded before everybody has said yes');
select ok(not pg_temp.needs_answer(2), 'who was there when it was asked for keeps their media');
select pg_temp.act_as(3);
select throws_ok($$ select public.answer_recording(pg_temp.recording(), true) $$, 'PT403', 'not_participant',
  'nobody outside answers');
select is((select count(*)::int from public.recordings), 0, 'nobody outside sees a recording');
select is((select count(*)::int from public.recording_consents), 0, 'nor what people said to it');
select throws_ok($$ update public.recordings set status = 'recording' $$, '42501', null, 'no client starts one by hand');
select throws_ok($$ insert into public.recordings (room_id) values (gen_random_uuid()) $$, '42501', null, 'nor makes one');
select throws_ok($$ delete from public.recordings $$, '42501', null, 'nor deletes one');
select throws_ok($$ update public.recording_consents set answer = 'given' $$, '42501', null, 'nor answers for others');
select throws_ok($$ delete from public.recording_consents $$, '42501', null, 'nor deletes an answer');

-- A late joiner, before the start.
select pg_temp.enter(3);
select ok(pg_temp.needs_answer(3), 'who comes while it is asked for answers before media');
select pg_temp.act_as(2);
select is(public.answer_recording(pg_temp.recording(), true) ->> 'status', 'requested', 'and holds the start up');
select pg_temp.leave(3, 'left');
select is(pg_temp.state(), 'recording', 'an answer that a leaver owes is owed no more: it starts');
select ok(not public.may_record(pg_temp.recording()), 'nobody but who asked may record');
select pg_temp.act_as(1);
select ok(public.may_record(pg_temp.recording()), 'who asked may');

-- A late joiner, after the start.
select pg_temp.enter(4);
select ok(pg_temp.needs_answer(4), 'who comes while it runs answers before media');
select ok(not public.may_record(pg_temp.recording()), 'until then the recorder pauses');
select is(pg_temp.state(), 'recording', 'and the recording runs on');
select pg_temp.act_as(4);
select is(public.get_recording('b0000000-0000-4000-8000-000000000001') ->> 'needsAnswer', 'true', 'they are told');
select public.answer_recording(pg_temp.recording(), true);
select ok(not pg_temp.needs_answer(4), 'having said yes they may send');
select throws_ok($$ select public.stop_recording(pg_temp.recording()) $$, 'PT403', 'not_allowed',
  'who neither asked nor owns the room cannot stop it');
select public.withdraw_consent(pg_temp.recording());
select is(pg_temp.state(), 'ended withdrawn', 'but taking a yes back ends it at once');
select is(public.answer_recording(pg_temp.recording(), true) ->> 'status', 'ended', 'for good');

-- Other ends.
select public.request_recording('b0000000-0000-4000-8000-000000000001');
select pg_temp.act_as(2);
select public.answer_recording(pg_temp.recording(), false);
select is(pg_temp.state(), 'ended refused', 'one no ends a request');
select public.request_recording('b0000000-0000-4000-8000-000000000001');
select pg_temp.leave(2, 'expired');
select is(pg_temp.state(), 'ended requester_left', 'so does the requester''s going');

reset role;
select pg_temp.act_as(1);
select public.request_recording('b0000000-0000-4000-8000-000000000001');
update public.recordings set requested_at = now() - interval '3 minutes' where status = 'requested';
select private.prune_recordings();
select is((select count(*)::int from public.recordings where end_reason = 'timed_out'), 1, 'a request runs out');

-- Whether the room may be recorded is its creator's to say.
update private.limits set max_count = 1000;
set local role authenticated;
select is(public.request_recording('b0000000-0000-4000-8000-000000000001') ->> 'status', 'requested',
  'a room whose settings say nothing of it may be recorded');
select is(public.update_room_settings('b0000000-0000-4000-8000-000000000001', '{"settings": {"allowRecording": false}}')
  -> 'room' -> 'settings' ->> 'allowRecording', 'false', 'the creator forbids it');
select is(pg_temp.state(), 'ended stopped', 'which ends what was asked for');
select throws_ok($$ select public.request_recording('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_allowed',
  'and nobody asks again');
select pg_temp.act_as(3);
select throws_ok($$ select public.request_recording('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_participant',
  'whoever is outside does not learn of it');
select pg_temp.act_as(1);
select public.update_room_settings('b0000000-0000-4000-8000-000000000001', '{"settings": {"allowRecording": true}}');
select is(public.request_recording('b0000000-0000-4000-8000-000000000001') ->> 'status', 'requested', 'until it is allowed');
select public.stop_recording(pg_temp.recording());

-- The timer.
select throws_ok($$ select public.start_timer('b0000000-0000-4000-8000-000000000001', 0) $$, 'PT400', 'invalid_input',
  'a phase takes a minute at least');
select is(public.start_timer('b0000000-0000-4000-8000-000000000001', 25, 5, 15, 4) ->> 'phase', 'focus', 'a timer starts');
select is(public.skip_phase('b0000000-0000-4000-8000-000000000001', 'focus', 1) ->> 'phase', 'short_break', 'and skips');
select is(public.skip_phase('b0000000-0000-4000-8000-000000000001', 'focus', 1) ->> 'phase', 'short_break',
  'once, however many saw the phase before');
reset role;
update public.rooms set settings = settings || '{"allow_timer_control": false}';
set local role authenticated;
select pg_temp.act_as(4);
select throws_ok($$ select public.pause_timer('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_allowed',
  'the room may leave its timer to its creator');
select throws_ok($$ update public.room_timers set round = 2 $$, '42501', null, 'no client changes it by hand');
select throws_ok($$ insert into public.room_timers (room_id) values (gen_random_uuid()) $$, '42501', null, 'nor makes one');
select throws_ok($$ delete from public.room_timers $$, '42501', null, 'nor deletes one');
select is((select count(*)::int from public.room_timers), 1, 'those inside see it');
select pg_temp.act_as(3);
select is((select count(*)::int from public.room_timers), 0, 'nobody outside does');
select throws_ok($$ insert into public.recording_consents (recording_id, user_id) values (gen_random_uuid(), auth.uid()) $$,
  '42501', null, 'nor does anybody answer by hand');

-- Nobody who is not signed in.
set local role anon;
select throws_ok($$ select 1 from public.recordings $$, '42501', null, 'sees a recording');
select throws_ok($$ insert into public.recordings (room_id) values (gen_random_uuid()) $$, '42501', null, 'makes one');
select throws_ok($$ update public.recordings set status = 'recording' $$, '42501', null, 'starts one');
select throws_ok($$ delete from public.recordings $$, '42501', null, 'deletes one');
select throws_ok($$ select 1 from public.recording_consents $$, '42501', null, 'sees an answer');
select throws_ok($$ insert into public.recording_consents (recording_id, user_id) values (gen_random_uuid(), gen_random_uuid()) $$,
  '42501', null, 'makes one');
select throws_ok($$ update public.recording_consents set answer = 'given' $$, '42501', null, 'changes one');
select throws_ok($$ delete from public.recording_consents $$, '42501', null, 'deletes one');
select throws_ok($$ select 1 from public.room_timers $$, '42501', null, 'sees a timer');
select throws_ok($$ insert into public.room_timers (room_id) values (gen_random_uuid()) $$, '42501', null, 'makes one');
select throws_ok($$ update public.room_timers set round = 2 $$, '42501', null, 'changes one');
select throws_ok($$ delete from public.room_timers $$, '42501', null, 'deletes one');
reset role;
select is_empty($$ select f from unnest(array['start_timer(uuid,int,int,int,int,boolean)', 'pause_timer(uuid)', 'resume_timer(uuid)',
    'stop_timer(uuid)', 'skip_phase(uuid,public.timer_phase,int)', 'set_timer_lengths(uuid,int,int,int,int,boolean)',
    'get_timer(uuid)', 'request_recording(uuid)', 'answer_recording(uuid,boolean)', 'withdraw_consent(uuid)',
    'stop_recording(uuid)', 'may_record(uuid)', 'get_recording(uuid)']) as f
  where has_function_privilege('anon', 'public.' || f, 'execute')
    or not has_function_privilege('authenticated', 'public.' || f, 'execute') $$,
  'calls a function of timers or recordings, and everybody else may');

select * from finish();
rollback;
