-- Rooms that are on again and again: who has one, who belongs to it, by which rule it repeats. While people meet there is
-- an ordinary room for it, opened by whoever comes first and closed like any other; the recurring room outlives it.
-- Its row is locked before any room: the order is profile, permits, invite, recurring room, room, participants.

insert into private.limits (action, max_count, window_length)
values
  ('create_recurring_room', 5, '1 minute'),
  ('change_recurring_room', 30, '1 minute'),
  ('open_recurring_room', 10, '1 minute'),
  ('accept_invite', 10, '5 minutes');

create table public.recurring_rooms (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references public.profiles (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  -- That of the rooms which are opened for it. The recurring room itself is known to its members alone.
  privacy public.room_privacy not null default 'private',
  tags text[] not null default '{}' check (cardinality(tags) <= 5),
  settings jsonb not null,
  max_participants int not null default 50 check (max_participants between 2 and 50),
  rrule text not null check (octet_length(rrule) <= 300),
  -- Wall-clock time from which the rule counts, without a zone: 18:00 remains 18:00 when the clocks change.
  starts_at timestamp not null check (starts_at between '2000-01-01' and '2200-01-01'),
  -- Name of the IANA database.
  time_zone text not null check (char_length(time_zone) <= 64),
  duration_minutes int not null check (duration_minutes between 5 and 1440),
  -- The last day of a rule with COUNT, so that it need not be counted again; null: by COUNT it never ends.
  last_day date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint recurring_rooms_settings_are_known check (
    private.has_booleans(settings, 'allow_chat', 'allow_video', 'allow_screenshare') and octet_length(settings::text) <= 4096
  )
);
comment on table public.recurring_rooms is 'Rooms that repeat by a rule. Known to their owners and members only.';
alter table public.recurring_rooms enable row level security;
create index recurring_rooms_owner_idx on public.recurring_rooms (owner_id, created_at);

create trigger recurring_rooms_touch_updated_at
before update on public.recurring_rooms
for each row execute function private.touch_updated_at();

create table public.recurring_room_members (
  recurring_room_id uuid not null references public.recurring_rooms (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  joined_at timestamptz not null default clock_timestamp(),
  primary key (recurring_room_id, user_id)
);
comment on table public.recurring_room_members is 'Who belongs to a recurring room besides its owner.';
alter table public.recurring_room_members enable row level security;
create index recurring_room_members_user_idx on public.recurring_room_members (user_id, recurring_room_id);

create table public.recurring_room_invites (
  id uuid primary key default gen_random_uuid(),
  recurring_room_id uuid not null references public.recurring_rooms (id) on delete cascade,
  -- SECURITY: the SHA-256 of a random 128-bit code; the code itself is shown once and never kept.
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  max_uses int not null check (max_uses between 1 and 100),
  used_count int not null default 0,
  constraint recurring_room_invites_are_not_overused check (used_count between 0 and max_uses)
);
comment on table public.recurring_room_invites is 'Invites that make members of recurring rooms: hashes of codes. Revoking deletes them.';
alter table public.recurring_room_invites enable row level security;
create index recurring_room_invites_room_idx on public.recurring_room_invites (recurring_room_id, expires_at);
create index recurring_room_invites_expires_idx on public.recurring_room_invites (expires_at);

-- SECURITY: clients reach these tables by functions alone, so that no count, filter or violated constraint says anything.
revoke all on public.recurring_rooms, public.recurring_room_members, public.recurring_room_invites
from anon, authenticated;
grant select, insert, update, delete on public.recurring_rooms to service_role;
grant select, insert, update, delete on public.recurring_room_members to service_role;
grant select, insert, update, delete on public.recurring_room_invites to service_role;

-- An occasion outlives its recurring room, as an ordinary room.
alter table public.rooms add constraint rooms_recurring_room_id_fkey
foreign key (recurring_room_id) references public.recurring_rooms (id) on delete set null;

-- Behind the foreign key.
create index rooms_recurring_idx on public.rooms (recurring_room_id) where recurring_room_id is not null;

-- SECURITY: at most one live room a recurring one, whatever the functions do.
create unique index rooms_one_live_occasion_idx on public.rooms (recurring_room_id) where is_active;

-- True when a person belongs to a recurring room: owns it, or is a member. False where there is none.
create function private.belongs_to_recurring_room(p_recurring_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select 1 from public.recurring_rooms r where r.id = p_recurring_room_id and r.owner_id = p_user_id)
    or exists (
      select 1 from public.recurring_room_members m
      where m.recurring_room_id = p_recurring_room_id and m.user_id = p_user_id
    )
$$;

-- The recurring room, locked, for somebody who belongs to it, or with `p_is_owner` who owns it. Refuses with `not_found` where
-- it is missing or hidden, with `not_creator` a member where it takes the owner.
-- SECURITY: only who belongs to a recurring room gets to lock it; asked again under the lock, since that may have changed.
create function private.lock_recurring_room(p_recurring_room_id uuid, p_user_id uuid, p_is_owner boolean)
returns public.recurring_rooms
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.recurring_rooms;
begin
  if private.belongs_to_recurring_room(p_recurring_room_id, p_user_id) then
    select * into v_room from public.recurring_rooms r where r.id = p_recurring_room_id for update;
  end if;
  if v_room.id is null or not private.belongs_to_recurring_room(p_recurring_room_id, p_user_id) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  if p_is_owner and v_room.owner_id <> p_user_id then
    raise sqlstate 'PT403' using message = 'not_creator';
  end if;
  return v_room;
end
$$;

-- The same values as a client may give them, cleaned; refuses with `invalid_input` what is none, and a rule that never
-- happens within ten years of its beginning.
create function private.clean_recurring_room(p_room public.recurring_rooms)
returns public.recurring_rooms
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_room public.recurring_rooms := p_room;
begin
  v_room.name := private.clean_name(v_room.name, 1000);
  v_room.tags := private.chosen_tags(v_room.tags);
  v_room.rrule := upper(v_room.rrule);
  v_room.starts_at := date_trunc('minute', v_room.starts_at);
  if char_length(v_room.name) not between 1 and 80
    or v_room.privacy is null
    or v_room.max_participants not between 2 and 50 or v_room.max_participants is null
    or v_room.duration_minutes not between 5 and 1440 or v_room.duration_minutes is null
    or v_room.starts_at not between '2000-01-01' and '2200-01-01' or v_room.starts_at is null
    or v_room.time_zone !~ '^[A-Z][A-Za-z0-9_+/-]{1,63}$' or v_room.time_zone is null
    or not exists (select 1 from pg_catalog.pg_timezone_names z where z.name = v_room.time_zone) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_room.last_day := private.last_day(v_room.rrule, v_room.starts_at);
  if private.next_occurrence(v_room.rrule, v_room.starts_at, v_room.time_zone, '-infinity', v_room.last_day) is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_room;
end
$$;

-- A wall-clock time as clients write it, `2026-11-24T18:00`, without a zone. Refuses everything else.
create function private.to_wall_clock(p_text text)
returns timestamp
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$' or p_text is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return make_timestamp(left(p_text, 4)::int, substr(p_text, 6, 2)::int, substr(p_text, 9, 2)::int,
    substr(p_text, 12, 2)::int, substr(p_text, 15, 2)::int, 0);
exception
  when data_exception then
    raise sqlstate 'PT400' using message = 'invalid_input';
end
$$;

-- Makes a recurring room, which is the caller's.
create function private.create_recurring_room(
  p_name text,
  p_rrule text,
  p_starts_at text,
  p_time_zone text,
  p_duration_minutes int,
  p_privacy public.room_privacy,
  p_tags text[],
  p_max_participants int,
  p_settings jsonb
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_room public.recurring_rooms;
  v_wait_seconds int;
begin
  v_room.name := p_name;
  v_room.rrule := p_rrule;
  v_room.starts_at := private.to_wall_clock(p_starts_at);
  v_room.time_zone := p_time_zone;
  v_room.duration_minutes := p_duration_minutes;
  v_room.privacy := p_privacy;
  v_room.tags := p_tags;
  v_room.max_participants := p_max_participants;
  v_room.settings := private.chosen_settings(p_settings);
  v_room := private.clean_recurring_room(v_room);

  perform 1 from public.profiles p where p.id = v_user_id for key share;
  -- Holding the permit's row keeps rooms that are made at once from slipping past the limit of 20 together.
  v_wait_seconds := private.take_permit(v_user_id, 'create_recurring_room');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  if (select count(*) from public.recurring_rooms r where r.owner_id = v_user_id) >= 20 then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.recurring_rooms (owner_id, name, privacy, tags, settings, max_participants, rrule, starts_at, time_zone,
    duration_minutes, last_day)
  values (v_user_id, v_room.name, v_room.privacy, v_room.tags, v_room.settings, v_room.max_participants, v_room.rrule,
    v_room.starts_at, v_room.time_zone, v_room.duration_minutes, v_room.last_day)
  returning id into v_room.id;
  return jsonb_build_object('recurringRoomId', v_room.id);
end
$$;

-- Makes a recurring room: `{recurringRoomId}`, or `{refusal, …}`. `p_rrule` is of the subset in docs/recurring-rooms.md,
-- `p_starts_at` wall-clock time (`2026-11-24T18:00`). At most 20 a person, else `not_allowed`.
create function public.create_recurring_room(
  p_name text,
  p_rrule text,
  p_starts_at text,
  p_time_zone text,
  p_duration_minutes int default 60,
  p_privacy public.room_privacy default 'private',
  p_tags text[] default '{}',
  p_max_participants int default 50,
  p_settings jsonb default '{}'
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.create_recurring_room(
    p_name, p_rrule, p_starts_at, p_time_zone, p_duration_minutes, p_privacy, p_tags, p_max_participants, p_settings)
$$;

-- Changes a recurring room. What is not an object of known keys and fitting types is `invalid_input`.
create function private.update_recurring_room(p_recurring_room_id uuid, p_changes jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_changes jsonb := private.to_object(p_changes);
  v_wait_seconds int := private.take_permit(v_user_id, 'change_recurring_room');
  v_room public.recurring_rooms;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  v_room := private.lock_recurring_room(p_recurring_room_id, v_user_id, true);
  if v_changes = '{}' or exists (
    select 1 from jsonb_each(v_changes) as c (key, value)
    where jsonb_typeof(c.value) is distinct from case
      when c.key in ('name', 'privacy', 'rrule', 'startsAt', 'timeZone') then 'string'
      when c.key in ('maxParticipants', 'durationMinutes') then 'number'
      when c.key = 'tags' then 'array'
      when c.key = 'settings' then 'object' end
      or (c.key in ('maxParticipants', 'durationMinutes') and c.value::text !~ '^[0-9]{1,4}$')
      or (c.key = 'privacy' and c.value #>> '{}' not in ('public', 'private'))
      or (c.key = 'tags' and jsonb_path_exists(c.value, 'strict $[*] ? (@.type() != "string")'))
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_room.name := coalesce(v_changes ->> 'name', v_room.name);
  v_room.privacy := coalesce((v_changes ->> 'privacy')::public.room_privacy, v_room.privacy);
  v_room.rrule := coalesce(v_changes ->> 'rrule', v_room.rrule);
  v_room.time_zone := coalesce(v_changes ->> 'timeZone', v_room.time_zone);
  v_room.max_participants := coalesce((v_changes ->> 'maxParticipants')::int, v_room.max_participants);
  v_room.duration_minutes := coalesce((v_changes ->> 'durationMinutes')::int, v_room.duration_minutes);
  if v_changes ? 'startsAt' then
    v_room.starts_at := private.to_wall_clock(v_changes ->> 'startsAt');
  end if;
  if v_changes ? 'tags' then
    v_room.tags := array(select jsonb_array_elements_text(v_changes -> 'tags'));
  end if;
  if v_changes ? 'settings' then
    v_room.settings := private.chosen_settings(v_room.settings || (v_changes -> 'settings'));
  end if;
  v_room := private.clean_recurring_room(v_room);
  update public.recurring_rooms r
  set name = v_room.name, privacy = v_room.privacy, rrule = v_room.rrule, time_zone = v_room.time_zone,
    max_participants = v_room.max_participants, duration_minutes = v_room.duration_minutes, starts_at = v_room.starts_at,
    tags = v_room.tags, settings = v_room.settings, last_day = v_room.last_day
  where r.id = v_room.id;
  return '{}';
end
$$;

-- Changes any of name, privacy, tags, settings, maxParticipants, rrule, startsAt, timeZone, durationMinutes; a setting that
-- is left out remains. `{}`, or `{refusal, …}`. Owner only. A room that is open for it keeps its own until the next one.
create function public.update_recurring_room(p_recurring_room_id uuid, p_changes jsonb)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.update_recurring_room(p_recurring_room_id, p_changes)
$$;

-- Deletes a recurring room with its memberships and invites.
create function private.delete_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_recurring_room(p_recurring_room_id, private.require_user(), true);
  delete from public.recurring_rooms r where r.id = p_recurring_room_id;
end
$$;

-- Deletes a recurring room. A room that is open for it goes on as an ordinary one. Owner only.
create function public.delete_recurring_room(p_recurring_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.delete_recurring_room(p_recurring_room_id)
$$;

-- The room of a recurring one: the live one, or a new one. Whoever comes second waits for the first and gets theirs.
create function private.open_recurring_room(p_recurring_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_wait_seconds int;
  v_recurring public.recurring_rooms;
  v_room_id uuid;
begin
  perform 1 from public.profiles p where p.id = v_user_id for key share;
  v_wait_seconds := private.take_permit(v_user_id, 'open_recurring_room');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  v_recurring := private.lock_recurring_room(p_recurring_room_id, v_user_id, false);
  -- Waits for a room that is just being closed, and then does not find it.
  select r.id into v_room_id from public.rooms r
  where r.recurring_room_id = v_recurring.id and r.is_active
  for update;
  if v_room_id is null then
    insert into public.rooms (name, creator_id, privacy, max_participants, settings, recurring_room_id)
    values (v_recurring.name, v_recurring.owner_id, v_recurring.privacy, v_recurring.max_participants, v_recurring.settings,
      v_recurring.id)
    returning id into v_room_id;
    insert into public.room_tags (room_id, tag) select v_room_id, t from unnest(v_recurring.tags) as t;
  else
    -- Leaves them the whole time to come in before it counts as empty.
    update public.rooms r set empty_since = now() where r.id = v_room_id and r.empty_since is not null;
  end if;
  -- SECURITY: somebody who was banned from the live room, or blocked by its creator, does not become a member of it again.
  if not private.is_barred(v_room_id, v_user_id) then
    insert into public.room_members (room_id, user_id) values (v_room_id, v_user_id) on conflict do nothing;
  end if;
  return jsonb_build_object('roomId', v_room_id);
end
$$;

-- Opens a recurring room, or finds the one that is open: `{roomId}`, which the caller may join without a password, or
-- `{refusal, …}`. At any time, also between its occasions. Not counted as a room opened. Members only.
create function public.open_recurring_room(p_recurring_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.open_recurring_room(p_recurring_room_id)
$$;

-- Every recurring room that the caller belongs to, with its next occasion and who is in it, in one statement.
create function private.list_my_recurring_rooms()
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
      select r.* from public.recurring_rooms r where r.owner_id = v_user_id
      union all
      select r.* from public.recurring_room_members m
      join public.recurring_rooms r on r.id = m.recurring_room_id
      where m.user_id = v_user_id
    )
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', r.id,
      'name', r.name,
      'privacy', r.privacy,
      'tags', to_jsonb(r.tags),
      'maxParticipants', r.max_participants,
      'settings', jsonb_build_object(
        'allowChat', r.settings -> 'allow_chat',
        'allowVideo', r.settings -> 'allow_video',
        'allowScreenshare', r.settings -> 'allow_screenshare',
        'allowTimerControl', coalesce(r.settings -> 'allow_timer_control', 'true')),
      'isOwner', r.owner_id = v_user_id,
      'rrule', r.rrule,
      'startsAt', to_char(r.starts_at, 'YYYY-MM-DD"T"HH24:MI'),
      'timeZone', r.time_zone,
      'durationMinutes', r.duration_minutes,
      'nextStartsAt', private.to_iso(o.starts_at),
      'nextEndsAt', private.to_iso(o.starts_at + make_interval(mins => r.duration_minutes)),
      'isOnNow', coalesce(o.starts_at <= now(), false),
      'liveRoomId', l.id,
      'participantCount', coalesce(l.participant_count, 0),
      'participants', coalesce(l.participants, '[]')
    ) order by o.starts_at nulls last, r.name, r.id), '[]')
    from mine r
    cross join lateral (
      select private.next_occurrence(
        r.rrule, r.starts_at, r.time_zone, now() - make_interval(mins => r.duration_minutes), r.last_day) as starts_at
    ) as o
    left join lateral (
      select v.id, v.participant_count, (
        -- SECURITY: names only of those who share the recurring room, or the live one, with the caller.
        select jsonb_agg(jsonb_build_object('userId', p.user_id, 'displayName', f.display_name) order by p.joined_at)
        from public.room_participants p
        join public.profiles f on f.id = p.user_id
        where p.room_id = v.id and p.is_active and (
          p.user_id = r.owner_id
          or exists (
            select 1 from public.recurring_room_members m
            where m.recurring_room_id = r.id and m.user_id = p.user_id
          )
          or exists (
            select 1 from public.room_participants c where c.room_id = v.id and c.user_id = v_user_id and c.is_active
          )
        )
      ) as participants
      from public.rooms v
      where v.recurring_room_id = r.id and v.is_active
    ) as l on true
  );
end
$$;

-- The caller's recurring rooms, the one that is on or next on first: for the tray. An occasion that is under way counts as
-- the next one and has `isOnNow`; `nextStartsAt` is null when nothing follows. `liveRoomId` is null while nobody has opened it.
create function public.list_my_recurring_rooms()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_my_recurring_rooms()
$$;

grant execute on function private.create_recurring_room(text, text, text, text, int, public.room_privacy, text[], int, jsonb)
to authenticated;
grant execute on function public.create_recurring_room(text, text, text, text, int, public.room_privacy, text[], int, jsonb)
to authenticated;
grant execute on function private.update_recurring_room(uuid, jsonb) to authenticated;
grant execute on function public.update_recurring_room(uuid, jsonb) to authenticated;
grant execute on function private.delete_recurring_room(uuid) to authenticated;
grant execute on function public.delete_recurring_room(uuid) to authenticated;
grant execute on function private.open_recurring_room(uuid) to authenticated;
grant execute on function public.open_recurring_room(uuid) to authenticated;
grant execute on function private.list_my_recurring_rooms() to authenticated;
grant execute on function public.list_my_recurring_rooms() to authenticated;
