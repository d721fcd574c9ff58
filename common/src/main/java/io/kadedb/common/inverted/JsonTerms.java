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

    /** A string is known to be an element or not, which a path does not tell. */
    static TermQuery equal(int part, JsonCondition.Equal equal) {
        List<TermQuery> all = new ArrayList<>();
        equal.keys().forEach(key -> all.add(key(part, key)));
        Jsonb value = equal.value();
        if (value.isString()) {
            all.add(new TermQuery.Or(List.of(string(part, KEY, value), string(part, STRING, value))));
        } else {
            byte[] bytes = scalar(value);
            all.add(new TermQuery.Term(Terms.term(part, OTHER, bytes, 0, bytes.length)));
        }
        return new TermQuery.And(all);
    }

    private static TermQuery string(int part, char kind, Jsonb value) {
        return new TermQuery.Term(Terms.term(part, kind, value.bytes(), value.from() + 1, value.to()));
    }

    static TermQuery key(int part, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new TermQuery.Term(Terms.term(part, KEY, bytes, 0, bytes.length));
    }
}
