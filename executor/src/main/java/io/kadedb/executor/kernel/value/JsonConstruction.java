package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON_OBJECT and JSON_ARRAY of the standard, whose first arguments say what becomes of NULLs and of equal keys. */
final class JsonConstruction {
    private JsonConstruction() {}

    static RowFunction bind(ScalarFunction function, List<SqlType> types, SqlType result, ZoneId zone) {
        return function == ScalarFunction.JSON_OBJECT
                ? values -> object(values, types, result, zone)
                : values -> array(values, types, result, zone);
    }

    private static Object array(@Nullable Object[] values, List<SqlType> types, SqlType result, ZoneId zone) {
        Kept kept = new Kept();
        for (int i = 1; i < values.length; i++) {
            if (values[i] != null || !(Boolean) Args.value(values, 0)) {
                kept.add(values[i], types.get(i));
            }
        }
        return JsonFunctions.array(kept.values(), kept.types, result, zone);
    }

    private static Object object(@Nullable Object[] values, List<SqlType> types, SqlType result, ZoneId zone) {
        boolean absent = (Boolean) Args.value(values, 0);
        boolean unique = (Boolean) Args.value(values, 1);
        Set<String> keys = new HashSet<>();
        Kept kept = new Kept();
        for (int i = 2; i < values.length; i += 2) {
            String key = JsonTexts.key(values[i], types.get(i), zone, "null value not allowed for object key");
            if (unique && !keys.add(key)) {
                throw JsonTexts.duplicate(key, result.id() == TypeId.JSONB);
            }
            if (values[i + 1] != null || !absent) {
                kept.add(key, SqlType.TEXT);
                kept.add(values[i + 1], types.get(i + 1));
            }
        }
        return JsonFunctions.object(kept.values(), kept.types, result, zone);
    }

    /** Values with their types. */
    private static final class Kept {
        private final List<@Nullable Object> values = new ArrayList<>();
        private final List<SqlType> types = new ArrayList<>();

        void add(@Nullable Object value, SqlType type) {
            values.add(value);
            types.add(type);
        }

        @Nullable
        Object[] values() {
            return values.toArray();
        }
    }
}
