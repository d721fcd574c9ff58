package io.kadedb.sqltests.random;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** Three small tables of the same columns, with few distinct values and many NULLs, so that everything collides. */
final class RandomTables {
    private static final String[] WORDS = {"'a'", "'b'", "'ab'", "''", "'B'", "'ba'", "null"};
    private static final List<String> TABLES = List.of("r", "s", "t");

    private RandomTables() {}

    static void create(Connection connection, Random random) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("create table " + table
                        + " (a integer, b integer, c varchar(10), d decimal(8,2), e date, f boolean)");
                int rows = 5 + random.nextInt(25);
                StringBuilder insert = new StringBuilder("insert into " + table + " values ");
                for (int i = 0; i < rows; i++) {
                    insert.append(i == 0 ? "" : ", ").append(row(random));
                }
                statement.execute(insert.toString());
            }
        }
    }

    private static String row(Random random) {
        String e = random.nextInt(5) == 0 ? "null" : "date '2024-01-0" + (1 + random.nextInt(5)) + "'";
        String d = random.nextInt(5) == 0 ? "null" : (random.nextInt(13) - 4) * 25 / 100.0 + "";
        String f = switch (random.nextInt(3)) {
            case 0 -> "true";
            case 1 -> "false";
            default -> "null";
        };
        return "(" + number(random) + ", " + number(random) + ", " + WORDS[random.nextInt(WORDS.length)] + ", " + d
                + ", " + e + ", " + f + ")";
    }

    private static String number(Random random) {
        return random.nextInt(6) == 0 ? "null" : Integer.toString(random.nextInt(6));
    }
}
