-- Whether the media server answers, as whoever can reach it says. The embedded backend starts or watches it and writes
-- `has_sfu` by itself; elsewhere the HTTP API says what it has seen, and the database decides what to make of it.

-- For how long a media server has to be silent to count as gone, seen at least three times.
alter table private.config add column sfu_silence_allowed interval not null default '6 seconds'
check (sfu_silence_allowed >= '0 seconds');

create table private.sfu_health (
  is_single boolean primary key default true check (is_single),
  -- Silences in a row; 0 while it answers.
  silences int not null default 0,
  silent_since timestamptz,
  last_silence_at timestamptz,
  -- When the HTTP API was last asked to look, whatever for.
  asked_at timestamptz not null default '-infinity'
);
comment on table private.sfu_health is 'What was seen of the media server lately; exactly one row, locked before private.config.';
alter table private.sfu_health enable row level security;
insert into private.sfu_health default values;

-- The media server has answered, or has not. One that answers is there at once; one that does not is gone when it was
-- silent three times in a row and for `sfu_silence_allowed`. Silences within a second are one, however many instances
-- of the API have seen it, and one that is more than two minutes old says nothing any more. Answers whether there is one.
create function private.note_sfu_health(p_answers boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  if p_answers then
    update private.sfu_health h set silences = 0, silent_since = null where h.silences > 0;
    update private.config c set has_sfu = true where not c.has_sfu;
  elsif not p_answers then
    update private.sfu_health h
    set silences = case when h.silences = 0 or h.last_silence_at < v_now - interval '2 minutes' then 1 else h.silences + 1 end,
        silent_since = case when h.silences = 0 or h.last_silence_at < v_now - interval '2 minutes'
          then v_now else h.silent_since end,
        last_silence_at = v_now
    where h.silences = 0 or h.last_silence_at <= v_now - interval '1 second';
    update private.config c set has_sfu = false
    from private.sfu_health h
    where c.has_sfu and h.silences >= 3 and h.silent_since <= v_now - c.sfu_silence_allowed;
  end if;
  return (select c.has_sfu from private.config c);
end
$$;

-- For the HTTP API alone: whether the media server has answered it just now. Answers whether the database takes it to be
-- there; rooms go back to a mesh by `settle_topologies` when it does not.
create function public.note_sfu_health(p_answers boolean)
returns boolean
language sql
security invoker
set search_path = ''
as $$
  select private.note_sfu_health(p_answers)
$$;

grant execute on function private.note_sfu_health(boolean) to service_role;
grant execute on function public.note_sfu_health(boolean) to service_role;

-- True when nobody has looked at the media server for as long as nobody should: the next time when it was silent and does not
-- count as gone yet, 10 s while rooms are on it and while it counts as gone, 60 s otherwise.
create function private.is_sfu_check_due()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select h.asked_at <= clock_timestamp() - case
    when c.has_sfu and h.silences > 0 then interval '0 seconds'
    when not c.has_sfu or exists (select 1 from public.rooms r where r.topology = 'sfu' and r.is_active)
      then interval '10 seconds'
    else interval '60 seconds' end
  from private.sfu_health h, private.config c
$$;

-- Where nobody listens, as on hosted Supabase: asks the HTTP API to sweep when a room is due, and to look whether the
-- media server answers, by pg_net, at the address and with the key that the vault keeps as `studyhall_sweep_url` and
-- `studyhall_secret_key`. True when it was asked.
create or replace function private.ask_for_sfu_sweep()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_url text;
  v_key text;
begin
  if to_regprocedure('net.http_post(text, jsonb, jsonb, jsonb, integer)') is null
    or to_regclass('vault.decrypted_secrets') is null
    or not (private.is_sfu_check_due() or exists (
      select 1 from private.sfu_rooms s where s.due_at <= clock_timestamp() and s.leased_until <= clock_timestamp())) then
    return false;
  end if;
  execute $query$
    select max(s.decrypted_secret) filter (where s.name = 'studyhall_sweep_url'),
      max(s.decrypted_secret) filter (where s.name = 'studyhall_secret_key')
    from vault.decrypted_secrets s where s.name in ('studyhall_sweep_url', 'studyhall_secret_key')
  $query$ into v_url, v_key;
  if v_url is null or v_key is null then
    return false;
  end if;
  update private.sfu_health set asked_at = clock_timestamp() where is_single;
  execute 'select net.http_post(url := $1, body := $2, headers := $3)'
    using v_url, '{}'::jsonb, jsonb_build_object('content-type', 'application/json', 'apikey', v_key);
  return true;
end
$$;
