package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Pieces of JSON text. */
public final class JsonTexts {
    private JsonTexts() {}

    /**
     * The text of a value that is to be a key.
     *
     * @param ofNull what to say of NULL
     * @throws KadeException 22023 or 22004 if it cannot be one
     */
    public static String key(@Nullable Object value, SqlType type, ZoneId zone, String ofNull) {
        if (value == null) {
            ErrorCode code =
                    ofNull.startsWith("null") ? ErrorCode.NULL_VALUE_NOT_ALLOWED : ErrorCode.INVALID_PARAMETER_VALUE;
            throw KadeException.of(code, ofNull);
        }
        if (type.isJson() || type.isArray()) {
            throw Failures.invalidParameter("key value must be scalar, not array, composite, or json");
        }
        return ValueText.of(value, type, zone);
    }

    /** 22030 for a key that an object has before. */
    public static KadeException duplicate(String key, boolean binary) {
        return KadeException.of(
                ErrorCode.DUPLICATE_JSON_OBJECT_KEY_VALUE,
                "duplicate JSON object key value" + (binary ? "" : ": \"" + key + "\""));
    }

    /** The document without members that are null, written without blanks. */
    static void appendWithoutNulls(StringBuilder out, String json, boolean inArrays) {
        JsonKind kind = JsonReader.kind(json);
        if (!kind.isContainer()) {
            out.append(json.strip());
            return;
        }
        boolean object = kind == JsonKind.OBJECT;
        out.append(object ? '{' : '[');
        int start = out.length();
        JsonReader.members(json, (key, value) -> {
            if (JsonReader.kind(value) == JsonKind.NULL && (object || inArrays)) {
                return true;
            }
            if (out.length() > start) {
                out.append(',');
            }
            key.ifPresent(name -> {
                JsonbText.quote(out, name);
                out.append(':');
            });
            appendWithoutNulls(out, value, inArrays);
            return true;
        });
        out.append(object ? '}' : ']');
    }
}
