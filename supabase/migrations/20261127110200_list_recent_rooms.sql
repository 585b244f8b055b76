-- The rooms that somebody was in lately, first in their lobby. Stays are kept for 30 days anyway: nothing new is kept for it, and
-- it is there on another computer, too.

-- The caller's latest rooms that are still open, at most 4, the latest first: an array of room summaries.
-- SECURITY: a public room is listed to everybody, and so stays here as well for whoever is banned from it or was blocked by its creator,
-- or its going would tell them; of a private one it is as in private.list_rooms. Rooms of one's recurring rooms stand with those.
create function private.list_recent_rooms()
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
    select coalesce(jsonb_agg(private.room_summary(o.room) order by o.until desc, (o.room).id), '[]') from open o
  );
end
$$;

-- The rooms that the caller was in lately and that are still open, the latest first; at most 4.
create function public.list_recent_rooms()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_recent_rooms()
$$;

grant execute on function private.list_recent_rooms() to authenticated;
grant execute on function public.list_recent_rooms() to authenticated;
