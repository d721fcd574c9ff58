package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.LiteralContext;
import io.kadedb.parser.grammar.KadeSqlParser.NumberContext;
import io.kadedb.parser.grammar.KadeSqlParser.StringContext;
import java.math.BigInteger;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Numbers, strings, booleans, NULL. */
final class LiteralBuilder {
    /** Reading a number takes more than linear time in its digits; so many are more than any type holds. */
    private static final int MAX_DIGITS = 100_000;

    private final AstBuilder ast;

    LiteralBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode literal(LiteralContext literal) {
        if (literal.number() != null) {
            return number(literal.number(), false, Places.pos(literal));
        }
        if (literal.string() != null) {
            return SqlLiteral.createCharString(string(literal.string()), Places.pos(literal));
        }
        Token token = literal.getStart();
        return plain(token.getType(), token.getText(), Places.pos(token));
    }

    private static SqlNode plain(int type, String text, SqlParserPos pos) {
        return switch (type) {
            case KadeSqlParser.TRUE -> SqlLiteral.createBoolean(true, pos);
            case KadeSqlParser.FALSE -> SqlLiteral.createBoolean(false, pos);
            case KadeSqlParser.NULL -> SqlLiteral.createNull(pos);
            case KadeSqlParser.STRING -> SqlLiteral.createCharString(StringTexts.plain(text), pos);
            case KadeSqlParser.HEX_STRING -> hexString(text, pos);
            default -> throw KadeException.internal("not a literal: " + text, null);
        };
    }

    private static SqlNode hexString(String text, SqlParserPos pos) {
        String digits = text.substring(2, text.length() - 1);
        if (digits.length() % 2 != 0 || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw KadeException.of(ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid hexadecimal string " + text)
                    .at(io.kadedb.parser.ast.Positions.of(pos));
        }
        return SqlLiteral.createBinaryString(digits, pos);
    }

    /** A number with its sign. */
    SqlNode number(NumberContext number, boolean negative, SqlParserPos pos) {
        Token token = number.getStart();
        return number(token.getType(), token.getText(), negative, pos);
    }

    private static SqlNode number(int type, String written, boolean negative, SqlParserPos pos) {
        String digits = (negative ? "-" : "") + (written.indexOf('_') < 0 ? written : written.replace("_", ""));
        if (digits.length() > MAX_DIGITS) {
            throw tooLarge(written, pos);
        }
        return switch (type) {
            case KadeSqlParser.APPROXIMATE -> approximate(digits, pos);
            case KadeSqlParser.HEX_INTEGER -> {
                BigInteger value = new BigInteger(written.substring(2).replace("_", ""), 16);
                yield SqlLiteral.createExactNumeric((negative ? value.negate() : value).toString(), pos);
            }
            default -> SqlLiteral.createExactNumeric(digits.endsWith(".") ? digits + "0" : digits, pos);
        };
    }

    /** An exponent may be a number that no exponent can be. */
    private static SqlNode approximate(String digits, SqlParserPos pos) {
        try {
            return SqlLiteral.createApproxNumeric(digits, pos);
        } catch (NumberFormatException e) {
            throw tooLarge(digits, pos);
        }
    }

    private static KadeException tooLarge(String written, SqlParserPos pos) {
        String shown = written.length() <= 40 ? written : written.substring(0, 40) + "...";
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "the number " + shown + " is out of range")
                .at(io.kadedb.parser.ast.Positions.of(pos));
    }

    /** The value of a string, whichever way it is quoted. */
    String string(StringContext string) {
        if (string.ESCAPE_STRING() != null) {
            return StringTexts.escaped(string.getStart());
        }
        if (string.DOLLAR_STRING() != null) {
            return StringTexts.dollar(string.getStart().getText());
        }
        List<TerminalNode> parts = string.STRING();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Token part = parts.get(i).getSymbol();
            // SQL joins strings only over the end of a line; on one line two strings are a mistake.
            if (i > 0 && parts.get(i - 1).getSymbol().getLine() == part.getLine()) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "syntax error at or near \"" + part.getText() + "\"")
                        .at(Places.of(part));
            }
            value.append(StringTexts.plain(part.getText()));
        }
        return value.toString();
    }

    /** The literals of a long list. */
    void addAll(LiteralListToken list, List<SqlNode> nodes) {
        for (int i = 0; i < list.count(); i++) {
            int type = list.type(i);
            String written = ast.text.substring(list.start(i), list.stop(i) + 1);
            int column = list.column(i) + 1;
            SqlParserPos pos = new SqlParserPos(
                    list.line(i), column, list.line(i), column + written.length() - (list.negative(i) ? 0 : 1));
            nodes.add(isNumber(type) ? number(type, written, list.negative(i), pos) : plain(type, written, pos));
        }
    }

    private static boolean isNumber(int type) {
        return type == KadeSqlParser.INTEGER || type == KadeSqlParser.DECIMAL || type == KadeSqlParser.APPROXIMATE;
    }
}
