-- A room's timer: what each function does to its anchors, who may, how often, and who hears of it. What follows from anchors is
-- compared with the app's own arithmetic in supabase/tests/timer.integration.test.ts.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(60);

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 3) as n;
-- 1 has made the room, 1 and 2 are inside, 3 is not.
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Room', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid,
  ('c0000000-0000-4000-8000-00000000000' || n)::uuid
from generate_series(1, 2) as n;
set constraints all immediate;
delete from realtime.messages;

-- What was asked, with the database's clock before and after it, in whole milliseconds.
create temporary table asked (what text primary key, began timestamptz, answer jsonb, ended timestamptz);
grant select, insert on asked to authenticated;
create function pg_temp.ask(p_what text, p_call text) returns jsonb language plpgsql as $$
declare
  v_began timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_answer jsonb;
begin
  execute format('select public.%s', replace(p_call, '{room}', '''b0000000-0000-4000-8000-000000000001'''))
  into v_answer;
  insert into asked values (p_what, v_began, v_answer, clock_timestamp());
  return v_answer;
end $$;
create function pg_temp.at(p_what text, p_key text) returns timestamptz language sql as $$
  select (a.answer ->> p_key)::timestamptz from asked a where a.what = p_what
$$;
-- Whether a moment lies within the time that a question took.
create function pg_temp.is_when(p_moment timestamptz, p_what text) returns boolean language sql as $$
  select p_moment between a.began and a.ended from asked a where a.what = p_what
$$;
-- As if everything of the timer had happened so much earlier.
create function pg_temp.let_pass(p_time interval) returns void language sql as $$
  update public.room_timers t set phase_started_at = t.phase_started_at - p_time, phase_ends_at = t.phase_ends_at - p_time,
    paused_at = t.paused_at - p_time
$$;
-- How often those inside were told since the last time, and whether each time of the timer as it was answered.
create function pg_temp.told() returns jsonb language plpgsql as $$
declare
  v_told jsonb;
begin
  with gone as (delete from realtime.messages where event = 'timer_changed' returning topic, payload)
  select coalesce(jsonb_agg(jsonb_build_object('topic', g.topic, 'phase', g.payload #> '{timer,phase}',
    'isPaused', jsonb_typeof(g.payload #> '{timer,pausedAt}') = 'string')), '[]') into v_told from gone g;
  return v_told;
end $$;
grant execute on all functions in schema pg_temp to authenticated;

-- Nobody who is not signed in, and no stranger.
create temporary table calls (place int, call text);
insert into calls values
  (1, 'get_timer({room})'), (2, 'start_timer({room})'), (3, 'pause_timer({room})'), (4, 'resume_timer({room})'),
  (5, 'skip_phase({room}, ''focus'', 1)'), (6, 'set_timer_lengths({room}, 25, 5, 15, 4)'), (7, 'stop_timer({room})');
grant select on calls to anon, authenticated;
set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok(format('select public.%s', replace(call, '{room}', '''b0000000-0000-4000-8000-000000000001''')), '42501', null,
  'anon: refused: ' || call) from calls order by place;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select throws_ok(format('select public.%s', replace(call, '{room}', '''b0000000-0000-4000-8000-000000000001''')), 'PT403',
  'not_participant', 'a stranger: refused: ' || call) from calls order by place;

-- Where there is none.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(pg_temp.ask('none', 'get_timer({room})'), null, 'a room has no timer at first');
select throws_ok($$ select public.pause_timer('b0000000-0000-4000-8000-000000000001') $$, 'PT404', 'not_found',
  'what is not there cannot be paused');
select throws_ok($$ select public.resume_timer('b0000000-0000-4000-8000-000000000001') $$, 'PT404', 'not_found', 'nor go on');
select throws_ok($$ select public.set_timer_lengths('b0000000-0000-4000-8000-000000000001', 25, 5, 15, 4) $$, 'PT404', 'not_found',
  'nor be given lengths');
select is(pg_temp.ask('stopped before', 'stop_timer({room})'), null, 'but stopped, as twice');
reset role;
select is(pg_temp.told(), '[]', 'of which nobody is told');

-- Started, and read by somebody else.
set local role authenticated;
select is(pg_temp.ask('started', 'start_timer({room}, 30, 6, 20, 3)') - 'phaseStartedAt' - 'phaseEndsAt' - 'updatedAt' - 'serverNow',
  '{"phase": "focus", "round": 1, "focusMinutes": 30, "shortBreakMinutes": 6, "longBreakMinutes": 20, "rounds": 3,
    "isContinuing": true, "pausedAt": null, "updatedBy": "a0000000-0000-4000-8000-000000000002"}', 'anybody inside starts it');
select ok(pg_temp.is_when(pg_temp.at('started', 'phaseStartedAt'), 'started'), 'it begins now');
select is(pg_temp.at('started', 'phaseEndsAt') - pg_temp.at('started', 'phaseStartedAt'), '30 minutes', 'and lasts as long as asked');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(pg_temp.ask('read', 'get_timer({room})') - 'serverNow', (select a.answer - 'serverNow' from asked a where a.what = 'started'),
  'everybody inside reads the same');
select ok(pg_temp.is_when(pg_temp.at('read', 'serverNow'), 'read'), 'with the time of the database');
reset role;
select is(pg_temp.told(), '[{"topic": "room:b0000000-0000-4000-8000-000000000001", "phase": "focus", "isPaused": false}]',
  'those inside are told, once');

-- Paused after ten minutes: the anchors stay, the rest is kept.
select pg_temp.let_pass('10 minutes');
set local role authenticated;
select pg_temp.ask('paused', 'pause_timer({room})');
select ok(pg_temp.is_when(pg_temp.at('paused', 'pausedAt'), 'paused'), 'it is paused now');
select results_eq($$ select pg_temp.at('paused', 'phaseStartedAt'), pg_temp.at('paused', 'phaseEndsAt') $$,
  $$ select pg_temp.at('started', 'phaseStartedAt') - interval '10 minutes', pg_temp.at('started', 'phaseEndsAt') - interval '10 minutes' $$,
  'its anchors stand, so that what remains is kept');
select is(pg_temp.ask('paused again', 'pause_timer({room})') - 'serverNow', (select a.answer - 'serverNow' from asked a where a.what = 'paused'),
  'pausing twice changes nothing');
reset role;
select is(jsonb_path_query_array(pg_temp.told(), '$[*].isPaused'), '[true]', 'those inside are told of the pause, once');

-- An hour later it goes on with what remained.
select pg_temp.let_pass('1 hour');
set local role authenticated;
select pg_temp.ask('resumed', 'resume_timer({room})');
select is(pg_temp.at('resumed', 'phaseEndsAt') - pg_temp.at('resumed', 'phaseStartedAt'), '30 minutes', 'resumed, the phase is as long as ever');
select ok(pg_temp.is_when(
    pg_temp.at('resumed', 'phaseEndsAt') - (pg_temp.at('paused', 'phaseEndsAt') - pg_temp.at('paused', 'pausedAt')), 'resumed'),
  'its anchors have moved by the pause: from now on it has what remained');
select is((select a.answer -> 'pausedAt' from asked a where a.what = 'resumed'), 'null', 'and it runs');
select is(pg_temp.ask('resumed again', 'resume_timer({room})') - 'serverNow', (select a.answer - 'serverNow' from asked a where a.what = 'resumed'),
  'resuming twice changes nothing');
reset role;
select is(jsonb_path_query_array(pg_temp.told(), '$[*].isPaused'), '[false]', 'those inside are told that it runs, once');

-- Other lengths hold from the next phase on.
set local role authenticated;
select is(pg_temp.ask('lengths', 'set_timer_lengths({room}, 50, 10, 40, 2, false)') - 'updatedAt' - 'serverNow',
  (select a.answer - 'updatedAt' - 'serverNow' || '{"focusMinutes": 50, "shortBreakMinutes": 10, "longBreakMinutes": 40, "rounds": 2,
    "isContinuing": false, "updatedBy": "a0000000-0000-4000-8000-000000000001"}' from asked a where a.what = 'resumed'),
  'other lengths leave the current phase as it is');
select is(pg_temp.ask('lengths again', 'set_timer_lengths({room}, 50, 10, 40, 2)') - 'updatedAt' - 'serverNow',
  (select a.answer - 'updatedAt' - 'serverNow' from asked a where a.what = 'lengths'), 'and what is left out stays as it was');
select throws_ok($$ select public.set_timer_lengths('b0000000-0000-4000-8000-000000000001', 50, 10, 181, 2) $$, 'PT400', 'invalid_input',
  'lengths have bounds');
select pg_temp.ask('skipped', 'skip_phase({room}, ''focus'', 1)');
select results_eq($$ select (a.answer ->> 'phase'), pg_temp.at('skipped', 'phaseEndsAt') - pg_temp.at('skipped', 'phaseStartedAt')
    from asked a where a.what = 'skipped' $$, $$ values ('short_break', interval '10 minutes') $$, 'the next phase has the new length');
select is(pg_temp.ask('skipped again', 'skip_phase({room}, ''focus'', 1)') ->> 'phase', 'short_break',
  'of two who skip the same phase, one does');
select is(pg_temp.ask('skipped on', 'skip_phase({room}, ''short_break'', 1)') -> 'round', '2', 'after the break comes the next round');
select is(pg_temp.ask('skipped to the end', 'skip_phase({room}, ''focus'', 2)') ->> 'phase', 'long_break',
  'after the last of the new rounds comes the long break');
-- In the long break, where the round is the last one.
select is(pg_temp.ask('more rounds', 'set_timer_lengths({room}, 50, 10, 40, 5)') -> 'round', '5', 'a long break follows the last round, whichever it is');
reset role;
select is(jsonb_path_query_array(pg_temp.told(), '$[*].phase'), '["focus", "focus", "short_break", "focus", "long_break", "long_break"]',
  'those inside are told of every change, and not of the skip that was none');

-- A phase that is over waits where phases do not follow each other; paused then, nothing remains.
select pg_temp.let_pass('1 hour');
set local role authenticated;
select pg_temp.ask('paused too late', 'pause_timer({room})');
select is(pg_temp.at('paused too late', 'pausedAt'), pg_temp.at('paused too late', 'phaseEndsAt'), 'paused after its end, nothing of a phase remains');
select is(pg_temp.ask('stopped', 'stop_timer({room})'), null, 'it is taken away');
select is(pg_temp.ask('gone', 'get_timer({room})'), null, 'for everybody');
reset role;
select is(pg_temp.told() -> 1 -> 'phase', 'null', 'of which those inside are told');

-- Where the room leaves it to its creator.
update public.rooms set settings = settings || '{"allow_timer_control": false}';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok(format('select public.%s', replace(call, '{room}', '''b0000000-0000-4000-8000-000000000001''')), 'PT403',
  'not_allowed', 'others do not: ' || call) from calls where call !~ '^get_timer' order by place;
select lives_ok($$ select public.get_timer('b0000000-0000-4000-8000-000000000001') $$, 'but everybody inside reads it');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.start_timer('b0000000-0000-4000-8000-000000000001') ->> 'phase', 'focus', 'its creator starts it');

-- Thirty changes a minute and person, whichever, and no more.
reset role;
delete from private.permits;
set local role authenticated;
select is((select count(*) from generate_series(1, 15)
  where not public.pause_timer('b0000000-0000-4000-8000-000000000001') ? 'refusal'
    and not public.resume_timer('b0000000-0000-4000-8000-000000000001') ? 'refusal'), 15::bigint, 'thirty changes a minute are taken');
select is(public.stop_timer('b0000000-0000-4000-8000-000000000001') ->> 'refusal', 'rate_limited', 'one more is refused');
select ok((public.pause_timer('b0000000-0000-4000-8000-000000000001') ->> 'retryAfterSeconds')::int between 1 and 60, 'with the time to wait');
select is(public.get_timer('b0000000-0000-4000-8000-000000000001') ->> 'phase', 'focus', 'reading is not limited, and nothing has changed');

select * from finish();
rollback;
