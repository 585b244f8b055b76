-- Which tags are common, and how many rooms and people there are: public active rooms only.

-- As it is now. A row for each of the thousand most common tags, and one with the tag '' for all rooms together.
create view private.lobby_activity_now with (security_invoker = true) as
  (
    select t.tag, count(*)::int as room_count, sum(r.participant_count)::int as participant_count
    from public.rooms r
    join public.room_tags t on t.room_id = r.id
    where r.is_active and r.privacy = 'public'
    group by t.tag
    order by room_count desc, t.tag
    limit 1000
  )
  union all
  select '', count(*)::int, coalesce(sum(r.participant_count), 0)::int
  from public.rooms r
  where r.is_active and r.privacy = 'public';
comment on view private.lobby_activity_now is 'Rooms and people by tag, and in all (tag ''''), counted at this moment.';

create materialized view private.lobby_activity as
select a.tag, a.room_count, a.participant_count from private.lobby_activity_now a;
comment on materialized view private.lobby_activity is 'Rooms and people by tag, and in all (tag ''''); at most 10 s old.';

-- One row a tag; without it the view could not be refreshed beside its readers.
create unique index lobby_activity_tag_idx on private.lobby_activity (tag);

-- The most common tags first.
create index lobby_activity_room_count_idx on private.lobby_activity (room_count desc);

revoke all on private.lobby_activity_now, private.lobby_activity from public, anon, authenticated;

-- When the view was refreshed last, and what it cost.
create table private.lobby_refresh (
  is_single boolean primary key default true check (is_single),
  refreshed_at timestamptz not null default '-infinity',
  took interval not null default '0',
  -- What the server had counted in changes of rooms and tags by then, and when that last rose.
  change_count bigint not null default -1,
  changed_at timestamptz not null default '-infinity'
);
comment on table private.lobby_refresh is 'When lobby_activity was refreshed last, and what it cost; exactly one row.';
alter table private.lobby_refresh enable row level security;
insert into private.lobby_refresh default values;

-- Every 10 s: refreshes lobby_activity beside its readers, and answers whether it did. It does not while another call is
-- at it, nor where no room and no tag has changed for a minute (the server's statistics lag behind, but never so long),
-- nor more often than leaves it 10 % of one processor: among very many rooms the view grows older instead.
create function private.refresh_lobby_activity()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_last private.lobby_refresh;
  v_now timestamptz := clock_timestamp();
  v_change_count bigint;
begin
  select * into v_last from private.lobby_refresh f for update skip locked;
  if not found or v_now < v_last.refreshed_at + 10 * v_last.took then
    return false;
  end if;
  select coalesce(sum(pg_catalog.pg_stat_get_tuples_inserted(t) + pg_catalog.pg_stat_get_tuples_updated(t)
    + pg_catalog.pg_stat_get_tuples_deleted(t)), 0)
  into v_change_count
  from unnest(array['public.rooms'::regclass::oid, 'public.room_tags'::regclass::oid]) as t;
  if v_change_count <> v_last.change_count then
    v_last.changed_at := v_now;
  elsif v_last.changed_at < v_now - interval '1 minute' then
    return false;
  end if;
  refresh materialized view concurrently private.lobby_activity;
  update private.lobby_refresh f
  set refreshed_at = clock_timestamp(), took = clock_timestamp() - v_now, change_count = v_change_count,
      changed_at = v_last.changed_at;
  return true;
end
$$;

-- Common tags and totals. An installation with few rooms counts them at once, a larger one reads what was counted last:
-- so a first room's tags are there as soon as it is.
create function private.list_common_tags()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_is_small boolean;
  v_answer jsonb;
begin
  perform private.require_user();
  v_is_small := (
    select count(*) <= 200 from (
      select 1 from public.rooms r where r.is_active and r.privacy = 'public' limit 201
    ) as few
  );
  -- Only the branch that is asked for is computed.
  with activity as materialized (
    select a.tag, a.room_count, a.participant_count from private.lobby_activity_now a where v_is_small
    union all
    (select a.tag, a.room_count, a.participant_count from private.lobby_activity a
     where not v_is_small and a.tag <> '' order by a.room_count desc limit 20)
    union all
    select a.tag, a.room_count, a.participant_count from private.lobby_activity a where not v_is_small and a.tag = ''
  ), top as (
    select * from activity a where a.tag <> '' order by a.room_count desc, a.participant_count desc, a.tag limit 20
  )
  select jsonb_build_object(
    'tags', coalesce((
      select jsonb_agg(jsonb_build_object(
        'tag', t.tag, 'roomCount', t.room_count, 'participantCount', t.participant_count)
        order by t.room_count desc, t.participant_count desc, t.tag)
      from top t), '[]'),
    'totals', (
      select jsonb_build_object('roomCount', a.room_count, 'participantCount', a.participant_count)
      from activity a where a.tag = '')
  ) into v_answer;
  return v_answer;
end
$$;

-- The 20 most common tags of public rooms, `{tags: [{tag, roomCount, participantCount}], totals: {roomCount,
-- participantCount}}`.
create function public.list_common_tags()
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_common_tags()
$$;

grant execute on function private.list_common_tags() to authenticated;
grant execute on function public.list_common_tags() to authenticated;
