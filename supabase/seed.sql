-- A lobby with some life in it, for `supabase start`. Nobody's account: rooms whose creator is gone live on.
insert into public.rooms (id, name, privacy, max_participants)
values
  ('5eed0000-0000-4000-8000-000000000001', 'Quiet library', 'public', 50),
  ('5eed0000-0000-4000-8000-000000000002', 'Maths, first year', 'public', 8),
  ('5eed0000-0000-4000-8000-000000000003', 'Thesis writing', 'public', 4),
  ('5eed0000-0000-4000-8000-000000000004', 'Late-night coding', 'public', 12)
on conflict (id) do nothing;

insert into public.room_tags (room_id, tag)
values
  ('5eed0000-0000-4000-8000-000000000001', 'silent'),
  ('5eed0000-0000-4000-8000-000000000002', 'maths'),
  ('5eed0000-0000-4000-8000-000000000002', 'exam prep'),
  ('5eed0000-0000-4000-8000-000000000003', 'writing'),
  ('5eed0000-0000-4000-8000-000000000004', 'coding')
on conflict do nothing;

-- They would be closed five minutes after the start otherwise.
update public.rooms set empty_since = now() + interval '1 year' where id::text like '5eed0000-%';
