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
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** json_agg, json_object_agg and those of jsonb: keeps the rows, and writes them in their order at the end. */
final class DocumentAccumulator extends CollectingAccumulator {
    private final boolean object;
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
            boolean object,
            SqlType result,
            List<SortKey> orderBy,
            ZoneId zone,
            MemoryPool memory) {
        super(new GroupedRows(arguments, orderBy, memory));
        this.object = object;
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
        for (int at = start; at < end; at++) {
            if (object) {
                out.key(key(sorted[at], "field name must not be null"));
            }
            JsonValues.write(out, value(sorted[at]), last, zone);
        }
        return out.end().build();
    }

    private String text(int[] sorted, int start, int end) {
        StringBuilder out = new StringBuilder(object ? "{ " : "[");
        for (int at = start; at < end; at++) {
            if (at > start) {
                out.append(!object && last.isArray() ? ", \n " : ", ");
            }
            if (object) {
                JsonbText.quote(out, key(sorted[at], "null value not allowed for object key"));
                out.append(" : ");
            }
            JsonValues.append(out, value(sorted[at]), last, zone);
        }
        return out.append(object ? " }" : "]").toString();
    }

    private String key(int row, String ofNull) {
        return JsonTexts.key(Values.get(rows.column(0), row), first, zone, ofNull);
    }

    private @Nullable Object value(int row) {
        return Values.get(rows.column(object ? 1 : 0), row);
    }
}
