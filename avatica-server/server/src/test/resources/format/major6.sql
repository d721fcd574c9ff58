-- What format/major6.zip was written with by the build of 2026-11-24 08:20: the first part was folded, the second was left as deltas.
create table reading (device int, ts timestamptz, v double precision, primary key (device, ts)) partition by range (ts interval '1 day');
insert into reading select i % 3, timestamptz '2025-05-01 00:00:00+00' + i * interval '10 minutes', i / 8.0 from generate_series(1, 600) i;
create materialized view hourly with (continuous) as select time_bucket('1 hour', ts) as hour, device, count(*) as n, sum(v) as total, max(v) as most from reading group by 1, 2;
refresh materialized view hourly;
create table event (id int primary key, doc jsonb);
insert into event select i, ('{"kind": "k' || i % 7 || '", "n": ' || i || ', "at": {"x": ' || i / 4.0 || ', "ok": ' || (i % 2 = 0) || '}}')::jsonb from generate_series(1, 600) i;
create index event_trigrams on event using gin ((doc ->> 'kind') gin_trgm_ops);
checkpoint;
update reading set v = v + 1 where device = 1 and ts < timestamptz '2025-05-02';
update event set doc = '{"kind": "changed", "n": -1}' where id % 150 = 0;
create view zoned as select device, ts, v from reading where device > 0;
create property graph places vertex tables (zoned key (device, ts) label zone properties (v));
create table tagged (id int primary key, doc jsonb, words text);
insert into tagged values (1, '{"a": {"b": [1, 2]}}', 'running foxes');
create index tagged_path on tagged using gin (doc jsonb_path_ops);
