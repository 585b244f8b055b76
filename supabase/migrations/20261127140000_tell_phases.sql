-- The lobby tells in which phase a room's timer is, and lists the rooms that are in focus or on a break.
--
-- Nothing ticks here either: which phase it is follows from the timer's anchors at the moment that somebody asks, so that a phase that
-- ends by itself is never told too long. What a room's row holds is only for how long its timer tells phases at all.

-- In which kind of phase rooms are.
create type public.room_phase as enum ('focus', 'break');

-- Rises when the room's timer changes, so that the lobby is told.
alter table public.rooms add column timer_version int not null default 0;
-- Until when the room's timer tells a phase: for ever where phases follow each other, else until the current one is over. Null without
-- a timer, and while it is paused.
alter table public.rooms add column phases_until timestamptz;

-- Keeps both, whoever changes a timer. Clients do under the room's lock.
create function private.note_timer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.rooms r
  set timer_version = r.timer_version + 1,
    phases_until = case
      when tg_op = 'DELETE' or new.paused_at is not null then null
      when new.is_continuing then 'infinity'
      else new.phase_ends_at end
  where r.id = coalesce(new.room_id, old.room_id);
  return null;
end
$$;

update public.rooms r
set timer_version = 1,
  phases_until = case when t.paused_at is not null then null when t.is_continuing then 'infinity' else t.phase_ends_at end
from public.room_timers t where t.room_id = r.id;

-- Not for who has changed it: an account that is deleted changes no phase.
create trigger room_timers_note
after insert or delete or update of phase, round, phase_started_at, phase_ends_at, focus_minutes, short_break_minutes,
  long_break_minutes, rounds, is_continuing, paused_at
on public.room_timers
for each row execute function private.note_timer();

-- The lobby's rooms whose timers tell phases, in each of its orders.
create index rooms_phases_lively_idx on public.rooms (participant_count desc, created_at desc, id desc)
where is_active and privacy = 'public' and phases_until is not null;
create index rooms_phases_newest_idx on public.rooms (created_at desc, id desc)
where is_active and privacy = 'public' and phases_until is not null;
create index rooms_phases_by_name_idx on public.rooms ((private.room_name_key(name)) collate "C", id)
where is_active and privacy = 'public' and phases_until is not null;

-- A room's timer as the lobby tells it, or null where there is none.
-- SECURITY: the phase of this moment and what follows from it; not since when the timer runs or is paused, nor who has changed it. A
-- paused one is told as one that was paused just now with as much left. A phase that waits for the next is told with its end.
create function private.lobby_timer(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  select * into v_timer from public.room_timers t where t.room_id = p_room_id;
  if not found then
    return null;
  end if;
  v_timer := private.reanchor(v_timer, v_now);
  if v_timer.paused_at is not null then
    v_timer.phase_started_at := v_timer.phase_started_at + (v_now - v_timer.paused_at);
    v_timer.phase_ends_at := v_timer.phase_ends_at + (v_now - v_timer.paused_at);
    v_timer.paused_at := v_now;
  end if;
  return jsonb_build_object(
    'phase', v_timer.phase,
    'round', v_timer.round,
    'phaseStartedAt', private.to_iso(v_timer.phase_started_at),
    'phaseEndsAt', private.to_iso(v_timer.phase_ends_at),
    'focusMinutes', v_timer.focus_minutes,
    'shortBreakMinutes', v_timer.short_break_minutes,
    'longBreakMinutes', v_timer.long_break_minutes,
    'rounds', v_timer.rounds,
    'isContinuing', v_timer.is_continuing,
    'pausedAt', private.to_iso(v_timer.paused_at)
  );
end
$$;

-- A room as the lobby lists it, with its timer. Holds nobody's name.
create function private.lobby_summary(p_room public.rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.room_summary(p_room) || jsonb_build_object(
    -- Most rooms have never had one.
    'timer', case when p_room.timer_version > 0 then private.lobby_timer(p_room.id) end)
$$;

-- What of a room the lobby shows. How many fit in depends on its topology and on the older clients inside.
create or replace function private.lobby_state(p_room public.rooms)
returns text
language sql
stable
set search_path = ''
as $$
  select row(p_room.name, p_room.privacy, p_room.is_active, p_room.participant_count, p_room.max_participants,
    p_room.has_password, p_room.tags_version, p_room.topology, p_room.mesh_only_count > 0, p_room.timer_version)::text
$$;

-- As before, and with the room's timer.
create or replace function private.tell_lobby()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = new.id;
  if not found or private.lobby_state(v_room) <> private.lobby_state(new) then
    return null;
  end if;
  if v_room.is_active and v_room.privacy = 'public' then
    perform realtime.send(private.lobby_summary(v_room), 'room_changed', 'rooms:lobby', true);
  else
    perform realtime.send(jsonb_build_object('id', v_room.id), 'room_removed', 'rooms:lobby', true);
  end if;
  return null;
end
$$;

drop trigger rooms_tell_lobby_of_change on public.rooms;

-- Only what the lobby shows, and only of a room that is, or has just been, in the lobby.
create constraint trigger rooms_tell_lobby_of_change
after update on public.rooms
deferrable initially deferred
for each row
when (
  ((new.is_active and new.privacy = 'public') or (old.is_active and old.privacy = 'public'))
  and (new.name, new.privacy, new.is_active, new.participant_count, new.max_participants, new.has_password,
      new.tags_version, new.topology, new.mesh_only_count > 0, new.timer_version)
    is distinct from (old.name, old.privacy, old.is_active, old.participant_count, old.max_participants,
      old.has_password, old.tags_version, old.topology, old.mesh_only_count > 0, old.timer_version)
)
execute function private.tell_lobby();

-- The caller's latest rooms that are still open, at most 4, the latest first: an array of room summaries.
-- SECURITY: a public room is listed to everybody, and so stays here as well for whoever is banned from it or was blocked by its creator,
-- or its going would tell them; of a private one it is as in private.list_rooms. Rooms of one's recurring rooms stand with those.
create or replace function private.list_recent_rooms()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  return (
    with mine as (
      select p.room_id, max(coalesce(p.left_at, 'infinity')) as until
      from public.room_participants p
      where p.user_id = v_user_id
      group by p.room_id
    ), open as (
      select r as room, m.until
      from mine m
      join public.rooms r on r.id = m.room_id and r.is_active
      where (r.privacy = 'public' or r.creator_id = v_user_id or exists (
          select 1 from public.room_participants p where p.room_id = r.id and p.user_id = v_user_id and p.is_active
        ) or (exists (
          select 1 from public.room_members b where b.room_id = r.id and b.user_id = v_user_id
        ) and not private.is_barred(r.id, v_user_id)))
      and not exists (select 1 from public.recurring_rooms c where c.id = r.recurring_room_id and c.owner_id = v_user_id)
      and not exists (
        select 1 from public.recurring_room_members c
        where c.recurring_room_id = r.recurring_room_id and c.user_id = v_user_id
      )
      order by m.until desc, r.id
      limit 4
    )
    select coalesce(jsonb_agg(private.lobby_summary(o.room) order by o.until desc, (o.room).id), '[]') from open o
  );
end
$$;

drop function public.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean);
drop function private.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean);

-- One page of active rooms in an order, after the given key: an array of room summaries; by name each with its `sortKey`.
-- 'public': rooms open to everybody. 'private': private rooms that the caller created, is in or is a member of, and no other.
-- A search of public rooms asks private.room_search. With p_has_room those that are full are left out; with p_phase all that are not in
-- such a phase at this moment: a paused timer, and a phase that waits for the next, is none.
create function private.list_rooms(
  p_privacy public.room_privacy,
  p_tags text[],
  p_query text,
  p_limit int,
  p_after_count int,
  p_after_created_at timestamptz,
  p_after_id uuid,
  p_order public.room_order,
  p_after_name_key text,
  p_has_room boolean,
  p_phase public.room_phase
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_tag text;
  -- Literals and one statement a question, so that the planner knows each word and tag it is asked for.
  v_where text := case when p_privacy = 'private'
    -- An array, so that each room is looked up by its id, however many private rooms there are.
    then 'r.privacy = ''private'' and r.id = any (array('
      || 'select c.id from public.rooms c where c.creator_id = $1 union '
      || 'select p.room_id from public.room_participants p where p.user_id = $1 and p.is_active union '
      || 'select m.room_id from public.room_members m where m.user_id = $1 and not private.is_barred(m.room_id, $1)))'
    else 'r.privacy = ''public''' end;
  v_config private.config;
  v_pattern text;
  v_after text;
  v_order text;
  v_now timestamptz := clock_timestamp();
  v_rooms jsonb;
begin
  foreach v_tag in array private.chosen_tags(p_tags) loop
    v_where := v_where || format(
      ' and exists (select 1 from public.room_tags t where t.room_id = r.id and t.tag = %L)', v_tag);
  end loop;
  if p_has_room then
    select * into strict v_config from private.config;
    -- As private.room_capacity, written out so that no function is called for each room, and the index of the lively ones is
    -- read from where rooms may have a place.
    v_where := v_where || case when v_config.has_sfu
      then format(' and r.participant_count < 50 and r.participant_count < case when r.mesh_only_count = 0 then r.max_participants'
        ' else least(r.max_participants, %s) end', v_config.mesh_capacity)
      else format(' and r.participant_count < %1$s and r.participant_count < r.max_participants', v_config.mesh_capacity) end;
  end if;
  if p_phase is not null then
    -- The index holds those whose timers tell phases, whichever; which one is reckoned for as many as it takes to fill the page. A
    -- subquery for each, which the planner does not turn into a join of all timers.
    v_where := v_where || format(' and r.phases_until > $8 and (select case when $8 < t.phase_ends_at then t.phase::text '
      'else private.timer_at(t, $8) ->> ''phase'' end from public.room_timers t where t.room_id = r.id) %s ''focus''',
      case p_phase when 'focus' then '=' else '<>' end);
  end if;
  if coalesce(p_query, '') <> '' then
    -- SECURITY: %L quotes; the wildcards of the searched text are taken literally.
    v_pattern := '%' || regexp_replace(regexp_replace(left(p_query, 80), '[[:cntrl:]]', ' ', 'g'),
      '([\\%_])', '\\\1', 'g') || '%';
    v_where := v_where || case when p_privacy = 'private'
      then format(' and (r.name operator(pg_catalog.~~*) %1$L or exists (select 1 from public.room_tags t '
        'where t.room_id = r.id and t.tag operator(pg_catalog.~~*) %1$L))', v_pattern)
      else format(' and exists (select 1 from private.room_search s where s.room_id = r.id '
        'and s.words operator(pg_catalog.~~*) %L)', v_pattern) end;
  end if;
  case p_order
    when 'newest' then
      v_after := '(r.created_at, r.id) < ($3, $4)';
      v_order := 'r.created_at desc, r.id desc';
    when 'name' then
      v_after := '((private.room_name_key(r.name)) collate "C", r.id) > ($6, $7)';
      v_order := '(private.room_name_key(r.name)) collate "C", r.id';
    else
      v_after := '(r.participant_count, r.created_at, r.id) < ($2, $3, $4)';
      v_order := 'r.participant_count desc, r.created_at desc, r.id desc';
  end case;
  -- The page is in order when it is numbered, and put together by those numbers.
  execute 'select coalesce(jsonb_agg(private.lobby_summary(page.room)'
    || case when p_order = 'name'
      then ' || jsonb_build_object(''sortKey'', private.room_name_key((page.room).name))' else '' end
    || ' order by page.place), ''[]'') from ('
    || 'select r as room, row_number() over (order by ' || v_order || ') as place'
    || ' from public.rooms r where r.is_active and ' || v_where || ' and ' || v_after
    || ' order by ' || v_order || ' limit $5) as page'
  into v_rooms
  using v_user_id,
    coalesce(p_after_count, 2147483647),
    coalesce(p_after_created_at, 'infinity'::timestamptz),
    coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
    least(greatest(coalesce(p_limit, 20), 1), 21),
    coalesce(left(p_after_name_key, 400), ''),
    coalesce(p_after_id, '00000000-0000-0000-0000-000000000000'::uuid),
    v_now;
  return v_rooms;
end
$$;

-- One page of active rooms. At most 21: a page of 20, and whether there is another. By name, the key is the last room's
-- `sortKey` and id; the newest first, its `createdAt` and id; the liveliest first, its `participantCount` besides.
create function public.list_rooms(
  p_privacy public.room_privacy default 'public',
  p_tags text[] default '{}',
  p_query text default '',
  p_limit int default 20,
  p_after_count int default null,
  p_after_created_at timestamptz default null,
  p_after_id uuid default null,
  p_order public.room_order default 'lively',
  p_after_name_key text default null,
  p_has_room boolean default false,
  p_phase public.room_phase default null
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_rooms(
    p_privacy, p_tags, p_query, p_limit, p_after_count, p_after_created_at, p_after_id, p_order, p_after_name_key, p_has_room,
    p_phase)
$$;

grant execute on function private.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean, public.room_phase) to authenticated;
grant execute on function public.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean, public.room_phase) to authenticated;
