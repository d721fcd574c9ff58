package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Option;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode.Isolation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static List<String> texts(List<Name> names) {
        return names.stream().map(Name::text).toList();
    }

    @Test
    void insert() {
        var insert = (Statement.Insert) Sql.statement("insert into s.t (a, \"B\") values (1, default), (2, 'x')");
        assertThat(insert.table()).hasToString("s.t");
        assertThat(texts(insert.columns())).containsExactly("a", "B");
        assertThat(Sql.oneLine(insert.source().orElseThrow())).isEqualTo("VALUES ROW(1, DEFAULT), ROW(2, 'x')");
        assertThat(((Statement.Insert) Sql.statement("insert into t default values")).source())
                .isEmpty();
        assertThat(((Statement.Insert) Sql.statement("insert into t (select 1)")).columns())
                .isEmpty();
    }

    @Test
    void update() {
        var update = (Statement.Update)
                Sql.statement("update t as x set a = a + 1, (b, c) = (default, 2) from u where x.id = u.id");
        assertThat(update.alias().orElseThrow().text()).isEqualTo("x");
        assertThat(update.assignments())
                .extracting(
                        assignment -> assignment.targets().getFirst().column() + "=" + Sql.oneLine(assignment.value()))
                .containsExactly("a=a + 1", "b=DEFAULT", "c=2");
        assertThat(Sql.oneLine(update.from().orElseThrow())).isEqualTo("u");
        assertThat(Sql.oneLine(update.where().orElseThrow())).isEqualTo("x.id = u.id");
    }

    @Test
    void delete() {
        var delete = (Statement.Delete) Sql.statement("delete from t using u, v where t.a = u.a");
        assertThat(Sql.oneLine(delete.using().orElseThrow())).isEqualTo("SELECT * FROM u, v");
        assertThat(((Statement.Delete) Sql.statement("delete from t")).where()).isEmpty();
    }

    @Test
    void createTable() {
        var create = (Statement.CreateTable) Sql.statement("""
            create table if not exists s.t (
              a int primary key,
              b varchar(10) not null default 'x' || 'y',
              c numeric(10,2), d double precision, e character varying, f timestamp with time zone,
              g time(3), h interval, i char(3), j uuid, k bytea, l decimal, m float(4), n bool)
            """);
        assertThat(create.ifNotExists()).isTrue();
        assertThat(texts(create.primaryKey())).containsExactly("a");
        assertThat(create.columns())
                .extracting(column -> column.type().toString())
                .containsExactly(
                        "integer",
                        "character varying(10)",
                        "numeric(10,2)",
                        "double precision",
                        "character varying",
                        "timestamp with time zone",
                        "time without time zone",
                        "interval",
                        "character(3)",
                        "uuid",
                        "bytea",
                        "numeric(38,10)",
                        "real",
                        "boolean");
        assertThat(create.columns().get(0).notNull()).isTrue();
        assertThat(create.columns().get(1).defaultValue().orElseThrow().text()).isEqualTo("'x' || 'y'");
        assertThat(create.columns().get(6).type()).isEqualTo(new SqlType(SqlType.TIME.id(), 3, 0));

        var composite = (Statement.CreateTable) Sql.statement("create table t (a int, b int, primary key (b, a))");
        assertThat(texts(composite.primaryKey())).containsExactly("b", "a");
        assertThat(composite.columns()).allMatch(column -> column.notNull());
        assertThat(Sql.error("create table t (a int primary key, primary key (a))")
                        .code())
                .isEqualTo(ErrorCode.INVALID_TABLE_DEFINITION);
    }

    @Test
    void otherDefinitions() {
        var as = (Statement.CreateTableAs) Sql.statement("create table t (x, y) as select 1, 2 with no data");
        assertThat(texts(as.columns())).containsExactly("x", "y");
        assertThat(as.withData()).isFalse();
        var drop = (Statement.DropTable) Sql.statement("drop table if exists a, s.b cascade");
        assertThat(drop.names()).hasToString("[a, s.b]");
        assertThat(drop.cascade()).isTrue();
        assertThat(Sql.statement("create schema if not exists s")).isInstanceOf(Statement.CreateSchema.class);
        assertThat(((Statement.DropSchema) Sql.statement("drop schema a, b")).names())
                .hasSize(2);
    }

    @Test
    void transactions() {
        assertThat(Sql.statement("begin")).isInstanceOf(Statement.Begin.class);
        var start = (Statement.Begin) Sql.statement("start transaction isolation level repeatable read, read only");
        assertThat(start.mode().isolation()).contains(Isolation.REPEATABLE_READ);
        assertThat(start.mode().readOnly()).contains(true);
        assertThat(Sql.statement("end")).isInstanceOf(Statement.Commit.class);
        assertThat(Sql.statement("abort work")).isInstanceOf(Statement.Rollback.class);
        assertThat(((Statement.SetTransaction) Sql.statement("set session characteristics as transaction read write"))
                        .forSession())
                .isTrue();
    }

    @Test
    void asOfSystemTime() {
        var query = (Statement.Query) Sql.statement("select * from t, u of as of system time '-10s' where a = 1");
        assertThat(Sql.oneLine(query.asOf().orElseThrow().value())).isEqualTo("VALUES ROW(CAST('-10s' AS TEXT))");
        assertThat(Sql.oneLine(query.query())).isEqualTo("SELECT * FROM t, u AS of WHERE a = 1");
        assertThat(((Statement.Query) Sql.statement("from t as of as of system time now() - interval '1 h' limit 1"))
                        .asOf())
                .isPresent();
        assertThat(((Statement.Query)
                                Sql.statement("with w as (select 1) select * from w as of system time 1 for share"))
                        .asOf())
                .isPresent();
        assertThat(((Statement.Query) Sql.statement("select a as of from t as system")).asOf())
                .isEmpty();
        var begin = (Statement.Begin) Sql.statement("begin as of system time '-1h', read only");
        assertThat(begin.mode().asOf()).isPresent();
        assertThat(begin.mode().readOnly()).contains(true);
        assertThat(((Statement.SetTransaction) Sql.statement("set transaction as of system time '-1h'"))
                        .mode()
                        .asOf())
                .isPresent();
        for (String nested : List.of(
                "select * from (select * from t as of system time '-1h') as t",
                "select (select a from t as of system time '-1h')",
                "insert into t select * from t as of system time '-1h'",
                "create view v as select * from t as of system time '-1h'")) {
            assertThat(Sql.error(nested).code()).as(nested).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
        }
    }

    @Test
    void settings() {
        assertThat(set("set search_path to a, \"B\", 'c'")).isEqualTo("search_path=[a, B, c]");
        assertThat(set("set time zone 'Europe/Paris'")).isEqualTo("timezone=[Europe/Paris]");
        assertThat(set("set session x.y = -5")).isEqualTo("x.y=[-5]");
        assertThat(set("set local foo to on")).isEqualTo("foo=[on]");
        assertThat(((Statement.ResetVariable) Sql.statement("set time zone local"))
                        .name()
                        .text())
                .isEqualTo("timezone");
        assertThat(((Statement.ResetVariable) Sql.statement("set foo to default"))
                        .name()
                        .text())
                .isEqualTo("foo");
        assertThat(((Statement.ShowVariable) Sql.statement("show all")).name().text())
                .isEqualTo("all");
        assertThat(((Statement.ShowVariable) Sql.statement("show transaction isolation level"))
                        .name()
                        .text())
                .isEqualTo("transaction_isolation");
        assertThat(((Statement.ShowTables) Sql.statement("show tables from s"))
                        .schema()
                        .orElseThrow()
                        .text())
                .isEqualTo("s");
        assertThat(((Statement.Describe) Sql.statement("describe s.t")).table()).hasToString("s.t");
    }

    private static String set(String text) {
        var set = (Statement.SetVariable) Sql.statement(text);
        return set.name() + "=" + set.values();
    }

    @Test
    void copy() {
        for (String text : new String[] {
            "copy t (a) from 'x.csv' with (format csv, header, delimiter '|', null '')",
            "copy t (a) from 'x.csv' csv header delimiter as '|' null ''",
        }) {
            var copy = (Statement.CopyFrom) Sql.statement(text);
            assertThat(copy.file().orElseThrow().path()).isEqualTo("x.csv");
            assertThat(copy.options())
                    .extracting((Option option) -> option.name() + "=" + option.value())
                    .containsExactly("format=csv", "header=true", "delimiter=|", "null=");
        }
        assertThat(((Statement.CopyFrom) Sql.statement("copy t from 'x.parquet'")).options())
                .isEmpty();
    }

    @Test
    void explain() {
        var explain = (Statement.Explain) Sql.statement("explain (analyze, format json) select 1");
        assertThat(explain.analyze()).isTrue();
        assertThat(explain.format()).isEqualTo(ExplainFormat.JSON);
        assertThat(((Statement.Explain) Sql.statement("explain (select 1)")).statement())
                .isInstanceOf(Statement.Query.class);
        assertThat(((Statement.Explain) Sql.statement("explain analyze update t set a = 1")).statement())
                .isInstanceOf(Statement.Update.class);
    }

    @Test
    void aScriptIsManyStatements() {
        String script = "create table t (a int);\n;; -- nothing\n insert into t values (1) ; select ';' from t";
        List<ParsedStatement> statements = Sql.PARSER.parse(script);
        assertThat(statements)
                .extracting(ParsedStatement::text)
                .containsExactly("create table t (a int)", "insert into t values (1)", "select ';' from t");
        assertThat(statements.get(1).offset()).isEqualTo(script.indexOf("insert"));
        assertThat(Sql.PARSER.parse(" -- only a comment")).isEmpty();
    }

    @Test
    void keptExpressionsParseAgain() {
        assertThat(Sql.oneLine(Sql.PARSER.parseExpression("'x' || 'y'").node())).isEqualTo("'x' || 'y'");
    }
}
