-- How often a person may do what can be abused. Limits are rows: an operator, or a test, changes them by SQL; no client can.

create table private.limits (
  action text primary key,
  max_count int not null check (max_count between 1 and 1000),
  window_length interval not null
);
comment on table private.limits is 'At most max_count times within window_length, a person and action.';
alter table private.limits enable row level security;

insert into private.limits (action, max_count, window_length)
values
  ('create_room', 1, '1 minute'),
  ('join_room', 5, '1 minute'),
  ('wrong_password', 10, '5 minutes');

create table private.permits (
  user_id uuid not null references public.profiles (id) on delete cascade,
  action text not null references private.limits (action) on delete cascade,
  -- When permits were taken, oldest first; never more than the limit's max_count.
  taken_at timestamptz[] not null default '{}',
  primary key (user_id, action)
);
comment on table private.permits is 'The permits taken within the limits'' windows; one row a person and action.';
alter table private.permits enable row level security;
create index permits_action_idx on private.permits (action);

-- Takes a permit and answers 0, or answers the seconds to wait. Holds the person's row until the transaction ends, so
-- that attempts of one person for one action follow one another and cannot slip through together.
create function private.take_permit(p_user_id uuid, p_action text)
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_limit private.limits;
  v_taken timestamptz[];
  v_now timestamptz;
begin
  select * into strict v_limit from private.limits l where l.action = p_action;
  insert into private.permits (user_id, action) values (p_user_id, p_action) on conflict do nothing;
  select p.taken_at into strict v_taken from private.permits p
  where p.user_id = p_user_id and p.action = p_action
  for update;

  v_now := clock_timestamp();
  v_taken := array(select t from unnest(v_taken) as t where t > v_now - v_limit.window_length order by t);
  if cardinality(v_taken) >= v_limit.max_count then
    return greatest(1, ceil(extract(epoch from
      v_taken[cardinality(v_taken) - v_limit.max_count + 1] + v_limit.window_length - v_now))::int);
  end if;

  update private.permits p set taken_at = v_taken || v_now where p.user_id = p_user_id and p.action = p_action;
  return 0;
end
$$;

-- Gives the latest permit back: what it was taken for turned out not to count.
create function private.return_permit(p_user_id uuid, p_action text)
returns void
language sql
security definer
set search_path = ''
as $$
  update private.permits p
  set taken_at = p.taken_at[1:cardinality(p.taken_at) - 1]
  where p.user_id = p_user_id and p.action = p_action
$$;
