-- SQL: the busiest airports, by a join and an aggregate
select a.iata, a.city, a.state, sum(r.flights) as departures, count(*) as destinations
from routes r join airports a on a.iata = r.origin
group by a.iata, a.city, a.state
order by departures desc
limit 5;

-- SQL: routes flown far more often one way than back, by a self join
select r.origin, r.destination, r.flights as there, b.flights as back
from routes r join routes b on b.origin = r.destination and b.destination = r.origin
where r.flights > 300 and r.flights > 1.5 * b.flights
order by r.flights - b.flights desc
limit 5;

-- SQL: when to fly if you hate waiting, delays of single flights by hour of the day
select extract(hour from departure) as hour, count(*) as flights, round(avg(delay), 1) as minutes_late,
       max(delay) as worst
from flights
group by extract(hour from departure)
having count(*) >= 1000
order by minutes_late
limit 5;

-- SQL: airports that no scheduled flight leaves, by state, by an anti join
select state, count(*) as quiet_airports
from airports a
where not exists (select 1 from routes r where r.origin = a.iata)
group by state
having count(*) > 100
order by quiet_airports desc
limit 5;

-- SQL: TPC-H, what was shipped, priced and discounted (derived from query 1)
select l_returnflag, l_linestatus, count(*) as lines, sum(l_quantity) as quantity,
       sum(l_extendedprice * (1 - l_discount)) as revenue, round(avg(l_discount), 4) as discount
from tpch.lineitem
where l_shipdate <= date '1998-12-01' - interval '90' day
group by l_returnflag, l_linestatus
order by l_returnflag, l_linestatus;

-- SQL: TPC-H, revenue by nation within Asia, a five-way join (derived from query 5)
select n_name, count(distinct c_custkey) as customers, sum(l_extendedprice * (1 - l_discount)) as revenue
from tpch.customer, tpch.orders, tpch.lineitem, tpch.nation, tpch.region
where c_custkey = o_custkey and l_orderkey = o_orderkey and c_nationkey = n_nationkey
  and n_regionkey = r_regionkey and r_name = 'ASIA'
  and o_orderdate >= date '1994-01-01' and o_orderdate < date '1995-01-01'
group by n_name
order by revenue desc;

-- SQL: TPC-H, the largest order of each of the richest customers, by a correlated subquery
select c_name, c_acctbal, o_orderdate, o_totalprice
from tpch.customer join tpch.orders o on o.o_custkey = c_custkey
where o_totalprice = (select max(m.o_totalprice) from tpch.orders m where m.o_custkey = c_custkey)
order by c_acctbal desc
limit 5;

-- Graph: where can one fly from Honolulu, most flown first
select city, state, flown
from graph_table (air
    match (a is airport where a.iata = 'HNL')-[r is route]->(b is airport)
    columns (b.city as city, b.state as state, r.flown as flown))
order by flown desc
limit 5;

-- Graph: how many airports one reaches from Burlington with one or two flights
select state, count(distinct iata) as airports
from graph_table (air
    match (a is airport where a.iata = 'BTV')-[is route]->{1,2}(b is airport)
    columns (b.iata as iata, b.state as state))
group by state
order by airports desc, state
limit 5;

-- Graph: the fewest flights from Pueblo to Yakutat, every stop of all the ways, by their rarest flight
select flights, stops, rarest
from graph_table (air
    match p = all shortest (a is airport where a.iata = 'PUB')-[r is route]->+(b is airport where b.iata = 'YAK')
    columns (path_length(p) as flights, 'PUB ' || string_agg(r.destination, ' ') as stops, min(r.flown) as rarest))
order by rarest desc, stops
limit 5;

-- Graph: how many flights away everything is from Burlington, by one shortest path to each airport
select flights, count(*) as airports, min(city) as for_example
from graph_table (air
    match p = any shortest (a is airport where a.iata = 'BTV')-[is route]->*(b is airport)
    columns (path_length(p) as flights, b.city as city))
group by flights
order by flights;

-- Graph: triangles out of Boston, two patterns that meet
select b, c, first + second + third as flown
from graph_table (air
    match (x is airport where x.iata = 'BOS')-[r is route]->(y is airport)-[s is route]->(z is airport),
          (z)-[t is route]->(x)
    columns (y.iata as b, z.iata as c, r.flown as first, s.flown as second, t.flown as third))
order by flown desc
limit 5;

-- SQL and graph together: states that Alaska reaches only by a change of plane
with hops as (
    select fromstate, tostate, via
    from graph_table (air
        match (a is airport where a.state = 'AK')-[is route]->(v is airport)-[is route]->(b is airport)
        columns (a.state as fromstate, v.iata as via, b.state as tostate))),
direct as (
    select distinct b.state
    from routes r join airports a on a.iata = r.origin join airports b on b.iata = r.destination
    where a.state = 'AK')
select h.tostate as state, count(*) as connections, count(distinct h.via) as changes_at, min(v.city) as for_example
from hops h join airports v on v.iata = h.via
where h.tostate <> 'AK' and h.tostate not in (select state from direct where state is not null)
group by h.tostate
order by connections desc
limit 5;
