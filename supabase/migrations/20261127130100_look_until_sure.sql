-- A media server that has been silent is looked at with every turn until it answers or counts as gone. Three silences may be seen within
-- two seconds, where several people ask at once: before, the next look was up to a minute away then.

-- True when nobody has looked at the media server for as long as nobody should: the next time when it was silent and does not
-- count as gone yet, 10 s while rooms are on it and while it counts as gone, 60 s otherwise.
create or replace function private.is_sfu_check_due()
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
