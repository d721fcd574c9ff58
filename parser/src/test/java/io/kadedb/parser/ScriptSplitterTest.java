package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.parser.ScriptSplitter.Piece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptSplitterTest {
    private static final String SCRIPT = """
        -- a comment; with a semicolon
        select ';', "a;b", $$c;d$$, $t$e;$$f$t$, E'g\\';h' /* i; /* j; */ k; */ ;

        ;
        insert into t
          values (1); select 2;select 3
        """;

    private static final List<String> STATEMENTS = List.of(
            "select ';', \"a;b\", $$c;d$$, $t$e;$$f$t$, E'g\\';h' /* i; /* j; */ k; */",
            "insert into t\n  values (1)",
            "select 2",
            "select 3");

    private static List<Piece> split(String script, int step) {
        ScriptSplitter splitter = new ScriptSplitter();
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < script.length(); at += step) {
            pieces.addAll(splitter.feed(script.substring(at, Math.min(script.length(), at + step))));
        }
        splitter.finish().ifPresent(pieces::add);
        return pieces;
    }

    @Test
    void cutsAtSemicolonsOutsideQuotesAndComments() {
        for (int step : new int[] {1, 2, 3, 7, 1000}) {
            List<Piece> pieces = split(SCRIPT, step);
            assertThat(pieces).extracting(Piece::text).as("step " + step).isEqualTo(STATEMENTS);
            assertThat(pieces).extracting(Piece::line).containsExactly(2, 5, 6, 6);
        }
    }

    @Test
    void agreesWithTheParser() {
        assertThat(Sql.PARSER.parse(SCRIPT.replace("insert into t\n  values (1)", "insert into t values (1)")))
                .hasSize(STATEMENTS.size());
    }

    @Test
    void tellsWhetherAStatementIsOpen() {
        ScriptSplitter splitter = new ScriptSplitter();
        assertThat(splitter.feed("select 1;\n")).hasSize(1);
        assertThat(splitter.isOpen()).isFalse();
        assertThat(splitter.feed("select '\n")).isEmpty();
        assertThat(splitter.isOpen()).isTrue();
        assertThat(splitter.feed("';\n")).hasSize(1);
        assertThat(splitter.isOpen()).isFalse();
        assertThat(splitter.finish()).isEmpty();
    }

    @Test
    void manyStatementsInOneTextAreQuick() {
        int count = 100_000;
        assertThat(new ScriptSplitter().feed("insert into t values (1);\n".repeat(count)))
                .hasSize(count);
    }
}
