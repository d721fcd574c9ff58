package io.kadedb.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultDigestTest {
    @Test
    void doesNotDependOnTheOrderOfRows() throws SQLException {
        assertThat(digest("values (1, 'a'), (2, null)", Set.of()))
                .isEqualTo(digest("values (2, null), (1, 'a')", Set.of()));
    }

    @Test
    void dependsOnEveryCell() throws SQLException {
        assertThat(digest("values (1, 'a')", Set.of())).isNotEqualTo(digest("values (1, 'b')", Set.of()));
        assertThat(digest("values (1, null)", Set.of())).isNotEqualTo(digest("values (1, '')", Set.of()));
        assertThat(digest("values ('ab', 'c')", Set.of())).isNotEqualTo(digest("values ('a', 'bc')", Set.of()));
        assertThat(digest("values (1), (1)", Set.of())).isNotEqualTo(digest("values (1)", Set.of()));
    }

    @Test
    void takesExactNumbersByValueWhateverTheirTypeAndScale() throws SQLException {
        assertThat(digest("values (5)", Set.of())).isEqualTo(digest("values (5.00)", Set.of()));
        assertThat(digest("values (5::hugeint)", Set.of())).isEqualTo(digest("values (5::smallint)", Set.of()));
        assertThat(digest("values (5.01)", Set.of())).isNotEqualTo(digest("values (5.02)", Set.of()));
        assertThat(digest("values (100000000000.01)", Set.of()))
                .isNotEqualTo(digest("values (100000000000.02)", Set.of()));
    }

    @Test
    void roundsApproximateColumnsAlikeWhateverTheirType() throws SQLException {
        assertThat(digest("values (0.123456789049999999::double)", Set.of(1)))
                .isEqualTo(digest("values (0.12345678905)", Set.of(1)));
        assertThat(digest("values (25.522005853257337::double)", Set.of(1)))
                .isEqualTo(digest("values (25.5220058532573370)", Set.of(1)));
        assertThat(digest("values (25.52200585)", Set.of(1))).isNotEqualTo(digest("values (25.52200586)", Set.of(1)));
    }

    private static ResultDigest digest(String sql, Set<Integer> approximate) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultDigest.of(result, approximate);
        }
    }
}
