-- Study sessions as people use them: a goal at the start, which they may share with those in the room, a check-in at the end.
-- The order of locks is the person's profile, their permits, the rooms they are in, their study clock, their sessions.

insert into private.limits (action, max_count, window_length) values ('change_study_session', 20, '1 minute');

-- A session as its person gets it.
create function private.study_session_details(p_session public.study_sessions)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_session.id,
    'goal', p_session.goal,
    'sharesGoal', p_session.shares_goal,
    'startedAt', private.to_iso(p_session.started_at),
    'endedAt', private.to_iso(p_session.ended_at),
    'outcome', p_session.outcome,
    'note', p_session.note,
    'presentSeconds', p_session.present_ms / 1000,
    'focusedSeconds', p_session.focused_ms / 1000
  )
$$;

-- The goal that a person shares with those in a room with them; null where they share none.
create function private.shared_goal(p_user_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select s.goal from public.study_sessions s where s.user_id = p_user_id and s.ended_at is null and s.shares_goal
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
    'displayName', (select p.display_name from public.profiles p where p.id = p_participant.user_id),
    'joinedAt', private.to_iso(p_participant.joined_at),
    'mediaState', jsonb_build_object(
      'isMuted', p_participant.media_state -> 'is_muted',
      'isVideoOff', p_participant.media_state -> 'is_video_off',
      'isScreensharing', p_participant.media_state -> 'is_screensharing'
    ),
    'goal', private.shared_goal(p_participant.user_id)
  )
$$;

-- Text that a person writes about their study, cleaned, as one line or as many; null where nothing is left. Refuses with
-- `invalid_input` what is too long.
create function private.clean_study_text(p_text text, p_max_length int, p_is_line boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_text text;
begin
  -- A character has at most four bytes; what is far too long is not even cleaned.
  if octet_length(p_text) > p_max_length * 8 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_text := case when p_is_line then private.clean_name(p_text, p_max_length + 1) else private.clean_text(p_text) end;
  if char_length(v_text) > p_max_length then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return nullif(v_text, '');
end
$$;

-- Whether the caller may change their sessions now: null, with the rooms they are in and their clock locked, or a refusal
-- that leaves its trace.
create function private.begin_study_change(p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_too_often(p_user_id, 'change_study_session');
begin
  if v_refusal is null then
    perform 1 from public.rooms r
    where r.id in (select p.room_id from public.room_participants p where p.user_id = p_user_id and p.is_active)
    order by r.id
    for key share;
    perform private.hold_study_clock(p_user_id);
  end if;
  return v_refusal;
end
$$;

-- Tells those in the rooms that a person is in of their goal, if it is another one than it was.
create function private.tell_goal(p_user_id uuid, p_earlier text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_goal text := private.shared_goal(p_user_id);
begin
  if v_goal is distinct from p_earlier then
    perform private.tell_room(p.room_id, 'goal_changed', jsonb_build_object('userId', p_user_id, 'goal', v_goal))
    from public.room_participants p where p.user_id = p_user_id and p.is_active;
  end if;
end
$$;

create function private.start_study_session(p_goal text, p_shares_goal boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_goal text := private.clean_study_text(p_goal, 120, true);
  v_refusal jsonb := private.begin_study_change(v_user_id);
  v_earlier text;
  v_session public.study_sessions;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_earlier := private.shared_goal(v_user_id);
  v_session := private.open_study_session(
    private.hold_study_clock(v_user_id), date_trunc('milliseconds', clock_timestamp()));
  update public.study_sessions s set goal = v_goal, shares_goal = coalesce(p_shares_goal, false)
  where s.id = v_session.id
  returning * into v_session;
  perform private.tell_goal(v_user_id, v_earlier);
  return private.study_session_details(v_session);
end
$$;

-- Says what one means to study: gives the open session its goal, opening one where there is none. A goal is one line of at
-- most 120 characters; none is fine, and another one replaces it. `p_shares_goal`: those in the room may read it. Answers
-- the session, or `{refusal: 'rate_limited', …}`; repeating is fine.
create function public.start_study_session(p_goal text default null, p_shares_goal boolean default false)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.start_study_session(p_goal, p_shares_goal)
$$;

-- Ends a session of a person's, with the clock held; time in a room counts until now. Answers it as it is then; a row of
-- nulls where there is none, or where it was not worth keeping. One that has ended already stays as it is.
create function private.finish_study_session(p_user_id uuid, p_session_id uuid, p_outcome public.study_outcome, p_note text)
returns public.study_sessions
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_clock private.study_clocks := private.hold_study_clock(p_user_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_earlier text := private.shared_goal(p_user_id);
  v_session public.study_sessions;
begin
  select * into v_session from public.study_sessions s where s.id = p_session_id and s.user_id = p_user_id;
  if v_session.id is null then
    return null;
  end if;
  if v_session.ended_at is null then
    if v_clock.seen_at < v_now and exists (
      select 1 from public.room_participants p
      where p.user_id = p_user_id and p.room_id = v_clock.room_id and p.is_active
    ) then
      perform private.credit_study(v_clock, p_session_id, v_clock.room_id, v_now);
      v_clock.seen_at := v_now;
    end if;
    if p_outcome is not null then
      update public.study_sessions s set ended_at = greatest(s.started_at, v_clock.seen_at) where s.id = p_session_id;
    else
      select * into v_session from public.study_sessions s where s.id = p_session_id;
      perform private.close_study_session(v_session, v_clock.seen_at);
    end if;
    perform private.tell_goal(p_user_id, v_earlier);
  end if;
  if p_outcome is not null then
    update public.study_sessions s set outcome = p_outcome, note = p_note where s.id = p_session_id;
  end if;
  select * into v_session from public.study_sessions s where s.id = p_session_id;
  return v_session;
end
$$;

create function private.check_in_study_session(p_session_id uuid, p_outcome public.study_outcome, p_note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_note text := private.clean_study_text(p_note, 500, false);
  v_refusal jsonb;
  v_session public.study_sessions;
begin
  if p_outcome is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_refusal := private.begin_study_change(v_user_id);
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_session := private.finish_study_session(v_user_id, p_session_id, p_outcome, v_note);
  if v_session.id is null then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  return private.study_session_details(v_session);
end
$$;

-- Says how it went, which ends the session: `done`, `partly` or `not_done`, and a note of at most 500 characters. Also for
-- one that has ended by itself; the latest word counts. Answers the session, or `{refusal: 'rate_limited', …}`.
create function public.check_in_study_session(p_session_id uuid, p_outcome public.study_outcome, p_note text default null)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.check_in_study_session(p_session_id, p_outcome, p_note)
$$;

create function private.end_study_session(p_session_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb := private.begin_study_change(v_user_id);
  v_session public.study_sessions;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_session := private.finish_study_session(v_user_id, p_session_id, null, null);
  return case when v_session.id is not null then private.study_session_details(v_session) end;
end
$$;

-- Ends a session without a check-in. Answers it, null where there is none or nothing of it is worth keeping (less than a
-- minute, and no goal), or `{refusal: 'rate_limited', …}`. Ending twice is fine.
create function public.end_study_session(p_session_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.end_study_session(p_session_id)
$$;

create function private.get_study_session()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.study_session_details(s) from public.study_sessions s
  where s.user_id = private.require_user() and s.ended_at is null
$$;

-- The caller's open session, or null.
create function public.get_study_session()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.get_study_session()
$$;

create function private.list_study_sessions(p_limit int, p_before timestamptz, p_before_id uuid)
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
    select coalesce(jsonb_agg(private.study_session_details(page.session)
      order by (page.session).started_at desc, (page.session).id desc), '[]')
    from (
      select s as session from public.study_sessions s
      where s.user_id = v_user_id
        and (s.started_at, s.id) < (coalesce(p_before, 'infinity'),
          coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
      order by s.started_at desc, s.id desc
      limit least(greatest(coalesce(p_limit, 50), 1), 200)
    ) as page
  );
end
$$;

-- The caller's sessions, newest first; 50, or up to 200. The next page comes before the last one's `startedAt` and `id`.
create function public.list_study_sessions(p_limit int default 50, p_before timestamptz default null, p_before_id uuid default null)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_study_sessions(p_limit, p_before, p_before_id)
$$;

grant execute on function private.start_study_session(text, boolean) to authenticated;
grant execute on function public.start_study_session(text, boolean) to authenticated;
grant execute on function private.check_in_study_session(uuid, public.study_outcome, text) to authenticated;
grant execute on function public.check_in_study_session(uuid, public.study_outcome, text) to authenticated;
grant execute on function private.end_study_session(uuid) to authenticated;
grant execute on function public.end_study_session(uuid) to authenticated;
grant execute on function private.get_study_session() to authenticated;
grant execute on function public.get_study_session() to authenticated;
grant execute on function private.list_study_sessions(int, timestamptz, uuid) to authenticated;
grant execute on function public.list_study_sessions(int, timestamptz, uuid) to authenticated;
