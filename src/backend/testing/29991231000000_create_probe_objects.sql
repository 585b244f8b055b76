-- Objects by which the tests see what the Data API does with grants, policies, functions and refusals.
create table public.probe_notes (
  id bigint generated always as identity primary key,
  owner_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  body text not null,
  size int not null default 0
);
alter table public.probe_notes enable row level security;
create policy "owners see their notes" on public.probe_notes
  for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners write their notes" on public.probe_notes
  for insert to authenticated with check (owner_id = (select auth.uid()));
grant select, insert on public.probe_notes to authenticated;
grant select, insert, update, delete on public.probe_notes to service_role;

-- Nobody was granted anything on this one.
create table public.probe_hidden (id int primary key);
alter table public.probe_hidden enable row level security;

create function public.probe_who_am_i() returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'uid', auth.uid(), 'role', auth.role(), 'current_role', current_user, 'email', auth.jwt() ->> 'email'
  )
$$;
grant execute on function public.probe_who_am_i() to anon, authenticated, service_role;

create function public.probe_refuse(code text) returns void language plpgsql set search_path = '' as $$
begin
  raise sqlstate 'PT404' using message = code;
end
$$;
grant execute on function public.probe_refuse(text) to authenticated;

create function public.probe_ungranted() returns int language sql stable set search_path = '' as 'select 1';

create function public.probe_hash(password text) returns text language sql set search_path = '' as $$
  select extensions.crypt(password, extensions.gen_salt('bf', 4))
$$;
grant execute on function public.probe_hash(text) to service_role;
