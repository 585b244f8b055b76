-- Rooms and people as the API and Realtime show them: JSON with the names of src/shared/domain.

-- How many people fit into a room now: what its creator chose, and no more than a mesh carries without a media server.
create function private.room_capacity(p_room public.rooms)
returns int
language sql
stable
security definer
set search_path = ''
as $$
  select case when c.has_sfu then p_room.max_participants else least(p_room.max_participants, c.mesh_capacity) end
  from private.config c
$$;

-- A room as the lobby lists it. Holds nobody's name.
create function private.room_summary(p_room public.rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_room.id,
    'name', p_room.name,
    'privacy', p_room.privacy,
    'tags', coalesce((select jsonb_agg(t.tag order by t.tag) from public.room_tags t where t.room_id = p_room.id), '[]'),
    'participantCount', p_room.participant_count,
    'maxParticipants', p_room.max_participants,
    'capacity', private.room_capacity(p_room),
    'hasPassword', p_room.has_password,
    'createdAt', private.to_iso(p_room.created_at)
  )
$$;

-- A room as somebody inside it sees it.
create function private.room_details(p_room public.rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.room_summary(p_room) || jsonb_build_object(
    'creatorId', p_room.creator_id,
    'settings', jsonb_build_object(
      'allowChat', p_room.settings -> 'allow_chat',
      'allowVideo', p_room.settings -> 'allow_video',
      'allowScreenshare', p_room.settings -> 'allow_screenshare'
    )
  )
$$;

-- A person in a room.
create function private.participant_details(p_participant public.room_participants)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'userId', p_participant.user_id,
    'connectionId', p_participant.connection_id,
    'displayName', (select p.display_name from public.profiles p where p.id = p_participant.user_id),
    'joinedAt', private.to_iso(p_participant.joined_at),
    'mediaState', jsonb_build_object(
      'isMuted', p_participant.media_state -> 'is_muted',
      'isVideoOff', p_participant.media_state -> 'is_video_off',
      'isScreensharing', p_participant.media_state -> 'is_screensharing'
    )
  )
$$;

-- Everybody in a room, in the order of their joining.
create function private.participants_of(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.participant_details(p) order by p.joined_at), '[]')
  from public.room_participants p
  where p.room_id = p_room_id and p.is_active
$$;

-- The Realtime topic of a room; as `roomTopic` of src/shared/realtime.
create function private.room_topic(p_room_id uuid, p_channel_epoch int)
returns text
language sql
immutable
set search_path = ''
as $$
  select 'room:' || p_room_id || case when p_channel_epoch = 0 then '' else ':' || p_channel_epoch end
$$;
