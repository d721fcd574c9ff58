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
import java.sql.SQLWarning;
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
            List.of("copy nowhere from stdin", "1\n"),
            List.of("copy t from stdin (format csv, format csv)", "1\n"),
            List.of("copy t (a, b) from stdin (format csv, default '')", "1,x\n"),
            List.of("copy t (a, b) from stdin (null ',', format csv)", "1,x\n"),
            List.of("copy t (a, b) from stdin (null '\t')", "1\tx\n"),
            List.of("copy t (a, b) from stdin (null '\"', format csv)", "1,x\n"),
            List.of("copy t (a, b) from stdin (default '\\D')", "1\t\\D\n"),
            List.of("copy t from stdin (on_error ignore, log_verbosity loud)", "1\n"),
            List.of("copy t from stdin (on_error ignore)", "x\ty\t2024-01-01\t1\tt\n7\ty\t2024-01-01\t1\tt\n"),
            List.of("copy t from stdin (on_error ignore)", "x\ty\t2024-01-01\t1\tt\n7\ty\t2024-02-30\t1\tt\n"),
            List.of("copy t (b, a) from stdin csv", "x,1\n"),
            List.of(
                    "copy t (b, a) from stdin (format csv, on_error ignore, log_verbosity verbose)",
                    "x,1\ny,2.5\nz,\n\"a\nb\",3\nw,4x\n"),
            List.of("copy t (b, a) from stdin (format csv, on_error ignore, log_verbosity silent)", "x,1\ny,2.5\n"),
            List.of(
                    "copy t (b, a) from stdin (format csv, on_error ignore, log_verbosity verbose, reject_limit 1)",
                    "x,1\ny,2.5\ny,3.5\n"),
            List.of(
                    "copy t (a, d) from stdin (on_error ignore, log_verbosity 'VERBOSE')",
                    "1\t12345678\n" + "9".repeat(150) + "\t1\n"));

    /** The same with a table that has defaults. */
    private static final String DEFAULTED =
            "create table d (a serial, b text default 'none', c varchar(3), e int default 7 not null,"
                    + " f date default '2024-02-29', g int generated always as (e * 2) stored)";

    private static final List<List<String>> WITH_DEFAULTS = List.of(
            List.of(
                    "copy d from stdin (default '\\D')",
                    "\\D\tx\ty\t1\t\\D\n5\t\\D\t\\N\t\\D\t2000-01-01\n\\D\t\\D\ty\t2\t\\N\n"),
            List.of("copy d from stdin (default '\\D')", "\\D\tx\t\\D\t1\t\\D\n"),
            List.of("copy d (e, b) from stdin (default '\\D')", "\\D\t\\\\D\n\\D\tD\n1\tx\\D\n"),
            List.of("copy d (e, b) from stdin (format csv, default '\\D', header)", "e,b\n\\D,\"\\D\"\n1,\\D\n\\D,x\n"),
            List.of("copy d (e, b) from stdin (format csv, default '\\D', header match)", "e,b\n\\D,\"\\D\"\n"),
            List.of(
                    "copy d (e, b) from stdin (format csv, default 'D', force_not_null (b)) where b = 'none' or e = 7",
                    "D,D\n1,\nD,D\n"),
            List.of(
                    "copy d (a, e, c, b) from stdin (format csv, default 'D', on_error ignore)",
                    "1,D,long,D\n2,D,abc,D\n3,x,abc,D\n4,1,D,D\n"),
            List.of(
                    "copy d (a, e, c, b) from stdin (format csv, default 'D', on_error ignore)",
                    "1,D,long,D\n2,D,abc,D\n3,x,abc,D\n"),
            List.of("copy d (c, b) from stdin (format csv, default 'D')", "long,D\n"),
            List.of("copy d (c, b) from stdin (format csv, default 'D')", "abc   ,D\n"),
            List.of("copy d (c, b) from stdin (format csv, default 'D', on_error ignore)", "abc   ,D\n"),
            List.of("copy d (c, b) from stdin (format csv, default ',')", "abc\n"),
            List.of("copy d (c, b) from stdin (format csv, default '\"')", "abc\n"),
            List.of("copy d (c, b) from stdin (default E'a\\nb')", "abc\n"),
            List.of("copy d (c, b) from stdin (default E'a\\rb', format csv)", "abc\n"),
            List.of("copy d (c, b) from stdin (default '\\N')", "abc\n"),
            List.of("copy d (g, b) from stdin (default '\\D')", "1\tabc\n"));

    private static final List<String> TAKEN_DEFAULTS = List.of(
            "copy (select * from d order by a, b, c, e) to stdout",
            "copy d to stdout (default 'x')",
            "copy d to stdout (on_error ignore)",
            "copy d to stdout (log_verbosity verbose)",
            "copy d to stdout (reject_limit 1)");

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
            statement.execute(DEFAULTED);
        }
        collect(connection, copies, GIVEN, TAKEN, "truncate t", outcomes);
        collect(connection, copies, WITH_DEFAULTS, TAKEN_DEFAULTS, "truncate d restart identity", outcomes);
        return outcomes;
    }

    private static void collect(
            Connection connection,
            Copies copies,
            List<List<String>> sent,
            List<String> asked,
            String cleaning,
            List<String> outcomes)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            for (List<String> given : sent) {
                outcomes.add(given + ": " + in(copies, given) + told(connection));
                for (String taken : asked) {
                    outcomes.add(given.get(0) + "; " + taken + ": " + out(copies, taken));
                }
                statement.execute(cleaning);
            }
        }
    }

    /** What the database had to say about it. */
    private static String told(Connection connection) throws SQLException {
        StringBuilder told = new StringBuilder();
        for (SQLWarning warning = connection.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            told.append("\n").append(warning.getSQLState()).append(" ").append(warning.getMessage());
        }
        connection.clearWarnings();
        return told.toString();
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
