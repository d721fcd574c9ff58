package io.kadedb.executor.kernel.value;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.planner.physical.TableFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a document that a table function gives, by number. */
public abstract class JsonMembers {
    private final TableFunction function;

    private JsonMembers(TableFunction function) {
        this.function = function;
    }

    /**
     * The members of a document: a String for json, a ByteBuffer for jsonb.
     *
     * @throws io.kadedb.common.error.KadeException 22023 if the document is of another kind than the function wants
     */
    public static JsonMembers of(Object document, TableFunction function) {
        JsonKind kind =
                document instanceof ByteBuffer binary ? Jsonb.of(binary).kind() : JsonReader.kind((String) document);
        boolean elements =
                function == TableFunction.JSON_ARRAY_ELEMENTS || function == TableFunction.JSON_ARRAY_ELEMENTS_TEXT;
        if (kind != (elements ? JsonKind.ARRAY : JsonKind.OBJECT)) {
            throw refused(kind, function, elements);
        }
        return document instanceof ByteBuffer binary
                ? new Binary(Jsonb.of(binary), function)
                : new Text((String) document, function);
    }

    private static RuntimeException refused(JsonKind kind, TableFunction function, boolean elements) {
        String what = kind.isContainer() ? "an " + kind.sqlName() : "a scalar";
        if (elements) {
            return Failures.invalidParameter("cannot extract elements from " + what);
        }
        return function == TableFunction.JSON_OBJECT_KEYS
                ? Failures.invalidParameter("cannot call " + function.sqlName() + " on " + what)
                : Failures.invalidParameter("cannot call " + function.sqlName() + " on a non-object");
    }

    public abstract int size();

    /** The key of a member of an object. */
    public abstract String key(int index);

    /** The value of a member, as literals of the function's result are. */
    public abstract @Nullable Object value(int index);

    /** Whether the function gives no values. */
    public boolean keysOnly() {
        return function == TableFunction.JSON_OBJECT_KEYS;
    }

    boolean asText() {
        return function == TableFunction.JSON_EACH_TEXT || function == TableFunction.JSON_ARRAY_ELEMENTS_TEXT;
    }

    private static final class Binary extends JsonMembers {
        private final Jsonb document;

        Binary(Jsonb document, TableFunction function) {
            super(function);
            this.document = document;
        }

        @Override
        public int size() {
            return document.size();
        }

        @Override
        public String key(int index) {
            return document.key(index);
        }

        @Override
        public @Nullable Object value(int index) {
            Jsonb value = document.value(index);
            if (!asText()) {
                return value.buffer();
            }
            return value.isNull() ? null : JsonbText.bare(value);
        }
    }

    private static final class Text extends JsonMembers {
        private final List<String> keys = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        Text(String document, TableFunction function) {
            super(function);
            JsonReader.members(document, (key, value) -> {
                keys.add(key.orElse(""));
                values.add(value);
                return true;
            });
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public String key(int index) {
            return keys.get(index);
        }

        @Override
        public @Nullable Object value(int index) {
            Optional<String> value = asText() ? JsonReader.bare(values.get(index)) : Optional.of(values.get(index));
            return value.orElse(null);
        }
    }
}
