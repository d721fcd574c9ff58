package io.kadedb.planner;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.api.PlanningContext;
import java.io.IOException;
import java.util.Arrays;

/** Prints how long statements take from text to plan when everything is warm and nothing is cached. Run it by hand. */
public final class PlanningBenchmark {
    private static final int WARM_UP = 3000;
    private static final int RUNS = 1000;

    private PlanningBenchmark() {}

    public static void main(String[] args) throws IOException {
        PlanningContext tpch = new Planning(TestCatalog.tpch()).context();
        PlanningContext social = new Planning(TestCatalog.social()).context();
        measure("point select", "select c_name, c_acctbal from customer where c_custkey = $1", tpch);
        measure("point update", "update customer set c_acctbal = c_acctbal + $1 where c_custkey = $2", tpch);
        measure("insert of a row", "insert into region values (9, 'X', 'Y')", tpch);
        measure("TPC-H Q1", TpchPlanTest.resource("q01.sql"), tpch);
        measure("TPC-H Q8, 8-way join", TpchPlanTest.resource("q08.sql"), tpch);
        measure("TPC-H Q21", TpchPlanTest.resource("q21.sql"), tpch);
        measure(
                "2-hop pattern",
                "select * from graph_table(social match (p is person)-[is knows]->(q)-[is knows]->(r) where p.id = 1"
                        + " columns (r.name))",
                social);
    }

    /** A catalog of another version, for which no plan is kept. */
    private static PlanningContext uncached(PlanningContext context, long version) {
        return new PlanningContext(
                new CatalogSnapshot(version, context.catalog().schemas()),
                context.statistics(),
                context.files(),
                context.principal(),
                context.access(),
                context.searchPath(),
                context.timeZone(),
                context.rules());
    }

    private static void measure(String name, String sql, PlanningContext context) {
        KadePlanner planner = new KadePlanner();
        SqlParser parser = new SqlParser();
        for (int i = 0; i < WARM_UP; i++) {
            planner.plan(parser.parse(sql).getFirst(), uncached(context, i));
        }
        long[] nanos = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            PlanningContext fresh = uncached(context, WARM_UP + i);
            long start = System.nanoTime();
            planner.plan(parser.parse(sql).getFirst(), fresh);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-22s median %.3f ms   p95 %.3f ms%n", name, nanos[RUNS / 2] / 1e6, nanos[RUNS * 95 / 100] / 1e6);
    }
}
