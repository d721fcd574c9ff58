package io.kadedb.sqltests.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.jdbc.common.CopyConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** COPY over connections beside PostgreSQL: what is stored, what comes out and what fails. */
@Tag("slow")
class CopyJudgeTest {
    private static final String TABLE = "create table t (a int, b text, c date, d numeric(8, 2), e boolean)";

    /** Statements with what is sent for them. */
    private static final List<List<String>> GIVEN = List.of(
            List.of("copy t from stdin", "1\tx\t2024-02-29\t1.5\tt\n2\t\\N\t\\N\t\\N\t\\N\n"),
            List.of("copy t from stdin", "1\t\\b\\f\\n\\r\\t\\v\\\\\\101\\x4a\\q\t\\N\t\\N\t\\N\n"),
            List.of("copy t from stdin", "1\ta\\\nb\t\\N\t\\N\tf\n\\.\nrest\n"),
            List.of("copy t from stdin", "1\tx\t2024-02-30\t1.5\tt\n"),
            List.of("copy t from stdin", "1\tx\t2024-02-29\t1.5\n"),
            List.of("copy t from stdin", "1\tx\t2024-02-29\t1.5\tt\tmore\n"),
            List.of("copy t from stdin", "1\tx\t2024-02-29\t1234567.5\tt\n"),
            List.of("copy t from stdin", "1\tx\t2024-02-29\tmany\tt\n"),
            List.of("copy t from stdin", "\n"),
            List.of("copy t (b) from stdin", "\nx\n\\N\n"),
            List.of("copy t (b) from stdin", "no end of line"),
            List.of("copy t (b) from stdin", "windows\r\nlines\r\n"),
            List.of("copy t (b, a) from stdin with delimiter '|' null 'none'", "x\\|y|1\nnone|none\n"),
            List.of("copy t (b, a) from stdin (format csv, header match)", "b,a\nx,1\n"),
            List.of("copy t (b, a) from stdin (format csv, header match)", "b,c\nx,1\n"),
            List.of("copy t (b, a) from stdin (format csv, header)", "b,c\n\"a \"\"b\"\"\n,c\",1\n"),
            List.of("copy t (b, a) from stdin csv quote '''' escape '\\'", "'a \\' b',1\n"),
            List.of("copy t (b) from stdin csv", "\"\"\n\nx\n"),
            List.of("copy t (a, b) from stdin csv null 'x'", "1,x\n2,\"x\"\n3,\n"),
            List.of("copy t (a, b) from stdin csv", "1,\"open\n"),
            List.of("copy t (a, b) from stdin csv where a > 1 and b <> 'z'", "1,x\n2,y\n3,z\n4,\n"),
            List.of("copy t (a, a) from stdin", "1\t1\n"),
            List.of("copy t (a) from stdin (delimiter 'a')", "1\n"),
            List.of("copy t (a) from stdin (format csv, delimiter '\"')", "1\n"),
            List.of("copy t (a) from stdin (quote 'x')", "1\n"),
            List.of("copy nowhere from stdin", "1\n"));

    private static final List<String> TAKEN = List.of(
            "copy t to stdout",
            "copy t to stdout (format csv, header)",
            "copy t (d, a) to stdout (delimiter '|', null '-', header)",
            "copy (select b, a, e from t where a is not null) to stdout csv quote '''' null 'x'",
            "copy (select 1.50::numeric(5,2), true, '{1,2}'::int[], '\\x01ff'::bytea, interval '1 day', '[1]'::jsonb)"
                    + " to stdout",
            "copy (select E'a\\tb\\\\c\\nd', '', null) to stdout",
            "copy (select 1 where false) to stdout (format csv, header)");

    /** What copies, ours or PostgreSQL's. */
    private interface Copies {
        long in(String sql, String rows) throws SQLException, IOException;

        long out(String sql, ByteArrayOutputStream rows) throws SQLException, IOException;
    }

    private record Ours(Connection connection) implements Copies {
        @Override
        public long in(String sql, String rows) throws SQLException {
            return connection.unwrap(CopyConnection.class).copyIn(sql, new ByteArrayInputStream(rows.getBytes(UTF_8)));
        }

        @Override
        public long out(String sql, ByteArrayOutputStream rows) throws SQLException {
            return connection.unwrap(CopyConnection.class).copyOut(sql, rows);
        }
    }

    private record Postgresqls(Connection connection) implements Copies {
        @Override
        public long in(String sql, String rows) throws SQLException, IOException {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new ByteArrayInputStream(rows.getBytes(UTF_8)));
        }

        @Override
        public long out(String sql, ByteArrayOutputStream rows) throws SQLException, IOException {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, rows);
        }
    }

    private static List<String> outcomes(Connection connection, Copies copies) throws SQLException, IOException {
        List<String> outcomes = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            for (List<String> given : GIVEN) {
                outcomes.add(given + ": " + in(copies, given));
                for (String taken : TAKEN) {
                    outcomes.add(given.get(0) + "; " + taken + ": " + out(copies, taken));
                }
                statement.execute("truncate t");
            }
        }
        return outcomes;
    }

    private static String in(Copies copies, List<String> given) throws IOException {
        try {
            return String.valueOf(copies.in(given.get(0), given.get(1)));
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private static String out(Copies copies, String sql) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            return copies.out(sql, rows) + "\n" + rows.toString(UTF_8);
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    @Test
    void doesWhatPostgresqlDoes(@TempDir Path folder) throws SQLException, IOException {
        try (Target postgres = PostgresTarget.start(List.of());
                Database judge = postgres.open(folder);
                Database embedded = new EmbeddedTarget().open(folder);
                Database remote = new RemoteTarget().open(folder);
                Connection judged = judge.connect();
                Connection own = embedded.connect();
                Connection far = remote.connect()) {
            List<String> expected = outcomes(judged, new Postgresqls(judged));
            assertThat(outcomes(own, new Ours(own))).containsExactlyElementsOf(expected);
            assertThat(outcomes(far, new Ours(far))).containsExactlyElementsOf(expected);
        }
    }
}
