package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CHECK and BACKUP as statements. */
class OperationsTest {
    @TempDir
    private Path folder;

    private Database database;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    OperationsTest() {}

    @BeforeEach
    void open() throws SQLException {
        database = new Database();
        database.run(
                "create table p (id int primary key)",
                "create table t (id int primary key, p int references p, s text unique)",
                "insert into p values (1), (2)",
                "insert into t values (1, 1, 'a'), (2, 2, 'b'), (3, null, null)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void checkGivesARowForEachThing() throws SQLException {
        List<String> rows = Database.rows(database.connection(), "check database");
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row).containsIgnoringCase("null"));
        assertThat(rows).anyMatch(row -> row.contains("public.t") && row.contains("3"));
        assertThat(Database.rows(database.connection(), "check table t")).hasSize(3);
        try (PreparedStatement check = database.connection().prepareStatement("check database")) {
            assertThat(check.getMetaData().getColumnName(4)).isEqualTo("problem");
            assertThat(check.getMetaData().getColumnType(3)).isEqualTo(Types.BIGINT);
        }
    }

    /** What the clock says decides whether rows meet these: the table's rows come to break them. */
    @Test
    void checkEvaluatesConstraints() throws Exception {
        database.run(
                "create type mood as enum ('sad', 'ok')",
                "create table c (a int, m mood, until timestamptz,"
                        + " constraint small check (a < 10), constraint moods check (m <> 'sad'::mood),"
                        + " constraint open check (until > clock_timestamp()),"
                        + " constraint later check (a > 0) )",
                "insert into c values (1, 'ok', clock_timestamp() + interval '1 second'), (2, null, null)",
                "alter table c drop constraint later",
                "alter table c add constraint unproven check (a > 1) not valid");
        List<String> rows = Database.rows(database.connection(), "check table c");
        assertThat(rows).contains("check,small of public.c,2,null", "check,moods of public.c,2,null");
        assertThat(rows).noneMatch(row -> row.contains("unproven"));
        String until = "select clock_timestamp() > max(until) from c";
        while (!Database.rows(database.connection(), until).equals(List.of("true"))) {
            Thread.onSpinWait();
        }
        assertThat(Database.rows(database.connection(), "check database"))
                .anyMatch(row ->
                        row.startsWith("check,open of public.c,2,1 row does not meet until > clock_timestamp()"));
    }

    @Test
    void checkWithinABlockLeavesItAlone() throws SQLException {
        database.run("begin", "insert into t values (4, 1, 'd')");
        assertThat(Database.rows(database.connection(), "check table t")).hasSize(3);
        database.run("commit");
        assertThat(Database.rows(database.connection(), "select count(*) from t"))
                .containsExactly("4");
        assertThatThrownBy(() -> Database.rows(database.connection(), "check table nope"))
                .hasFieldOrPropertyWithValue("SQLState", "42P01");
    }

    @Test
    void backupWritesAFile() throws SQLException {
        Path file = folder.resolve("b");
        assertThat(Database.rows(database.connection(), "backup database to '" + file + "'"))
                .hasSize(1);
        assertThat(Files.exists(file)).isTrue();
        assertThatThrownBy(() -> Database.rows(
                        database.connection(), "backup database to '" + folder.resolve("no/such/b") + "'"))
                .hasFieldOrPropertyWithValue("SQLState", "58P01");
    }
}
