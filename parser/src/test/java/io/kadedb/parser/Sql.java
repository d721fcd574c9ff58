package io.kadedb.parser;

import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Statement;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.assertj.core.api.Assertions;

/** Short forms for tests of the parser. */
final class Sql {
    static final SqlParser PARSER = new SqlParser();

    private Sql() {}

    static Statement statement(String text) {
        List<ParsedStatement> statements = PARSER.parse(text);
        Assertions.assertThat(statements).hasSize(1);
        return statements.getFirst().statement();
    }

    static SqlNode query(String text) {
        return ((Statement.Query) statement(text)).query();
    }

    /** The tree written back, on one line, without quotes around names. */
    static String printed(String text) {
        return oneLine(query(text));
    }

    static String oneLine(SqlNode node) {
        return node.toString().replaceAll("\\s+", " ").replace("`", "");
    }

    /** An expression written back with a parenthesis around every call, which shows the shape of the tree. */
    static String shape(String expression) {
        return Shape.of(PARSER.parseExpression(expression).node());
    }

    static KadeException error(String text) {
        return Assertions.catchThrowableOfType(KadeException.class, () -> PARSER.parse(text));
    }
}
