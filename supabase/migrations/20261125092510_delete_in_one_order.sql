-- Deleting an account, or a recurring room, changes rows all over the schema through foreign keys, in an order of PostgreSQL's.
-- Everything that somebody else may hold at the same time is therefore locked before, in the order that all keep: the
-- account, recurring rooms, invites, rooms, recordings, blocks, reports; each kind in the order of its keys.

-- Every room in which a deleted account leaves or changes a row.
create function private.rooms_touched_by(p_user_id uuid)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select r.id from public.rooms r where r.creator_id = p_user_id
  union select p.room_id from public.room_participants p where p.user_id = p_user_id
  union select m.room_id from public.room_members m where m.user_id = p_user_id
  union select b.room_id from public.room_bans b where b.user_id = p_user_id
  union select i.room_id from public.room_invites i where i.creator_id = p_user_id
  union select m.room_id from public.messages m where m.author_id = p_user_id
  union select t.room_id from public.room_timers t where t.updated_by = p_user_id
  union select c.room_id from public.recordings c where c.requester_id = p_user_id
  union select c.room_id from public.recording_consents a join public.recordings c on c.id = a.recording_id
    where a.user_id = p_user_id
  union select t.room_id from public.reports t where p_user_id in (t.reporter_id, t.reported_id)
  union select e.room_id from public.room_events e where e.user_id = p_user_id
  union select k.room_id from private.idempotency_keys k where k.user_id = p_user_id
  union select r.id from public.recurring_rooms o join public.rooms r on r.recurring_room_id = o.id
    where o.owner_id = p_user_id
$$;

-- Locks what the deletion of an account is going to change. Once the account is held, nobody can make it the creator of
-- a room, a member or anything else, but where it is inside already, which is locked, too. Each statement therefore
-- finds all that there is.
create function private.lock_account_to_delete()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(private.account_lock(old.id));
  -- Those of which it is a member as well: another deletion may just be handing one over to it.
  perform 1 from public.recurring_rooms r
  where r.owner_id = old.id
    or r.id in (select m.recurring_room_id from public.recurring_room_members m where m.user_id = old.id)
  order by r.id
  for no key update;
  perform 1 from public.room_invites i where i.creator_id = old.id order by i.id for update;
  perform 1 from public.rooms r where r.id in (select private.rooms_touched_by(old.id)) order by r.id for update;
  perform 1 from public.recordings c
  where c.requester_id = old.id
    or c.id in (select a.recording_id from public.recording_consents a where a.user_id = old.id)
  order by c.id
  for update;
  perform 1 from public.blocked_people b
  where old.id in (b.blocker_id, b.blocked_id)
  order by b.blocker_id, b.blocked_id
  for update;
  perform 1 from public.reports t where old.id in (t.reporter_id, t.reported_id) order by t.id for update;
  return old;
end
$$;

-- Before the row of the account is deleted, and so before the profile is locked.
create trigger studyhall_lock_account_to_delete
before delete on auth.users
for each row execute function private.lock_account_to_delete();

-- Locks the rooms that a recurring room has had: its deletion changes them.
create function private.lock_rooms_of_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.rooms r where r.recurring_room_id = p_recurring_room_id order by r.id for update;
end
$$;

-- As before, but the rooms are locked before the recurring room is deleted.
create or replace function private.hand_over_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  select m.user_id into v_user_id
  from public.recurring_room_members m
  join public.profiles f on f.id = m.user_id
  where m.recurring_room_id = p_recurring_room_id
  order by m.joined_at, m.user_id
  limit 1
  for key share of f skip locked;
  if v_user_id is null then
    perform private.lock_rooms_of_recurring_room(p_recurring_room_id);
    delete from public.recurring_rooms r where r.id = p_recurring_room_id;
    return;
  end if;
  delete from public.recurring_room_members m
  where m.recurring_room_id = p_recurring_room_id and m.user_id = v_user_id;
  update public.recurring_rooms r set owner_id = v_user_id where r.id = p_recurring_room_id;
end
$$;

-- As before, but the rooms are locked before the recurring room is deleted.
create or replace function private.delete_recurring_room(p_recurring_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_recurring_room(p_recurring_room_id, private.require_user(), true);
  perform private.lock_rooms_of_recurring_room(p_recurring_room_id);
  delete from public.recurring_rooms r where r.id = p_recurring_room_id;
end
$$;

-- As before, but messages that are just being deleted otherwise are left.
create or replace function private.prune_messages()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  with recursive written (room_id) as (
    (select m.room_id from public.messages m order by m.room_id limit 1)
    union all
    select (select m.room_id from public.messages m where m.room_id > w.room_id order by m.room_id limit 1)
    from written w where w.room_id is not null
  )
  delete from public.messages m where m.id in (
    select o.id from public.messages o
    where o.room_id in (select r.id from written w join public.rooms r on r.id = w.room_id where not r.is_active)
    limit 5000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- As before, but events that are just being changed are left.
create or replace function private.prune_room_events()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.room_events e
  where e.id in (
    select o.id from public.room_events o
    where o.at < now() - interval '30 days'
    order by o.at
    limit 5000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- As before, but samples that are just being changed are left.
create or replace function private.prune_quality_samples()
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
    for update skip locked
  );
  get diagnostics v_pruned = row_count;
  return v_pruned;
end
$$;

-- As before, but the invites that go with the rooms are locked before them.
create or replace function private.prune_rooms()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room_ids uuid[] := array(
    select o.id from public.rooms o
    where not o.is_active and o.closed_at < now() - interval '30 days'
    order by o.closed_at
    limit 200
  );
  v_count int;
begin
  perform 1 from public.room_invites i where i.room_id = any (v_room_ids) order by i.id for update;
  delete from public.rooms r
  where r.id in (select o.id from public.rooms o where o.id = any (v_room_ids) for update skip locked);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
