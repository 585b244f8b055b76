-- A recurring room's settings are told whole, so that they can be shown and changed: whether its rooms may be recorded, and whether who
-- comes for the first time waits.

-- Every recurring room that the caller belongs to, with its next occasion and who is in it, in one statement.
create or replace function private.list_my_recurring_rooms()
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
      select r.* from public.recurring_rooms r where r.owner_id = v_user_id
      union all
      select r.* from public.recurring_room_members m
      join public.recurring_rooms r on r.id = m.recurring_room_id
      where m.user_id = v_user_id
    )
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', r.id,
      'name', r.name,
      'privacy', r.privacy,
      'tags', to_jsonb(r.tags),
      'maxParticipants', r.max_participants,
      'settings', jsonb_build_object(
        'allowChat', r.settings -> 'allow_chat',
        'allowVideo', r.settings -> 'allow_video',
        'allowScreenshare', r.settings -> 'allow_screenshare',
        'allowTimerControl', coalesce(r.settings -> 'allow_timer_control', 'true'),
        'allowRecording', private.allows_recording(r.settings),
        'waitingRoom', coalesce(r.settings -> 'waiting_room', 'false')),
      'isOwner', r.owner_id = v_user_id,
      'rrule', r.rrule,
      'startsAt', to_char(r.starts_at, 'YYYY-MM-DD"T"HH24:MI'),
      'timeZone', r.time_zone,
      'durationMinutes', r.duration_minutes,
      'nextStartsAt', private.to_iso(o.starts_at),
      'nextEndsAt', private.to_iso(o.starts_at + make_interval(mins => r.duration_minutes)),
      'isOnNow', coalesce(o.starts_at <= now(), false),
      'liveRoomId', l.id,
      'participantCount', coalesce(l.participant_count, 0),
      'participants', coalesce(l.participants, '[]')
    ) order by o.starts_at nulls last, r.name, r.id), '[]')
    from mine r
    cross join lateral (
      select private.next_occurrence(
        r.rrule, r.starts_at, r.time_zone, now() - make_interval(mins => r.duration_minutes), r.last_day) as starts_at
    ) as o
    left join lateral (
      select v.id, v.participant_count, (
        -- SECURITY: names only of those who share the recurring room, or the live one, with the caller.
        select jsonb_agg(jsonb_build_object('userId', p.user_id, 'displayName', f.display_name) order by p.joined_at)
        from public.room_participants p
        join public.profiles f on f.id = p.user_id
        where p.room_id = v.id and p.is_active and (
          p.user_id = r.owner_id
          or exists (
            select 1 from public.recurring_room_members m
            where m.recurring_room_id = r.id and m.user_id = p.user_id
          )
          or exists (
            select 1 from public.room_participants c where c.room_id = v.id and c.user_id = v_user_id and c.is_active
          )
        )
      ) as participants
      from public.rooms v
      where v.recurring_room_id = r.id and v.is_active
    ) as l on true
  );
end
$$;
