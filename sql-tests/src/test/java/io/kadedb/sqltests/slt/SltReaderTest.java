package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each directive is read as it is written, and what cannot be read is told with its line. */
class SltReaderTest {
    private static List<SltRecord> read(Dialect dialect, String text) throws IOException, ScriptException {
        return SltFile.read(Script.of("f", text).as(dialect)).records();
    }

    private static SltRecord.Action action(Dialect dialect, String text) throws IOException, ScriptException {
        return read(dialect, text).getFirst().action();
    }

    @Test
    void aStatementOfEachKind() throws Exception {
        assertThat(action(Dialect.SQLITE, "statement ok\nselect\n1\n"))
                .isEqualTo(new SltRecord.Statement("select\n1", new SltRecord.StatementExpectation.Success(), ""));
        assertThat(action(Dialect.DUCKDB, "statement error con1\nx\n----\na\nb\n"))
                .isEqualTo(new SltRecord.Statement(
                        "x", new SltRecord.StatementExpectation.Failure("", Optional.of(List.of("a", "b"))), "con1"));
        assertThat(action(Dialect.DUCKDB, "statement maybe\nx\n----\na\n"))
                .isEqualTo(new SltRecord.Statement(
                        "x", new SltRecord.StatementExpectation.Either(Optional.of(List.of("a"))), ""));
        assertThat(action(Dialect.KADEDB, "statement error 22012\nx\n"))
                .isEqualTo(new SltRecord.Statement(
                        "x", new SltRecord.StatementExpectation.Failure("22012", Optional.empty()), ""));
        assertThat(action(Dialect.KADEDB, "statement count 3 other\nx\n"))
                .isEqualTo(new SltRecord.Statement("x", new SltRecord.StatementExpectation.Changes(3), "other"));
    }

    @Test
    void aQueryOfEachDialect() throws Exception {
        assertThat(action(Dialect.SQLITE, "query IT rowsort label-7\nselect 1\n----\n1\n2\n"))
                .isEqualTo(new SltRecord.Query(
                        "select 1", "IT", SltRecord.Sort.ROWSORT, "label-7", "", List.of("1", "2")));
        assertThat(action(Dialect.DUCKDB, "query I con1\nselect 1\n----\n1\n"))
                .isEqualTo(new SltRecord.Query("select 1", "I", SltRecord.Sort.NOSORT, "", "con1", List.of("1")));
        assertThat(action(Dialect.KADEDB, "query DRB valuesort\nselect 1\n----\n"))
                .isEqualTo(new SltRecord.Query("select 1", "DRB", SltRecord.Sort.VALUESORT, "", "", List.of()));
    }

    @Test
    void directivesWithoutText() throws Exception {
        assertThat(read(Dialect.DUCKDB, """
            hash-threshold 8

            require icu

            require vector_size 512

            require-env HOME /root

            test-env A b

            load __TEST_DIR__/x.db readonly

            restart

            reconnect

            sleep 20 milliseconds

            mode skip

            mode unskip

            set seed 0.42

            set ignore_error_messages HTTP Error, other

            set always_fail_error_messages

            reset label a

            connection two

            halt
            """).stream().map(SltRecord::action))
                .containsExactly(
                        new SltRecord.HashThreshold(8),
                        new SltRecord.Require("icu", List.of()),
                        new SltRecord.Require("vector_size", List.of("512")),
                        new SltRecord.RequireEnv("HOME", Optional.of("/root")),
                        new SltRecord.TestEnv("A", "b"),
                        new SltRecord.Load("__TEST_DIR__/x.db", true),
                        new SltRecord.Restart(),
                        new SltRecord.Reconnect(),
                        new SltRecord.Sleep(Duration.ofMillis(20)),
                        new SltRecord.Skip(true),
                        new SltRecord.Skip(false),
                        new SltRecord.Seed("0.42"),
                        new SltRecord.IgnoredErrors(List.of("HTTP Error", "other")),
                        new SltRecord.FatalErrors(List.of()),
                        new SltRecord.ResetLabel("a"),
                        new SltRecord.Connection("two"),
                        new SltRecord.Halt());
    }

    @Test
    void loopsHoldTheirRecords() throws Exception {
        SltRecord.Loop outer = (SltRecord.Loop) action(Dialect.DUCKDB, """
            concurrentloop i 1 3

            foreach a,b 1,x 2,y

            statement ok
            select 1

            endloop

            endloop
            """);
        assertThat(outer.concurrent()).isTrue();
        assertThat(outer.rounds()).isEqualTo(new Rounds.Range("i", 1, 3));
        SltRecord.Loop inner = (SltRecord.Loop) outer.body().getFirst().action();
        assertThat(inner.concurrent()).isFalse();
        assertThat(inner.rounds().count()).isEqualTo(2);
        assertThat(inner.rounds().variables(1)).isEqualTo(Map.of("a", "2", "b", "y"));
        assertThat(inner.body()).hasSize(1);
    }

    @Test
    void foreachKnowsListsOfTypes() throws Exception {
        SltRecord.Loop loop = (SltRecord.Loop) action(Dialect.DUCKDB, "foreach t <signed> x\n\nendloop\n");
        assertThat(loop.rounds().count()).isEqualTo(6);
        assertThat(loop.rounds().variables(5)).isEqualTo(Map.of("t", "x"));
    }

    @Test
    void conditionsStandAboveDirectives() throws Exception {
        SltRecord record = read(Dialect.SQLITE, "skipif mysql # why\nonlyif sqlite\nstatement ok\nx\n")
                .getFirst();
        assertThat(record.conditions()).containsExactly(new Condition(true, "mysql"), new Condition(false, "sqlite"));
        assertThat(record.line()).isEqualTo(3);
    }

    @Test
    void remarksEndNothingInOursAreLeftOutInSqlitesAndEndStatementsInDuckDbs() throws Exception {
        String text = "statement ok\nselect\n#> 1\n";
        assertThat(read(Dialect.KADEDB, text).getFirst().sql()).isEqualTo("select\n#> 1");
        assertThat(read(Dialect.SQLITE, text).getFirst().sql()).isEqualTo("select");
        List<SltRecord> records = read(Dialect.DUCKDB, text + "statement ok\ny\n");
        assertThat(records).extracting(SltRecord::sql).containsExactly("select", "y");
        assertThat(records.get(1).line()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SQLITE | statement ok;x;;nonsense 1              | f:4: there is no directive nonsense
        SQLITE | ;;statement perhaps;x                   | f:3: a statement is ok, error, maybe or count, not perhaps
        SQLITE | query;x                                 | f:1: query wants a letter for each column
        SQLITE | query IX;x                              | f:1: the types of columns are I, R, T, not X
        SQLITE | query I upward;x                        | f:1: a query is sorted by nosort, rowsort or valuesort, not upward
        SQLITE | query I nosort a b;x                    | f:1: "b" is too much
        SQLITE | statement ok con1;x                     | f:1: "con1" is too much
        KADEDB | statement ok;                           | f:1: there is no SQL below statement
        KADEDB | statement ok;x;----;y                   | f:1: a statement that is ok has nothing below ----
        KADEDB | statement count many;x                  | f:1: "many" is not a number
        SQLITE | hash-threshold 8;statement ok;x         | f:2: a blank line must follow hash-threshold
        SQLITE | hash-threshold few                      | f:1: "few" is not a number
        SQLITE | skipif                                  | f:1: there is no directive skipif
        SQLITE | skipif a b;statement ok;x               | f:1: skipif wants the name of one engine
        SQLITE | skipif a;                               | f:2: nothing follows skipif a
        DUCKDB | loop i 0                                | f:1: loop wants a variable, its first value and the one behind its last
        DUCKDB | loop i 0 3;;statement ok;x              | f:1: loop has no endloop
        DUCKDB | endloop                                 | f:1: endloop without a loop
        DUCKDB | foreach i                               | f:1: foreach wants a variable and its values
        DUCKDB | foreach i <colours>;;endloop            | f:1: there is no list of values <colours>
        DUCKDB | foreach a,b 1;;endloop                  | f:1: 1 is not 2 values
        DUCKDB | sleep 2 hours                           | f:1: there is no unit hours
        DUCKDB | sleep 2000 seconds                      | f:1: sleep takes at most 60 seconds
        DUCKDB | mode debug                              | f:1: a mode is skip or unskip, not debug
        DUCKDB | set colour red                          | f:1: there is nothing to set that is called colour
        DUCKDB | unzip a b                               | f:1: there is no directive unzip
        """)
    void whatCannotBeReadIsToldWithItsLine(Dialect dialect, String text, String message) {
        assertThatThrownBy(() -> read(dialect, text.replace(';', '\n') + "\n"))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a.slt       | statement ok             | KADEDB
        a.test      | statement ok             | SQLITE
        a.test      | # name: a                | DUCKDB
        a.test_slow | require icu              | DUCKDB
        a.slt       | # dialect: sqlite        | SQLITE
        stdin       | loop i 0 1               | KADEDB
        """)
    void theDialectIsToldByNameAndText(String name, String text, Dialect dialect) throws Exception {
        try (SltReader reader = Script.of(name, "\n" + text + "\n").open()) {
            assertThat(reader.dialect()).isEqualTo(dialect);
        }
    }
}
