package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser.IntervalFieldsContext;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The fields after an interval literal: {@code DAY}, {@code DAY TO SECOND}; both null when there are none. */
record IntervalFields(
        @Nullable IntervalUnit first, @Nullable IntervalUnit last) {
    static final IntervalFields NONE = new IntervalFields(null, null);

    static IntervalFields of(@Nullable IntervalFieldsContext fields) {
        if (fields == null) {
            return NONE;
        }
        IntervalUnit first = unit(fields.intervalField(0).getStart());
        IntervalUnit last =
                fields.intervalField().size() > 1 ? unit(fields.intervalField(1).getStart()) : first;
        if (first.compareTo(last) < 0) {
            throw SyntaxErrors.at(fields.intervalField(1).getStart());
        }
        return new IntervalFields(first, last);
    }

    private static IntervalUnit unit(Token token) {
        return IntervalUnit.find(token.getText().toLowerCase(Locale.ROOT)).orElseThrow(() -> SyntaxErrors.at(token));
    }
}
