-- What a room's creator sees of its invites, and ending them all at once.

-- The open invites of a room, newest first, without their codes; a room that was handed over may have some of others'.
create or replace function private.list_invites(p_room_id uuid)
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
      'createdBy', case when f.id is not null
        then jsonb_build_object('userId', f.id, 'displayName', f.display_name) end,
      'createdAt', private.to_iso(i.created_at),
      'expiresAt', private.to_iso(i.expires_at),
      'maxUses', i.max_uses,
      'usedCount', i.used_count
    ) order by i.created_at desc, i.id), '[]')
    from public.room_invites i
    left join public.profiles f on f.id = i.creator_id
    where i.room_id = p_room_id and private.is_open_invite(i)
  );
end
$$;

-- The open invites of one's room: an array of `{id, createdBy, createdAt, expiresAt, maxUses, usedCount}`; createdBy is
-- `{userId, displayName}`, or null once the account is gone. Creator only.
create or replace function public.list_invites(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_invites(p_room_id)
$$;

-- Revokes what is open. Locked one by one in the order of their ids, as the deletion of an account does; a join that holds
-- one of them is let through first and counts.
create function private.revoke_invites(p_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_creator(p_room_id);
  perform 1 from public.room_invites i
  where i.room_id = p_room_id and i.revoked_at is null and i.expires_at > now()
  order by i.id
  for update;
  update public.room_invites i set revoked_at = now()
  where i.room_id = p_room_id and i.revoked_at is null and i.expires_at > now();
end
$$;

-- Revokes every invite of one's room. Idempotent; who came in by one remains a member. Creator only.
create function public.revoke_invites(p_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.revoke_invites(p_room_id)
$$;

grant execute on function private.revoke_invites(uuid) to authenticated;
grant execute on function public.revoke_invites(uuid) to authenticated;
