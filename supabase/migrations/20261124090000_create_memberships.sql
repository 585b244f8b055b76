-- Who belongs to a private room, who was invited, who is kept out, who has asked for a recording: the tables that joining
-- depends on, and the questions that joining asks of them. The functions that change them follow in their own files.

-- Members of a private room may join it without a password or an invite.
create table public.room_members (
  room_id uuid not null references public.rooms (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  joined_at timestamptz not null default now(),
  primary key (room_id, user_id)
);
comment on table public.room_members is 'Who may enter a private room freely: by an invite, by its password, or by its recurring room.';
alter table public.room_members enable row level security;
create index room_members_user_idx on public.room_members (user_id, room_id);

create table public.room_invites (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  -- Null once the account is gone; the invite lives on until it expires.
  creator_id uuid references public.profiles (id) on delete set null,
  -- SECURITY: the SHA-256 of a random 128-bit code; the code itself is shown once and never kept.
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  max_uses int not null check (max_uses between 1 and 1000),
  used_count int not null default 0,
  revoked_at timestamptz,
  constraint room_invites_are_not_overused check (used_count between 0 and max_uses)
);
comment on table public.room_invites is 'Invites into private rooms: hashes of codes, how long and how often they serve.';
alter table public.room_invites enable row level security;
create index room_invites_room_idx on public.room_invites (room_id, created_at desc);
create index room_invites_creator_idx on public.room_invites (creator_id);

-- People whom a room's creator has put out for good.
create table public.room_bans (
  room_id uuid not null references public.rooms (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  banned_at timestamptz not null default now(),
  primary key (room_id, user_id)
);
comment on table public.room_bans is 'Who is kept out of a room.';
alter table public.room_bans enable row level security;
create index room_bans_user_idx on public.room_bans (user_id);

-- People whom somebody does not want to meet.
create table public.blocked_people (
  blocker_id uuid not null references public.profiles (id) on delete cascade,
  blocked_id uuid not null references public.profiles (id) on delete cascade,
  blocked_at timestamptz not null default now(),
  primary key (blocker_id, blocked_id),
  check (blocker_id <> blocked_id)
);
comment on table public.blocked_people is 'Who has blocked whom. Known to the blocker alone.';
alter table public.blocked_people enable row level security;
create index blocked_people_blocked_idx on public.blocked_people (blocked_id);

-- A locked room lets nobody new in.
alter table public.rooms add column is_locked boolean not null default false;

-- True when a person cannot enter a room whatever they know: banned from it, or blocked by its creator.
create function private.is_barred(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select 1 from public.room_bans b where b.room_id = p_room_id and b.user_id = p_user_id)
    or exists (
      select 1 from public.rooms r
      join public.blocked_people b on b.blocker_id = r.creator_id and b.blocked_id = p_user_id
      where r.id = p_room_id
    )
$$;

-- True when a person may enter without a password or an invite: the creator, members, those who are in it already, and
-- everybody where the room is public and has no password.
create or replace function private.may_enter_freely(p_room public.rooms, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(
    p_room.creator_id = p_user_id
    or (p_room.privacy = 'public' and not p_room.has_password)
    or exists (select 1 from public.room_members m where m.room_id = p_room.id and m.user_id = p_user_id)
    or exists (
      select 1 from public.room_participants p
      where p.room_id = p_room.id and p.user_id = p_user_id and p.is_active
    ), false)
$$;

-- The hash under which an invite's code is kept.
create function private.invite_hash(p_code text)
returns bytea
language sql
immutable
set search_path = ''
as $$
  select extensions.digest(coalesce(p_code, ''), 'sha256')
$$;

-- The invite that a code stands for, if it opens this room now; locked, so that its uses are counted one by one.
create function private.lock_invite(p_room_id uuid, p_code text)
returns uuid
language sql
security definer
set search_path = ''
as $$
  select i.id from public.room_invites i
  where i.code_hash = private.invite_hash(p_code)
    and i.room_id = p_room_id
    and i.revoked_at is null
    and i.expires_at > now()
    and i.used_count < i.max_uses
  for update
$$;

-- Recordings and what everybody present has said to them.
create type public.recording_status as enum ('requested', 'recording', 'ended');
create type public.consent_answer as enum ('pending', 'given', 'refused', 'withdrawn');

create table public.recordings (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  -- Who asked, and who records; null once the account is gone.
  requester_id uuid references public.profiles (id) on delete set null,
  status public.recording_status not null default 'requested',
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('stopped', 'refused', 'withdrawn', 'requester_left', 'room_closed', 'timed_out')),
  constraint recordings_end_once check ((status = 'ended') = (ended_at is not null) and (status = 'ended') = (end_reason is not null)),
  constraint recordings_start_before_recording check (status <> 'recording' or started_at is not null)
);
comment on table public.recordings is 'Requests to record, and recordings; at most one not ended a room.';
alter table public.recordings enable row level security;
create unique index recordings_one_open_idx on public.recordings (room_id) where status <> 'ended';
create index recordings_room_idx on public.recordings (room_id, requested_at desc);
create index recordings_requester_idx on public.recordings (requester_id);

create table public.recording_consents (
  recording_id uuid not null references public.recordings (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  answer public.consent_answer not null default 'pending',
  answered_at timestamptz,
  primary key (recording_id, user_id),
  constraint recording_consents_are_answered_or_not check ((answer = 'pending') = (answered_at is null))
);
comment on table public.recording_consents is 'What each person present says to a recording.';
alter table public.recording_consents enable row level security;
create index recording_consents_user_idx on public.recording_consents (user_id);

-- True while a room is being recorded.
create function private.is_recording(p_room_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select 1 from public.recordings r where r.room_id = p_room_id and r.status = 'recording')
$$;

-- The recurring room that a room is an occasion of.
alter table public.rooms add column recurring_room_id uuid;

-- The settings a client may choose, over the defaults. Refuses with `invalid_input` what is not a boolean.
create or replace function private.chosen_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb := '{"allow_chat": true, "allow_video": true, "allow_screenshare": true, "allow_timer_control": true}'::jsonb
    || private.to_object(p_settings);
begin
  if not private.has_booleans(v_settings, 'allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control')
    or octet_length(v_settings::text) > 4096 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- A room as somebody inside it sees it.
create or replace function private.room_details(p_room public.rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.room_summary(p_room) || jsonb_build_object(
    'creatorId', p_room.creator_id,
    'isLocked', p_room.is_locked,
    'recurringRoomId', p_room.recurring_room_id,
    'settings', jsonb_build_object(
      'allowChat', p_room.settings -> 'allow_chat',
      'allowVideo', p_room.settings -> 'allow_video',
      'allowScreenshare', p_room.settings -> 'allow_screenshare',
      'allowTimerControl', coalesce(p_room.settings -> 'allow_timer_control', 'true')
    )
  )
$$;

-- Nothing may be done to these tables but by functions and, later, by policies.
revoke all on public.room_members, public.room_invites, public.room_bans, public.blocked_people, public.recordings,
  public.recording_consents
from anon, authenticated;
