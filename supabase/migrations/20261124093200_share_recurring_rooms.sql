-- Who belongs to a recurring room: invites, leaving, removal, and what becomes of it when its owner goes.

-- Makes an invite. Only its hash is kept: the code is in this answer and nowhere else.
create function private.create_recurring_invite(p_recurring_room_id uuid, p_expires_in_hours int, p_max_uses int)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_wait_seconds int := private.take_permit(v_user_id, 'change_recurring_room');
  -- 128 random bits as base64url, 22 characters.
  v_code text := rtrim(translate(encode(extensions.gen_random_bytes(16), 'base64'), '+/', '-_'), '=');
  v_invite public.recurring_room_invites;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  perform private.lock_recurring_room(p_recurring_room_id, v_user_id, true);
  if coalesce(p_expires_in_hours, 168) not between 1 and 720 or coalesce(p_max_uses, 25) not between 1 and 100 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  if (select count(*) from public.recurring_room_invites i
      where i.recurring_room_id = p_recurring_room_id and i.expires_at > now()) >= 50 then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.recurring_room_invites (recurring_room_id, code_hash, expires_at, max_uses)
  values (p_recurring_room_id, private.invite_hash(v_code),
    now() + make_interval(hours => coalesce(p_expires_in_hours, 168)), coalesce(p_max_uses, 25))
  returning * into v_invite;
  return jsonb_build_object(
    'code', v_code, 'expiresAt', private.to_iso(v_invite.expires_at), 'maxUses', v_invite.max_uses);
end
$$;

-- Invites people to one's recurring room: `{code, expiresAt, maxUses}`, or `{refusal, …}`. At most 50 open ones a room, else
-- `not_allowed`. Owner only.
create function public.create_recurring_invite(
  p_recurring_room_id uuid,
  p_expires_in_hours int default 168,
  p_max_uses int default 25
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.create_recurring_invite(p_recurring_room_id, p_expires_in_hours, p_max_uses)
$$;

-- Revokes every invite of a recurring room.
create function private.revoke_recurring_invites(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_recurring_room(p_recurring_room_id, private.require_user(), true);
  delete from public.recurring_room_invites i where i.recurring_room_id = p_recurring_room_id;
end
$$;

-- Revokes every invite of one's recurring room; who came in by one remains a member. Owner only.
create function public.revoke_recurring_invites(p_recurring_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.revoke_recurring_invites(p_recurring_room_id)
$$;

-- Makes the caller a member by a code, or answers `{refusal}`: an answer, because the permit taken must stay. Accepting
-- again uses nothing up.
-- SECURITY: a code that never was, one that is over and one whose owner has blocked the caller get the same answer. The
-- code is looked for by its hash, so that there is nothing to compare in time.
create function private.accept_recurring_invite(p_code text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_wait_seconds int;
  v_invite public.recurring_room_invites;
  v_owner_id uuid;
begin
  perform 1 from public.profiles p where p.id = v_user_id for key share;
  v_wait_seconds := private.take_permit(v_user_id, 'accept_invite');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select * into v_invite from public.recurring_room_invites i
  where i.code_hash = private.invite_hash(left(p_code, 100)) and i.expires_at > now()
  for update;
  select r.owner_id into v_owner_id from public.recurring_rooms r where r.id = v_invite.recurring_room_id for update;
  if v_owner_id is null or exists (
    select 1 from public.blocked_people b where b.blocker_id = v_owner_id and b.blocked_id = v_user_id
  ) then
    return jsonb_build_object('refusal', 'not_found');
  end if;
  if not private.belongs_to_recurring_room(v_invite.recurring_room_id, v_user_id) then
    if v_invite.used_count >= v_invite.max_uses then
      return jsonb_build_object('refusal', 'not_found');
    end if;
    if (select count(*) from public.recurring_room_members m
        where m.recurring_room_id = v_invite.recurring_room_id) >= 100 then
      return jsonb_build_object('refusal', 'room_full');
    end if;
    insert into public.recurring_room_members (recurring_room_id, user_id)
    values (v_invite.recurring_room_id, v_user_id);
    update public.recurring_room_invites i set used_count = i.used_count + 1 where i.id = v_invite.id;
  end if;
  perform private.return_permit(v_user_id, 'accept_invite');
  return jsonb_build_object('recurringRoomId', v_invite.recurring_room_id);
end
$$;

-- Makes the caller a member: `{recurringRoomId}`, or `{refusal: 'not_found' | 'room_full' | 'rate_limited'}`. A recurring
-- room has at most 100 members besides its owner.
create function public.accept_recurring_invite(p_code text)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.accept_recurring_invite(p_code)
$$;

-- Gives a recurring room to whoever has been a member longest, or deletes it where there is nobody. The caller holds its
-- lock. An account that is just being deleted, too, is passed over: waiting for it could be waiting for each other.
create function private.hand_over_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  select m.user_id into v_user_id
  from public.recurring_room_members m
  join public.profiles f on f.id = m.user_id
  where m.recurring_room_id = p_recurring_room_id
  order by m.joined_at, m.user_id
  limit 1
  for key share of f skip locked;
  if v_user_id is null then
    delete from public.recurring_rooms r where r.id = p_recurring_room_id;
    return;
  end if;
  delete from public.recurring_room_members m
  where m.recurring_room_id = p_recurring_room_id and m.user_id = v_user_id;
  update public.recurring_rooms r set owner_id = v_user_id where r.id = p_recurring_room_id;
end
$$;

-- Takes a person out of a room that is open for a recurring one: no member any more, and out, on a channel that they cannot
-- hear. The caller holds the recurring room's lock.
create function private.put_out_of_live_room(p_recurring_room_id uuid, p_user_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room_id uuid;
begin
  select r.id into v_room_id from public.rooms r
  where r.recurring_room_id = p_recurring_room_id and r.is_active
  for update;
  if v_room_id is not null then
    perform private.put_out(v_room_id, p_user_id);
  end if;
end
$$;

-- Ends the caller's part in a recurring room; an owner hands it over.
create function private.leave_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_room public.recurring_rooms;
begin
  v_room := private.lock_recurring_room(p_recurring_room_id, v_user_id, false);
  if v_room.owner_id = v_user_id then
    perform private.hand_over_recurring_room(v_room.id);
  else
    delete from public.recurring_room_members m
    where m.recurring_room_id = v_room.id and m.user_id = v_user_id;
  end if;
end
$$;

-- Leaves a recurring room; whoever is in its live room stays there until they leave that. An owner's room goes to whoever has
-- been a member longest, or is deleted where there is nobody.
create function public.leave_recurring_room(p_recurring_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.leave_recurring_room(p_recurring_room_id)
$$;

-- Removes a member. `not_found` where that person is none.
create function private.remove_recurring_member(p_recurring_room_id uuid, p_user_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.recurring_rooms;
begin
  v_room := private.lock_recurring_room(p_recurring_room_id, private.require_user(), true);
  delete from public.recurring_room_members m
  where m.recurring_room_id = v_room.id and m.user_id = p_user_id;
  if not found then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  perform private.put_out_of_live_room(v_room.id, p_user_id);
end
$$;

-- Removes a member from one's recurring room and from the room that is open for it. Owner only. An invite that is still good
-- lets them in again: revoke_recurring_invites.
create function public.remove_recurring_member(p_recurring_room_id uuid, p_user_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.remove_recurring_member(p_recurring_room_id, p_user_id)
$$;

-- Everybody who belongs to a recurring room, its owner first, then in the order of joining.
create function private.list_recurring_members(p_recurring_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.belongs_to_recurring_room(p_recurring_room_id, private.require_user()) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  return (
    select jsonb_agg(jsonb_build_object(
      'userId', f.id,
      'displayName', f.display_name,
      'isOwner', b.is_owner,
      'joinedAt', private.to_iso(b.joined_at)
    ) order by b.is_owner desc, b.joined_at, f.id)
    from (
      select r.owner_id as user_id, true as is_owner, r.created_at as joined_at
      from public.recurring_rooms r where r.id = p_recurring_room_id
      union all
      select m.user_id, false, m.joined_at from public.recurring_room_members m
      where m.recurring_room_id = p_recurring_room_id
    ) as b
    join public.profiles f on f.id = b.user_id
  );
end
$$;

-- Who belongs to a recurring room: an array of `{userId, displayName, isOwner, joinedAt}`. Members only.
create function public.list_recurring_members(p_recurring_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_recurring_members(p_recurring_room_id)
$$;

-- An account that goes hands its recurring rooms over.
create function private.hand_over_recurring_rooms_of_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.recurring_rooms r where r.owner_id = old.id order by r.id for update;
  perform private.hand_over_recurring_room(r.id) from public.recurring_rooms r where r.owner_id = old.id;
  return old;
end
$$;

-- Its name comes before that of the trigger which leaves rooms: recurring rooms are locked before rooms.
create trigger profiles_hand_over_recurring_rooms
before delete on public.profiles
for each row execute function private.hand_over_recurring_rooms_of_profile();

-- Deletes invites that are over, at most 1,000 a call, and answers how many.
create function private.prune_recurring_invites()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.recurring_room_invites i where i.id in (
    select o.id from public.recurring_room_invites o
    where o.expires_at < now()
    order by o.expires_at
    limit 1000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

grant execute on function private.create_recurring_invite(uuid, int, int) to authenticated;
grant execute on function public.create_recurring_invite(uuid, int, int) to authenticated;
grant execute on function private.revoke_recurring_invites(uuid) to authenticated;
grant execute on function public.revoke_recurring_invites(uuid) to authenticated;
grant execute on function private.accept_recurring_invite(text) to authenticated;
grant execute on function public.accept_recurring_invite(text) to authenticated;
grant execute on function private.leave_recurring_room(uuid) to authenticated;
grant execute on function public.leave_recurring_room(uuid) to authenticated;
grant execute on function private.remove_recurring_member(uuid, uuid) to authenticated;
grant execute on function public.remove_recurring_member(uuid, uuid) to authenticated;
grant execute on function private.list_recurring_members(uuid) to authenticated;
grant execute on function public.list_recurring_members(uuid) to authenticated;
