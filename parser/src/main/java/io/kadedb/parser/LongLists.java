package io.kadedb.parser;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.InItemContext;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * IN with a very long list of whole numbers or of strings, read as a comparison with the elements of one constant array:
 * a million trees, each typed, converted and compared apart, would take seconds and gigabytes.
 */
final class LongLists {
    /** Shorter lists are read item by item. */
    static final int MIN_ITEMS = 1_000;

    private static final int MOST_DIGITS = 18;

    private final AstBuilder ast;

    LongLists(AstBuilder ast) {
        this.ast = ast;
    }

    /** The comparison, if the list is long and of one kind. */
    Optional<SqlNode> in(boolean not, SqlNode left, List<InItemContext> items, SqlParserPos list, SqlParserPos all) {
        if (items.size() != 1
                || items.getFirst().LITERAL_LIST() == null
                || left instanceof SqlLiteral
                || left instanceof SqlDynamicParam) {
            return Optional.empty();
        }
        LiteralListToken token =
                (LiteralListToken) items.getFirst().LITERAL_LIST().getSymbol();
        return array(token, list)
                .map(array -> ast.functions.named(
                        not ? KadeOperators.ALL : KadeOperators.ANY,
                        all,
                        SqlLiteral.createCharString(not ? "<>" : "=", list),
                        left,
                        array));
    }

    private Optional<SqlNode> array(LiteralListToken token, SqlParserPos pos) {
        if (token.count() < MIN_ITEMS) {
            return Optional.empty();
        }
        return switch (token.type(0)) {
            case KadeSqlParser.INTEGER -> integers(token, pos);
            case KadeSqlParser.STRING -> strings(token, pos);
            default -> Optional.empty();
        };
    }

    private Optional<SqlNode> integers(LiteralListToken token, SqlParserPos pos) {
        StringBuilder text = new StringBuilder("{");
        boolean small = true;
        for (int i = 0; i < token.count(); i++) {
            String digits = ast.text.substring(token.start(i), token.stop(i) + 1);
            if (token.type(i) != KadeSqlParser.INTEGER || digits.length() > MOST_DIGITS || digits.indexOf('_') >= 0) {
                return Optional.empty();
            }
            small &= Long.parseLong(digits) <= Integer.MAX_VALUE;
            text.append(i == 0 ? "" : ",").append(token.negative(i) ? "-" : "").append(digits);
        }
        SqlType type = SqlType.array(small ? SqlType.INTEGER : SqlType.BIGINT);
        SqlNode constant = SqlLiteral.createCharString(text.append('}').toString(), pos);
        return Optional.of(SqlStdOperatorTable.CAST.createCall(pos, constant, KadeTypeNameSpec.spec(type, pos)));
    }

    /** Strings without a type: they take that of what they are compared with. */
    private Optional<SqlNode> strings(LiteralListToken token, SqlParserPos pos) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < token.count(); i++) {
            if (token.type(i) != KadeSqlParser.STRING) {
                return Optional.empty();
            }
            String value = StringTexts.plain(ast.text.substring(token.start(i), token.stop(i) + 1));
            text.append(i == 0 ? "\"" : ",\"");
            if (value.indexOf('"') >= 0 || value.indexOf('\\') >= 0) {
                value = value.replace("\\", "\\\\").replace("\"", "\\\"");
            }
            text.append(value).append('"');
        }
        return Optional.of(SqlLiteral.createCharString(text.append('}').toString(), pos));
    }
}
