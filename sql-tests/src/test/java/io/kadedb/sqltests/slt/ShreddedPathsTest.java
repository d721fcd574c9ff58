package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.server.NodeOptions;
import io.kadedb.sqltests.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads of paths from columns of their own beside the same reads of whole documents: a path that is no constant is never read
 * from a column.
 */
final class ShreddedPathsTest {
    private static final List<String> PATHS = List.of("a", "b", "c", "d", "e.f", "e.g", "e.h.i");
    private static final List<String> TYPES = List.of("int", "bigint", "float8", "boolean", "numeric(12,3)", "text");
    private static final List<String> STRANGERS = List.of(
            "1.0", "\"7\"", "null", "[3]", "{\"f\": 2}", "true", "1e3", "12345678901", "-0.5", "\"\"", "\"true\"");

    private final Random random = new Random();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesWhatDocumentsGive(long seed) throws SQLException {
        random.setSeed(seed);
        NodeOptions options = NodeOptions.DEFAULT.withStore(
                store -> store.withFoldAfter(64, 1 << 16).withScheduler(new Tuning.AtOnce()));
        try (Database database = new TunedTarget("shredded", options, List.of()).open(folder);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table docs (id int primary key, doc jsonb)");
            statement.execute("create table steps (path text[], name text primary key)");
            for (String path : PATHS) {
                statement.execute("insert into steps values (string_to_array('" + path + "', '.'), '" + path + "')");
            }
            // One segment of like documents, one of others, one with strangers, and rows that no fold has seen.
            int id = 0;
            for (int strangeness : new int[] {0, 30, 400, 0}) {
                int rows = strangeness == 0 && id > 0 ? 20 : 200;
                insert(connection, id, rows, strangeness, random.nextInt(3));
                id += rows;
                assertSame(statement, seed);
            }
            statement.execute("delete from docs where id % 17 = 3");
            statement.execute("update docs set doc = jsonb_set(doc, '{a}', '5') where id % 23 = 4 and doc ? 'a'");
            assertSame(statement, seed);
            try (ResultSet check = statement.executeQuery("check database")) {
                while (check.next()) {
                    assertThat(check.getString("problem")).as("seed %d", seed).isNull();
                }
            }
        }
    }

    private void insert(Connection connection, int from, int rows, int strangeness, int shape) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into docs values (?, ?::jsonb)")) {
            for (int i = from; i < from + rows; i++) {
                insert.setInt(1, i);
                insert.setString(2, random.nextInt(50) == 0 ? null : document(strangeness, shape));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private String document(int strangeness, int shape) {
        List<String> members = new ArrayList<>();
        member(members, "a", strangeness, String.valueOf(random.nextInt(100)));
        member(members, "b", strangeness, "\"text " + random.nextInt(10) + "\"");
        member(members, "c", strangeness, shape == 0 ? String.valueOf(random.nextInt(1000) / 8.0) : "17");
        member(members, "d", strangeness, String.valueOf(random.nextBoolean()));
        List<String> nested = new ArrayList<>();
        member(nested, "f", strangeness, shape == 1 ? "\"" + random.nextInt(9) + "\"" : "5000000000");
        member(nested, "g", strangeness, "null");
        member(nested, "h", strangeness, "{\"i\": " + random.nextInt() + "}");
        member(members, "e", strangeness, "{" + String.join(",", nested) + "}");
        return random.nextInt(1000) < strangeness / 10 ? "[1]" : "{" + String.join(",", members) + "}";
    }

    private void member(List<String> members, String key, int strangeness, String value) {
        if (random.nextInt(20) > 0) {
            boolean strange = random.nextInt(1000) < strangeness;
            members.add("\"" + key + "\":" + (strange ? STRANGERS.get(random.nextInt(STRANGERS.size())) : value));
        }
    }

    private void assertSame(Statement statement, long seed) {
        for (String path : PATHS) {
            String text = "doc #>> '{" + path.replace('.', ',') + "}'";
            String part = "doc -> '" + path.replace(".", "' -> '") + "'";
            int last = part.lastIndexOf("->");
            List<String> texts = List.of(text, part.substring(0, last) + "->>" + part.substring(last + 2));
            for (String type : TYPES) {
                String plain = "(doc #>> path)::" + type;
                for (String read : texts) {
                    assertSame(statement, seed, path, "(" + read + ")::" + type, plain);
                }
                if (!type.equals("text")) {
                    assertSame(statement, seed, path, "(" + part + ")::" + type, "(doc #> path)::" + type);
                }
            }
        }
    }

    /** The same values, and the same rows by comparisons of them. */
    private void assertSame(Statement statement, long seed, String path, String read, String plain) {
        String from = "docs, (select path from steps where name = '" + path + "' offset 0) as s";
        assertEqual(
                statement,
                seed,
                "select id, " + read + " from docs order by id",
                "select id, " + plain + " from " + from + " order by id");
        String bound = read.endsWith("text")
                ? List.of("'5'", "'text 4'", "'zzz'").get(random.nextInt(3))
                : read.endsWith("boolean") ? "true" : String.valueOf(random.nextInt(120) - 10);
        String comparison = List.of("=", "<", ">=", "<>").get(random.nextInt(4)) + " " + bound;
        assertEqual(
                statement,
                seed,
                "select id from docs where " + read + " " + comparison + " order by id",
                "select id from " + from + " where " + plain + " " + comparison + " order by id");
        assertEqual(
                statement,
                seed,
                "select " + read + ", count(*) from docs group by 1 order by 1",
                "select " + plain + ", count(*) from " + from + " group by 1 order by 1");
    }

    private static void assertEqual(Statement statement, long seed, String sql, String expected) {
        assertThat(outcome(statement, sql)).as("seed %d: %s", seed, sql).isEqualTo(outcome(statement, expected));
    }

    private static String outcome(Statement statement, String sql) {
        StringBuilder rows = new StringBuilder();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    rows.append(result.getString(i)).append('|');
                }
                rows.append('\n');
            }
            return rows.toString();
        } catch (SQLException e) {
            // Which of the rows that fail comes first is nobody's business.
            return "fails";
        }
    }
}
