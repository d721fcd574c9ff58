package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ASOF joins and gap filling that run out of memory, or of time: they end soon, and leave the session as it was. */
class TimeSeriesInterruptionTest {
    private static final String SMALL =
            "select count(*) from (select 1 as k, 2 as ts) a asof join (select 1 as k, 1 as ts) b" + " using (k, ts)";

    private static void endsWith(String state, String setting, String query) throws SQLException {
        try (Database database = new Database()) {
            database.run(setting);
            SQLException failure = catchThrowableOfType(SQLException.class, () -> database.rows(query));
            assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(state);
            database.run("reset all");
            assertThat(database.rows(SMALL)).containsExactly("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The right side does not fit.
                "select count(*) from generate_series(1, 10) a (ts) asof join (select g as ts, repeat('x', 100) || g"
                        + " as v from generate_series(1, 3000000) g) b on a.ts >= b.ts where b.v <> ''",
                "select count(*) from generate_series(1, 10) a (ts) asof full join generate_series(1, 9000000) b (ts)"
                        + " on a.ts >= b.ts",
                // The groups do not fit.
                "select count(*) from (select time_bucket_gapfill(10, t, 0, 100) as b, g, min(t) from"
                        + " (select g, g % 7 as t from generate_series(1, 3000000) g) x group by b, g) y",
            })
    void memory(String query) throws SQLException {
        endsWith("53200", "set memory_limit = '8MB'", query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // While the right side is read, while partners are looked for, and while gaps are filled.
                "select count(*) from generate_series(1, 10) a (ts) asof join generate_series(1, 40000000000) b (ts)"
                        + " using (ts)",
                "select count(*) from generate_series(1, 40000000000) a (ts) asof join generate_series(1, 10) b (ts)"
                        + " using (ts)",
                "select count(*) from (select time_bucket_gapfill(1, t, 0, 4000000000000) as b, count(*) from"
                        + " (values (bigint '1')) x (t) group by b) y",
                "select max(v) from (select time_bucket_gapfill(1, t, 0, 4000000000000) as b, locf(max(t)) as v from"
                        + " (values (bigint '1')) x (t) group by b) y",
            })
    void time(String query) throws SQLException {
        endsWith("57014", "set statement_timeout = 1000", query);
    }
}
