package io.kadedb.executor.kernel.value;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbKey;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Parts of documents: {@code ->}, {@code ->>}, {@code #>}, {@code #>>} and json_extract_path. */
public final class JsonAccess {
    /** Bytes that compare as the document does. */
    public static final RowFunction ORDER_KEY =
            values -> ByteBuffer.wrap(JsonbKey.of(jsonb(values, 0))).asReadOnlyBuffer();

    private JsonAccess() {}

    /** By a key or an index. */
    static RowFunction get(SqlType document, boolean asText) {
        if (document.id() == TypeId.JSON) {
            return values -> {
                String part = step(Args.text(values, 0), Args.value(values, 1));
                return part == null || !asText ? part : JsonReader.bare(part).orElse(null);
            };
        }
        return values -> result(step(jsonb(values, 0), Args.value(values, 1)), asText);
    }

    /** By the keys and indexes of an array, or of all arguments after the first. */
    static RowFunction path(SqlType document, boolean variadic, boolean asText) {
        return values -> {
            List<@Nullable Object> path = variadic ? rest(values) : elements(Args.value(values, 1));
            if (values[0] == null || path.stream().anyMatch(Objects::isNull)) {
                return null;
            }
            if (document.id() == TypeId.JSON) {
                String part = Args.text(values, 0);
                for (Object element : path) {
                    part = part == null ? null : pathStep(part, String.valueOf(element));
                }
                return part == null || !asText ? part : JsonReader.bare(part).orElse(null);
            }
            Jsonb part = jsonb(values, 0);
            for (Object element : path) {
                part = part == null ? null : pathStep(part, String.valueOf(element));
            }
            return result(part, asText);
        };
    }

    static Jsonb jsonb(@Nullable Object[] values, int index) {
        return Jsonb.of((ByteBuffer) Args.value(values, index));
    }

    private static List<@Nullable Object> rest(@Nullable Object[] values) {
        List<@Nullable Object> rest = new ArrayList<>(values.length - 1);
        for (int i = 1; i < values.length; i++) {
            rest.add(values[i]);
        }
        return rest;
    }

    /** The texts of an array of text. */
    static List<@Nullable Object> elements(Object array) {
        return ArrayBytes.decode((ByteBuffer) array, SqlType.TEXT).elements();
    }

    private static @Nullable Object result(@Nullable Jsonb part, boolean asText) {
        if (part == null) {
            return null;
        }
        if (!asText) {
            return part.buffer();
        }
        return part.isNull() ? null : JsonbText.bare(part);
    }

    private static @Nullable Jsonb step(Jsonb document, Object step) {
        return step instanceof Long index
                ? elementOrScalar(document, index)
                : field(document, ((String) step).getBytes(StandardCharsets.UTF_8));
    }

    /** The value of a key; null if there is none, or the value is no object. */
    public static @Nullable Jsonb field(Jsonb document, byte[] key) {
        if (!document.isObject()) {
            return null;
        }
        int at = document.find(key);
        return at < 0 ? null : document.value(at);
    }

    /** An element, counted from the end if the index is negative; null if there is none, or the value is no array. */
    public static @Nullable Jsonb element(Jsonb document, long index) {
        if (!document.isArray()) {
            return null;
        }
        int size = document.size();
        long at = index < 0 ? size + index : index;
        return at < 0 || at >= size ? null : document.value((int) at);
    }

    /** As {@link #element}; to PostgreSQL a scalar is an array of one. */
    public static @Nullable Jsonb elementOrScalar(Jsonb document, long index) {
        if (document.isScalar()) {
            return index == 0 || index == -1 ? document : null;
        }
        return element(document, index);
    }

    /** What a text in a path means: a key in an object, an index in an array. */
    static @Nullable Jsonb pathStep(Jsonb document, String step) {
        if (document.isArray()) {
            OptionalInt index = index(step);
            return index.isEmpty() ? null : element(document, index.getAsInt());
        }
        return field(document, step.getBytes(StandardCharsets.UTF_8));
    }

    static OptionalInt index(String step) {
        String digits = step.strip();
        if (!digits.matches("[+-]?[0-9]{1,10}")) {
            return OptionalInt.empty();
        }
        long index = Long.parseLong(digits);
        return index == (int) index ? OptionalInt.of((int) index) : OptionalInt.empty();
    }

    private static @Nullable String pathStep(String json, String step) {
        if (JsonReader.kind(json) != JsonKind.ARRAY) {
            return step(json, step);
        }
        OptionalInt index = index(step);
        return index.isEmpty() ? null : step(json, (long) index.getAsInt());
    }

    private static @Nullable String step(String json, Object step) {
        JsonKind kind = JsonReader.kind(json);
        if (step instanceof Long index) {
            return kind == JsonKind.ARRAY ? element(json, index) : null;
        }
        if (kind != JsonKind.OBJECT) {
            return null;
        }
        // The text may repeat a key; the last one counts.
        List<String> found = new ArrayList<>();
        JsonReader.members(json, (key, value) -> {
            if (key.equals(Optional.of(step))) {
                found.add(value);
            }
            return true;
        });
        return found.isEmpty() ? null : found.getLast();
    }

    private static @Nullable String element(String json, long index) {
        List<String> elements = new ArrayList<>();
        JsonReader.members(json, (key, value) -> {
            elements.add(value);
            return index < 0 || elements.size() <= index;
        });
        long at = index < 0 ? elements.size() + index : index;
        return at < 0 || at >= elements.size() ? null : elements.get((int) at);
    }
}
