-- What clients measure of their calls, once a minute: for figures about the service, never for other clients.

-- How a call's packets travel, by the kind of the candidate in use.
create type public.network_path as enum ('host', 'srflx', 'relay', 'unknown');

-- What holds the picture back, as WebRTC tells it.
create type public.quality_limitation as enum ('none', 'cpu', 'bandwidth', 'other');

-- Null is what the client could not know. Bounds are those of what can be true at all.
create table public.quality_samples (
  id bigint generated always as identity primary key,
  -- No foreign keys: their checks would lock a room and a profile for every measurement. What is old goes by itself, and
  -- an account that goes takes its name out of its samples.
  room_id uuid not null,
  user_id uuid,
  connection_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  -- How long was measured.
  window_ms int not null check (window_ms between 1000 and 120000),
  topology public.room_topology not null,
  path_kind public.network_path not null default 'unknown',
  rtt_ms real check (rtt_ms between 0 and 60000),
  loss_ratio real check (loss_ratio between 0 and 1),
  jitter_ms real check (jitter_ms between 0 and 60000),
  -- Of the largest picture that arrives.
  frame_width int check (frame_width between 1 and 16384),
  frame_height int check (frame_height between 1 and 16384),
  fps real check (fps between 0 and 240),
  video_up_bps bigint check (video_up_bps between 0 and 10000000000),
  video_down_bps bigint check (video_down_bps between 0 and 10000000000),
  audio_up_bps bigint check (audio_up_bps between 0 and 10000000000),
  audio_down_bps bigint check (audio_down_bps between 0 and 10000000000),
  bytes_sent bigint check (bytes_sent between 0 and 150000000000),
  bytes_received bigint check (bytes_received between 0 and 150000000000),
  cpu_load_percent real check (cpu_load_percent between 0 and 100),
  connection_attempts int check (connection_attempts between 0 and 10000),
  connection_successes int check (connection_successes between 0 and 10000),
  limitation public.quality_limitation,
  constraint quality_samples_succeed_after_trying check (connection_successes <= connection_attempts),
  constraint quality_samples_have_whole_frames check ((frame_width is null) = (frame_height is null))
);
comment on table public.quality_samples is 'What clients measured of their calls, kept for 7 days; no client sees any.';
alter table public.quality_samples enable row level security;

-- The samples of a time; also how old ones are found.
create index quality_samples_at_idx on public.quality_samples (at);

-- The samples of a person, for accounts that are deleted.
create index quality_samples_user_idx on public.quality_samples (user_id) where user_id is not null;

revoke all on public.quality_samples from anon, authenticated;
grant select on public.quality_samples to service_role;

insert into private.limits (action, max_count, window_length) values ('record_quality_sample', 2, '1 minute');

-- A number of a sample; null where there is none. Refuses with `invalid_input` what is no number or out of bounds, and
-- what has a fraction where there can be none.
create function private.sample_number(p_sample jsonb, p_key text, p_max numeric, p_is_whole boolean)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_value jsonb := p_sample -> p_key;
  v_number numeric;
begin
  if v_value is null or jsonb_typeof(v_value) = 'null' then
    return null;
  end if;
  if jsonb_typeof(v_value) <> 'number' then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_number := v_value::numeric;
  if v_number < 0 or v_number > p_max or (p_is_whole and v_number <> trunc(v_number)) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_number;
end
$$;

-- A word of a sample that is one of those known; `p_default` where there is none. Refuses any other.
create function private.sample_word(p_sample jsonb, p_key text, p_known text[], p_default text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_value jsonb := p_sample -> p_key;
begin
  if v_value is null or jsonb_typeof(v_value) = 'null' then
    return p_default;
  end if;
  if jsonb_typeof(v_value) <> 'string' or not (v_value #>> '{}') = any (p_known) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_value #>> '{}';
end
$$;

-- Keeps a sample of the caller's own stay. Checked before it is counted: what is refused costs no permit.
create function private.record_quality_sample(p_room_id uuid, p_connection_id uuid, p_sample jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_sample jsonb := private.to_object(p_sample);
  v_row public.quality_samples;
begin
  if v_stay.connection_id is distinct from p_connection_id then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  if octet_length(v_sample::text) > 4096 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_row.topology := private.sample_word(v_sample, 'topology', '{mesh,sfu}', null);
  v_row.path_kind := private.sample_word(v_sample, 'pathKind', '{host,srflx,relay,unknown}', 'unknown');
  v_row.limitation := private.sample_word(v_sample, 'limitation', '{none,cpu,bandwidth,other}', null);
  v_row.window_ms := private.sample_number(v_sample, 'windowMs', 120000, true);
  v_row.rtt_ms := private.sample_number(v_sample, 'rttMs', 60000, false);
  v_row.loss_ratio := private.sample_number(v_sample, 'lossRatio', 1, false);
  v_row.jitter_ms := private.sample_number(v_sample, 'jitterMs', 60000, false);
  v_row.frame_width := private.sample_number(v_sample, 'frameWidth', 16384, true);
  v_row.frame_height := private.sample_number(v_sample, 'frameHeight', 16384, true);
  v_row.fps := private.sample_number(v_sample, 'fps', 240, false);
  v_row.video_up_bps := private.sample_number(v_sample, 'videoUpBps', 10000000000, true);
  v_row.video_down_bps := private.sample_number(v_sample, 'videoDownBps', 10000000000, true);
  v_row.audio_up_bps := private.sample_number(v_sample, 'audioUpBps', 10000000000, true);
  v_row.audio_down_bps := private.sample_number(v_sample, 'audioDownBps', 10000000000, true);
  v_row.bytes_sent := private.sample_number(v_sample, 'bytesSent', 150000000000, true);
  v_row.bytes_received := private.sample_number(v_sample, 'bytesReceived', 150000000000, true);
  v_row.cpu_load_percent := private.sample_number(v_sample, 'cpuLoadPercent', 100, false);
  v_row.connection_attempts := private.sample_number(v_sample, 'connectionAttempts', 10000, true);
  v_row.connection_successes := private.sample_number(v_sample, 'connectionSuccesses', 10000, true);
  if v_row.topology is null or coalesce(v_row.window_ms, 0) < 1000
    or (v_row.frame_width is null) <> (v_row.frame_height is null)
    or v_row.frame_width = 0 or v_row.frame_height = 0
    or (v_row.connection_attempts is null) <> (v_row.connection_successes is null)
    or v_row.connection_successes > v_row.connection_attempts then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  if private.take_permit(v_stay.user_id, 'record_quality_sample') > 0 then
    return '{"accepted": false}';
  end if;

  insert into public.quality_samples (room_id, user_id, connection_id, window_ms, topology, path_kind, rtt_ms, loss_ratio,
    jitter_ms, frame_width, frame_height, fps, video_up_bps, video_down_bps, audio_up_bps, audio_down_bps, bytes_sent,
    bytes_received, cpu_load_percent, connection_attempts, connection_successes, limitation)
  values (p_room_id, v_stay.user_id, p_connection_id, v_row.window_ms, v_row.topology, v_row.path_kind, v_row.rtt_ms,
    v_row.loss_ratio, v_row.jitter_ms, v_row.frame_width, v_row.frame_height, v_row.fps, v_row.video_up_bps,
    v_row.video_down_bps, v_row.audio_up_bps, v_row.audio_down_bps, v_row.bytes_sent, v_row.bytes_received,
    v_row.cpu_load_percent, v_row.connection_attempts, v_row.connection_successes, v_row.limitation);
  return '{"accepted": true}';
end
$$;

-- Keeps what the caller measured over the last minute in a room, and answers `{accepted}`: false when that was too often,
-- which is nothing a client has to act on. Keys are those of qualitySampleSchema; unknown ones are ignored.
create function public.record_quality_sample(p_room_id uuid, p_connection_id uuid, p_sample jsonb)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.record_quality_sample(p_room_id, p_connection_id, p_sample)
$$;

grant execute on function private.record_quality_sample(uuid, uuid, jsonb) to authenticated;
grant execute on function public.record_quality_sample(uuid, uuid, jsonb) to authenticated;

-- Nobody can be found in the samples once their account is gone.
create function private.forget_profile_in_samples()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.quality_samples s set user_id = null where s.user_id = old.id;
  return null;
end
$$;

create trigger profiles_forget_in_samples
after delete on public.profiles
for each row execute function private.forget_profile_in_samples();

-- Deletes samples older than 7 days, at most 20,000 at a time, and answers how many.
create function private.prune_quality_samples()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_pruned int;
begin
  delete from public.quality_samples s
  where s.id in (
    select o.id from public.quality_samples o
    where o.at < now() - interval '7 days'
    order by o.at
    limit 20000
  );
  get diagnostics v_pruned = row_count;
  return v_pruned;
end
$$;
