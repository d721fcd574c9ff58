package io.kadedb.common.inverted;

import io.kadedb.common.inverted.Terms.TermSink;
import io.kadedb.common.json.Jsonb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of a document by {@code jsonb_ops}: its keys and the strings that are elements of arrays, which {@code ?} asks
 * for, and all other values.
 */
final class JsonTerms {
    private static final char KEY = 'k';
    private static final char STRING = 's';
    private static final char OTHER = 'v';

    private JsonTerms() {}

    static void addOf(Jsonb document, TermSink sink) {
        add(document, true, sink);
    }

    private static void add(Jsonb value, boolean isElement, TermSink sink) {
        if (value.isObject()) {
            for (int i = 0; i < value.size(); i++) {
                sink.add(KEY, value.keyBytes(i));
                add(value.value(i), false, sink);
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(value.value(i), true, sink);
            }
        } else if (value.isString()) {
            sink.add(isElement ? KEY : STRING, value.bytes(), value.from() + 1, value.to());
        } else {
            sink.add(OTHER, scalar(value));
        }
    }

    /** Null, a boolean or a number, whatever its scale. */
    static byte[] scalar(Jsonb value) {
        String text = switch (value.kind()) {
            case NULL -> "n";
            case BOOLEAN -> value.truth() ? "t" : "f";
            case NUMBER -> value.number().stripTrailingZeros().toString();
            case STRING, ARRAY, OBJECT -> throw new IllegalArgumentException("a " + value.kind());
        };
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static TermQuery containing(int part, Jsonb operand) {
        List<TermQuery> all = new ArrayList<>();
        addOf(operand, (kind, bytes, from, to) -> all.add(new TermQuery.Term(Terms.term(part, kind, bytes, from, to))));
        return new TermQuery.And(all);
    }

    static TermQuery key(int part, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new TermQuery.Term(Terms.term(part, KEY, bytes, 0, bytes.length));
    }
}
