-- What format/v1.zip was written with by the build of 2026-11-23: the first part was folded, the second was left as deltas.
create schema shop;
create table shop.customer (id bigint primary key, name varchar(20) not null, born date, balance numeric(10,2) default 0, constraint rich check (balance >= -100));
create table shop.orders (customer bigint not null references shop.customer (id) on delete cascade, no integer not null, placed timestamp, total double precision, paid boolean default false, note text, primary key (customer, no));
create unique index customer_name on shop.customer (name);
create index orders_placed on shop.orders (placed desc, total);
create table events (kind smallint, at timestamptz, took interval, ref uuid, body bytea, amount numeric(30,4), weight real);
create table knows (a bigint references shop.customer (id), b bigint references shop.customer (id), since integer);
create property graph social vertex tables (shop.customer key (id) label person properties (id, name)) edge tables (knows key (a, b) source key (a) references customer (id) destination key (b) references customer (id) label knows properties (since));
insert into shop.customer select i, 'customer ' || i, date '2000-01-01' + i::int, i / 4.0 from generate_series(1, 60) as g(i);
insert into shop.orders select i / 3, (i % 3)::int, timestamp '2024-01-01' + i * interval '1 minute', i / 8.0, i % 2 = 0, case when i % 5 = 0 then null else 'note ' || (i % 7) end from generate_series(3, 60) as g(i);
insert into knows select i, i % 50 + 1, 2000 + (i % 20)::int from generate_series(1, 60) as g(i);
insert into events select (i % 10)::smallint, timestamptz '2024-06-01 12:00:00+00' + i * interval '1 hour', i * interval '1 day 2 seconds', '00000000-0000-0000-0000-000000000001'::uuid, '\x00ff'::bytea, 12345678901234567890.1234 + i, i / 2.0 from generate_series(1, 20) as g(i);
-- folded here
delete from knows where a > 50;
update shop.customer set balance = balance + 1 where id between 10 and 14;
delete from shop.customer where id = 60;
insert into shop.customer (id, name, born) values (10001, 'late', date '1999-12-31'), (10002, 'later', null);
insert into shop.orders values (10001, 1, timestamp '2025-01-01 00:00:00', 1.5, true, 'delta');
update shop.orders set note = 'changed' where customer = 20;
insert into knows values (10001, 10002, 2025), (10002, 1, null);
insert into events (kind, body) values (99, null);
