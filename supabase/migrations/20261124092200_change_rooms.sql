-- Changing a room while people are in it, locking it, closing it; and telling everybody who needs to know, once.

-- Rises when the tags of a room change, so that whoever is told of changes to rooms is told of these.
alter table public.rooms add column tags_version int not null default 0;

-- What the lobby shows of a room's own row; two states that are alike need not be told apart.
create function private.lobby_state(p_room public.rooms)
returns text
language sql
stable
set search_path = ''
as $$
  select row(p_room.name, p_room.privacy, p_room.is_active, p_room.participant_count, p_room.max_participants,
    p_room.has_password, p_room.tags_version)::text
$$;

-- Tells the lobby of a public room. Runs when the transaction commits, so that a new room has its tags, and only for the
-- last change of a transaction that the lobby can see, so that nothing is told twice and nothing is left out because
-- something else has changed after it.
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
    perform realtime.send(private.room_summary(v_room), 'room_changed', 'rooms:lobby', true);
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
      new.tags_version)
    is distinct from (old.name, old.privacy, old.is_active, old.participant_count, old.max_participants,
      old.has_password, old.tags_version)
)
execute function private.tell_lobby();

-- What those in a room are told of when it changes.
create function private.inner_state(p_room public.rooms)
returns text
language sql
stable
set search_path = ''
as $$
  select row(p_room.name, p_room.privacy, p_room.max_participants, p_room.has_password, p_room.tags_version,
    p_room.settings, p_room.creator_id, p_room.is_locked)::text
$$;

-- Tells those in a room what it is like now. Runs when the transaction commits, once a transaction.
create function private.tell_room_of_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = new.id;
  if found and v_room.participant_count > 0 and private.inner_state(v_room) = private.inner_state(new) then
    perform private.tell_room(v_room.id, 'room_changed', private.room_details(v_room));
  end if;
  return null;
end
$$;

create constraint trigger rooms_tell_change
after update on public.rooms
deferrable initially deferred
for each row
when (
  (new.name, new.privacy, new.max_participants, new.has_password, new.tags_version, new.settings, new.creator_id,
      new.is_locked)
    is distinct from (old.name, old.privacy, old.max_participants, old.has_password, old.tags_version, old.settings,
      old.creator_id, old.is_locked)
)
execute function private.tell_room_of_change();

-- The settings that somebody wants changed, with the names under which they are stored; the API's are taken, too.
-- Refuses with `invalid_input` what is unknown or no boolean.
create function private.changed_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb;
begin
  select coalesce(jsonb_object_agg(coalesce(n.stored, s.key), s.value), '{}') into v_settings
  from jsonb_each(p_settings) as s (key, value)
  left join (values ('allowChat', 'allow_chat'), ('allowVideo', 'allow_video'),
    ('allowScreenshare', 'allow_screenshare'), ('allowTimerControl', 'allow_timer_control')) as n (written, stored)
    on n.written = s.key;
  if exists (
    select 1 from jsonb_each(v_settings) as s (key, value)
    where s.key not in ('allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control')
      or jsonb_typeof(s.value) <> 'boolean'
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- Changes to a room as they are to be made: of `name`, `tags`, `privacy`, `maxParticipants`, `settings`, `password` those
-- that are there, cleaned. Refuses with `invalid_input` what is unknown or cannot be, and changes that change nothing.
create function private.chosen_changes(p_changes jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_changes jsonb := private.to_object(p_changes);
  v_types jsonb := '{"name": ["string"], "tags": ["array"], "privacy": ["string"], "maxParticipants": ["number"],
    "settings": ["object"], "password": ["string", "null"]}';
begin
  if v_changes = '{}' or exists (
    select 1 from jsonb_each(v_changes) as c (key, value)
    where not coalesce(v_types -> c.key ? jsonb_typeof(c.value), false)
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  if v_changes ? 'name' then
    v_changes := v_changes || jsonb_build_object('name', private.clean_name(v_changes ->> 'name', 1000));
  end if;
  if v_changes ? 'tags' then
    if jsonb_path_exists(v_changes, '$.tags[*] ? (@.type() != "string")') then
      raise sqlstate 'PT400' using message = 'invalid_input';
    end if;
    v_changes := v_changes || jsonb_build_object('tags', private.chosen_tags(
      array(select jsonb_array_elements_text(v_changes -> 'tags'))));
  end if;
  if v_changes ? 'settings' then
    v_changes := v_changes || jsonb_build_object('settings', private.changed_settings(v_changes -> 'settings'));
  end if;
  if char_length(v_changes ->> 'name') not between 1 and 80
    or v_changes ->> 'privacy' not in ('public', 'private')
    or (v_changes -> 'maxParticipants')::numeric not between 2 and 50
    or (v_changes -> 'maxParticipants')::numeric % 1 <> 0
    or octet_length(v_changes ->> 'password') not between 1 and 72 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_changes;
end
$$;

-- Gives a room other tags; true when they were not the same. The caller holds the room's lock.
create function private.change_tags(p_room_id uuid, p_tags text[])
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_old text[] := array(select t.tag from public.room_tags t where t.room_id = p_room_id order by t.tag);
begin
  if v_old = array(select t from unnest(p_tags) as t order by t) then
    return false;
  end if;
  delete from public.room_tags t where t.room_id = p_room_id and t.tag <> all (p_tags);
  insert into public.room_tags (room_id, tag) select p_room_id, t from unnest(p_tags) as t on conflict do nothing;
  return true;
end
$$;

-- Everybody inside becomes a member, so that a room that is hidden from now on does not shut them out. The caller holds
-- the room's lock; accounts that are just being deleted are left out rather than waited for.
create function private.make_members_of_those_inside(p_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
begin
  v_user_ids := array(
    select f.id from public.profiles f
    where f.id in (select p.user_id from public.room_participants p where p.room_id = p_room_id and p.is_active)
    order by f.id
    for key share skip locked
  );
  insert into public.room_members (room_id, user_id) select p_room_id, id from unnest(v_user_ids) as id
  on conflict do nothing;
end
$$;

-- Nobody shows what a room's settings no longer allow.
create function private.hold_media_to_settings(p_room_id uuid, p_settings jsonb)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.room_participants p
  set media_state = p.media_state
    || case when (p_settings -> 'allow_video')::boolean then '{}' else '{"is_video_off": true}' end::jsonb
    || case when (p_settings -> 'allow_screenshare')::boolean then '{}' else '{"is_screensharing": false}' end::jsonb
  where p.room_id = p_room_id and p.is_active
    and ((not (p_settings -> 'allow_video')::boolean and not (p.media_state -> 'is_video_off')::boolean)
      or (not (p_settings -> 'allow_screenshare')::boolean and (p.media_state -> 'is_screensharing')::boolean))
$$;

-- Changes a room and answers `{room}`. A password is hashed before the room is locked.
create function private.update_room_settings(p_room_id uuid, p_changes jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_creator(p_room_id);
  v_changes jsonb := private.chosen_changes(p_changes);
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'change_room');
  v_password_hash text;
  v_old public.rooms;
  v_new public.rooms;
  v_has_new_tags boolean := false;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_password_hash := extensions.crypt(v_changes ->> 'password', extensions.gen_salt('bf', 10));
  v_old := private.lock_own_room(p_room_id);
  if v_changes ? 'tags' then
    v_has_new_tags := private.change_tags(
      p_room_id, array(select jsonb_array_elements_text(v_changes -> 'tags')));
  end if;
  if v_password_hash is not null then
    insert into private.room_secrets (room_id, password_hash) values (p_room_id, v_password_hash)
    on conflict (room_id) do update set password_hash = excluded.password_hash;
  elsif v_changes ? 'password' then
    delete from private.room_secrets s where s.room_id = p_room_id;
  end if;
  update public.rooms r
  set name = coalesce(v_changes ->> 'name', r.name),
      privacy = coalesce((v_changes ->> 'privacy')::public.room_privacy, r.privacy),
      max_participants = coalesce((v_changes ->> 'maxParticipants')::numeric::int, r.max_participants),
      settings = r.settings || coalesce(v_changes -> 'settings', '{}'),
      has_password = case when v_changes ? 'password' then v_password_hash is not null else r.has_password end,
      tags_version = r.tags_version + v_has_new_tags::int
  where r.id = p_room_id
  returning * into v_new;
  if v_old.privacy = 'public' and v_new.privacy = 'private' then
    perform private.make_members_of_those_inside(p_room_id);
  end if;
  perform private.hold_media_to_settings(p_room_id, v_new.settings);
  return jsonb_build_object('room', private.room_details(v_new));
end
$$;

-- Changes one's room: any of `name`, `tags`, `privacy`, `maxParticipants`, `settings` (those that change, as `allowChat` or
-- `allow_chat`), `password` (null takes it away). `{room}`, or `{refusal, …}`. Nobody is put out: not by fewer places, not
-- by a password, not by privacy, which makes members of those inside. Creator only.
create function public.update_room_settings(p_room_id uuid, p_changes jsonb)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.update_room_settings(p_room_id, p_changes)
$$;

-- Persists what the caller sends, unless the room's settings do not allow it. They are read once the stay's row is held:
-- a change of settings that came first is seen, and one that comes later waits and has the last word.
create or replace function private.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
begin
  if p_is_muted is null or p_is_video_off is null or p_is_screensharing is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  update public.room_participants p
  set media_state = p.media_state || jsonb_build_object(
        'is_muted', p_is_muted, 'is_video_off', p_is_video_off, 'is_screensharing', p_is_screensharing),
      last_seen_at = now()
  where p.id = v_stay.id and p.is_active;
  if exists (
    select 1 from public.rooms r
    where r.id = p_room_id
      and ((not p_is_video_off and not (r.settings -> 'allow_video')::boolean)
        or (p_is_screensharing and not (r.settings -> 'allow_screenshare')::boolean))
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
end
$$;

-- Locks or unlocks a room.
create function private.set_room_lock(p_room_id uuid, p_is_locked boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_creator(p_room_id);
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'change_room');
  v_room public.rooms;
begin
  if p_is_locked is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.lock_own_room(p_room_id);
  update public.rooms r set is_locked = p_is_locked where r.id = p_room_id returning * into v_room;
  return jsonb_build_object('room', private.room_details(v_room));
end
$$;

-- A locked room lets nobody new in, whatever they know; its creator always. `{room}`, or `{refusal, …}`. Creator only.
create function public.set_room_lock(p_room_id uuid, p_is_locked boolean)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_room_lock(p_room_id, p_is_locked)
$$;

-- Closes a room of the caller's. (private.close_room asks nobody's rights: the scheduler calls it.)
create function private.close_own_room(p_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_creator(p_room_id);
  perform private.close_room(p_room_id);
end
$$;

-- Closes one's room: whoever is in it is out, with the reason `closed`, and nobody can join it any more. Closing twice is
-- fine. Nothing is deleted yet; what is old is, by private.prune. Creator only.
create function public.close_room(p_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.close_own_room(p_room_id)
$$;

grant execute on function private.update_room_settings(uuid, jsonb) to authenticated;
grant execute on function public.update_room_settings(uuid, jsonb) to authenticated;
grant execute on function private.set_room_lock(uuid, boolean) to authenticated;
grant execute on function public.set_room_lock(uuid, boolean) to authenticated;
grant execute on function private.close_own_room(uuid) to authenticated;
grant execute on function public.close_room(uuid) to authenticated;
