package io.kadedb.executor.kernel.value;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.JsonEdits.Change;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions and operators of json and jsonb, row by row. */
final class JsonFunctions {
    private JsonFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        SqlType first = args.isEmpty() ? SqlType.JSONB : args.getFirst();
        boolean json = first.id() == TypeId.JSON;
        return switch (function) {
            case JSON_GET -> JsonAccess.get(first, false);
            case JSON_GET_TEXT -> JsonAccess.get(first, true);
            case JSON_GET_PATH -> JsonAccess.path(first, false, false);
            case JSON_GET_PATH_TEXT -> JsonAccess.path(first, false, true);
            case JSON_EXTRACT_PATH -> JsonAccess.path(first, true, false);
            case JSON_EXTRACT_PATH_TEXT -> JsonAccess.path(first, true, true);
            case JSON_CONTAINS -> values -> JsonTests.contains(jsonb(values, 0), jsonb(values, 1));
            case JSON_CONTAINED -> values -> JsonTests.contains(jsonb(values, 1), jsonb(values, 0));
            case JSON_HAS_KEY -> values -> JsonTests.hasKey(jsonb(values, 0), Args.text(values, 1));
            case JSON_HAS_ANY_KEY ->
                values -> JsonTests.hasAny(jsonb(values, 0), JsonAccess.elements(Args.value(values, 1)));
            case JSON_HAS_ALL_KEYS ->
                values -> JsonTests.hasAll(jsonb(values, 0), JsonAccess.elements(Args.value(values, 1)));
            case JSON_CONCAT -> values -> JsonEdits.concat(jsonb(values, 0), jsonb(values, 1));
            case JSON_DELETE -> delete(args.get(1));
            case JSON_DELETE_PATH -> values -> change(values, null, Change.DELETE);
            case JSON_SET ->
                values -> change(
                        values,
                        jsonb(values, 2),
                        values.length < 4 || (Boolean) Args.value(values, 3) ? Change.SET : Change.REPLACE);
            case JSON_INSERT ->
                values -> change(
                        values,
                        jsonb(values, 2),
                        values.length > 3 && (Boolean) Args.value(values, 3)
                                ? Change.INSERT_AFTER
                                : Change.INSERT_BEFORE);
            case JSON_STRIP_NULLS -> stripNulls(json);
            case JSON_PRETTY -> values -> JsonbText.pretty(jsonb(values, 0));
            case JSON_TYPEOF ->
                values -> (json
                                ? JsonReader.kind(Args.text(values, 0))
                                : jsonb(values, 0).kind())
                        .sqlName();
            case JSON_ARRAY_LENGTH -> values -> json ? length(Args.text(values, 0)) : length(jsonb(values, 0));
            case TO_JSON -> values -> one(Args.value(values, 0), first, result, zone);
            case JSON_BUILD_ARRAY -> values -> array(values, args, result, zone);
            case ROW_TO_JSON -> values -> row(values, args, zone);
            case JSON_BUILD_OBJECT -> values -> object(values, args, result, zone);
            default -> null;
        };
    }

    private static Jsonb jsonb(@Nullable Object[] values, int index) {
        return JsonAccess.jsonb(values, index);
    }

    private static RowFunction delete(SqlType what) {
        return switch (what.id()) {
            case ARRAY -> values -> JsonEdits.withoutKeys(jsonb(values, 0), JsonAccess.elements(Args.value(values, 1)));
            case SMALLINT, INTEGER, BIGINT ->
                values -> JsonEdits.withoutElement(jsonb(values, 0), Args.number(values, 1));
            default -> values -> JsonEdits.withoutKeys(jsonb(values, 0), List.of(Args.text(values, 1)));
        };
    }

    private static ByteBuffer change(@Nullable Object[] values, @Nullable Jsonb value, Change change) {
        return JsonEdits.change(jsonb(values, 0), JsonAccess.elements(Args.value(values, 1)), value, change);
    }

    private static RowFunction stripNulls(boolean json) {
        return values -> {
            boolean inArrays = values.length > 1 && (Boolean) Args.value(values, 1);
            if (!json) {
                return JsonEdits.withoutNulls(jsonb(values, 0), inArrays);
            }
            StringBuilder out = new StringBuilder();
            JsonTexts.appendWithoutNulls(out, Args.text(values, 0), inArrays);
            return out.toString();
        };
    }

    private static long length(Jsonb document) {
        refuseOthers(document.kind());
        return document.size();
    }

    private static long length(String json) {
        refuseOthers(JsonReader.kind(json));
        long[] count = {0};
        JsonReader.members(json, (key, value) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    private static void refuseOthers(JsonKind kind) {
        if (kind != JsonKind.ARRAY) {
            throw Failures.invalidParameter(
                    kind == JsonKind.OBJECT
                            ? "cannot get array length of a non-array"
                            : "cannot get array length of a scalar");
        }
    }

    private static Object one(Object value, SqlType type, SqlType result, ZoneId zone) {
        if (result.id() == TypeId.JSON) {
            StringBuilder out = new StringBuilder();
            JsonValues.append(out, value, type, zone);
            return out.toString();
        }
        JsonbBuilder out = new JsonbBuilder();
        JsonValues.write(out, value, type, zone);
        return out.buildBuffer();
    }

    static Object array(@Nullable Object[] values, List<SqlType> types, SqlType result, ZoneId zone) {
        if (result.id() == TypeId.JSON) {
            StringBuilder out = new StringBuilder("[");
            for (int i = 0; i < values.length; i++) {
                out.append(i == 0 ? "" : ", ");
                JsonValues.append(out, values[i], types.get(i), zone);
            }
            return out.append(']').toString();
        }
        JsonbBuilder out = new JsonbBuilder().startArray();
        for (int i = 0; i < values.length; i++) {
            JsonValues.write(out, values[i], types.get(i), zone);
        }
        return out.end().buildBuffer();
    }

    static Object object(@Nullable Object[] values, List<SqlType> types, SqlType result, ZoneId zone) {
        if (values.length % 2 != 0) {
            throw Failures.invalidParameter("argument list must have even number of elements")
                    .hint("the arguments of " + (result.id() == TypeId.JSON ? "json" : "jsonb")
                            + "_build_object() must consist of alternating keys and values");
        }
        if (result.id() == TypeId.JSON) {
            StringBuilder out = new StringBuilder("{");
            for (int i = 0; i < values.length; i += 2) {
                out.append(i == 0 ? "" : ", ");
                JsonbText.quote(out, key(values, types, i, zone, "null value not allowed for object key"));
                out.append(" : ");
                JsonValues.append(out, values[i + 1], types.get(i + 1), zone);
            }
            return out.append('}').toString();
        }
        JsonbBuilder out = new JsonbBuilder().startObject();
        for (int i = 0; i < values.length; i += 2) {
            out.key(key(values, types, i, zone, "argument " + (i + 1) + ": key must not be null"));
            JsonValues.write(out, values[i + 1], types.get(i + 1), zone);
        }
        return out.end().buildBuffer();
    }

    /** Names and values in turn, written as short as a row is. */
    private static String row(@Nullable Object[] values, List<SqlType> types, ZoneId zone) {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < values.length; i += 2) {
            out.append(i == 0 ? "" : ",");
            JsonbText.quote(out, Args.text(values, i));
            out.append(':');
            JsonValues.append(out, values[i + 1], types.get(i + 1), zone);
        }
        return out.append('}').toString();
    }

    private static String key(@Nullable Object[] values, List<SqlType> types, int index, ZoneId zone, String ofNull) {
        return JsonTexts.key(values[index], types.get(index), zone, ofNull);
    }
}
