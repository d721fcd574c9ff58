package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select #(|1#)",
                "select #f(|1#)",
                "select #case when a then |1# end",
                "select #a[|1#]",
                "select #not |a#",
                "select #- |a#",
            })
    void nestingOf500IsReadAndDeeperIsRefused(String form) throws InterruptedException {
        String[] parts = form.replace('|', '#').split("#", -1);
        assertThat(onSmallStack(nested(parts, SqlParser.MAX_NESTING))).isEmpty();
        assertThat(onSmallStack(nested(parts, SqlParser.MAX_NESTING + 1)))
                .extracting(KadeException::code)
                .containsExactly(ErrorCode.STATEMENT_TOO_COMPLEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select #(select |1#)", "select * from #(select * from |t#) x", "#(|select 1#)"})
    void queriesNestTo500(String form) throws InterruptedException {
        String[] parts = form.replace('|', '#').split("#", -1);
        assertThat(onSmallStack(nested(parts, SqlParser.MAX_NESTING))).isEmpty();
        assertThat(onSmallStack(nested(parts, SqlParser.MAX_NESTING + 1)))
                .extracting(KadeException::code)
                .containsExactly(ErrorCode.STATEMENT_TOO_COMPLEX);
    }

    private static String nested(String[] parts, int depth) {
        return parts[0] + parts[1].repeat(depth) + parts[2] + parts[3].repeat(depth);
    }

    @Test
    void expressionsNestAsStatementsDo() throws InterruptedException {
        String text = "(".repeat(SqlParser.MAX_NESTING) + "1" + ")".repeat(SqlParser.MAX_NESTING);
        assertThat(onSmallStack(() -> Sql.PARSER.parseExpression(text))).isEmpty();
    }

    private static List<KadeException> onSmallStack(String text) throws InterruptedException {
        return onSmallStack(() -> Sql.PARSER.parse(text));
    }

    /** With the megabyte of stack that a thread has by default. */
    private static List<KadeException> onSmallStack(Runnable parse) throws InterruptedException {
        List<KadeException> errors = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        parse.run();
                    } catch (KadeException e) {
                        errors.add(e);
                    }
                },
                "small-stack",
                1 << 20);
        List<Throwable> crashes = new ArrayList<>();
        thread.setUncaughtExceptionHandler((t, crash) -> crashes.add(crash));
        thread.start();
        thread.join();
        assertThat(crashes).isEmpty();
        return errors;
    }

    @Test
    void aListOfAMillionIsQuickAndSmall() {
        String text = "select * from t where a in ("
                + IntStream.range(0, 1_000_000).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ")";
        Sql.PARSER.parse("select * from t where a in (1)");
        long before = used();
        long start = System.nanoTime();
        SqlNode query = Sql.query(text);
        long millis = (System.nanoTime() - start) / 1_000_000;
        long megabytes = (used() - before) >> 20;
        SqlCall any = (SqlCall) Objects.requireNonNull(((SqlSelect) query).getWhere());
        assertThat(any.getOperator().getName()).isEqualTo(KadeOperators.ANY);
        assertThat(any.operand(2).toString()).contains("{0,1,2,").contains(",999999}");
        System.out.println("a list of a million: " + millis + " ms, " + megabytes + " MB");
        assertThat(millis).isLessThan(3000);
        assertThat(megabytes).isLessThan(300);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void longListsOfOneKindAreArrays() {
        String numbers = "1, -2, ".repeat(LongLists.MIN_ITEMS) + "3";
        assertThat(Sql.shape("a in (" + numbers + ")")).contains("$any", "INTEGER");
        assertThat(Sql.shape("a not in (" + numbers + ", 3000000000)")).contains("$all", "BIGINT");
        assertThat(Sql.shape("a in (" + "'x''\"', ".repeat(LongLists.MIN_ITEMS) + "'\\')"))
                .contains("$any", "\"x''\\\"\"", "\"\\\\\"");
        assertThat(Sql.shape("a in (" + numbers + ", null)")).doesNotContain("$any");
        assertThat(Sql.shape("a in (" + numbers + ", 1.5)")).doesNotContain("$any");
    }

    @Test
    void longListsAreReadAsShortOnesAre() {
        List<String> items = List.of("1", "-2", "3.5", "'x''y'", "null", "true", "1e3", "1_000", "-.5");
        List<String> many =
                IntStream.range(0, 20).boxed().flatMap(i -> items.stream()).toList();
        SqlBasicCall list = (SqlBasicCall) Sql.PARSER
                .parseExpression("a in (" + String.join(", ", many) + ")")
                .node();
        SqlNodeList nodes = list.operand(1);
        for (int i = 0; i < many.size(); i++) {
            SqlNode alone = ((SqlNodeList) ((SqlBasicCall) Sql.PARSER
                                    .parseExpression("a in (" + many.get(i) + ")")
                                    .node())
                            .operand(1))
                    .get(0);
            assertThat(nodes.get(i)).hasToString(alone.toString());
            assertThat(nodes.get(i).getParserPosition().getEndColumnNum()
                            - nodes.get(i).getParserPosition().getColumnNum())
                    .isEqualTo(many.get(i).length() - 1);
        }
        String mixed = "a in (" + "1, ".repeat(40) + "2 + 3, 4, b)";
        assertThat(Sql.shape(mixed)).endsWith("1 (+ 2 3) 4 b])");
    }

    @Test
    void longChainsOfAndDoNotNest() {
        SqlNode node = Sql.PARSER
                .parseExpression("a = 1" + " and a = 1".repeat(50_000))
                .node();
        int depth = 0;
        while (node instanceof SqlBasicCall call && call.getOperator().getName().equals("AND")) {
            node = call.operand(0);
            depth++;
        }
        assertThat(depth).isLessThan(40);
    }

    @Test
    void statementsThatAllDifferDoNotFillTheMemory() {
        for (int i = 0; i < 800; i++) {
            String nested = "with x as (" + "with y as (".repeat(i % 40) + "select " + "trim(substring(".repeat(i % 50)
                    + "a" + "))".repeat(i % 50) + ") select 1".repeat(i % 40) + ") select "
                    + "case a when 1 then ".repeat(1 + i % 7);
            assertThat(Sql.error(nested).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        }
        assertThat(Predictions.known()).isLessThan(2 * Predictions.MAX_STATES);
    }

    @Test
    void numbersNoTypeHoldsAreRefusedAtOnce() {
        for (String number : List.of("19e99999999999", "1".repeat(1_000_000), "1." + "1".repeat(1_000_000))) {
            assertThat(Sql.error("select " + number).code()).isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        }
        assertThat(Sql.error("select 0x_").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void otherLimits() {
        assertThat(Sql.error("select 1" + " + 1".repeat(10_001)).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        assertThat(Sql.error("select " + "not ".repeat(5000) + "a").code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        assertThat(Sql.error(" ".repeat(SqlParser.MAX_TEXT_LENGTH + 1)).code())
                .isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
    }
}
