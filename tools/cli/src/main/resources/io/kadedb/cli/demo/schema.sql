create table airports (
    iata text primary key, name text not null, city text, state text, country text not null,
    latitude double precision not null, longitude double precision not null);
create table routes (
    origin text not null, destination text not null, flights integer not null,
    primary key (origin, destination));
create table flights (
    departure timestamp not null, delay integer not null, distance integer not null,
    origin text not null, destination text not null);

create schema tpch;
create table tpch.region (r_regionkey bigint primary key, r_name text not null, r_comment text);
create table tpch.nation (n_nationkey bigint primary key, n_name text not null, n_regionkey bigint not null, n_comment text);
create table tpch.customer (
    c_custkey bigint primary key, c_name text not null, c_address text not null, c_nationkey bigint not null,
    c_phone text not null, c_acctbal decimal(12,2) not null, c_mktsegment text not null, c_comment text);
create table tpch.orders (
    o_orderkey bigint primary key, o_custkey bigint not null, o_orderstatus text not null,
    o_totalprice decimal(12,2) not null, o_orderdate date not null, o_orderpriority text not null,
    o_clerk text not null, o_shippriority integer not null, o_comment text);
create table tpch.lineitem (
    l_orderkey bigint not null, l_partkey bigint not null, l_suppkey bigint not null, l_linenumber integer not null,
    l_quantity decimal(12,2) not null, l_extendedprice decimal(12,2) not null, l_discount decimal(12,2) not null,
    l_tax decimal(12,2) not null, l_returnflag text not null, l_linestatus text not null, l_shipdate date not null,
    l_commitdate date not null, l_receiptdate date not null, l_shipinstruct text not null, l_shipmode text not null,
    l_comment text, primary key (l_orderkey, l_linenumber));
