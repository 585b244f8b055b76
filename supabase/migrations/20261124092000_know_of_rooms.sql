-- Who may know of a room, and who may change it. To everybody else a private room and one that never was are the same.

-- Somebody who was removed, not banned, may come back after a while: until then they are kept out by a ban that ends.
alter table public.room_bans add column expires_at timestamptz;
comment on column public.room_bans.expires_at is 'When somebody who was removed may come back; null: never.';
create index room_bans_expires_idx on public.room_bans (expires_at) where expires_at is not null;

-- How long somebody who was removed is kept out.
alter table private.config add column removal_pause interval not null default '5 minutes';

-- SECURITY: clients reach these tables by functions alone, so that no count, filter or violated constraint says anything.
grant select, insert, update, delete on public.room_members to service_role;
grant select, insert, update, delete on public.room_invites to service_role;
grant select, insert, update, delete on public.room_bans to service_role;
grant select, insert, update, delete on public.blocked_people to service_role;

-- True when a person cannot enter a room whatever they know: removed a moment ago, banned, or blocked by its creator.
create or replace function private.is_barred(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
      select 1 from public.room_bans b
      where b.room_id = p_room_id and b.user_id = p_user_id and (b.expires_at is null or b.expires_at > now())
    )
    or exists (
      select 1 from public.rooms r
      join public.blocked_people b on b.blocker_id = r.creator_id and b.blocked_id = p_user_id
      where r.id = p_room_id
    )
$$;

-- The rooms that the caller is a member of and not barred from.
create function private.my_member_room_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select m.room_id from public.room_members m
  where m.user_id = (select auth.uid()) and not private.is_barred(m.room_id, m.user_id)
$$;

grant execute on function private.my_member_room_ids() to authenticated;

drop policy "people see public rooms, their own, and those they are in" on public.rooms;

create policy "people see public rooms, their own, and those they are in or belong to"
on public.rooms for select to authenticated
using (
  (is_active and privacy = 'public')
  or creator_id = (select auth.uid())
  or id in (select private.my_room_ids())
  or id in (select private.my_member_room_ids())
);

-- True when a person may know that there is this room; as the policy above. False where there is none.
-- SECURITY: asks the same of a room that there is not.
create function private.may_know_room(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
      select 1 from public.rooms r
      where r.id = p_room_id and ((r.is_active and r.privacy = 'public') or r.creator_id = p_user_id)
    )
    or exists (
      select 1 from public.room_participants p
      where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active
    )
    or exists (
      select 1 from public.room_members m
      where m.room_id = p_room_id and m.user_id = p_user_id and not private.is_barred(p_room_id, p_user_id)
    )
$$;

-- The caller, if a room is theirs. Refuses with `not_creator` those who may know of it, all others with
-- `room_unavailable`, as if there were no such room.
create function private.require_creator(p_room_id uuid)
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  if not private.may_know_room(p_room_id, v_user_id) then
    raise sqlstate 'PT404' using message = 'room_unavailable';
  end if;
  if not exists (select 1 from public.rooms r where r.id = p_room_id and r.creator_id = v_user_id) then
    raise sqlstate 'PT403' using message = 'not_creator';
  end if;
  return v_user_id;
end
$$;

-- An open room of the caller's, locked. Refuses like require_creator, and with `room_closed`.
-- SECURITY: nobody but its creator gets to lock a room; asked again under the lock, since it may have been handed over.
create function private.lock_own_room(p_room_id uuid)
returns public.rooms
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_creator(p_room_id);
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = p_room_id for update;
  if v_room.creator_id is distinct from v_user_id then
    raise sqlstate 'PT403' using message = 'not_creator';
  end if;
  if not v_room.is_active then
    raise sqlstate 'PT410' using message = 'room_closed';
  end if;
  return v_room;
end
$$;

-- Null when a permit was taken, else the refusal `{refusal: 'rate_limited', retryAfterSeconds}`.
create function private.refuse_too_often(p_user_id uuid, p_action text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_wait_seconds int := private.take_permit(p_user_id, p_action);
begin
  return case when v_wait_seconds > 0
    then jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds) end;
end
$$;

-- Keeps an account from being deleted while rows that refer to it are made, and so comes before any room is locked.
-- False where there is no such account, or where it is being deleted.
create function private.hold_profile(p_user_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.profiles p where p.id = p_user_id for key share skip locked;
  return found;
end
$$;

-- Tells those in a room, on the topic that is theirs now.
-- SECURITY: waits for a removal that is under way and keeps the next one waiting, so that nothing is ever sent to a topic
-- that a removed person still hears.
create function private.tell_room(p_room_id uuid, p_event text, p_payload jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = p_room_id for key share;
  if v_room.is_active then
    perform realtime.send(p_payload, p_event, private.room_topic(v_room.id, v_room.channel_epoch), true);
  end if;
end
$$;

-- Somebody's name and picture, as their rooms' creators see them.
create function private.person_details(p_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('userId', p.id, 'displayName', p.display_name, 'avatar', p.avatar)
  from public.profiles p where p.id = p_user_id
$$;

-- One page of active rooms in the lobby's order, after the given key: an array of room summaries.
-- 'public': rooms open to everybody. 'private': private rooms that the caller created, is in or belongs to, and no other.
create or replace function private.list_rooms(
  p_privacy public.room_privacy,
  p_tags text[],
  p_query text,
  p_limit int,
  p_after_count int,
  p_after_created_at timestamptz,
  p_after_id uuid
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
  v_rooms jsonb;
begin
  foreach v_tag in array private.chosen_tags(p_tags) loop
    v_where := v_where || format(
      ' and exists (select 1 from public.room_tags t where t.room_id = r.id and t.tag = %L)', v_tag);
  end loop;
  if coalesce(p_query, '') <> '' then
    -- SECURITY: %L quotes; the wildcards of the searched text are taken literally.
    v_where := v_where || format(' and r.name operator(pg_catalog.~~*) %L',
      '%' || regexp_replace(left(p_query, 80), '([\\%_])', '\\\1', 'g') || '%');
  end if;
  execute 'select coalesce(jsonb_agg(private.room_summary(page.room) order by '
    || '(page.room).participant_count desc, (page.room).created_at desc, (page.room).id desc), ''[]'') from ('
    || 'select r as room from public.rooms r where r.is_active and ' || v_where
    || ' and (r.participant_count, r.created_at, r.id) < ($2, $3, $4)'
    || ' order by r.participant_count desc, r.created_at desc, r.id desc limit $5) as page'
  into v_rooms
  using v_user_id,
    coalesce(p_after_count, 2147483647),
    coalesce(p_after_created_at, 'infinity'::timestamptz),
    coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
    least(greatest(coalesce(p_limit, 20), 1), 21);
  return v_rooms;
end
$$;
