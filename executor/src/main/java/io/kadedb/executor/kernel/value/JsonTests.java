package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbKey;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about documents: containment and keys (PostgreSQL manual, 8.14.3). */
final class JsonTests {
    private JsonTests() {}

    /** IS JSON: the value, the kind that is meant, and whether keys have to be unique. */
    static RowFunction isJson(SqlType type) {
        return values -> {
            String wanted = Args.text(values, 1);
            boolean unique = (Boolean) Args.value(values, 2);
            if (type.id() == TypeId.JSONB) {
                return isKind(JsonAccess.jsonb(values, 0).kind(), wanted);
            }
            String text = type.id() == TypeId.BYTEA
                    ? StandardCharsets.UTF_8
                            .decode(((ByteBuffer) Args.value(values, 0)).duplicate())
                            .toString()
                    : Args.text(values, 0);
            return JsonReader.isJson(text)
                    && isKind(JsonReader.kind(text), wanted)
                    && (!unique || JsonReader.hasUniqueKeys(text));
        };
    }

    /** The text, all of whose objects have to have unique keys. */
    static Object unique(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        if (!JsonReader.hasUniqueKeys(text)) {
            throw KadeException.of(ErrorCode.DUPLICATE_JSON_OBJECT_KEY_VALUE, "duplicate JSON object key value");
        }
        return text;
    }

    private static boolean isKind(JsonKind kind, String wanted) {
        return switch (wanted) {
            case "scalar" -> !kind.isContainer();
            case "array" -> kind == JsonKind.ARRAY;
            case "object" -> kind == JsonKind.OBJECT;
            default -> true;
        };
    }

    /** Whether one document contains another; an array contains a scalar that is one of its elements. */
    static boolean contains(Jsonb document, Jsonb wanted) {
        if (document.isArray() && wanted.isScalar()) {
            return hasElement(document, wanted);
        }
        return within(document, wanted);
    }

    private static boolean within(Jsonb document, Jsonb wanted) {
        if (document.kind() != wanted.kind()) {
            return false;
        }
        return switch (wanted.kind()) {
            case OBJECT -> {
                if (document.size() < wanted.size()) {
                    yield false;
                }
                for (int i = 0; i < wanted.size(); i++) {
                    int at = document.find(wanted.keyBytes(i));
                    if (at < 0 || !within(document.value(at), wanted.value(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            case ARRAY -> {
                for (int i = 0; i < wanted.size(); i++) {
                    if (!hasElement(document, wanted.value(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            default -> JsonbKey.equal(document, wanted);
        };
    }

    private static boolean hasElement(Jsonb array, Jsonb wanted) {
        for (int i = 0; i < array.size(); i++) {
            if (within(array.value(i), wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text is a key of an object, a string of an array, or the document itself. */
    static boolean hasKey(Jsonb document, String key) {
        return switch (document.kind()) {
            case OBJECT -> document.find(key.getBytes(StandardCharsets.UTF_8)) >= 0;
            case ARRAY -> {
                for (int i = 0; i < document.size(); i++) {
                    Jsonb element = document.value(i);
                    if (element.isString() && element.string().equals(key)) {
                        yield true;
                    }
                }
                yield false;
            }
            case STRING -> document.string().equals(key);
            default -> false;
        };
    }

    static boolean hasAny(Jsonb document, List<@Nullable Object> keys) {
        return keys.stream().anyMatch(key -> key != null && hasKey(document, (String) key));
    }

    static boolean hasAll(Jsonb document, List<@Nullable Object> keys) {
        return keys.stream().allMatch(key -> key == null || hasKey(document, (String) key));
    }
}
