-- What format/major3.zip was written with by the build of 2026-11-23 23:46: the first part was folded, the second was left as deltas.
create type mood as enum ('sad', 'ok', 'happy');
create sequence numbers increment by 5 start with 100;
create table person (id bigint generated always as identity primary key, name text constraint named not null, feels mood default 'ok', tags text[], doc jsonb, gone int, price int, twice int generated always as (price * 2) stored);
create index person_lower on person (lower(name) desc);
create index person_cheap on person (price) include (name) where price < 20;
create unique index person_doc on person ((doc ->> 'key'));
create table visit (id serial primary key, person bigint references person (id), at timestamptz, cost numeric(12,2), note varchar(20) default 'none');
create view happy as select id, name from person where feels = 'happy' with check option;
create view counted as select p.name, count(*) as visits from person p join visit v on v.person = p.id group by p.name;
comment on table person is 'who comes';
comment on column person.name is 'as spoken';
insert into person (name, feels, tags, doc, gone, price) select 'Name ' || i, case i % 3 when 0 then 'sad' when 1 then 'ok' else 'happy' end::mood, array['t' || (i % 5), null], ('{"key": "k' || i || '", "list": [1, ' || i || ']}')::jsonb, i, case when i % 7 = 0 then null else (i % 40)::int end from generate_series(1, 80) as g(i);
insert into visit (person, at, cost) select i % 80 + 1, timestamptz '2025-03-01 00:00:00+00' + i * interval '1 hour', i / 4.0 from generate_series(1, 200) as g(i);
select nextval('numbers');
checkpoint;
-- folded here
alter table person drop column gone;
alter table person add column added int default 42;
alter table visit alter column note type text;
alter table visit add constraint dear check (cost < 1000) not valid;
update person set price = price + 1 where id <= 10;
delete from visit where id <= 5;
insert into person (name, feels, doc, price) values ('Late', 'happy', '{"key": "late"}', 3);
insert into visit (person, cost) values (81, 9.75);
select nextval('numbers');
