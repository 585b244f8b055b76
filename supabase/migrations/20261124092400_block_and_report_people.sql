-- Blocking and reporting people one has met. Neither tells anybody whether there is an account, or where it has been.

insert into private.limits (action, max_count, window_length)
values
  ('block_person', 30, '1 minute'),
  ('report_person', 5, '1 hour');

-- The name under which the blocker knew the person; it does not follow them.
alter table public.blocked_people add column display_name text not null default 'Student'
check (char_length(display_name) between 1 and 40);
alter table public.blocked_people alter column display_name drop default;

-- True when two people have been in one room at the same time, as far as is known still.
create function private.have_met(p_user_id uuid, p_other_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1 from public.room_participants mine
    join public.room_participants theirs
      on theirs.room_id = mine.room_id
      and theirs.joined_at < coalesce(mine.left_at, 'infinity')
      and mine.joined_at < coalesce(theirs.left_at, 'infinity')
    where mine.user_id = p_user_id and theirs.user_id = p_other_id
  )
$$;

-- Blocks somebody, and puts them out of the caller's rooms.
-- SECURITY: of somebody whom the caller has not met nothing is kept, and the answer is the same: if unknown ids could be
-- blocked, the list of blocked people would tell which of them are accounts.
create function private.block_person(p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb;
begin
  if p_user_id is null or p_user_id = v_user_id then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  perform private.hold_profile(v_user_id);
  if not private.hold_profile(p_user_id) then
    return coalesce(private.refuse_too_often(v_user_id, 'block_person'), '{}');
  end if;
  v_refusal := private.refuse_too_often(v_user_id, 'block_person');
  if v_refusal is not null then
    return v_refusal;
  end if;
  if not private.have_met(v_user_id, p_user_id) then
    return '{}';
  end if;
  insert into public.blocked_people (blocker_id, blocked_id, display_name)
  select v_user_id, f.id, f.display_name from public.profiles f where f.id = p_user_id
  on conflict do nothing;
  -- All of the caller's rooms are locked before anybody is looked for: whoever is just coming in is found then, and
  -- whoever comes later finds the block.
  perform 1 from public.rooms r where r.creator_id = v_user_id and r.is_active order by r.id for update;
  perform private.put_out(r.id, p_user_id) from public.rooms r
  where r.creator_id = v_user_id and r.is_active and private.is_of_room(r.id, p_user_id);
  return '{}';
end
$$;

-- Blocks somebody whom the caller has met in a room: they cannot enter the caller's rooms, and are out of those they are in.
-- `{}`, or `{refusal, …}`. Idempotent; for anybody else nothing happens, and the answer is the same.
create function public.block_person(p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.block_person(p_user_id)
$$;

-- Ends a block.
create function private.unblock_person(p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'block_person');
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  delete from public.blocked_people b where b.blocker_id = v_user_id and b.blocked_id = p_user_id;
  return '{}';
end
$$;

-- Ends a block; idempotent. Memberships that were lost by it do not come back. `{}`, or `{refusal, …}`.
create function public.unblock_person(p_user_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.unblock_person(p_user_id)
$$;

-- Whom the caller has blocked, latest first.
create function private.list_blocked_people()
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
    select coalesce(jsonb_agg(jsonb_build_object(
      'userId', b.blocked_id, 'displayName', b.display_name, 'blockedAt', private.to_iso(b.blocked_at))
      order by b.blocked_at desc, b.blocked_id), '[]')
    from public.blocked_people b where b.blocker_id = v_user_id
  );
end
$$;

-- Whom the caller has blocked: an array of `{userId, displayName, blockedAt}`. The name is the one they had then.
create function public.list_blocked_people()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_blocked_people()
$$;

create type public.report_reason as enum ('harassment', 'sexual_content', 'violence', 'spam', 'underage', 'other');

create table public.reports (
  id uuid primary key default gen_random_uuid(),
  -- Null once the account is gone, and the room once it is deleted; what they were called is kept.
  reporter_id uuid references public.profiles (id) on delete set null,
  reported_id uuid references public.profiles (id) on delete set null,
  room_id uuid references public.rooms (id) on delete set null,
  reporter_name text not null,
  reported_name text not null,
  room_name text not null,
  reason public.report_reason not null,
  details text not null default '' check (char_length(details) <= 1000),
  created_at timestamptz not null default now()
);
comment on table public.reports is 'Reports of people, for whoever runs the service; no client sees it. Kept for a year.';
alter table public.reports enable row level security;
create index reports_created_idx on public.reports (created_at);
create index reports_reporter_idx on public.reports (reporter_id);
create index reports_reported_idx on public.reports (reported_id);
create index reports_room_idx on public.reports (room_id);

revoke all on public.reports from anon, authenticated;
grant select, delete on public.reports to service_role;

-- Keeps a report. SECURITY: the answer is the same whether or not there is such a person or room, and whether or not they
-- were ever there.
create function private.report_person(p_user_id uuid, p_room_id uuid, p_reason text, p_details text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb;
begin
  if p_user_id is null or p_room_id is null or p_user_id = v_user_id or char_length(p_details) > 1000
    or p_reason is null or p_reason <> all (enum_range(null::public.report_reason)::text[]) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  perform private.hold_profile(v_user_id);
  perform private.hold_profile(p_user_id);
  v_refusal := private.refuse_too_often(v_user_id, 'report_person');
  if v_refusal is not null then
    return v_refusal;
  end if;
  insert into public.reports (
    reporter_id, reported_id, room_id, reporter_name, reported_name, room_name, reason, details)
  select me.id, them.id, r.id, me.display_name, them.display_name, r.name, p_reason::public.report_reason,
    coalesce(p_details, '')
  from public.rooms r, public.profiles me, public.profiles them
  where r.id = p_room_id and me.id = v_user_id and them.id = p_user_id
    and exists (select 1 from public.room_participants p where p.room_id = r.id and p.user_id = me.id)
    and exists (select 1 from public.room_participants p where p.room_id = r.id and p.user_id = them.id);
  return '{}';
end
$$;

-- Reports somebody who has been in a room that the caller has been in, too. `p_reason`: harassment, sexual_content, violence,
-- spam, underage or other; `p_details`: at most 1,000 characters. `{}`, or `{refusal, …}`. For anybody else nothing is kept,
-- and the answer is the same.
create function public.report_person(p_user_id uuid, p_room_id uuid, p_reason text, p_details text default '')
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.report_person(p_user_id, p_room_id, p_reason, p_details)
$$;

-- Deletes reports that are a year old, at most 1,000 a call, and answers how many.
create function private.prune_reports()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_deleted int;
begin
  delete from public.reports t where t.id in (
    select o.id from public.reports o where o.created_at < now() - interval '1 year'
    order by o.created_at limit 1000 for update skip locked
  );
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

grant execute on function private.block_person(uuid) to authenticated;
grant execute on function public.block_person(uuid) to authenticated;
grant execute on function private.unblock_person(uuid) to authenticated;
grant execute on function public.unblock_person(uuid) to authenticated;
grant execute on function private.list_blocked_people() to authenticated;
grant execute on function public.list_blocked_people() to authenticated;
grant execute on function private.report_person(uuid, uuid, text, text) to authenticated;
grant execute on function public.report_person(uuid, uuid, text, text) to authenticated;
