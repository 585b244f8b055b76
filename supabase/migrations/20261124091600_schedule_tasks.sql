-- What has to be called again and again, in one place, for every scheduler.

create table private.scheduled_tasks (
  job_name text primary key check (job_name ~ '^[a-z-]+$'),
  -- A function of schema private without parameters.
  function_name text not null unique check (function_name ~ '^private\.[a-z_]+$'),
  every_seconds int not null check (every_seconds between 1 and 60)
);
comment on table private.scheduled_tasks is 'What the scheduler calls and how often: pg_cron, or the embedded backend''s timer.';
alter table private.scheduled_tasks enable row level security;

insert into private.scheduled_tasks (job_name, function_name, every_seconds) values
  ('refresh-lobby-activity', 'private.refresh_lobby_activity', 10),
  ('drop-unseen-participants', 'private.drop_unseen_participants', 10),
  ('settle-topologies', 'private.settle_topologies', 10),
  ('close-empty-rooms', 'private.close_empty_rooms', 30),
  ('prune', 'private.prune', 60);

-- Has pg_cron call the tasks at their intervals. Can be repeated: a job of the same name is replaced. Does nothing where
-- there is no pg_cron. A job every minute keeps its log of runs short. Versions before 1.5 know no seconds: everything is
-- once a minute there, which a notice says, and which serves as long as nobody minds that people who have gone without a word
-- are shown for up to two minutes.
create function private.schedule_tasks()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_task private.scheduled_tasks;
  v_knows_seconds boolean;
  v_count int := 0;
begin
  select string_to_array(substring(e.extversion from '^\d+\.\d+'), '.')::int[] >= array[1, 5] into v_knows_seconds
  from pg_catalog.pg_extension e where e.extname = 'pg_cron';
  if not found then
    return 0;
  end if;
  if not v_knows_seconds then
    raise notice 'This pg_cron knows no seconds (1.5 and later do): the scheduled tasks run once a minute.';
  end if;
  for v_task in select * from private.scheduled_tasks t order by t.job_name loop
    execute format('select cron.schedule(%L, %L, %L)', v_task.job_name,
      case when v_task.every_seconds = 60 or not v_knows_seconds then '* * * * *'
        else v_task.every_seconds || ' seconds' end,
      format('select %s()', v_task.function_name));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

select private.schedule_tasks();
