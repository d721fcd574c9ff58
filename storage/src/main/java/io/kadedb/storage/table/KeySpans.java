package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.KeyWriter;

/** Where the keys of spans lie in tables whose keys keep their order. */
final class KeySpans {
    private KeySpans() {}

    /** The logical keys of a span. */
    static KeyRange range(TableDefinition table, KeySpan span) {
        byte[] prefix = key(KeyLayout.rows(table.storageId()), span.equal(), span.row());
        byte[] nulls = KeyLayout.concat(prefix, new byte[1]);
        byte[] begin = switch (span.nulls()) {
            case WITHOUT -> KeyLayout.behind(nulls);
            case WITH -> prefix;
            case ONLY -> nulls;
        };
        byte[] end = KeyLayout.behind(span.nulls() == KeySpan.Nulls.ONLY ? nulls : prefix);
        if (span.lower().isPresent()) {
            KeySpan.Bound lower = span.lower().get();
            byte[] least = key(prefix, lower.values(), 0);
            begin = lower.inclusive() ? least : KeyLayout.behind(least);
        }
        if (span.upper().isPresent()) {
            KeySpan.Bound upper = span.upper().get();
            byte[] most = key(prefix, upper.values(), 0);
            end = upper.inclusive() ? KeyLayout.behind(most) : most;
        }
        return new KeyRange(begin, end);
    }

    private static byte[] key(byte[] prefix, Batch values, int row) {
        KeyWriter writer = new KeyWriter();
        writer.addRaw(prefix);
        for (ColumnVector value : values.columns()) {
            writer.addValue(value, row);
        }
        return writer.toBytes();
    }
}
