-- Raised hands: a moment a stay, of the database's own clock, so that everybody sees the same order.

-- When the person raised their hand; null while it is down. It goes with the stay.
alter table public.room_participants add column hand_raised_at timestamptz;

insert into private.limits (action, max_count, window_length) values ('raise_hand', 20, '1 minute');

-- Everybody in a room, in the order of their joining, with the hands that are up; still one question for everybody.
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

-- Puts a hand up or down and tells those inside, where that changes anything. False where the person is not inside.
create function private.move_hand(p_room_id uuid, p_user_id uuid, p_is_raised boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants;
begin
  select * into v_stay from public.room_participants p
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active
  for update;
  if v_stay.id is null then
    return false;
  end if;
  if p_is_raised = (v_stay.hand_raised_at is not null) then
    return true;
  end if;
  update public.room_participants p
  set hand_raised_at = case when p_is_raised then clock_timestamp() end
  where p.id = v_stay.id
  returning p.* into v_stay;
  perform private.tell_room(p_room_id, 'hand_changed', jsonb_build_object(
    'userId', p_user_id, 'connectionId', v_stay.connection_id, 'raisedAt', private.to_iso(v_stay.hand_raised_at)));
  return true;
end
$$;

-- Raises or lowers the caller's own hand. The room is held before the stay, as wherever people come and go.
create function private.set_hand(p_room_id uuid, p_is_raised boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_refusal jsonb;
begin
  if p_is_raised is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_refusal := private.refuse_too_often(v_stay.user_id, 'raise_hand');
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform 1 from public.rooms r where r.id = p_room_id for key share;
  if not private.move_hand(p_room_id, v_stay.user_id, p_is_raised) then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  return '{}';
end
$$;

-- Raises or lowers one's hand: `{}`, or `{refusal, …}`. A hand that is up keeps its place; repeating is fine.
create function public.set_hand(p_room_id uuid, p_is_raised boolean)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_hand(p_room_id, p_is_raised)
$$;

-- Lowers somebody's hand.
create function private.lower_hand(p_room_id uuid, p_user_id uuid)
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
  if not private.move_hand(p_room_id, p_user_id, false) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  return '{}';
end
$$;

-- Lowers somebody's hand in one's room; they may raise it again. `{}`, or `{refusal, …}`; `not_found` for whoever is not
-- inside. Creator only.
create function public.lower_hand(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.lower_hand(p_room_id, p_user_id)
$$;

grant execute on function private.set_hand(uuid, boolean) to authenticated;
grant execute on function public.set_hand(uuid, boolean) to authenticated;
grant execute on function private.lower_hand(uuid, uuid) to authenticated;
grant execute on function public.lower_hand(uuid, uuid) to authenticated;
