-- Rooms, their tags and their passwords.

-- True when every one of the keys is there and is a boolean.
create function private.has_booleans(p_object jsonb, variadic p_keys text[])
returns boolean
language sql
immutable
set search_path = ''
as $$
  select jsonb_typeof(p_object) = 'object'
    and not exists (
      select 1 from unnest(p_keys) as k (key)
      where jsonb_typeof(p_object -> k.key) is distinct from 'boolean'
    )
$$;

create table public.rooms (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 80),
  -- Null once the creator's account is gone; the room lives on.
  creator_id uuid references public.profiles (id) on delete set null,
  privacy public.room_privacy not null default 'public',
  max_participants int not null default 50 check (max_participants between 2 and 50),
  -- Kept right by whoever writes private.room_secrets.
  has_password boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  closed_at timestamptz,
  settings jsonb not null default '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}',
  -- Kept right by a trigger on room_participants; the lobby reads it and never counts.
  participant_count int not null default 0 check (participant_count between 0 and 50),
  topology public.room_topology not null default 'mesh',
  -- Rises with every change of topology; whatever carries an older one is stale.
  topology_epoch int not null default 0 check (topology_epoch >= 0),
  -- Rises when somebody is removed; those who remain move to the new Realtime topic.
  channel_epoch int not null default 0 check (channel_epoch >= 0),
  -- Since when nobody is in it; null while somebody is.
  empty_since timestamptz default now(),
  constraint rooms_settings_are_known check (
    private.has_booleans(settings, 'allow_chat', 'allow_video', 'allow_screenshare')
    and octet_length(settings::text) <= 4096
  ),
  constraint rooms_close_once check (is_active = (closed_at is null)),
  constraint rooms_are_empty_or_not check ((participant_count = 0) = (empty_since is not null))
) with (fillfactor = 80);
comment on table public.rooms is 'Study rooms. Public ones are in the lobby; private ones exist only for those inside and their creator.';
alter table public.rooms enable row level security;

-- The lobby's order, fullest and newest first, for pages by key: the last page costs what the first does.
create index rooms_lobby_idx on public.rooms (participant_count desc, created_at desc, id desc)
where is_active and privacy = 'public';

-- Search by any part of the name.
create index rooms_name_search_idx on public.rooms using gin (name extensions.gin_trgm_ops)
where is_active and privacy = 'public';

-- A person's own rooms; also behind the foreign key.
create index rooms_creator_idx on public.rooms (creator_id, created_at desc);

-- Rooms that may be due for closing.
create index rooms_empty_idx on public.rooms (empty_since)
where is_active and empty_since is not null;

create trigger rooms_touch_updated_at
before update on public.rooms
for each row execute function private.touch_updated_at();

create table public.room_tags (
  room_id uuid not null references public.rooms (id) on delete cascade,
  tag text not null check (char_length(tag) between 1 and 24 and tag = lower(btrim(tag))),
  primary key (room_id, tag)
);
comment on table public.room_tags is 'What a room is about: at most five short, lower-case tags.';
alter table public.room_tags enable row level security;

-- Rooms by tag.
create index room_tags_tag_idx on public.room_tags (tag, room_id);

create table private.room_secrets (
  room_id uuid primary key references public.rooms (id) on delete cascade,
  -- SECURITY: bcrypt with a cost of at least 10; never selectable by a client.
  password_hash text not null check (password_hash ~ '^\$2[aby]\$(1[0-9]|2[0-9]|3[01])\$.{53}$')
);
comment on table private.room_secrets is 'Password hashes of rooms that have a password.';
alter table private.room_secrets enable row level security;
