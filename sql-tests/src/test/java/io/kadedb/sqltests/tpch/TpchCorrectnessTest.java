package io.kadedb.sqltests.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.bench.tpch.TpchData;
import io.kadedb.bench.tpch.TpchLoader;
import io.kadedb.bench.tpch.TpchQuery;
import io.kadedb.sqltests.compare.Rows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query gives what DuckDB gives, cell by cell: exact numbers exactly, quotients to ten significant digits. The
 * order of rows counts where ORDER BY fixes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchCorrectnessTest {
    private static final BigDecimal SCALE = new BigDecimal(System.getProperty("kadedb.tpch.scale", "0.1"));

    /** Queries whose ORDER BY names a key of the result. */
    private static final Set<Integer> TOTALLY_ORDERED = Set.of(1, 2, 4, 7, 8, 9, 12, 13, 15, 16, 20, 21, 22);

    private Connection ours;
    private Connection theirs;

    // JUnit calls load() before any test.
    @SuppressWarnings("NullAway.Init")
    TpchCorrectnessTest() {}

    @BeforeAll
    void load(@TempDir Path folder) throws IOException, SQLException {
        TpchData.generate(SCALE.doubleValue(), folder);
        theirs = DriverManager.getConnection("jdbc:duckdb:");
        TpchLoader.load(theirs, folder);
        ours = DriverManager.getConnection("jdbc:kadedb:mem:tpch");
        TpchLoader.load(ours, folder);
    }

    @AfterAll
    void close() throws SQLException {
        ours.close();
        theirs.close();
    }

    @TestFactory
    Stream<DynamicTest> queries() {
        return TpchQuery.all(SCALE).stream()
                .map(query -> DynamicTest.dynamicTest(query.name() + " " + query.title(), () -> check(query)));
    }

    private void check(TpchQuery query) throws SQLException {
        Rows expected = Rows.of(theirs, query.sql(), query.approximate());
        Rows actual = Rows.of(ours, query.sql(), query.approximate());
        assertThat(actual.sameRows(expected))
                .as(() -> actual.difference(expected) + "\n" + query.sql())
                .isTrue();
        if (TOTALLY_ORDERED.contains(query.number())) {
            assertThat(actual.rows()).isEqualTo(expected.rows());
        }
    }
}
