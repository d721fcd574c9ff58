package io.kadedb.sqltests.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.compare.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random queries give what DuckDB gives. The seed is printed with every failure; {@code -Dkadedb.random.seed} and
 * {@code -Dkadedb.random.queries} choose others. The default seed is fixed, so that a build is repeatable.
 */
class RandomQueryTest {
    private static final int QUERIES = Integer.getInteger("kadedb.random.queries", 2_000);
    private static final int QUERIES_PER_DATABASE = 250;
    private static final long SEED = Long.getLong("kadedb.random.seed", 20_261_123L);
    private static final int FAILURES_SHOWN = 20;

    /** DuckDB refuses some of what is written, such as full joins it cannot do; more than this part hides bugs. */
    private static final double REFUSED_AT_MOST = 0.05;

    private final List<String> failures = new ArrayList<>();
    private int refused;

    @Test
    void agreesWithDuckDb() throws SQLException {
        for (int done = 0; done < QUERIES && failures.size() < FAILURES_SHOWN; done += QUERIES_PER_DATABASE) {
            database(SEED + done);
        }
        assertThat(failures).as("seed %d", SEED).isEmpty();
        assertThat(refused).as("queries DuckDB refused").isLessThan((int) (QUERIES * REFUSED_AT_MOST) + 1);
    }

    private void database(long seed) throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:random");
                Connection theirs = DriverManager.getConnection("jdbc:duckdb:")) {
            RandomTables.create(ours, new Random(seed));
            RandomTables.create(theirs, new Random(seed));
            RandomQueries queries = new RandomQueries(new Random(seed));
            for (int i = 0; i < QUERIES_PER_DATABASE && failures.size() < FAILURES_SHOWN; i++) {
                String sql = queries.next();
                Optional<Rows> expected = expected(theirs, sql);
                if (expected.isPresent()) {
                    compare(ours, sql, expected.get(), "seed " + seed + " query " + i);
                } else {
                    refused++;
                }
            }
        }
    }

    private static Optional<Rows> expected(Connection theirs, String sql) {
        try {
            return Optional.of(Rows.of(theirs, sql, Set.of()));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private void compare(Connection ours, String sql, Rows expected, String place) {
        try {
            Rows actual = Rows.of(ours, sql, Set.of());
            if (!actual.sameRows(expected)) {
                failures.add(place + ": " + sql + "\n " + actual.difference(expected));
            }
        } catch (SQLException e) {
            failures.add(place + ": " + sql + "\n " + e.getSQLState() + " " + e.getMessage());
        }
    }
}
