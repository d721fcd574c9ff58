package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModificationTest {
    private final Planning planning = new Planning(TestCatalog.basic().defaultValue("u", "z", "'none'"));

    private PhysicalPlan.Modify modify(String sql) {
        return (PhysicalPlan.Modify) ((PlannedStatement.Modification) planning.plan(sql)).plan();
    }

    private void fails(String sql, ErrorCode code, String message) {
        assertThatThrownBy(() -> planning.plan(sql)).isInstanceOfSatisfying(KadeException.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.messageText()).isEqualTo(message);
            assertThat(error.position()).isPresent();
        });
    }

    @Test
    void constantRowsAreValuesInTheTablesTypes() {
        PhysicalPlan.Values values = (PhysicalPlan.Values)
                modify("insert into u(y, x) values (7, 1), ($1, default)").input();
        assertThat(values.tuples().getFirst())
                .containsExactly(
                        new Expr.Literal(1L, SqlType.INTEGER),
                        new Expr.Literal(7L, SqlType.INTEGER),
                        new Expr.Literal("none", SqlType.TEXT));
        assertThat(values.tuples().get(1).get(1)).isEqualTo(new Expr.Parameter(0, SqlType.INTEGER));
        assertThat(planning.plan("insert into u values ($2, $1)").parameterTypes())
                .containsExactly(SqlType.INTEGER, SqlType.INTEGER);
    }

    @Test
    void insertFromAQueryFillsAllColumns() {
        PhysicalPlan input =
                modify("insert into u(x) select a from t where b = 'k'").input();
        assertThat(input.output()).hasSize(3);
        assertThat(input.output().get(2).type()).isEqualTo(SqlType.TEXT);
    }

    @Test
    void updateGivesRowIdKeyAndAllColumns() {
        PhysicalPlan.Modify update = modify("update v set w = 'new' where x = 1 and seq = $1");
        assertThat(update.input().output()).hasSize(1 + 2 + 3);
        assertThat(update.input().output().getFirst().type()).isEqualTo(SqlType.BIGINT);
        assertThat(update.input().inputs().getFirst()).isInstanceOf(PhysicalPlan.KeyLookup.class);
    }

    @Test
    void deleteGivesRowIdAndKey() {
        PhysicalPlan.Modify delete = modify("delete from v using u where v.x = u.x and u.z = 'k'");
        assertThat(delete.input().output()).hasSize(3);
    }

    @Test
    void mistakesAreNamed() {
        fails("insert into nope values (1)", ErrorCode.UNDEFINED_TABLE, "relation \"nope\" does not exist");
        fails(
                "insert into u(xx) values (1)",
                ErrorCode.UNDEFINED_COLUMN,
                "column \"xx\" of relation \"u\" does not exist");
        fails("insert into u(x, x) values (1, 2)", ErrorCode.DUPLICATE_COLUMN, "column \"x\" specified more than once");
        fails(
                "insert into u values (1, 2, 'a', 4)",
                ErrorCode.SYNTAX_ERROR,
                "INSERT has more expressions than target columns");
        fails(
                "insert into u(x, y) values (1)",
                ErrorCode.SYNTAX_ERROR,
                "INSERT has more target columns than expressions");
        fails(
                "insert into u values (true)",
                ErrorCode.DATATYPE_MISMATCH,
                "column \"x\" is of type integer but expression is of type boolean");
        fails(
                "insert into u select b from t",
                ErrorCode.DATATYPE_MISMATCH,
                "column \"x\" is of type integer but expression is of type text");
        fails("update u set x = 1, x = 2", ErrorCode.SYNTAX_ERROR, "multiple assignments to same column \"x\"");
        fails("copy u from 'foo.csv'", ErrorCode.BAD_COPY_FILE_FORMAT, "the file has 2 columns, but 3 are expected");
        fails("copy u from 'missing.csv'", ErrorCode.UNDEFINED_FILE, "file \"missing.csv\" does not exist");
    }

    @Test
    void copyReadsCsvAsTheTablesTypes() {
        PhysicalPlan.Project project = (PhysicalPlan.Project)
                modify("copy u(x, z) from 'foo.csv' with (header true)").input();
        PhysicalPlan.FileScan scan = (PhysicalPlan.FileScan) project.input();
        assertThat(scan.fileColumns().getFirst().type()).isEqualTo(SqlType.INTEGER);
        assertThat(scan.options()).containsEntry("header", "true");
    }

    @Test
    void tablesAreDefined() {
        PlannedStatement.Definition definition = (PlannedStatement.Definition)
                planning.plan("create table n (a int, b text default 'x', primary key (a))");
        CatalogChange.CreateTable create =
                (CatalogChange.CreateTable) definition.changes().getFirst();
        assertThat(create.table().primaryKey()).containsExactly(0);
        assertThat(create.table().columns().getFirst().nullable()).isFalse();
        assertThat(create.table().columns().get(1).defaultSql()).contains("'x'");
        assertThat(((PlannedStatement.Definition) planning.plan("create table if not exists t (a int)")).notices())
                .containsExactly("relation \"t\" already exists, skipping");
        fails("create table t (a int)", ErrorCode.DUPLICATE_TABLE, "relation \"t\" already exists");
        fails("create table s.t (a int)", ErrorCode.INVALID_SCHEMA_NAME, "schema \"s\" does not exist");
        fails("drop table tt", ErrorCode.UNDEFINED_TABLE, "table \"tt\" does not exist");
        fails(
                "create table n (a int default true)",
                ErrorCode.DATATYPE_MISMATCH,
                "column \"a\" is of type integer but expression is of type boolean");
    }

    @Test
    void tablesAreCreatedOfQueries() {
        PlannedStatement.CreateTableAs create = (PlannedStatement.CreateTableAs)
                planning.plan("create table n as select a, count(*) as many from t group by a");
        assertThat(create.table().columns().stream().map(c -> c.name()).toList())
                .isEqualTo(List.of("a", "many"));
    }
}
