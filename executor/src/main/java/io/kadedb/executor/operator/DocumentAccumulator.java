package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.JsonTexts;
import io.kadedb.executor.kernel.value.JsonValues;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** json_agg, json_object_agg and those of jsonb: keeps the rows, and writes them in their order at the end. */
final class DocumentAccumulator extends CollectingAccumulator {
    private final boolean object;
    private final boolean strict;
    private final boolean unique;
    private final boolean binary;
    private final SqlType first;
    private final SqlType last;
    private final ZoneId zone;

    /**
     * @param arguments the value, or key and value, then the columns they are ordered by
     * @param orderBy with columns numbered within the arguments
     */
    DocumentAccumulator(
            List<Field> arguments,
            AggregateFunction function,
            SqlType result,
            List<SortKey> orderBy,
            ZoneId zone,
            MemoryPool memory) {
        super(new GroupedRows(arguments, orderBy, memory));
        this.object = function.makesJsonObject();
        this.strict = switch (function) {
            case JSON_AGG_STRICT, JSON_OBJECT_AGG_STRICT, JSON_OBJECT_AGG_UNIQUE_STRICT -> true;
            default -> false;
        };
        this.unique = switch (function) {
            case JSON_OBJECT_AGG_UNIQUE, JSON_OBJECT_AGG_UNIQUE_STRICT -> true;
            default -> false;
        };
        this.binary = result.id() == TypeId.JSONB;
        this.first = arguments.getFirst().type();
        this.last = arguments.get(object ? 1 : 0).type();
        this.zone = zone;
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        int[] sorted = rows.sorted();
        for (int group = from; group < from + count; group++) {
            int start = rows.start(group);
            int end = rows.start(group + 1);
            if (start == end) {
                out.appendNull();
            } else if (binary) {
                out.appendBytes(document(sorted, start, end));
            } else {
                out.appendBytes(text(sorted, start, end).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private byte[] document(int[] sorted, int start, int end) {
        JsonbBuilder out = new JsonbBuilder();
        if (object) {
            out.startObject();
        } else {
            out.startArray();
        }
        Set<String> keys = new HashSet<>();
        for (int at = start; at < end; at++) {
            String key = object ? key(sorted[at], "field name must not be null", keys) : "";
            Object value = value(sorted[at]);
            if (value == null && strict) {
                continue;
            }
            if (object) {
                out.key(key);
            }
            JsonValues.write(out, value, last, zone);
        }
        return out.end().build();
    }

    private String text(int[] sorted, int start, int end) {
        StringBuilder out = new StringBuilder(object ? "{ " : "[");
        Set<String> keys = new HashSet<>();
        boolean first = true;
        for (int at = start; at < end; at++) {
            String key = object ? key(sorted[at], "null value not allowed for object key", keys) : "";
            Object value = value(sorted[at]);
            if (value == null && strict) {
                continue;
            }
            if (!first) {
                out.append(!object && last.isArray() ? ", \n " : ", ");
            }
            first = false;
            if (object) {
                JsonbText.quote(out, key);
                out.append(" : ");
            }
            JsonValues.append(out, value, last, zone);
        }
        return out.append(object ? " }" : "]").toString();
    }

    private String key(int row, String ofNull, Set<String> before) {
        String key = JsonTexts.key(Values.get(rows.column(0), row), first, zone, ofNull);
        if (unique && !before.add(key)) {
            throw JsonTexts.duplicate(key, binary);
        }
        return key;
    }

    private @Nullable Object value(int row) {
        return Values.get(rows.column(object ? 1 : 0), row);
    }
}
