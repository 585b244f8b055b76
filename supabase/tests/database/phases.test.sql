-- The phases of rooms' timers in the lobby: what is told, to whom, and which rooms are listed by them.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(30);

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 2) as n;
insert into public.rooms (id, name, privacy, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'public', null),
  ('b0000000-0000-4000-8000-000000000002', 'Hidden', 'private', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, 'a0000000-0000-4000-8000-000000000001', gen_random_uuid()
from generate_series(1, 2) as n;
set constraints all immediate;

create function pg_temp.as_person(p_number int) returns void language sql as $$
  select set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_number, true),
    set_config('role', 'authenticated', true)
$$;
-- What the lobby was told since it was last asked.
create function pg_temp.told() returns jsonb language sql as $$
  with gone as (delete from realtime.messages where topic = 'rooms:lobby' returning payload, event)
  select coalesce(jsonb_agg(payload -> 'timer'), '[]') from gone where event = 'room_changed'
$$;
-- Minutes from now until an ISO time, rounded.
create function pg_temp.minutes_to(p_moment text) returns int language sql as $$
  select round(extract(epoch from p_moment::timestamptz - clock_timestamp()) / 60)::int
$$;
grant execute on function pg_temp.as_person(int), pg_temp.minutes_to(text) to public;

-- Telling.
select is(private.lobby_summary(r) -> 'timer', 'null', 'a room that has never had a timer says so') from public.rooms r where r.name = 'Open';
select pg_temp.told();
select pg_temp.as_person(1);
select public.start_timer('b0000000-0000-4000-8000-000000000001', 25, 5, 15, 4, true);
select public.start_timer('b0000000-0000-4000-8000-000000000002', 25, 5, 15, 4, true);
reset role;
create temporary table told on commit drop as select pg_temp.told() as timers;
select is(jsonb_array_length(timers), 1, 'the lobby is told of a timer that begins, once, and of no private room''s') from told;
select is((timers -> 0) - '{phaseStartedAt,phaseEndsAt}'::text[],
  '{"phase": "focus", "round": 1, "focusMinutes": 25, "shortBreakMinutes": 5, "longBreakMinutes": 15, "rounds": 4,
    "isContinuing": true, "pausedAt": null}', 'with its phase and what follows, and not who began it') from told;
select is(pg_temp.minutes_to(timers #>> '{0,phaseEndsAt}'), 25, 'and until when') from told;

-- It has gone on by itself since: 25 minutes of focus, and two of the break.
update public.room_timers t set phase_started_at = t.phase_started_at - interval '27 minutes', phase_ends_at = t.phase_ends_at - interval '27 minutes'
where t.room_id = 'b0000000-0000-4000-8000-000000000001';
select pg_temp.told();
select pg_temp.as_person(2);
create temporary table listed on commit drop as select public.list_rooms() as rooms;
select is(rooms #>> '{0,timer,phase}', 'short_break', 'the list tells the phase of this moment, though nobody has touched the timer')
from listed;
select is(array[pg_temp.minutes_to(rooms #>> '{0,timer,phaseStartedAt}'), pg_temp.minutes_to(rooms #>> '{0,timer,phaseEndsAt}')],
  array[-2, 3], 'and of it alone: not since when the timer runs') from listed;
select is(public.list_rooms('private'), '[]', 'a private room''s phase is told to nobody outside');
select is(jsonb_path_query_array(public.list_rooms(p_phase => 'break'), '$[*].name'), '["Open"]', 'it is among those on a break');
select is(public.list_rooms(p_phase => 'focus'), '[]', 'and not among those in focus, where its anchor is');
select is(public.list_rooms('private', p_phase => 'focus'), '[]', 'nor does the filter tell of a private room');
reset role;
select pg_temp.as_person(1);
select is(jsonb_path_query_array(public.list_rooms('private', p_phase => 'focus'), '$[*].name'), '["Hidden"]',
  'of one''s own rooms it filters as well');
select is(public.list_rooms('private', p_phase => 'break'), '[]', 'both ways');
select is(jsonb_path_query_array(public.list_recent_rooms(), '$[*].timer.phase'), '["short_break", "focus"]', 'recent rooms tell theirs');

-- A pause.
select public.pause_timer('b0000000-0000-4000-8000-000000000001');
reset role;
select is(jsonb_array_length(pg_temp.told()), 1, 'the lobby is told of a pause');
update public.room_timers t set phase_started_at = t.phase_started_at - interval '2 hours', phase_ends_at = t.phase_ends_at - interval '2 hours',
  paused_at = t.paused_at - interval '2 hours' where t.room_id = 'b0000000-0000-4000-8000-000000000001';
select pg_temp.as_person(2);
select is(array[pg_temp.minutes_to(room #>> '{timer,phaseEndsAt}'), pg_temp.minutes_to(room #>> '{timer,pausedAt}')], array[3, 0],
  'what is left of a paused phase is told, and not since when it is paused')
from (select public.list_rooms() -> 0 as room) as r;
select is(public.list_rooms(p_phase => 'break'), '[]', 'a paused break is none');
reset role;
select pg_temp.told();
select pg_temp.as_person(1);
select public.resume_timer('b0000000-0000-4000-8000-000000000001');
select is(jsonb_path_query_array(public.list_rooms(p_phase => 'break'), '$[*].name'), '["Open"]', 'once it goes on it is one again');

-- A phase that waits for the next.
select public.start_timer('b0000000-0000-4000-8000-000000000001', 25, 5, 15, 4, false);
select is(jsonb_path_query_array(public.list_rooms(p_phase => 'focus'), '$[*].name'), '["Open"]', 'a phase that will wait is one while it lasts');
reset role;
update public.room_timers t set phase_started_at = now() - interval '26 minutes', phase_ends_at = now() - interval '1 minute'
where t.room_id = 'b0000000-0000-4000-8000-000000000001';
select pg_temp.as_person(1);
select is(public.list_rooms(p_phase => 'focus') || public.list_rooms(p_phase => 'break'), '[]', 'and neither of the two when it is over');
reset role;

-- No timer any more.
select pg_temp.told();
select pg_temp.as_person(1);
select public.stop_timer('b0000000-0000-4000-8000-000000000001');
select is(public.list_rooms() -> 0 -> 'timer', 'null', 'a room whose timer was stopped has none');
reset role;
select is(pg_temp.told(), '[null]', 'and the lobby is told');
select is((select r.phases_until from public.rooms r where r.name = 'Open'), null, 'nor is it looked at by phase');

-- Whoever began a timer may go: their account changes no phase, and the lobby hears nothing of it.
select pg_temp.as_person(1);
select public.start_timer('b0000000-0000-4000-8000-000000000001');
reset role;
select pg_temp.told();
update public.room_timers set updated_by = null;
select is(pg_temp.told(), '[]', 'who changed a timer is nothing that the lobby shows');

-- Pages. 30 rooms: each third in focus, each third on a break, the others without a timer.
delete from public.rooms;
insert into public.rooms (id, name, participant_count, empty_since, created_at)
select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Room ' || n, n % 4, case when n % 4 = 0 then now() end,
  timestamptz '2026-01-01' + n % 5 * interval '1 day'
from generate_series(1, 30) as n;
insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes, short_break_minutes, long_break_minutes, rounds)
select r.id, 'focus', 1, now() - (n % 3 * 25 - 24) * interval '1 minute', now() - (n % 3 * 25 - 49) * interval '1 minute', 25, 5, 15, 4
from (select r.id, right(r.id::text, 2)::int as n from public.rooms r) as r where n % 3 > 0;
create function pg_temp.pages(p_phase public.room_phase, p_order public.room_order) returns text[] language sql as $$
  with recursive pages as (
    select public.list_rooms(p_limit => 3, p_order => p_order, p_phase => p_phase) as page, 1 as number
    union all
    select public.list_rooms(p_limit => 3, p_order => p_order, p_phase => p_phase,
      p_after_count => (page -> -1 ->> 'participantCount')::int, p_after_created_at => (page -> -1 ->> 'createdAt')::timestamptz,
      p_after_name_key => page -> -1 ->> 'sortKey', p_after_id => (page -> -1 ->> 'id')::uuid), number + 1
    from pages where jsonb_array_length(page) > 0 and number < 20
  )
  select array_agg(room ->> 'name' order by number, place) from pages, jsonb_array_elements(page) with ordinality as r (room, place)
$$;
create function pg_temp.in_order(p_remainder int, p_order public.room_order) returns text[] language sql as $$
  select array_agg(r.name order by
    case when p_order = 'lively' then r.participant_count end desc, case when p_order <> 'name' then r.created_at end desc,
    case when p_order = 'name' then r.name end collate "C", r.id desc)
  from public.rooms r where right(r.id::text, 2)::int % 3 = p_remainder
$$;
grant execute on function pg_temp.pages(public.room_phase, public.room_order), pg_temp.in_order(int, public.room_order) to public;
select pg_temp.as_person(1);
select is(pg_temp.pages(phase, o), pg_temp.in_order(case phase when 'focus' then 1 else 2 end, o),
  format('pages of rooms %s follow one another without a gap or a repetition: %s', phase, o))
from unnest(enum_range(null::public.room_phase)) as phase, unnest(enum_range(null::public.room_order)) as o order by phase, o;

reset role;
set local enable_sort = off;
create function pg_temp.plan_of(p_statement text) returns text language plpgsql as $$
declare
  v_plan json;
begin
  execute 'explain (format json) ' || p_statement into v_plan;
  return v_plan::text;
end $$;
select ok(pg_temp.plan_of('select id from public.rooms r where is_active and privacy = ''public'' and r.phases_until > now() and '
  || '(participant_count, created_at, id) < (9, now(), ''ffffffff-ffff-ffff-ffff-ffffffffffff'') '
  || 'order by participant_count desc, created_at desc, id desc limit 20') like '%rooms_phases_lively_idx%Index Cond%',
  'an index of those with phases is read on');

select * from finish();
rollback;
