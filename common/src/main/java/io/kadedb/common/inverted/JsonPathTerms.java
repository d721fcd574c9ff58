package io.kadedb.common.inverted;

import io.kadedb.common.inverted.Terms.TermSink;
import io.kadedb.common.json.Jsonb;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of a document by {@code jsonb_path_ops}: for each value that is no container a hash of it and of the keys that
 * lead to it. Places in arrays do not count.
 */
final class JsonPathTerms {
    private static final char VALUE = 'p';

    private JsonPathTerms() {}

    static void addOf(Jsonb document, TermSink sink) {
        add(document, 0, sink);
    }

    private static void add(Jsonb value, long path, TermSink sink) {
        if (value.isObject()) {
            for (int i = 0; i < value.size(); i++) {
                byte[] key = value.keyBytes(i);
                add(value.value(i), joined(path, 'k', Terms.hash(key, 0, key.length)), sink);
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(value.value(i), path, sink);
            }
        } else {
            sink.add(VALUE, bytes(value.isString() ? string(path, value) : scalar(path, value)));
        }
    }

    private static long string(long path, Jsonb value) {
        return joined(path, 's', Terms.hash(value.bytes(), value.from() + 1, value.to()));
    }

    private static long scalar(long path, Jsonb value) {
        byte[] bytes = JsonTerms.scalar(value);
        return joined(path, 'v', Terms.hash(bytes, 0, bytes.length));
    }

    private static long joined(long path, char kind, long hash) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES + 1)
                .putLong(path)
                .put((byte) kind)
                .putLong(hash)
                .array();
        return Terms.hash(bytes, 0, bytes.length);
    }

    private static byte[] bytes(long hash) {
        return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    }

    static TermQuery equal(int part, JsonCondition.Equal equal) {
        if (!equal.exact()) {
            return TermQuery.all();
        }
        long path = 0;
        for (String key : equal.keys()) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            path = joined(path, 'k', Terms.hash(bytes, 0, bytes.length));
        }
        Jsonb value = equal.value();
        byte[] term = bytes(value.isString() ? string(path, value) : scalar(path, value));
        return new TermQuery.Term(Terms.term(part, VALUE, term, 0, term.length));
    }

    static TermQuery containing(int part, Jsonb operand) {
        List<TermQuery> all = new ArrayList<>();
        addOf(operand, (kind, bytes, from, to) -> all.add(new TermQuery.Term(Terms.term(part, kind, bytes, from, to))));
        return new TermQuery.And(all);
    }
}
