-- Whom one knows in the lobby's rooms: the people with whom one belongs to a recurring room, and nobody else. They became members by
-- an invitation and see each other's names there already; whoever one has merely met in a public room cannot follow one about.

insert into private.limits (action, max_count, window_length) values ('set_whereabouts', 20, '1 minute');

create table private.shown_whereabouts (
  user_id uuid primary key references public.profiles (id) on delete cascade
);
comment on table private.shown_whereabouts is 'People who let the lobby tell those of their recurring rooms which public room they are in.';
alter table private.shown_whereabouts enable row level security;

-- Who is in which public room, of those with whom the caller belongs to a recurring room.
-- SECURITY: nothing is asked for by an id, so that nothing can be probed; only public rooms, which are listed anyway; nobody whom the
-- caller has blocked, who has blocked the caller, or who has not chosen it, which all look alike; and whoever has not is told of nobody.
create function private.list_known_people()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  if not exists (select 1 from private.shown_whereabouts s where s.user_id = v_user_id) then
    return jsonb_build_object('isShown', false, 'rooms', '[]'::jsonb);
  end if;
  return jsonb_build_object('isShown', true, 'rooms', (
    with groups as (
      select g.id, g.owner_id from public.recurring_rooms g where g.owner_id = v_user_id
      union
      select g.id, g.owner_id from public.recurring_room_members m
      join public.recurring_rooms g on g.id = m.recurring_room_id
      where m.user_id = v_user_id
    ), fellows as (
      select g.owner_id as user_id from groups g
      union
      select m.user_id from groups g join public.recurring_room_members m on m.recurring_room_id = g.id
    ), here as (
      select p.room_id, f.display_name, p.joined_at
      from fellows w
      join public.room_participants p on p.user_id = w.user_id and p.is_active
      join public.rooms r on r.id = p.room_id and r.is_active and r.privacy = 'public'
      join public.profiles f on f.id = w.user_id
      where w.user_id <> v_user_id
        and exists (select 1 from private.shown_whereabouts s where s.user_id = w.user_id)
        and not exists (
          select 1 from public.blocked_people b where b.blocker_id = w.user_id and b.blocked_id = v_user_id)
        and not exists (
          select 1 from public.blocked_people b where b.blocker_id = v_user_id and b.blocked_id = w.user_id)
    ), known as (
      select h.room_id, count(*)::int as person_count,
        (array_agg(h.display_name order by h.joined_at))[1:3] as names
      from here h group by h.room_id order by count(*) desc, h.room_id limit 100
    )
    select coalesce(jsonb_agg(jsonb_build_object(
      'roomId', k.room_id, 'names', to_jsonb(k.names), 'count', k.person_count)), '[]')
    from known k
  ));
end
$$;

-- Whom the caller knows in which public room: `{isShown, rooms: [{roomId, names, count}]}`, with three names a room at most and 100
-- rooms. `isShown`: whether others are told the same of the caller; otherwise the caller is told of nobody.
create function public.list_known_people()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_known_people()
$$;

-- Keeps whether the lobby may tell others where the caller is.
create function private.set_whereabouts(p_is_shown boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb;
begin
  if p_is_shown is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_refusal := private.refuse_too_often(v_user_id, 'set_whereabouts');
  if v_refusal is not null then
    return v_refusal;
  end if;
  if p_is_shown then
    insert into private.shown_whereabouts (user_id) values (v_user_id) on conflict do nothing;
  else
    delete from private.shown_whereabouts s where s.user_id = v_user_id;
  end if;
  return '{}';
end
$$;

-- Whether the lobby may tell those with whom the caller belongs to a recurring room which public room the caller is in; it may not
-- unless told so. `{}`, or `{refusal, …}`; idempotent.
create function public.set_whereabouts(p_is_shown boolean)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_whereabouts(p_is_shown)
$$;

grant execute on function private.list_known_people() to authenticated;
grant execute on function public.list_known_people() to authenticated;
grant execute on function private.set_whereabouts(boolean) to authenticated;
grant execute on function public.set_whereabouts(boolean) to authenticated;
