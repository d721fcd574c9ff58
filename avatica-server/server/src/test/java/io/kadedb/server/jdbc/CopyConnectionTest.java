package io.kadedb.server.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.jdbc.common.CopyConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** COPY over connections, streamed both ways. */
@ParameterizedClass
@EnumSource
class CopyConnectionTest {
    private final Door door;
    private Database database;
    private CopyConnection copies;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    CopyConnectionTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        database.run("create table t (a int primary key, b text)");
        copies = database.connection().unwrap(CopyConnection.class);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private String copied(String sql, int rows) throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(copies.copyOut(sql, out)).isEqualTo(rows);
        return out.toString(UTF_8);
    }

    private static SQLException error(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call);
    }

    /** Rows without end. */
    private static class Endless extends InputStream {
        private byte[] line = new byte[0];
        private int used;
        private long row;

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (used == line.length) {
                line = (row++ + "\tx\n").getBytes(UTF_8);
                used = 0;
            }
            int count = Math.min(line.length - used, length);
            System.arraycopy(line, used, bytes, offset, count);
            used += count;
            return count;
        }

        long rows() {
            return row;
        }
    }

    /** Fails after some rows. */
    private static final class Broken extends Endless {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (rows() == 10) {
                throw new IOException("no more of this");
            }
            return super.read(bytes, offset, length);
        }
    }

    @Test
    void copiesTextBothWays() throws SQLException {
        assertThat(copies.copyIn("copy t from stdin", text("1\tx\\ty\n2\t\\N\n3\t\n")))
                .isEqualTo(3);
        assertThat(copied("copy (select * from t order by a) to stdout", 3)).isEqualTo("1\tx\\ty\n2\t\\N\n3\t\n");
        assertThat(copied("copy (select * from t order by a) to stdout (format csv, header)", 3))
                .isEqualTo("a,b\n1,x\ty\n2,\n3,\"\"\n");
        assertThat(copied("copy (select * from t where false) to stdout", 0)).isEmpty();
        assertThat(copies.copyIn("copy t (b, a) from stdin csv where a > 4", text("x,4\ny,5\n")))
                .isEqualTo(1);
        assertThat(database.rows("select b from t where a > 3")).containsExactly("y");
        assertThat(copies.copyIn("copy t from stdin", text(""))).isZero();
    }

    @Test
    void copiesMuch() throws SQLException {
        String rows = IntStream.range(0, 100_000)
                .mapToObj(i -> i + "\t" + "x".repeat(i % 20) + "\n")
                .collect(Collectors.joining());
        assertThat(copies.copyIn("copy t from stdin", text(rows))).isEqualTo(100_000);
        assertThat(copied("copy (select * from t order by a) to stdout", 100_000))
                .isEqualTo(rows);
    }

    @Test
    void tellsLineAndColumnAndStoresNothing() throws SQLException {
        SQLException bad = error(() -> copies.copyIn("copy t from stdin", text("1\tx\n2\ty\nthree\tz\n")));
        assertThat(bad.getSQLState()).isEqualTo("22P02");
        assertThat(bad.getMessage()).contains("line 3, column \"a\"");
        assertThat(error(() -> copies.copyIn("copy t from stdin", text("1\tx\n2\n")))
                        .getMessage())
                .contains("line 2: missing data for column \"b\"");
        assertThat(error(() -> copies.copyIn("copy t from stdin", text("1\tx\n1\ty\n")))
                        .getSQLState())
                .isEqualTo("23505");
        assertThat(error(() -> copies.copyIn("copy u from stdin", text("1\n"))).getSQLState())
                .isEqualTo("42P01");
        assertThat(database.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void runsWithinBlocks() throws SQLException {
        database.connection().setAutoCommit(false);
        assertThat(copies.copyIn("copy t from stdin", text("1\tx\n"))).isEqualTo(1);
        assertThat(copied("copy t to stdout", 1)).isEqualTo("1\tx\n");
        database.connection().rollback();
        assertThat(copied("copy t to stdout", 0)).isEmpty();
        database.connection().rollback();
        database.connection().setAutoCommit(true);
    }

    @Test
    void endsWhenCancelled() throws SQLException {
        Endless cancelling = new Endless() {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (rows() == 100_000) {
                    try {
                        copies.cancelCopy();
                    } catch (SQLException e) {
                        throw new IOException(e);
                    }
                }
                return super.read(bytes, offset, length);
            }
        };
        assertThat(error(() -> copies.copyIn("copy t from stdin", cancelling)).getSQLState())
                .isEqualTo("57014");
        copies.cancelCopy();
        assertThat(database.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void endsAfterItsTime() throws SQLException {
        database.run("set statement_timeout = 200");
        assertThat(error(() -> copies.copyIn("copy t from stdin", new Endless()))
                        .getSQLState())
                .isEqualTo("57014");
        database.run("set statement_timeout = 0");
        assertThat(database.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void tellsWhatTheStreamsFailWith() throws SQLException {
        SQLException failed = error(() -> copies.copyIn("copy t from stdin", new Broken()));
        assertThat(failed.getSQLState()).isEqualTo("58030");
        assertThat(failed.getMessage()).contains("no more of this");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("it is full");
            }
        };
        assertThat(copies.copyIn("copy t from stdin", text("1\tx\n"))).isEqualTo(1);
        SQLException unwritten = error(() -> copies.copyOut("copy t to stdout", full));
        assertThat(unwritten.getMessage()).contains("it is full");
        assertThat(unwritten.getCause()).isInstanceOf(IOException.class);
        assertThat(copied("copy t to stdout", 1)).isEqualTo("1\tx\n");
    }

    @Test
    void copiesFormatsThatTellTheirColumns() throws SQLException {
        String rows =
                IntStream.range(0, 5_000).mapToObj(i -> i + "\tx" + i + "\n").collect(Collectors.joining());
        assertThat(copies.copyIn("copy t from stdin", text(rows))).isEqualTo(5_000);
        for (String format : List.of("parquet", "arrow")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(copies.copyOut(
                            "copy (select a + 10000 as a, b from t where a < 5000) to stdout (format " + format + ")",
                            out))
                    .isEqualTo(5_000);
            assertThat(copies.copyIn(
                            "copy t from stdin (format " + format + ")", new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(5_000);
            assertThat(copied("copy (select a - 10000, b from t where a >= 10000 order by a) to stdout", 5_000))
                    .isEqualTo(rows);
            assertThat(error(() -> copies.copyIn(
                                    "copy t (a) from stdin (format " + format + ")",
                                    new ByteArrayInputStream(out.toByteArray())))
                            .getMessage())
                    .contains("what the client sends has 2 columns, but 1 are expected");
            SQLException damaged = error(() -> copies.copyIn(
                    "copy t from stdin (format " + format + ")",
                    new ByteArrayInputStream(out.toByteArray(), 0, out.size() / 2)));
            assertThat(damaged.getSQLState()).isEqualTo("22P04");
            assertThat(error(() -> database.run("copy t from stdin (format " + format + ")"))
                            .getSQLState())
                    .isEqualTo("55000");
            database.run("delete from t where a >= 10000");
        }
        assertThat(error(() -> copies.copyIn("copy t from stdin (format parquet)", text("1")))
                        .getSQLState())
                .isEqualTo("22P04");
        assertThat(error(() -> copies.copyIn("copy t from stdin (format parquet)", new Broken()))
                        .getMessage())
                .contains("no more of this");
        assertThat(database.rows("select count(*) from t")).containsExactly("5000");
    }

    @Test
    void refusesOtherStatements() throws SQLException {
        assertThat(error(() -> copies.copyIn("delete from t", text("1"))).getSQLState())
                .isEqualTo("42809");
        assertThat(error(() -> copies.copyOut("delete from t", new ByteArrayOutputStream()))
                        .getSQLState())
                .isEqualTo("42809");
        assertThat(error(() -> copies.copyOut("select 1", new ByteArrayOutputStream()))
                        .getSQLState())
                .isEqualTo("42809");
        assertThat(error(() -> database.run("copy t from stdin")).getSQLState()).isEqualTo("55000");
    }
}
