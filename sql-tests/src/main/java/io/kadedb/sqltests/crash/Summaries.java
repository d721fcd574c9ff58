package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A materialized view, refreshed in transactions that note what it has to show, and a continuous aggregate, which always shows
 * what its query does; their tables are those of {@link NumberedRows}.
 */
final class Summaries implements Workload {
    private static final String QUERY =
            "select client, count(*) as rows, sum(price) as prices from items group by client";

    private static final String HOURS =
            "select time_bucket('1 hour', ts) as hour, client, count(*) as n, sum(v) as total from metrics group by 1,"
                    + " 2";

    @Override
    public List<String> schema() {
        return List.of(
                "create materialized view totals as " + QUERY,
                "create unique index totals_client on totals (client)",
                "create table refreshed (client int primary key, rows bigint, prices bigint)",
                "create materialized view hours with (continuous) as " + HOURS);
    }

    @Override
    public int clients() {
        return 1;
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        client.begin("repeatable read");
        client.run("refresh materialized view totals");
        client.run("delete from refreshed");
        client.run("insert into refreshed " + QUERY);
        client.commit();
        if (random.nextBoolean()) {
            client.run("refresh materialized view hours");
        }
        client.begin("repeatable read");
        checkHours(client);
        client.commit();
    }

    private static void checkHours(Client client) throws SQLException {
        client.expect(
                "a continuous aggregate",
                "select * from hours order by hour, client",
                client.rows(HOURS + " order by hour, client"));
    }

    @Override
    public void check(Client client) throws SQLException {
        client.expect(
                "a materialized view",
                "select * from totals order by client",
                client.rows("select * from refreshed order by client"));
        checkHours(client);
    }
}
