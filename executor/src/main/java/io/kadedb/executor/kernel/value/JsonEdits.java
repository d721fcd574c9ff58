package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** New documents out of others: concatenation, and removal of keys and elements. */
final class JsonEdits {
    private JsonEdits() {}

    /** Members of both objects, of which the right ones win, or elements of both; a scalar is an array of itself. */
    static ByteBuffer concat(Jsonb left, Jsonb right) {
        JsonbBuilder out = new JsonbBuilder();
        if (left.isObject() && right.isObject()) {
            out.startObject();
            members(out, left);
            members(out, right);
        } else {
            out.startArray();
            elements(out, left);
            elements(out, right);
        }
        return out.end().buildBuffer();
    }

    private static void members(JsonbBuilder out, Jsonb object) {
        for (int i = 0; i < object.size(); i++) {
            out.key(object.keyBytes(i)).value(object.value(i));
        }
    }

    private static void elements(JsonbBuilder out, Jsonb value) {
        if (!value.isArray()) {
            out.value(value);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            out.value(value.value(i));
        }
    }

    static ByteBuffer withoutKeys(Jsonb document, List<@Nullable Object> keys) {
        refuseScalar(document);
        Set<String> removed = new HashSet<>();
        for (Object key : keys) {
            if (key != null) {
                removed.add((String) key);
            }
        }
        JsonbBuilder out = new JsonbBuilder();
        if (document.isObject()) {
            out.startObject();
            for (int i = 0; i < document.size(); i++) {
                if (!removed.contains(document.key(i))) {
                    out.key(document.keyBytes(i)).value(document.value(i));
                }
            }
        } else {
            out.startArray();
            for (int i = 0; i < document.size(); i++) {
                Jsonb element = document.value(i);
                if (!element.isString() || !removed.contains(element.string())) {
                    out.value(element);
                }
            }
        }
        return out.end().buildBuffer();
    }

    static ByteBuffer withoutElement(Jsonb document, long index) {
        refuseScalar(document);
        if (document.isObject()) {
            throw Failures.invalidParameter("cannot delete from object using integer index");
        }
        int size = document.size();
        long at = index < 0 ? size + index : index;
        JsonbBuilder out = new JsonbBuilder().startArray();
        for (int i = 0; i < size; i++) {
            if (i != at) {
                out.value(document.value(i));
            }
        }
        return out.end().buildBuffer();
    }

    private static void refuseScalar(Jsonb document) {
        if (document.isScalar()) {
            throw Failures.invalidParameter("cannot delete from scalar");
        }
    }

    /** Without members that are null, at every depth, and maybe without such elements. */
    static ByteBuffer withoutNulls(Jsonb document, boolean inArrays) {
        JsonbBuilder out = new JsonbBuilder();
        copyWithoutNulls(out, document, inArrays);
        return out.buildBuffer();
    }

    private static void copyWithoutNulls(JsonbBuilder out, Jsonb value, boolean inArrays) {
        if (value.isScalar()) {
            out.value(value);
            return;
        }
        if (value.isObject()) {
            out.startObject();
        } else {
            out.startArray();
        }
        for (int i = 0; i < value.size(); i++) {
            Jsonb member = value.value(i);
            if (member.isNull() && (value.isObject() || inArrays)) {
                continue;
            }
            if (value.isObject()) {
                out.key(value.keyBytes(i));
            }
            copyWithoutNulls(out, member, inArrays);
        }
        out.end();
    }

    /** How a path is changed. */
    enum Change {
        /** Replaces what is there. */
        REPLACE,
        /** Replaces what is there, or adds it. */
        SET,
        INSERT_BEFORE,
        INSERT_AFTER,
        DELETE;

        private boolean adds() {
            return this == SET || this == INSERT_BEFORE || this == INSERT_AFTER;
        }
    }

    /** The document with a change where the path leads (jsonb_set, jsonb_insert, #-). */
    static ByteBuffer change(Jsonb document, List<@Nullable Object> path, @Nullable Jsonb value, Change change) {
        if (document.isScalar()) {
            throw Failures.invalidParameter(
                    change == Change.DELETE ? "cannot delete path in scalar" : "cannot set path in scalar");
        }
        if (path.isEmpty()) {
            return document.buffer();
        }
        JsonbBuilder out = new JsonbBuilder();
        new PathChange(path, value, change, out).apply(document, 0);
        return out.buildBuffer();
    }

    private record PathChange(
            List<@Nullable Object> path, @Nullable Jsonb value, Change change, JsonbBuilder out) {
        void apply(Jsonb part, int level) {
            if (level == path.size()) {
                out.value(part);
                return;
            }
            String step = (String) path.get(level);
            if (step == null) {
                throw KadeException.of(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED, "path element at position " + (level + 1) + " is null");
            }
            if (part.isScalar()) {
                out.value(part);
            } else if (part.isObject()) {
                object(part, step, level);
            } else {
                array(part, step, level);
            }
        }

        private boolean last(int level) {
            return level == path.size() - 1;
        }

        private void add() {
            if (value != null) {
                out.value(value);
            }
        }

        private void object(Jsonb object, String step, int level) {
            byte[] key = step.getBytes(StandardCharsets.UTF_8);
            int found = object.find(key);
            out.startObject();
            for (int i = 0; i < object.size(); i++) {
                if (i != found || !last(level)) {
                    out.key(object.keyBytes(i));
                    if (i == found) {
                        apply(object.value(i), level + 1);
                    } else {
                        out.value(object.value(i));
                    }
                } else if (change == Change.INSERT_BEFORE || change == Change.INSERT_AFTER) {
                    throw Failures.invalidParameter("cannot replace existing key")
                            .hint("try using the function jsonb_set to replace key value");
                } else if (change != Change.DELETE) {
                    out.key(key);
                    add();
                }
            }
            if (found < 0 && last(level) && change.adds()) {
                out.key(key);
                add();
            }
            out.end();
        }

        private void array(Jsonb array, String step, int level) {
            int size = array.size();
            int index = JsonAccess.index(step)
                    .orElseThrow(() -> KadeException.of(
                            ErrorCode.INVALID_TEXT_REPRESENTATION,
                            "path element at position " + (level + 1) + " is not an integer: \"" + step + "\""));
            boolean before = index < 0 && size + index < 0;
            int at = before ? -1 : index < 0 ? size + index : Math.min(index, size);
            boolean adding = last(level) && change.adds();
            out.startArray();
            if (before && adding) {
                add();
            }
            for (int i = 0; i < size; i++) {
                Jsonb element = array.value(i);
                if (i != at) {
                    out.value(element);
                } else if (last(level)) {
                    changed(element);
                } else {
                    apply(element, level + 1);
                }
            }
            if (at == size && adding) {
                add();
            }
            out.end();
        }

        private void changed(Jsonb element) {
            if (change == Change.INSERT_AFTER) {
                out.value(element);
            }
            if (change != Change.DELETE) {
                add();
            }
            if (change == Change.INSERT_BEFORE) {
                out.value(element);
            }
        }
    }
}
