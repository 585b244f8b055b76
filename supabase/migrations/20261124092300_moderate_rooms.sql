-- What a room's creator may do about the people in it, and who is its creator once the first one is gone.

insert into private.limits (action, max_count, window_length) values ('moderate', 60, '1 minute');

-- Puts a person out of a room: their stay ends, they are no member any more, and everybody else moves to a new channel.
-- The caller holds the room's lock. False where the person had nothing to do with the room.
-- SECURITY: Realtime asks its policies when a channel is joined, so an open channel stays open for whoever has left it,
-- too. Hence the move whenever the person has ever been inside. `channel_moved` is the last thing said on the old topic.
create function private.put_out(p_room_id uuid, p_user_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_was_member boolean;
  v_epoch int;
begin
  delete from public.room_members m where m.room_id = p_room_id and m.user_id = p_user_id;
  v_was_member := found;
  if not exists (
    select 1 from public.room_participants p where p.room_id = p_room_id and p.user_id = p_user_id
  ) then
    return v_was_member;
  end if;
  perform private.end_stay(p.id, 'removed') from public.room_participants p
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active;
  update public.rooms r set channel_epoch = r.channel_epoch + 1 where r.id = p_room_id and r.is_active
  returning r.channel_epoch into v_epoch;
  if found then
    perform realtime.send(jsonb_build_object('channel', private.room_topic(p_room_id, v_epoch)), 'channel_moved',
      private.room_topic(p_room_id, v_epoch - 1), true);
  end if;
  return true;
end
$$;

-- True when a person has to do with a room: is or was inside, or is a member.
create function private.is_of_room(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select 1 from public.room_participants p where p.room_id = p_room_id and p.user_id = p_user_id)
    or exists (select 1 from public.room_members m where m.room_id = p_room_id and m.user_id = p_user_id)
$$;

-- Prepares an act of moderation: the caller's permit, and that it is about somebody else. Null, or the refusal.
create function private.refuse_moderation(p_user_id uuid, p_target_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  if p_target_id is null or p_target_id = p_user_id then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return private.refuse_too_often(p_user_id, 'moderate');
end
$$;

-- Closes somebody's microphone, and tells the room.
create function private.mute_participant(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
  v_connection_id uuid;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.lock_own_room(p_room_id);
  update public.room_participants p
  set media_state = p.media_state || '{"is_muted": true}'
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active
  returning p.connection_id into v_connection_id;
  if v_connection_id is null then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  perform private.tell_room(p_room_id, 'muted_by_creator',
    jsonb_build_object('userId', p_user_id, 'connectionId', v_connection_id));
  return '{}';
end
$$;

-- Mutes somebody in one's room; they may open their microphone again. `{}`, or `{refusal, …}`; `not_found` for whoever is
-- not inside. Creator only.
create function public.mute_participant(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.mute_participant(p_room_id, p_user_id)
$$;

-- Puts somebody out and keeps them out for a while, whatever they know.
create function private.remove_participant(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
  v_is_held boolean;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_is_held := private.hold_profile(p_user_id);
  perform private.lock_own_room(p_room_id);
  if not private.is_of_room(p_room_id, p_user_id) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  perform private.put_out(p_room_id, p_user_id);
  -- A ban for good stays one.
  insert into public.room_bans as b (room_id, user_id, expires_at)
  select p_room_id, p_user_id, now() + c.removal_pause from private.config c where v_is_held
  on conflict (room_id, user_id) do update set banned_at = now(), expires_at = excluded.expires_at
  where b.expires_at is not null;
  return '{}';
end
$$;

-- Puts somebody out of one's room. They lose their membership and may come back after 5 minutes: into a public room as
-- before, into a private one by an invite or its password. `{}`, or `{refusal, …}`; `not_found` for whoever has nothing to
-- do with the room. Creator only.
create function public.remove_participant(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.remove_participant(p_room_id, p_user_id)
$$;

-- Takes somebody's membership, and puts them out.
create function private.remove_room_member(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.lock_own_room(p_room_id);
  if not exists (select 1 from public.room_members m where m.room_id = p_room_id and m.user_id = p_user_id) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  perform private.put_out(p_room_id, p_user_id);
  return '{}';
end
$$;

-- Ends a membership of one's room; whoever is inside is out. `{}`, or `{refusal, …}`; `not_found` for whoever is no
-- member. They may come back by an invite or the password at once. Creator only.
create function public.remove_room_member(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.remove_room_member(p_room_id, p_user_id)
$$;

-- Puts somebody out for good.
-- SECURITY: the answer is the same for an account that there is not, so that nobody's account can be found this way.
create function private.ban_person(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
  v_is_held boolean;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_is_held := private.hold_profile(p_user_id);
  perform private.lock_own_room(p_room_id);
  if not (v_is_held and private.is_of_room(p_room_id, p_user_id)) then
    return '{}';
  end if;
  perform private.put_out(p_room_id, p_user_id);
  insert into public.room_bans as b (room_id, user_id) values (p_room_id, p_user_id)
  on conflict (room_id, user_id) do update set banned_at = now(), expires_at = null where b.expires_at is not null;
  return '{}';
end
$$;

-- Keeps somebody who is or was in one's room, or is a member, out of it for good: `{}`, or `{refusal, …}`. Of anybody else
-- nothing is kept, and the answer is the same. Creator only.
create function public.ban_person(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.ban_person(p_room_id, p_user_id)
$$;

-- Lifts a ban, or the pause after a removal.
create function private.unban_person(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  delete from public.room_bans b where b.room_id = p_room_id and b.user_id = p_user_id;
  return '{}';
end
$$;

-- Lets somebody come back to one's room; what they need to get in they need again. Idempotent: `{}`, or `{refusal, …}`.
-- Creator only.
create function public.unban_person(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.unban_person(p_room_id, p_user_id)
$$;

-- Who is kept out of a room now, latest first.
create function private.list_bans(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_creator(p_room_id);
  return (
    select coalesce(jsonb_agg(
      private.person_details(b.user_id) || jsonb_build_object(
        'bannedAt', private.to_iso(b.banned_at), 'expiresAt', private.to_iso(b.expires_at))
      order by b.banned_at desc, b.user_id), '[]')
    from public.room_bans b
    where b.room_id = p_room_id and (b.expires_at is null or b.expires_at > now())
  );
end
$$;

-- Who is kept out of one's room: an array of `{userId, displayName, avatar, bannedAt, expiresAt}`; expiresAt is null for
-- those who are for good. Creator only.
create function public.list_bans(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_bans(p_room_id)
$$;

-- Makes somebody inside the creator.
create function private.transfer_room(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_creator(p_room_id);
  v_refusal jsonb := private.refuse_moderation(v_user_id, p_user_id);
  v_is_held boolean;
  v_room public.rooms;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.hold_profile(v_user_id);
  v_is_held := private.hold_profile(p_user_id);
  v_room := private.lock_own_room(p_room_id);
  if not (v_is_held and exists (
    select 1 from public.room_participants p
    where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active
  )) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  -- Who has given a private room away does not lose it.
  insert into public.room_members (room_id, user_id) select p_room_id, v_user_id where v_room.privacy = 'private'
  on conflict do nothing;
  update public.rooms r set creator_id = p_user_id where r.id = p_room_id returning * into v_room;
  return jsonb_build_object('room', private.room_details(v_room));
end
$$;

-- Hands one's room over to somebody in it: `{room}`, or `{refusal, …}`; `not_found` for whoever is not inside. Whoever the
-- new creator has blocked stays until they leave. Creator only.
create function public.transfer_room(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.transfer_room(p_room_id, p_user_id)
$$;

-- When a creator's account is gone, their room is that of whoever has been inside longest; nobody's while it is empty.
-- An account that is just being deleted, too, is passed over: waiting for it could be waiting for each other.
create function private.hand_over_room()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  select p.user_id into v_user_id
  from public.room_participants p
  join public.profiles f on f.id = p.user_id
  where p.room_id = new.id and p.is_active
  order by p.joined_at
  limit 1
  for key share of f skip locked;
  if v_user_id is not null then
    update public.rooms r set creator_id = v_user_id where r.id = new.id;
  end if;
  return null;
end
$$;

create trigger rooms_hand_over
after update of creator_id on public.rooms
for each row
when (old.creator_id is not null and new.creator_id is null and new.is_active)
execute function private.hand_over_room();

-- Deletes bans that have ended, at most 1,000 a call, and answers how many.
create function private.prune_bans()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_deleted int;
begin
  delete from public.room_bans b where (b.room_id, b.user_id) in (
    select o.room_id, o.user_id from public.room_bans o where o.expires_at < now()
    order by o.expires_at limit 1000 for update skip locked
  );
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

grant execute on function private.mute_participant(uuid, uuid) to authenticated;
grant execute on function public.mute_participant(uuid, uuid) to authenticated;
grant execute on function private.remove_participant(uuid, uuid) to authenticated;
grant execute on function public.remove_participant(uuid, uuid) to authenticated;
grant execute on function private.remove_room_member(uuid, uuid) to authenticated;
grant execute on function public.remove_room_member(uuid, uuid) to authenticated;
grant execute on function private.ban_person(uuid, uuid) to authenticated;
grant execute on function public.ban_person(uuid, uuid) to authenticated;
grant execute on function private.unban_person(uuid, uuid) to authenticated;
grant execute on function public.unban_person(uuid, uuid) to authenticated;
grant execute on function private.list_bans(uuid) to authenticated;
grant execute on function public.list_bans(uuid) to authenticated;
grant execute on function private.transfer_room(uuid, uuid) to authenticated;
grant execute on function public.transfer_room(uuid, uuid) to authenticated;
