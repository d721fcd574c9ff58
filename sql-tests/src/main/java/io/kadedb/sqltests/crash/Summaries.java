package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** A materialized view, refreshed in transactions that note what it has to show; its table is {@link NumberedRows}'. */
final class Summaries implements Workload {
    private static final String QUERY =
            "select client, count(*) as rows, sum(price) as prices from items group by client";

    @Override
    public List<String> schema() {
        return List.of(
                "create materialized view totals as " + QUERY,
                "create unique index totals_client on totals (client)",
                "create table refreshed (client int primary key, rows bigint, prices bigint)");
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
    }

    @Override
    public void check(Client client) throws SQLException {
        client.expect(
                "a materialized view",
                "select * from totals order by client",
                client.rows("select * from refreshed order by client"));
    }
}
