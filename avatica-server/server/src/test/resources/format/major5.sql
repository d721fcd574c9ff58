-- What format/major5.zip was written with by the build of 2026-11-24 02:20: the first part was folded, the second was left as deltas.
create table reading (device int, ts timestamptz, v double precision, n numeric(10,2), primary key (device, ts)) partition by range (ts interval '1 day') with (retention = '100 years');
create index reading_v on reading (v);
create table piece (id bigint primary key, what text) partition by range (id 100);
insert into reading select i % 4, timestamptz '2025-05-01 00:00:00+00' + i * interval '30 minutes', i / 8.0, i / 4.0 from generate_series(1, 300) as g(i);
insert into piece select i, 'piece ' || i from generate_series(1, 500) as g(i);
create materialized view daily as select device, time_bucket('1 day', ts) as day, count(*) as readings, max(v) as most from reading group by 1, 2;
create unique index daily_key on daily (device, day);
create materialized view empty as select count(*) as n from piece with no data;
create view over_daily as select day, sum(readings) as readings from daily group by day;
create table page (id int primary key, words text, found tsvector generated always as (to_tsvector('english', words)) stored);
create index page_words on page using gin (to_tsvector('simple', words));
create index page_found on page using gin (found);
insert into page (id, words) select i, 'the quick foxes jumped ' || i from generate_series(1, 60) as g(i);
checkpoint;
-- folded here
delete from reading where ts < timestamptz '2025-05-01 03:00:00+00';
update reading set ts = ts + interval '10 days' where device = 1 and v > 30;
insert into reading values (9, timestamptz '2025-06-01 12:00:00+00', 1.5, 2.5);
insert into piece values (100000, 'far');
alter table piece drop partition for (250);
refresh materialized view daily;
delete from piece where id between 100 and 150;
