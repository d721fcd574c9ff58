package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.server.NodeOptions;
import io.kadedb.sqltests.database.Database;
import io.kadedb.sqltests.file.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random paths and patterns over a table with inverted indexes, and over one with none: they find the same rows. */
final class TermReadsTest {
    private static final int ROWS = 300;
    private static final int QUERIES = 150;
    private static final List<String> KEYS = List.of("a", "b", "c", "d");
    private static final List<String> SCALARS =
            List.of("1", "1.0", "2.50", "\"x\"", "\"y\"", "true", "null", "\"\"", "-7");
    private static final List<String> WORDS = List.of(
            "alpha", "Beta", "gamma ray", "x1", "über", "STRASSE", "a_b", "100%", "it's", "ſharp", "foo-bar", "\\");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private static String pick(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String document(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth == 0 ? 1 : 4);
        StringBuilder out = new StringBuilder();
        if (kind == 0) {
            return pick(SCALARS, random);
        }
        int size = random.nextInt(4);
        out.append(kind == 1 ? '[' : '{');
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ", ");
            if (kind > 1) {
                out.append('"').append(pick(KEYS, random)).append("\": ");
            }
            out.append(document(random, depth - 1));
        }
        return out.append(kind == 1 ? ']' : '}').toString();
    }

    private static String path(SplittableRandom random, String head, int depth) {
        StringBuilder out = new StringBuilder(head);
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(
                    switch (random.nextInt(9)) {
                        case 0 -> "[*]";
                        case 1 -> "[0]";
                        case 2 -> ".*";
                        case 3 -> ".**";
                        case 4 -> depth == 0 ? ".a" : " ? (" + predicate(random, "@", depth - 1) + ")";
                        case 5 ->
                            List.of(".size()", ".type()", ".keyvalue().value", ".double()")
                                    .get(random.nextInt(4));
                        default -> "." + pick(KEYS, random);
                    });
        }
        return out.toString();
    }

    private static String predicate(SplittableRandom random, String head, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0, 1 -> path(random, head, 0) + " == " + pick(SCALARS, random);
            case 2 -> pick(SCALARS, random) + " == " + path(random, head, 0);
            case 3 ->
                path(random, head, 0) + " " + pick(List.of("<", ">=", "!="), random) + " " + pick(SCALARS, random);
            case 4 -> "exists(" + path(random, head, depth - 1) + ")";
            case 5 -> "!(" + predicate(random, head, depth - 1) + ")";
            case 6 -> "(" + predicate(random, head, depth - 1) + " && " + predicate(random, head, depth - 1) + ")";
            default -> "(" + predicate(random, head, depth - 1) + " || " + predicate(random, head, depth - 1) + ")";
        };
    }

    private static String text(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            out.append(pick(WORDS, random)).append(pick(List.of(" ", "", "-", ". "), random));
        }
        return out.toString();
    }

    private static String pattern(SplittableRandom random) {
        String text = text(random);
        int from = random.nextInt(text.length());
        String part = text.substring(from, from + random.nextInt(text.length() - from) + 1);
        String cut = random.nextBoolean() || part.length() < 3
                ? part
                : part.substring(0, 1) + pick(List.of("%", "_"), random) + part.substring(2);
        String pattern = random.nextInt(3) > 0 ? "%" + cut + "%" : random.nextBoolean() ? cut + "%" : "%" + cut;
        return pattern.endsWith("\\") ? pattern + "%" : pattern;
    }

    private static String regex(SplittableRandom random) {
        String part = pick(List.of("alpha", "gamma", "Beta", "über", "foo"), random);
        String cut = part.substring(random.nextInt(2));
        return pick(List.of("", "^", ".*"), random)
                + switch (random.nextInt(6)) {
                    case 0 -> cut + "*";
                    case 1 -> cut + "+";
                    case 2 -> cut + "|x1";
                    case 3 -> cut + ".+ray";
                    case 4 -> "(" + cut + ")?";
                    default -> cut;
                }
                + pick(List.of("", "$", " "), random);
    }

    private static String condition(SplittableRandom random) {
        String mode = random.nextInt(5) == 0 ? "strict " : "";
        return switch (random.nextInt(6)) {
            case 0, 1 -> "doc @? '" + mode + path(random, "$", 2) + "'";
            case 2 -> "doc @@ '" + mode + predicate(random, "$", 2) + "'";
            case 3 -> "note like '" + pattern(random).replace("'", "''") + "'";
            case 4 -> "note ilike '" + pattern(random).replace("'", "''") + "'";
            default -> "note " + pick(List.of("~", "~*"), random) + " '" + regex(random) + "'";
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void findsTheSameRows(long seed) throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        try (Database database = new TunedTarget("terms", NodeOptions.DEFAULT, List.of()).open(folder);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table plain (id int primary key, doc jsonb, note varchar(200))");
            statement.execute("create table indexed (id int primary key, doc jsonb, note varchar(200))");
            try (PreparedStatement insert = connection.prepareStatement("insert into plain values (?, ?::jsonb, ?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, document(random, 4));
                    insert.setString(3, random.nextInt(30) == 0 ? null : text(random));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("create index on indexed using gin (note gin_trgm_ops)");
            statement.execute("create index on indexed using gin (doc" + (seed % 2 == 0 ? " jsonb_path_ops)" : ")"));
            statement.execute("insert into indexed select * from plain");
            int used = 0;
            for (int i = 0; i < QUERIES; i++) {
                String condition = condition(random);
                String query = "select id from %s where " + condition.replace("%", "%%") + " order by id";
                used += String.join("", Sql.rows(connection, "explain " + query.formatted("indexed")))
                                .contains("Inverted index scan")
                        ? 1
                        : 0;
                assertThat(Sql.rows(connection, query.formatted("indexed")))
                        .as("seed %d: %s", seed, condition)
                        .isEqualTo(Sql.rows(connection, query.formatted("plain")));
            }
            assertThat(used).isGreaterThan(QUERIES / 4);
            statement.execute("update indexed set note = note || ' changed' where id % 3 = 0");
            assertThat(Sql.rows(connection, "select count(*) from indexed where note like '%changed%'"))
                    .isEqualTo(
                            Sql.rows(connection, "select count(*) from plain where id % 3 = 0 and note is not null"));
            assertThat(Sql.rows(connection, "check database").stream().filter(row -> !row.endsWith("|null|")))
                    .isEmpty();
        }
    }
}
