-- What format/major4.zip was written with by the build of 2026-11-23 23:55: the first part was folded, the second was left as deltas.
create table page (id int primary key, words text, tags text[], doc jsonb);
insert into page select i, 'the quick fox number ' || i, array['t' || (i % 5), 'all'], ('{"k": ' || (i % 7) || ', "in": {"deep": [' || i || ']}}')::jsonb from generate_series(1, 120) as g(i);
create index page_tags on page using gin (tags);
create index page_doc on page using gin (doc);
create index page_paths on page using gin (doc jsonb_path_ops);
checkpoint;
-- folded here
delete from page where id <= 3;
update page set tags = array['changed'], doc = '{"k": "new"}' where id between 10 and 12;
insert into page values (1000, 'a late dog', '{late}', '{"k": null}');
