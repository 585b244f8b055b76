-- An index behind every foreign key and every policy, whoever adds one: deleting and reading stay as fast with a million rows.
begin;
create extension if not exists pgtap with schema extensions;
select plan(5);

-- The columns that an index can be entered by, in its order; partial indexes serve those foreign keys whose other rows
-- hold nothing.
create temporary view usable as
select i.indrelid as tab, i.indkey::int2[] as columns,
  i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\(\w+ IS NOT NULL\)$' as is_whole
from pg_index i where i.indisvalid;

create temporary view foreign_keys as
select k.oid, k.conrelid as tab, k.conname, k.conkey as columns from pg_constraint k
join pg_class c on c.oid = k.conrelid
where k.contype = 'f' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace);

select cmp_ok((select count(*)::int from foreign_keys), '>=', 20, 'there are foreign keys');
select is_empty(
  $$ select f.tab::regclass::text, f.conname from foreign_keys f
     where not exists (
       select 1 from usable u
       where u.tab = f.tab and u.is_whole
         -- int2vector counts from 0.
         and (u.columns[0:cardinality(f.columns) - 1] @> f.columns and u.columns[0:cardinality(f.columns) - 1] <@ f.columns)
     ) $$,
  'every foreign key has an index that begins with its columns');

-- The columns of its own table that a policy asks for.
create temporary view policy_columns as
select distinct p.polrelid as tab, p.polname, a.attnum, a.attname from pg_policy p
join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
  and d.refclassid = 'pg_class'::regclass and d.refobjid = p.polrelid and d.refobjsubid > 0
join pg_attribute a on a.attrelid = p.polrelid and a.attnum = d.refobjsubid
join pg_class c on c.oid = p.polrelid
where c.relnamespace = 'public'::regnamespace;

-- Columns that narrow nothing down by themselves; they stand beside others that do, and in partial indexes.
create temporary table narrow_nothing (tab text, col text);
insert into narrow_nothing values ('rooms', 'is_active'), ('rooms', 'privacy'), ('room_participants', 'is_active');

select cmp_ok((select count(*)::int from policy_columns), '>=', 8, 'there are policies that ask for columns');
select is_empty(
  $$ select pc.tab::regclass::text, pc.polname, pc.attname from policy_columns pc
     where (pc.tab::regclass::text, pc.attname::text) not in (select n.tab, n.col from narrow_nothing n)
       and not exists (select 1 from usable u where u.tab = pc.tab and u.columns[0] = pc.attnum) $$,
  'every column that a policy asks for has an index that begins with it');
select is_empty(
  $$ select n.tab, n.col from narrow_nothing n
     where not exists (select 1 from policy_columns pc where pc.tab::regclass::text = n.tab and pc.attname = n.col) $$,
  'no exception is named that no policy needs');

select * from finish();
rollback;
