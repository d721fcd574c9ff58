package io.kadedb.parser;

import io.kadedb.common.control.RoomyStack;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Reads statements. Stateless and safe for use by several threads. */
public final class SqlParser {
    /** Texts longer than this many UTF-16 units are refused (54000). */
    public static final int MAX_TEXT_LENGTH = 16 * 1024 * 1024;
    /** Queries, brackets and CASEs nested deeper than this are refused (54001). */
    public static final int MAX_NESTING = 500;
    /** Trees of operators and brackets that are deeper may be refused (54001). */
    public static final int MAX_DEPTH = 25_000;

    /**
     * All statements of a text, separated by semicolons; empty ones are left out.
     *
     * @throws KadeException SYNTAX_ERROR with its place, PROGRAM_LIMIT_EXCEEDED, STATEMENT_TOO_COMPLEX, and
     *     FEATURE_NOT_SUPPORTED for what is understood but not built
     */
    public List<ParsedStatement> parse(String text) {
        checkText(text);
        StatementTokens reader = new StatementTokens(text);
        List<ParsedStatement> statements = new ArrayList<>();
        Optional<TokenList> tokens = reader.next();
        while (tokens.isPresent()) {
            TokenList own = tokens.get();
            statements.add(RoomyStack.call(own.nesting(), () -> build(text, own)));
            tokens = reader.next();
        }
        return statements;
    }

    /** Whether a word, in any case, is one of the language's own. */
    public static boolean isKeyword(String word) {
        return Keywords.type(word) != org.antlr.v4.runtime.Token.INVALID_TYPE;
    }

    /**
     * A lone expression, such as a column's default as the catalog keeps it.
     *
     * @throws KadeException as {@link #parse}
     */
    public Expression parseExpression(String text) {
        checkText(text);
        TokenList tokens = new StatementTokens(text)
                .next()
                .orElseThrow(() -> KadeException.of(ErrorCode.SYNTAX_ERROR, "an expression is empty"));
        return RoomyStack.call(tokens.nesting(), () -> {
            AstBuilder ast = new AstBuilder(text);
            return new Expression(
                    ast.expressions.expression(
                            predict(tokens, KadeSqlParser::singleExpression).expression()),
                    text);
        });
    }

    private static void checkText(String text) {
        if (text.indexOf('\0') >= 0) {
            throw KadeException.of(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
        }

        if (text.length() > MAX_TEXT_LENGTH) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "the text has " + text.length() + " characters; at most " + MAX_TEXT_LENGTH
                                    + " are allowed")
                    .hint("load data with COPY, or send fewer statements at once");
        }
    }

    private static ParsedStatement build(String text, TokenList tokens) {
        AstBuilder ast = new AstBuilder(text);
        Statement statement = new StatementBuilder(ast)
                .statement(predict(tokens, KadeSqlParser::singleStatement).statement());
        Token first = tokens.first();
        String own = text.substring(first.getStartIndex(), tokens.last().getStopIndex() + 1);
        return new ParsedStatement(statement, own, first.getStartIndex(), ast.parameters.count(), tokens.nesting());
    }

    /** SLL prediction is fast and right for almost all; what it refuses is decided by LL. */
    private static <T extends ParserRuleContext> T predict(TokenList tokens, Function<KadeSqlParser, T> rule) {
        KadeSqlParser parser = Predictions.parser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            tokens.seek(0);
            parser.reset();
            parser.setErrorHandler(new FirstError());
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            return parseExactly(parser, rule, tokens);
        }
    }

    private static <T extends ParserRuleContext> T parseExactly(
            KadeSqlParser parser, Function<KadeSqlParser, T> rule, TokenList tokens) {
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            if (e.getCause() instanceof RecognitionException error) {
                throw SyntaxErrors.of(error, tokens);
            }
            throw KadeException.internal("the parser gave up", e);
        }
    }
}
