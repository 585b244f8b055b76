-- People: the name and picture that others in a shared room see.

-- A name fit to be shown: control and direction-changing characters removed, blanks collapsed, at most 40 characters.
-- Empty when nothing is left.
create function private.clean_name(p_name text, p_max_length int)
returns text
language sql
immutable
set search_path = ''
as $$
  select btrim(left(btrim(regexp_replace(
    regexp_replace(coalesce(p_name, ''), '[\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]', '', 'g'),
    '[[:cntrl:][:space:]]+', ' ', 'g')), p_max_length))
$$;

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  display_name text not null check (char_length(display_name) between 1 and 40),
  -- The name of one of the app's built-in pictures: nothing is ever loaded from another host.
  avatar text check (avatar ~ '^[a-z0-9-]{1,32}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.profiles is 'A person''s name and picture. Visible to themselves and to those in a room with them.';
alter table public.profiles enable row level security;

-- Sets `updated_at` whenever a row changes.
create function private.touch_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- A changed name is cleaned; one of which nothing is left is refused.
create function private.clean_profile()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.display_name := private.clean_name(new.display_name, 40);
  if new.display_name = '' then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  new.updated_at := now();
  return new;
end
$$;
-- A trigger's function is called as whoever changes the row.
grant execute on function private.clean_name(text, int) to authenticated;

create trigger profiles_clean
before update on public.profiles
for each row execute function private.clean_profile();

-- The name that a sign-up's metadata asks for, or 'Student' where there is none that can be shown.
create function private.chosen_name(p_metadata jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(nullif(private.clean_name(
    case when jsonb_typeof(m.metadata -> 'display_name') = 'string' then m.metadata ->> 'display_name' end, 40), ''),
    'Student')
  from (select private.to_object(p_metadata) as metadata) as m
$$;

-- Every new user gets a profile. Whatever the sign-up's metadata holds, this never refuses it.
create function private.create_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (id, display_name)
  values (new.id, private.chosen_name(new.raw_user_meta_data))
  on conflict (id) do nothing;
  return new;
end
$$;

create trigger studyhall_create_profile
after insert on auth.users
for each row execute function private.create_profile();

-- Users who were there before this migration.
insert into public.profiles (id, display_name)
select u.id, private.chosen_name(u.raw_user_meta_data)
from auth.users u
on conflict (id) do nothing;
