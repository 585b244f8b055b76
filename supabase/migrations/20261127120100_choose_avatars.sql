-- Pictures of people: one of a few that the app draws, in one of a few colours. There is nothing to upload, to load or to moderate.

-- What an earlier version could have written here by hand was never shown.
update public.profiles set avatar = null
where avatar !~ '^(bird|cat|dog|fish|flower|leaf|moon|mountain|rabbit|snail|squirrel|turtle)-(moss|clay|slate|plum|straw|rose)$';
alter table public.profiles drop constraint profiles_avatar_check;
-- The same lists are in src/shared/people/avatars.ts.
alter table public.profiles add constraint profiles_avatar_check check (
  avatar ~ '^(bird|cat|dog|fish|flower|leaf|moon|mountain|rabbit|snail|squirrel|turtle)-(moss|clay|slate|plum|straw|rose)$'
);
comment on column public.profiles.avatar is 'What the app draws for the person, and its colour; null: their initials.';

-- By the function alone, which counts changes and tells those in a room.
revoke update (avatar) on public.profiles from authenticated;
insert into private.limits (action, max_count, window_length) values ('set_avatar', 30, '1 minute');

create function private.set_avatar(p_avatar text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'set_avatar');
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  begin
    update public.profiles f set avatar = p_avatar where f.id = v_user_id and f.avatar is distinct from p_avatar;
  exception when check_violation then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end;
  if found then
    perform private.tell_room(s.room_id, 'avatar_changed', jsonb_build_object('userId', v_user_id, 'avatar', p_avatar))
    from (
      select p.room_id from public.room_participants p where p.user_id = v_user_id and p.is_active order by p.room_id
    ) as s;
  end if;
  return '{}';
end
$$;

-- Chooses one's own picture; null: one's initials. `{}`, or `{refusal, …}`; `invalid_input` for what the app does not draw. Those
-- in a room with the person are told `avatar_changed`.
create function public.set_avatar(p_avatar text)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_avatar(p_avatar)
$$;

grant execute on function private.set_avatar(text) to authenticated;
grant execute on function public.set_avatar(text) to authenticated;

-- Everybody in a room, in the order of their joining, with their pictures; still one question for everybody.
create or replace function private.participants_of(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'userId', p.user_id,
    'connectionId', p.connection_id,
    'displayName', o.display_name,
    'avatar', o.avatar,
    'joinedAt', to_char(p.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'mediaState', jsonb_build_object(
      'isMuted', p.media_state -> 'is_muted',
      'isVideoOff', p.media_state -> 'is_video_off',
      'isScreensharing', p.media_state -> 'is_screensharing'
    ),
    'goal', s.goal,
    'handRaisedAt', private.to_iso(p.hand_raised_at)
  ) order by p.joined_at), '[]')
  from public.room_participants p
  join public.profiles o on o.id = p.user_id
  left join public.study_sessions s on s.user_id = p.user_id and s.ended_at is null and s.shares_goal
  where p.room_id = p_room_id and p.is_active
$$;

-- A person in a room.
create or replace function private.participant_details(p_participant public.room_participants)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'userId', p_participant.user_id,
    'connectionId', p_participant.connection_id,
    'joinedAt', private.to_iso(p_participant.joined_at),
    'mediaState', jsonb_build_object(
      'isMuted', p_participant.media_state -> 'is_muted',
      'isVideoOff', p_participant.media_state -> 'is_video_off',
      'isScreensharing', p_participant.media_state -> 'is_screensharing'
    ),
    'goal', private.shared_goal(p_participant.user_id)
  ) || (
    select jsonb_build_object('displayName', p.display_name, 'avatar', p.avatar)
    from public.profiles p where p.id = p_participant.user_id
  )
$$;

-- A message as those in the room see it.
create or replace function private.message_details(p_message public.messages)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_message.id,
    'authorId', p_message.author_id,
    'body', p_message.body,
    'sentAt', private.to_iso(p_message.created_at),
    'clientMessageId', p_message.client_message_id
  ) || (
    select jsonb_build_object('displayName', f.display_name, 'avatar', f.avatar)
    from public.profiles f where f.id = p_message.author_id
  )
$$;

-- Everybody who belongs to a recurring room, its owner first, then in the order of joining.
create or replace function private.list_recurring_members(p_recurring_room_id uuid)
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
    select jsonb_agg(private.person_details(f.id) || jsonb_build_object(
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

-- Who belongs to a recurring room: an array of `{userId, displayName, avatar, isOwner, joinedAt}`. Members only.
create or replace function public.list_recurring_members(p_recurring_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_recurring_members(p_recurring_room_id)
$$;
