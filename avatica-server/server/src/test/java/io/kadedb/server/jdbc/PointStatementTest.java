package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements of one row that a client keeps and runs again take a direct way, which nothing but the clock may tell. */
class PointStatementTest {
    private static final List<String> TABLE = List.of(
            "drop table if exists t",
            "create table t (id int, part smallint, amount numeric(5, 2) not null, name varchar(3) default 'no',"
                    + " code char(4), seen timestamptz, small smallint default 7, primary key (id, part))");

    private static final List<String> STATEMENTS = List.of(
            "select * from t where id = ? and part = ?",
            "select amount * ?, name || 'x', 'constant', now() is null, seen::date from t where id = ? and part = 1",
            "select upper(name) from t where id = ? and part = ? and amount > 10",
            "select case when small = 0 then 0 else 100 / small end from t where part = 1 and id = ?",
            "insert into t values (?, ?, ?, ?, ?, ?)",
            "insert into t (part, id, amount) values (1, ?, 3.14159)",
            "insert into t (id, part, amount, name) values (?, ?, ? + 1, upper(?))",
            "update t set amount = amount + ? where id = ? and part = 1",
            "update t set small = small * ? + 1, name = ? where id = ? and part = ?",
            "update t set name = default, code = ?, seen = ? where id = ? and part = ?",
            "update t set id = id + ?, amount = null where id = ? and part = ?",
            "update t set part = ? where id = ? and part = ?",
            "delete from t where id = ? and part = ?",
            "delete from t where id = ? and part = 1 and name is not null");

    private static final List<String> BETWEEN = List.of("set time zone 'Asia/Kathmandu'", "set time zone 'UTC'");

    @Test
    void keptStatementsDoWhatNewOnesDo() throws SQLException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (Database kept = new Database();
                Database fresh = new Database()) {
            Map<String, PreparedStatement> statements = new HashMap<>();
            for (int step = 0; step < 2_000; step++) {
                String name = "step " + step + " of seed " + seed;
                if (step % 500 == 0) {
                    kept.run(TABLE.toArray(String[]::new));
                    fresh.run(TABLE.toArray(String[]::new));
                }
                if (random.nextInt(40) == 0) {
                    String sql = BETWEEN.get(random.nextInt(BETWEEN.size()));
                    kept.run(sql);
                    fresh.run(sql);
                }
                if (random.nextInt(30) == 0) {
                    turnBlock(kept.connection(), fresh.connection(), random);
                }
                String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
                List<@Nullable Object> values = values(sql, random);
                PreparedStatement again = statements.get(sql);
                if (again == null) {
                    again = kept.connection().prepareStatement(sql);
                    statements.put(sql, again);
                }
                List<String> expected;
                try (PreparedStatement once = fresh.connection().prepareStatement(sql)) {
                    expected = outcome(once, values);
                }
                assertThat(outcome(again, values))
                        .as("%s: %s with %s", name, sql, values)
                        .isEqualTo(expected);
                if (expected.getFirst().startsWith("error")
                        && !kept.connection().getAutoCommit()) {
                    kept.connection().rollback();
                    fresh.connection().rollback();
                }
                if (step % 50 == 0) {
                    String all = "select * from t order by id, part";
                    assertThat(kept.rows(all)).as(name).isEqualTo(fresh.rows(all));
                }
            }
        }
    }

    private static void turnBlock(Connection a, Connection b, Random random) throws SQLException {
        if (a.getAutoCommit()) {
            a.setAutoCommit(false);
            b.setAutoCommit(false);
            return;
        }
        boolean commit = random.nextBoolean();
        for (Connection connection : List.of(a, b)) {
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static List<@Nullable Object> values(String sql, Random random) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int at = sql.indexOf('?'); at >= 0; at = sql.indexOf('?', at + 1)) {
            values.add(null);
        }
        boolean texts = (sql.contains("name") && sql.contains("upper(?)")) || sql.contains("name = ?");
        for (int i = 0; i < values.size(); i++) {
            values.set(
                    i,
                    random.nextInt(12) == 0 ? null : (Object) (random.nextInt(30) == 0 ? 40_000 : random.nextInt(5)));
        }
        if (sql.startsWith("insert into t values")) {
            values.set(2, random.nextInt(9) == 0 ? null : (Object) BigDecimal.valueOf(random.nextInt(200_000), 3));
            values.set(3, random.nextInt(9) == 0 ? "long" : "é" + random.nextInt(9));
            values.set(4, random.nextInt(9) == 0 ? null : (Object) "a  ");
            values.set(5, random.nextInt(9) == 0 ? null : (Object) "2024-02-29 12:34:56.789+02");
        } else if (sql.startsWith("update t set name = default")) {
            values.set(0, random.nextBoolean() ? "b " : "longer");
            values.set(1, "2024-02-29 23:34:56");
        } else if (texts) {
            values.set(sql.startsWith("insert") ? 3 : 1, random.nextInt(9) == 0 ? "long" : "ab");
        }
        return values;
    }

    private static List<String> outcome(PreparedStatement statement, List<@Nullable Object> values) {
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            List<String> outcome = new ArrayList<>();
            if (statement.execute()) {
                outcome.add("rows");
                outcome.addAll(Database.read(statement.getResultSet()));
            } else {
                outcome.add("count " + statement.getUpdateCount());
            }
            return outcome;
        } catch (SQLException e) {
            return List.of("error " + e.getSQLState() + " " + e.getMessage());
        }
    }

    @Test
    void aKeptStatementSeesItsTableAsItIsNow() throws SQLException {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, a text)", "insert into t values (1, 'one')");
            try (PreparedStatement select = database.connection().prepareStatement("select a from t where id = ?")) {
                select.setInt(1, 1);
                for (int i = 0; i < 3; i++) {
                    assertThat(Database.read(select.executeQuery())).containsExactly("one");
                }
                database.run("drop table t");
                assertThatThrownBy(select::executeQuery).isInstanceOf(SQLException.class);
                database.run(
                        "create table t (id int primary key, b int, a text)", "insert into t values (1, 5, 'new')");
                for (int i = 0; i < 3; i++) {
                    assertThat(Database.read(select.executeQuery())).containsExactly("new");
                }
            }
        }
    }
}
