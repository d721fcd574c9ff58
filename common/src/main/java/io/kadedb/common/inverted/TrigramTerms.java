package io.kadedb.common.inverted;

import io.kadedb.common.inverted.Terms.TermSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The terms of a text by {@code gin_trgm_ops}: its {@link Trigrams}. Patterns ask for those that every text they match has.
 */
final class TrigramTerms {
    private static final char TRIGRAM = 't';

    private TrigramTerms() {}

    static void addOf(String text, TermSink sink) {
        Trigrams.of(text).forEach(trigram -> sink.add(TRIGRAM, trigram.getBytes(StandardCharsets.UTF_8)));
    }

    static TermQuery query(int part, TermOperator operator, String operand) {
        return switch (operator) {
            case EQUAL -> all(part, Trigrams.of(operand));
            case LIKE -> of(part, TextPattern.like(operand), false);
            case ILIKE -> of(part, TextPattern.like(operand), true);
            case REGEX -> of(part, TextPattern.regex(operand), false);
            case IREGEX -> of(part, TextPattern.regex(operand), true);
            default -> throw new IllegalArgumentException("of trigrams: " + operator);
        };
    }

    private static TermQuery of(int part, Optional<TextPattern> pattern, boolean ignoresCase) {
        return pattern.map(known -> all(part, known.trigrams(ignoresCase))).orElse(TermQuery.all());
    }

    private static TermQuery all(int part, Set<String> trigrams) {
        List<TermQuery> terms = new ArrayList<>();
        for (String trigram : trigrams) {
            byte[] bytes = trigram.getBytes(StandardCharsets.UTF_8);
            terms.add(new TermQuery.Term(Terms.term(part, TRIGRAM, bytes, 0, bytes.length)));
        }
        return new TermQuery.And(terms);
    }
}
