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
}
