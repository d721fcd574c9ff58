package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Syntax we know and have not built: the user should read that, not that it is wrong. */
final class Unsupported {
    private Unsupported() {}

    /**
     * An error.
     *
     * @param subject with its verb: {@code "row locks are"}
     */
    static KadeException feature(String subject, Token place) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, subject + " not supported yet")
                .at(Places.of(place));
    }

    /** If the statement, which does not parse, is of a kind we know, the error that says so. */
    static Optional<KadeException> explain(TokenList tokens, Token offending) {
        return clause(offending).or(() -> statement(tokens, offending));
    }

    private static Optional<KadeException> clause(Token offending) {
        return switch (offending.getType()) {
            case KadeSqlParser.TABLESAMPLE -> Optional.of(feature("TABLESAMPLE is", offending));
            default -> Optional.empty();
        };
    }

    private static Optional<KadeException> statement(TokenList tokens, Token offending) {
        Token first = tokens.first();
        return switch (first.getType()) {
            case KadeSqlParser.ALTER -> altered(tokens, first);
            case KadeSqlParser.GRANT,
                    KadeSqlParser.REVOKE,
                    KadeSqlParser.LISTEN,
                    KadeSqlParser.UNLISTEN,
                    KadeSqlParser.NOTIFY,
                    KadeSqlParser.LOCK,
                    KadeSqlParser.REINDEX,
                    KadeSqlParser.VACUUM,
                    KadeSqlParser.ANALYZE,
                    KadeSqlParser.DO -> Optional.of(feature(first.getText().toUpperCase(Locale.ROOT) + " is", first));
            case KadeSqlParser.CREATE, KadeSqlParser.DROP -> storage(offending).or(() -> object(tokens));
            case KadeSqlParser.SET -> settings(tokens);
            default -> Optional.empty();
        };
    }

    /** ALTER of something we do not have. */
    private static Optional<KadeException> altered(TokenList tokens, Token first) {
        int kind = tokens.size() < 2 ? KadeSqlParser.TABLE : tokens.get(1).getType();
        return switch (kind) {
            case KadeSqlParser.TABLE, KadeSqlParser.INDEX, KadeSqlParser.SEQUENCE, KadeSqlParser.VIEW ->
                Optional.empty();
            default -> Optional.of(feature("ALTER is", first));
        };
    }

    private static Optional<KadeException> storage(Token offending) {
        return offending.getType() == KadeSqlParser.WITH
                ? Optional.of(feature("storage parameters are", offending))
                : Optional.empty();
    }

    private static Optional<KadeException> settings(TokenList tokens) {
        return after(tokens, KadeSqlParser.ROLE, "SET ROLE is")
                .or(() -> after(tokens, KadeSqlParser.AUTHORIZATION, "SET SESSION AUTHORIZATION is"));
    }

    private static Optional<KadeException> after(TokenList tokens, int type, String subject) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).getType() == type) {
                return Optional.of(feature(subject, tokens.get(i)));
            }
        }
        return Optional.empty();
    }

    /** CREATE and DROP of something we do not have. */
    private static Optional<KadeException> object(TokenList tokens) {
        String verb = tokens.first().getText().toUpperCase(Locale.ROOT);
        for (int i = 1; i < Math.min(5, tokens.size()); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case KadeSqlParser.FUNCTION,
                        KadeSqlParser.TRIGGER,
                        KadeSqlParser.EXTENSION,
                        KadeSqlParser.DATABASE,
                        KadeSqlParser.ROLE,
                        KadeSqlParser.USER,
                        KadeSqlParser.TYPE,
                        KadeSqlParser.UNLOGGED,
                        KadeSqlParser.MATERIALIZED -> {
                    return Optional.of(feature(verb + " " + token.getText().toUpperCase(Locale.ROOT) + " is", token));
                }
                default -> {
                    if (token.getType() == KadeSqlParser.VIEW
                            || token.getType() == KadeSqlParser.TABLE
                            || token.getType() == KadeSqlParser.SCHEMA) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }
}
