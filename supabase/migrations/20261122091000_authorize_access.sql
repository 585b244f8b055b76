-- Who may see what. Clients write through functions only; the one exception is one's own profile.

-- The rooms that the caller is in now.
create function private.my_room_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select p.room_id from public.room_participants p where p.user_id = (select auth.uid()) and p.is_active
$$;

-- The people who are in a room with the caller now.
create function private.my_room_mate_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select p.user_id from public.room_participants p
  where p.is_active and p.room_id in (select private.my_room_ids())
$$;

-- True when a Realtime topic is that of a room which the caller is in, at its current epoch.
create function private.is_topic_of_my_room(p_topic text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1 from public.room_participants p
    join public.rooms r on r.id = p.room_id
    where p.user_id = (select auth.uid())
      and p.is_active
      and r.is_active
      and private.room_topic(r.id, r.channel_epoch) = p_topic
  )
$$;

grant execute on function private.my_room_ids() to authenticated;
grant execute on function private.my_room_mate_ids() to authenticated;
grant execute on function private.is_topic_of_my_room(text) to authenticated;

grant select, update (display_name, avatar) on public.profiles to authenticated;
grant select on public.rooms to authenticated;
grant select on public.room_tags to authenticated;
grant select on public.room_participants to authenticated;
grant select, insert, update, delete on public.profiles to service_role;
grant select, insert, update, delete on public.rooms to service_role;
grant select, insert, update, delete on public.room_tags to service_role;
grant select, insert, update, delete on public.room_participants to service_role;

create policy "people see themselves and those in a room with them"
on public.profiles for select to authenticated
using (id = (select auth.uid()) or id in (select private.my_room_mate_ids()));

create policy "people change their own profile"
on public.profiles for update to authenticated
using (id = (select auth.uid()))
with check (id = (select auth.uid()));

create policy "people see public rooms, their own, and those they are in"
on public.rooms for select to authenticated
using (
  (is_active and privacy = 'public')
  or creator_id = (select auth.uid())
  or id in (select private.my_room_ids())
);

create policy "people see the tags of rooms they see"
on public.room_tags for select to authenticated
using (exists (select 1 from public.rooms r where r.id = room_id));

create policy "people see their own stays and who is with them"
on public.room_participants for select to authenticated
using (
  user_id = (select auth.uid())
  or (is_active and room_id in (select private.my_room_ids()))
);

-- Realtime. The lobby is told by the database only: there is no policy that lets a client send to it.
create policy "people hear the lobby, and the rooms they are in"
on realtime.messages for select to authenticated
using (
  ((select realtime.topic()) = 'rooms:lobby' and extension = 'broadcast')
  or (extension in ('broadcast', 'presence') and (select private.is_topic_of_my_room((select realtime.topic()))))
);

create policy "people send to the rooms they are in"
on realtime.messages for insert to authenticated
with check (
  extension in ('broadcast', 'presence') and (select private.is_topic_of_my_room((select realtime.topic())))
);
