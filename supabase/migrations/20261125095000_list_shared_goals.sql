-- Those in a room read each other's goals where they share them; still one question for everybody.
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
    'goal', s.goal
  ) order by p.joined_at), '[]')
  from public.room_participants p
  join public.profiles o on o.id = p.user_id
  left join public.study_sessions s on s.user_id = p.user_id and s.ended_at is null and s.shares_goal
  where p.room_id = p_room_id and p.is_active
$$;
