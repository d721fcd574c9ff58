package io.kadedb.parser;

import io.kadedb.common.error.SourcePosition;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Where tokens and rules stand in the text. */
final class Places {
    private Places() {}

    static SourcePosition of(Token token) {
        int length = token.getType() == Token.EOF ? 1 : token.getStopIndex() - token.getStartIndex() + 1;
        return new SourcePosition(token.getLine(), token.getCharPositionInLine() + 1, Math.max(1, length));
    }

    static SourcePosition firstCharacter(Token token) {
        return new SourcePosition(token.getLine(), token.getCharPositionInLine() + 1, 1);
    }

    static SqlParserPos pos(Token token) {
        return pos(token, token);
    }

    static SqlParserPos pos(ParserRuleContext rule) {
        Token stop = rule.getStop();
        return pos(rule.getStart(), stop == null ? rule.getStart() : stop);
    }

    static SqlParserPos pos(ParserRuleContext first, ParserRuleContext last) {
        return pos(first.getStart(), last.getStop());
    }

    /** From the first character of one token to the last of another; a token is taken to end on the line it starts on. */
    static SqlParserPos pos(Token start, Token stop) {
        int width = Math.max(1, stop.getStopIndex() - stop.getStartIndex() + 1);
        return new SqlParserPos(
                start.getLine(),
                start.getCharPositionInLine() + 1,
                stop.getLine(),
                stop.getCharPositionInLine() + width);
    }
}
