-- Study sessions: who sees and changes what, what counts, and how sessions end.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(80);
update private.limits set max_count = 1000;

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 3) as n;
insert into public.rooms (id, name) values
  ('b0000000-0000-4000-8000-000000000001', 'Maths'), ('b0000000-0000-4000-8000-000000000002', 'Anything');
insert into public.room_tags (room_id, tag) values
  ('b0000000-0000-4000-8000-000000000001', 'maths'), ('b0000000-0000-4000-8000-000000000001', 'exam');
create function pg_temp.act_as(n int) returns void language sql as $$
  select set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || n, true)
$$;
-- A person's sign of life in a room, some time ago.
create function pg_temp.seen(n int, room int, ago interval) returns void language plpgsql security definer as $$
begin
  update public.room_participants set last_seen_at = now() - ago
  where is_active and user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid
    and room_id = ('b0000000-0000-4000-8000-00000000000' || room)::uuid;
  if not found then
    insert into public.room_participants (room_id, user_id, connection_id, joined_at, last_seen_at)
    values (('b0000000-0000-4000-8000-00000000000' || room)::uuid, ('a0000000-0000-4000-8000-00000000000' || n)::uuid,
      gen_random_uuid(), now() - ago, now() - ago);
  end if;
end $$;
create function pg_temp.gone(n int, room int, ago interval, reason text) returns void language sql security definer as $$
  update public.room_participants set is_active = false, left_at = now() - ago, left_reason = reason
  where is_active and user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid
    and room_id = ('b0000000-0000-4000-8000-00000000000' || room)::uuid
$$;
create function pg_temp.present(n int) returns bigint language sql security definer as $$
  select coalesce(sum(present_ms), 0)::bigint / 1000 from private.study_credits
  where user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid
$$;
create function pg_temp.focused(n int) returns bigint language sql security definer as $$
  select coalesce(sum(focused_ms), 0)::bigint / 1000 from private.study_credits
  where user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid
$$;
create function pg_temp.open_session(n int) returns uuid language sql security definer as $$
  select id from public.study_sessions where user_id = ('a0000000-0000-4000-8000-00000000000' || n)::uuid and ended_at is null
$$;
create function pg_temp.told() returns text language sql security definer as $$
  select string_agg(coalesce(payload ->> 'goal', 'none') || ' in ' || right(topic, 1), ', ' order by inserted_at, topic)
  from realtime.messages where event = 'goal_changed'
$$;
-- What my_statistics says to a time zone: its refusal.
create function pg_temp.refusal(zone text) returns text language plpgsql as $$
begin
  perform public.my_statistics('2026-01-01', '2026-01-02', zone);
  return 'none';
exception when others then
  return sqlstate || ' ' || sqlerrm;
end $$;
grant execute on all functions in schema pg_temp to authenticated;

-- What counts.
select pg_temp.seen(1, 1, '70 minutes');
select is((select count(*)::int from public.study_sessions), 1, 'being in a room opens a session');
select is(pg_temp.present(1), 0::bigint, 'in which nothing is counted yet');
select pg_temp.seen(1, 1, '69 minutes 30 seconds');
select is(pg_temp.present(1), 30::bigint, 'a heartbeat counts the time since the last one');
select is(pg_temp.focused(1), 30::bigint, 'all of it as focus where there is no timer');
select pg_temp.seen(1, 1, '66 minutes 30 seconds');
select is(pg_temp.present(1), 210::bigint, 'a gap of three minutes counts');
select pg_temp.seen(1, 1, '63 minutes 29 seconds');
select is(pg_temp.present(1), 210::bigint, 'a longer one does not');
select pg_temp.gone(1, 1, '62 minutes 29 seconds', 'expired');
select is(pg_temp.present(1), 210::bigint, 'a stay that expires says nothing');
select pg_temp.seen(1, 1, '61 minutes 29 seconds');
select is(pg_temp.present(1), 330::bigint, 'but coming back in time bridges it');
select pg_temp.gone(1, 1, '61 minutes 9 seconds', 'left');
select is(pg_temp.present(1), 350::bigint, 'leaving counts until then');
select pg_temp.seen(1, 2, '60 minutes 9 seconds');
select is(pg_temp.present(1), 410::bigint, 'another room soon after goes on');
select pg_temp.seen(1, 1, '60 minutes 9 seconds');
select pg_temp.seen(1, 1, '59 minutes 59 seconds');
select pg_temp.seen(1, 2, '59 minutes 59 seconds');
select pg_temp.seen(1, 2, '60 minutes 4 seconds');
select is(pg_temp.present(1), 420::bigint, 'in two rooms at once each moment counts once');
select is((select count(*)::int from public.study_sessions), 1, 'all of it in one session');
select is((select present_ms / 1000 from public.study_sessions), 420::bigint, 'which holds the same');
select results_eq($$ select tags::text, sum(present_ms)::int / 1000 from private.study_credits group by 1 order by 2 desc $$,
  $$ values ('{exam,maths}', 410), ('{}', 10) $$, 'time belongs to the tags of the room in which it began');
select pg_temp.gone(1, 1, '50 minutes', 'left');
select is(pg_temp.present(1), 420::bigint, 'leaving after a long silence counts nothing');
select pg_temp.gone(1, 2, '50 minutes', 'expired');

-- With a timer.
select pg_temp.act_as(1);
insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes, short_break_minutes,
  long_break_minutes, rounds, updated_at) values
  ('b0000000-0000-4000-8000-000000000002', 'focus', 1, now() - interval '30 minutes', now() - interval '20 minutes', 10, 5, 15, 4,
   now() - interval '30 minutes');
select pg_temp.seen(2, 2, '22 minutes');
select pg_temp.seen(2, 2, '20 minutes');
select pg_temp.seen(2, 2, '18 minutes');
select is(pg_temp.present(2), 240::bigint, 'a break is presence');
select is(pg_temp.focused(2), 120::bigint, 'and no focus');
select pg_temp.seen(2, 2, '16 minutes');
select pg_temp.seen(2, 2, '14 minutes');
select is(pg_temp.focused(2), 180::bigint, 'the next focus phase counts from where it began');
select private.keep_past_timer('b0000000-0000-4000-8000-000000000002', now() - interval '13 minutes');
update public.room_timers set paused_at = now() - interval '13 minutes', phase_started_at = now() - interval '15 minutes',
  phase_ends_at = now() - interval '5 minutes', updated_at = now() - interval '13 minutes';
select pg_temp.seen(2, 2, '12 minutes');
select is(pg_temp.focused(2), 240::bigint, 'a change counts from when it was made, whoever was seen meanwhile');
select private.keep_past_timer('b0000000-0000-4000-8000-000000000002', now() - interval '11 minutes');
delete from public.room_timers;
select pg_temp.seen(2, 2, '10 minutes');
select is(pg_temp.focused(2), 300::bigint, 'without a timer all counts again');
select is(pg_temp.present(2), 720::bigint, 'and presence was counted all along');
select pg_temp.gone(2, 2, '10 minutes', 'left');

-- The functions that change a timer keep how it was.
delete from private.past_timers;
select pg_temp.seen(3, 2, '0 seconds');
select pg_temp.act_as(3);
set local role authenticated;
select public.start_timer('b0000000-0000-4000-8000-000000000002', 25, 5, 15, 4);
select public.skip_phase('b0000000-0000-4000-8000-000000000002', 'focus', 1);
select public.stop_timer('b0000000-0000-4000-8000-000000000002');
reset role;
select results_eq($$ select timer ->> 'phase', valid_until > (timer ->> 'updated_at')::timestamptz from private.past_timers order by id $$,
  $$ values ('focus', true), ('short_break', true) $$, 'every timer that was changed or stopped is kept for a while');
delete from realtime.messages;

-- Sessions by hand.
set local role authenticated;
select is(public.start_study_session(E'  Read\n chapter \u200b3 ') ->> 'goal', 'Read chapter 3', 'a goal is one clean line');
select is(public.start_study_session('Read chapter 3') ->> 'id', pg_temp.open_session(3)::text, 'repeating changes nothing');
select is(pg_temp.told(), null::text, 'nobody hears of a goal that is not shared');
select is(public.list_participants('b0000000-0000-4000-8000-000000000002') -> 0 -> 'goal', 'null'::jsonb, 'nor reads it');
select is(public.start_study_session('Read chapter 3', true) -> 'sharesGoal', 'true'::jsonb, 'it can be shared');
select is(pg_temp.told(), 'Read chapter 3 in 2', 'which the room hears');
select is(public.list_participants('b0000000-0000-4000-8000-000000000002') -> 0 ->> 'goal', 'Read chapter 3', 'and who is in it reads');
select public.start_study_session('Read chapter 3', true);
select is(pg_temp.told(), 'Read chapter 3 in 2', 'once');
select is(public.start_study_session('   ') -> 'goal', 'null'::jsonb, 'no goal is fine');
select is(public.get_study_session() ->> 'id', pg_temp.open_session(3)::text, 'the open session can be asked for');
select throws_ok($$ select public.start_study_session(repeat('x', 121)) $$, 'PT400', 'invalid_input', 'a goal has an end');
select throws_ok($$ select public.start_study_session(repeat(' ', 5000)) $$, 'PT400', 'invalid_input', 'however blank');
select lives_ok($$ select public.start_study_session(repeat('x', 120), true) $$, '120 characters are fine');
select throws_ok($$ select public.check_in_study_session(pg_temp.open_session(3), null) $$, 'PT400', 'invalid_input',
  'a check-in says how it went');
select throws_ok($$ select public.check_in_study_session(pg_temp.open_session(3), 'done', repeat('x', 501)) $$, 'PT400',
  'invalid_input', 'a note has an end');
select throws_ok($$ select public.check_in_study_session(pg_temp.open_session(2), 'done') $$, 'PT404', 'not_found',
  'nobody checks in for somebody else');
select throws_ok($$ select public.check_in_study_session(gen_random_uuid(), 'done') $$, 'PT404', 'not_found',
  'which is the same as a session that never was');
select is(public.end_study_session(pg_temp.open_session(2)), null::jsonb, 'nor ends somebody else''s');
select isnt(pg_temp.open_session(2), null::uuid, 'which is open still');
create temporary table mine as select pg_temp.open_session(3) as id;
reset role;
delete from realtime.messages;
set local role authenticated;
select is(public.check_in_study_session((select id from mine), 'partly', E' Half\n of it ') ->> 'note', E'Half\n of it',
  'a check-in ends it, with a note');
select is(pg_temp.open_session(3), null::uuid, 'for good');
select is(public.list_participants('b0000000-0000-4000-8000-000000000002') -> 0 -> 'goal', 'null'::jsonb, 'its goal is read no more');
select is(pg_temp.told(), 'none in 2', 'of which the room hears');
select is(public.check_in_study_session((select id from mine), 'done') ->> 'outcome', 'done', 'the latest word counts');
select is(jsonb_array_length(public.list_study_sessions()), 1, 'sessions are listed');
select is(public.get_study_session(), null::jsonb, 'none is open');
reset role;
select pg_temp.seen(3, 2, '-10 seconds');
set local role authenticated;
select isnt(pg_temp.open_session(3), (select id from mine), 'who stays begins another one');
create temporary table next as select pg_temp.open_session(3) as id;
select is(public.end_study_session((select id from next)), null::jsonb, 'of which nothing is kept when it was a moment without a goal');
select is(public.end_study_session((select id from next)), null::jsonb, 'ending twice is fine');
select is(jsonb_array_length(public.list_study_sessions(1, (select min(started_at) from public.study_sessions),
  '00000000-0000-0000-0000-000000000000')), 0, 'a page ends where the list does');

-- The clean-up.
reset role;
update public.study_sessions set goal = 'Sums', shares_goal = true where user_id = 'a0000000-0000-4000-8000-000000000001';
select ok(private.prune_study_sessions() > 0, 'sessions of those unseen for half an hour end');
select is((select ended_at from public.study_sessions where goal = 'Sums'), date_trunc('milliseconds', now() - interval '50 minutes'),
  'when they were last seen');
select isnt(pg_temp.open_session(2), null::uuid, 'others do not');
select pg_temp.seen(1, 1, '0 seconds');
select isnt(pg_temp.open_session(1), (select id from public.study_sessions where goal = 'Sums'), 'coming back later is another one');
set local role authenticated;
select pg_temp.act_as(1);
select is(public.check_in_study_session((select id from public.study_sessions where goal = 'Sums'), 'done') ->> 'outcome', 'done',
  'one that has ended by itself can be checked in');
reset role;
update private.study_credits set starts_at = starts_at - interval '2 years' where user_id = 'a0000000-0000-4000-8000-000000000001';
select is(private.prune_study_credits(), (select count(*)::int from private.study_credits
  where user_id = 'a0000000-0000-4000-8000-000000000001'), 'what was studied two years ago is forgotten');
update private.past_timers set valid_until = now() - interval '61 minutes';
select is(private.prune_past_timers(), 2, 'so are timers of an hour ago');
update public.study_sessions set started_at = started_at - interval '2 years', ended_at = ended_at - interval '2 years'
where user_id = 'a0000000-0000-4000-8000-000000000001' and ended_at is not null;
select is(private.prune_study_sessions(), 1, 'and sessions that ended two years ago');

-- Who sees and changes what.
set local role authenticated;
select pg_temp.act_as(2);
select is((select array_agg(distinct user_id) from public.study_sessions), array['a0000000-0000-4000-8000-000000000002'::uuid],
  'people see their own sessions and nobody else''s');
select throws_ok($$ insert into public.study_sessions (user_id, started_at) values (auth.uid(), now()) $$, '42501', null,
  'nobody makes one by hand');
select throws_ok($$ update public.study_sessions set focused_ms = 1000000 $$, '42501', null, 'nor changes one');
select throws_ok($$ delete from public.study_sessions $$, '42501', null, 'nor deletes one');
select throws_ok($$ select 1 from private.study_credits $$, '42501', null, 'nobody reads credits');
select throws_ok($$ select private.note_presence(auth.uid(), gen_random_uuid(), now()) $$, '42501', null,
  'nobody counts for themselves');
set local role anon;
select throws_ok($$ select 1 from public.study_sessions $$, '42501', null, 'nobody who is not signed in sees sessions');
select throws_ok($$ insert into public.study_sessions (user_id, started_at) values (gen_random_uuid(), now()) $$, '42501', null,
  'nor makes one');
select throws_ok($$ update public.study_sessions set goal = 'x' $$, '42501', null, 'nor changes one');
select throws_ok($$ delete from public.study_sessions $$, '42501', null, 'nor deletes one');
reset role;
select is_empty($$ select f from unnest(array['start_study_session(text,boolean)',
    'check_in_study_session(uuid,public.study_outcome,text)', 'end_study_session(uuid)', 'get_study_session()',
    'list_study_sessions(int,timestamptz,uuid)', 'my_statistics(date,date,text)']) as f
  where has_function_privilege('anon', 'public.' || f, 'execute')
    or not has_function_privilege('authenticated', 'public.' || f, 'execute') $$,
  'the functions are for those who are signed in');

-- An account that goes.
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000002';
select is((select count(*)::int from public.study_sessions where user_id = 'a0000000-0000-4000-8000-000000000002')
  + (select count(*)::int from private.study_credits where user_id = 'a0000000-0000-4000-8000-000000000002')
  + (select count(*)::int from private.study_clocks where user_id = 'a0000000-0000-4000-8000-000000000002'), 0,
  'whose account is gone has studied nothing here');

-- Statistics.
set local role authenticated;
select pg_temp.act_as(3);
select throws_ok($$ select public.my_statistics('2026-01-01', '2027-01-02', 'UTC') $$, 'PT400', 'invalid_input',
  'statistics are of 366 days at most');
select throws_ok($$ select public.my_statistics('2026-01-02', '2026-01-01', 'UTC') $$, 'PT400', 'invalid_input', 'in their order');
select throws_ok($$ select public.my_statistics('-infinity', 'infinity', 'UTC') $$, 'PT400', 'invalid_input', 'of this world');
select is_empty($$ select z from unnest(array['CEST', 'EST5', 'Mars/Olympus', '+02:00', 'right/Europe/Berlin', '', null]) as z
  where pg_temp.refusal(z) is distinct from 'PT400 invalid_input' $$, 'and of zones of the IANA database');
select ok(pg_temp.present(3) > 0 and pg_temp.present(1) = 0, 'of two people here, one has studied');
select is((public.my_statistics(current_date - 3, current_date + 1, 'UTC') #>> '{totals,presentSeconds}')::bigint, pg_temp.present(3),
  'whose statistics tell of all that counts');
select isnt(public.my_statistics(current_date - 3, current_date + 1, 'UTC') -> 'days', '[]', 'by days as well');
select pg_temp.act_as(1);
select is(public.my_statistics(current_date - 3, current_date + 1, 'UTC') -> 'days', '[]', 'and nobody else''s do');

select * from finish();
rollback;
