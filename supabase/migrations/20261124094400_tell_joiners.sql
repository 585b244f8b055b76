-- Whoever joins knows of the room's timer and of a recording at once: before they send any media.
create or replace function private.join_answer(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'room', private.room_details(r),
    'participants', private.participants_of(r.id),
    'topology', r.topology,
    'epoch', r.topology_epoch,
    'channel', private.room_topic(r.id, r.channel_epoch),
    'timer', private.timer_details(r.id),
    'recording', private.recording_for(r.id, (select auth.uid()))
  )
  from public.rooms r where r.id = p_room_id
$$;
