package io.kadedb.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    private static List<String> split(String script) {
        List<String> pieces = new ArrayList<>();
        StatementSplitter splitter = new StatementSplitter(script);
        for (Optional<StatementSplitter.Piece> piece = splitter.next(); piece.isPresent(); piece = splitter.next()) {
            pieces.add(piece.get().text());
        }
        return pieces;
    }

    @Test
    void semicolonsEndStatements() {
        assertThat(split("select 1; select 2 ;;\n; select 3\n")).containsExactly("select 1", "select 2", "select 3");
        assertThat(split("")).isEmpty();
        assertThat(split(" -- nothing\n;/* nor here */")).isEmpty();
    }

    @Test
    void butNotWithinQuotesAndComments() {
        assertThat(split("select ';', \"a;b\" -- c;d\n, /* e;/* f; */ */ 1; x"))
                .containsExactly("select ';', \"a;b\" -- c;d\n, /* e;/* f; */ */ 1", "x");
        assertThat(split("select 'it''s;', E'a\\';b'; y")).containsExactly("select 'it''s;', E'a\\';b'", "y");
        assertThat(split("select $$a;b$$, $t$c;$$;d$t$, $1; z"))
                .containsExactly("select $$a;b$$, $t$c;$$;d$t$, $1", "z");
    }

    @Test
    void commandsEndWithTheirLine() {
        assertThat(split("a; \\dt x;y\n b\\n\n;-- c\n\\q")).containsExactly("a", "\\dt x;y", "b\\n", "\\q");
    }

    @Test
    void whatIsNotClosedIsLeftToTheDatabase() {
        assertThat(split("select 'open; select 2")).containsExactly("select 'open; select 2");
    }

    @Test
    void placesAreThoseOfTheScript() {
        StatementSplitter splitter = new StatementSplitter("a;\n  b");
        assertThat(splitter.next()).hasValue(new StatementSplitter.Piece("a", 1, 1));
        assertThat(splitter.next()).hasValue(new StatementSplitter.Piece("b", 2, 3));
    }

    @Test
    void rowsOfCopyAreBehindIt() {
        StatementSplitter splitter = new StatementSplitter("copy t from stdin; -- rows\n1;2\n'\n\\.\nselect 1;");
        assertThat(splitter.next().orElseThrow().text()).isEqualTo("copy t from stdin");
        assertThat(splitter.data()).isEqualTo("1;2\n'\n");
        assertThat(splitter.next().orElseThrow().text()).isEqualTo("select 1");
    }

    @Test
    void knowsWhichWayCopyGoes() {
        assertThat(CopyText.direction("copy t from stdin")).isEqualTo(CopyText.Direction.IN);
        assertThat(CopyText.direction("COPY (select 'to stdout' from stdin) TO 'x'"))
                .isEqualTo(CopyText.Direction.NONE);
        assertThat(CopyText.direction("copy (select 1) to /* here */ stdout csv"))
                .isEqualTo(CopyText.Direction.OUT);
        assertThat(CopyText.command("t from 'a b.csv' where a = 1"))
                .isEqualTo(new CopyText.Command(
                        "copy t from stdin (format csv) where a = 1", CopyText.Direction.IN, "a b.csv"));
        assertThat(CopyText.command("t to x.parquet"))
                .isEqualTo(new CopyText.Command(
                        "copy t to stdout (format parquet) ", CopyText.Direction.OUT, "x.parquet"));
        assertThat(CopyText.command("t from x.csv with csv header"))
                .isEqualTo(new CopyText.Command("copy t from stdin with csv header", CopyText.Direction.IN, "x.csv"));
    }
}
