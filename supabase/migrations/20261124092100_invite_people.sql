-- Members of private rooms, and the invites that make them.

insert into private.limits (action, max_count, window_length)
values
  ('create_invite', 20, '1 minute'),
  ('change_room', 30, '1 minute');

-- Invites that are over, oldest first.
create index room_invites_expires_idx on public.room_invites (expires_at);

-- A new code: 128 random bits as base64url, 22 characters.
create function private.new_invite_code()
returns text
language sql
volatile
set search_path = ''
as $$
  select rtrim(translate(encode(extensions.gen_random_bytes(16), 'base64'), '+/', '-_'), '=')
$$;

-- True while an invite lets people in.
create function private.is_open_invite(p_invite public.room_invites)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_invite.revoked_at is null and p_invite.expires_at > now() and p_invite.used_count < p_invite.max_uses
$$;

-- Makes an invite. Only its hash is kept: the code is in this answer and nowhere else.
create function private.create_invite(p_room_id uuid, p_expires_in_hours int, p_max_uses int)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_creator(p_room_id);
  v_code text := private.new_invite_code();
  v_refusal jsonb;
  v_invite public.room_invites;
begin
  if coalesce(p_expires_in_hours, 168) not between 1 and 720 or coalesce(p_max_uses, 25) not between 1 and 1000 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  perform private.hold_profile(v_user_id);
  v_refusal := private.refuse_too_often(v_user_id, 'create_invite');
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.lock_own_room(p_room_id);
  if (select count(*) from public.room_invites i where i.room_id = p_room_id and private.is_open_invite(i)) >= 50 then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.room_invites (room_id, creator_id, code_hash, expires_at, max_uses)
  values (p_room_id, v_user_id, private.invite_hash(v_code),
    now() + make_interval(hours => coalesce(p_expires_in_hours, 168)), coalesce(p_max_uses, 25))
  returning * into v_invite;
  return jsonb_build_object(
    'id', v_invite.id, 'code', v_code, 'expiresAt', private.to_iso(v_invite.expires_at), 'maxUses', v_invite.max_uses);
end
$$;

-- Invites people to one's room: `{id, code, expiresAt, maxUses}`, or `{refusal, …}`. At most 50 open ones a room, else
-- `not_allowed`. Creator only.
create function public.create_invite(p_room_id uuid, p_expires_in_hours int default 168, p_max_uses int default 25)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.create_invite(p_room_id, p_expires_in_hours, p_max_uses)
$$;

-- The open invites of a room, newest first, without their codes.
create function private.list_invites(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_creator(p_room_id);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', i.id,
      'createdAt', private.to_iso(i.created_at),
      'expiresAt', private.to_iso(i.expires_at),
      'maxUses', i.max_uses,
      'usedCount', i.used_count
    ) order by i.created_at desc, i.id), '[]')
    from public.room_invites i
    where i.room_id = p_room_id and private.is_open_invite(i)
  );
end
$$;

-- The open invites of one's room: an array of `{id, createdAt, expiresAt, maxUses, usedCount}`. Creator only.
create function public.list_invites(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_invites(p_room_id)
$$;

-- Revokes an invite by its code or its id. Revoking twice is fine; one that this room never had is `not_found`.
create function private.revoke_invite(p_room_id uuid, p_code text, p_invite_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_creator(p_room_id);
  update public.room_invites i set revoked_at = coalesce(i.revoked_at, now())
  where i.room_id = p_room_id and (i.id = p_invite_id or i.code_hash = private.invite_hash(p_code));
  if not found then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
end
$$;

-- Revokes an invite of one's room, by its code or, since lists do not show that, by its id. Who came in by it remains a
-- member. Creator only.
create function public.revoke_invite(p_room_id uuid, p_code text default null, p_invite_id uuid default null)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.revoke_invite(p_room_id, p_code, p_invite_id)
$$;

-- The room that a code opens to the caller. Who belongs to a room finds it by its invites even when they are over.
-- SECURITY: a code that never was and one that is over, revoked or of no use to the caller do the same work: a permit
-- for wrong passwords, one hash of the code, one look into the index of hashes. There is no bcrypt here because there is
-- nothing to guess: a code has 128 random bits, and its hash is looked for as a whole. The permit bounds the trying all
-- the same, and comes back to whoever has a good code.
create function private.find_invited_room(p_code text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'wrong_password');
  v_room_id uuid;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  select i.room_id into v_room_id from public.room_invites i
  where i.code_hash = private.invite_hash(p_code)
    and not private.is_barred(i.room_id, v_user_id)
    and (private.is_open_invite(i)
      or exists (select 1 from public.rooms r where r.id = i.room_id and r.creator_id = v_user_id)
      or exists (select 1 from public.room_members m where m.room_id = i.room_id and m.user_id = v_user_id));
  if v_room_id is null then
    return jsonb_build_object('refusal', 'room_unavailable');
  end if;
  perform private.return_permit(v_user_id, 'wrong_password');
  return jsonb_build_object('roomId', v_room_id);
end
$$;

-- For somebody who has nothing but a code: `{roomId}`, or `{refusal, …}`. Uses nothing of the invite; joining does.
create function public.find_invited_room(p_code text)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.find_invited_room(p_code)
$$;

-- The members of a room with their names.
create function private.list_room_members(p_room_id uuid)
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
      private.person_details(m.user_id) || jsonb_build_object('joinedAt', private.to_iso(m.joined_at))
      order by m.joined_at, m.user_id), '[]')
    from public.room_members m where m.room_id = p_room_id
  );
end
$$;

-- Who may enter one's room freely: an array of `{userId, displayName, avatar, joinedAt}`. Creator only.
create function public.list_room_members(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_room_members(p_room_id)
$$;

-- Deletes invites that have been over for a week, at most 1,000 a call, and answers how many.
create function private.prune_invites()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_deleted int;
begin
  delete from public.room_invites i where i.id in (
    select o.id from public.room_invites o where o.expires_at < now() - interval '7 days'
    order by o.expires_at limit 1000 for update skip locked
  );
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

grant execute on function private.create_invite(uuid, int, int) to authenticated;
grant execute on function public.create_invite(uuid, int, int) to authenticated;
grant execute on function private.list_invites(uuid) to authenticated;
grant execute on function public.list_invites(uuid) to authenticated;
grant execute on function private.revoke_invite(uuid, text, uuid) to authenticated;
grant execute on function public.revoke_invite(uuid, text, uuid) to authenticated;
grant execute on function private.find_invited_room(text) to authenticated;
grant execute on function public.find_invited_room(text) to authenticated;
grant execute on function private.list_room_members(uuid) to authenticated;
grant execute on function public.list_room_members(uuid) to authenticated;
