package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.compare.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Patterns over two real graphs of the Stanford SNAP collection give what DuckDB's joins give. */
class SnapTest {
    /** Patterns by the query they must equal; {@code nodes} and {@code edges} are the tables. */
    private static final Map<String, String> VOTES = Map.of(
            "select count(*) from graph_table (snap match (a)-[e is edges]->(b) columns (a.id as x))",
            "select count(*) from edges",
            "select count(*) from graph_table (snap match (a)-[is edges]->(b)-[is edges]->(c) columns (1 as one))",
            "select count(*) from edges x join edges y on y.src = x.dst",
            "select count(*) from graph_table (snap match (a)-[is edges]->(b)-[is edges]->(c)-[is edges]->(a)"
                    + " columns (1 as one))",
            "select count(*) from edges x join edges y on y.src = x.dst join edges z on z.src = y.dst and z.dst ="
                    + " x.src",
            "select b, count(*) from graph_table (snap match (a)-[is edges]->(b) columns (b.id as b))"
                    + " group by b having count(*) > 200",
            "select dst, count(*) from edges group by dst having count(*) > 200",
            "select distinct c from graph_table (snap match (a where a.id = 30)-[is edges]->{1,2}(c) columns (c.id as"
                    + " c))",
            "select dst from edges where src = 30 union select y.dst from edges x join edges y on y.src = x.dst"
                    + " where x.src = 30",
            "select count(*) from graph_table (snap match (a where a.id < 100)-[is edges]->{2,3}(c) columns (1 as"
                    + " one))",
            "select (select count(*) from edges x join edges y on y.src = x.dst where x.src < 100)"
                    + " + (select count(*) from edges x join edges y on y.src = x.dst join edges z on z.src = y.dst"
                    + " where x.src < 100)",
            "select b, n from graph_table (snap match p = any shortest (a where a.id = 30)-[is edges]->+(b)"
                    + " columns (b.id as b, path_length(p) as n))",
            "with recursive r (d, n) as (select dst, 1 from edges where src = 30 union select e.dst, n + 1 from r"
                    + " join edges e on e.src = r.d where n < 15) select d, min(n) from r group by d",
            "select n, count(*) from graph_table (snap match p = any shortest (a where a.id < 30)-[is edges]-{1,3}(b)"
                    + " columns (path_length(p) as n)) group by n",
            "with recursive both_ways (src, dst) as (select src, dst from edges union select dst, src from edges),"
                    + " r (s, d, n) as (select src, dst, 1 from both_ways where src < 30 union select r.s, e.dst,"
                    + " n + 1 from r join both_ways e on e.src = r.d where n < 3) select n, count(*) from"
                    + " (select s, d, min(n) as n from r group by s, d) group by n",
            "select count(*) from graph_table (snap match (a)-[is edges]->(b), (b)-[is edges]->(a)"
                    + " where a.id < b.id columns (1 as one))",
            "select count(*) from edges x join edges y on y.src = x.dst and y.dst = x.src where x.src < x.dst");

    private static final Map<String, String> TRUST = Map.of(
            "select a, b, rating from graph_table (snap match (a)-[e is edges where e.rating < -9]->(b)"
                    + " columns (a.id as a, b.id as b, e.rating)) where a < 500",
            "select src, dst, rating from edges where rating < -9 and src < 500",
            "select r, count(*) from graph_table (snap match (a)-[e is edges]->(b)-[f is edges]->(c)"
                    + " where e.rating > 8 and f.rating > 8 columns (e.rating + f.rating as r)) group by r",
            "select x.rating + y.rating, count(*) from edges x join edges y on y.src = x.dst"
                    + " where x.rating > 8 and y.rating > 8 group by 1",
            "select b, avg(rating) from graph_table (snap match (a)-[e is edges]->(b) columns (b.id as b, e.rating))"
                    + " group by b having count(*) > 100",
            "select dst, avg(rating) from edges group by dst having count(*) > 100");

    @Test
    void wikipediaVotes() throws SQLException {
        check("wiki-Vote", "src integer, dst integer", "", VOTES);
    }

    @Test
    void bitcoinTrust() throws SQLException {
        check("bitcoin-otc", "src integer, dst integer, rating integer, rated varchar(30)", "rating", TRUST);
    }

    private static void check(String graph, String edgeColumns, String properties, Map<String, String> queries)
            throws SQLException {
        Path data = TestData.folder("snap").resolve(graph);
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:snap_" + graph);
                Connection theirs = DriverManager.getConnection("jdbc:duckdb:")) {
            load(ours, data, edgeColumns);
            load(theirs, data, edgeColumns);
            String shown = properties.isEmpty() ? "no properties" : "properties (" + properties + ")";
            try (Statement statement = ours.createStatement()) {
                statement.execute("create property graph snap vertex tables (nodes key (id)) edge tables ("
                        + "edges key (src, dst) source key (src) references nodes (id)"
                        + " destination key (dst) references nodes (id) " + shown + ")");
            }
            SoftAssertions softly = new SoftAssertions();
            for (Map.Entry<String, String> query : queries.entrySet()) {
                Rows expected = Rows.of(theirs, query.getValue(), Set.of(2));
                softly.assertThatCode(() -> {
                            Rows actual = Rows.of(ours, query.getKey(), Set.of(2));
                            assertThat(actual.sameRows(expected))
                                    .as(() -> actual.difference(expected))
                                    .isTrue();
                        })
                        .as(query.getKey())
                        .doesNotThrowAnyException();
            }
            softly.assertAll();
        }
    }

    private static void load(Connection connection, Path data, String edgeColumns) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table nodes (id integer primary key)");
            statement.execute("create table edges (" + edgeColumns + ")");
            statement.execute("copy nodes from '" + data.resolve("nodes.csv") + "' (format csv, header false)");
            statement.execute("copy edges from '" + data.resolve("edges.csv") + "' (format csv, header false)");
        }
    }
}
