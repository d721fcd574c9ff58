package io.kadedb.storage.check;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.table.ValueText;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a table, or of an index, against what its definition says: no NULLs where there are to be none, no key twice. */
final class RowCheck {
    /** Keys whose hashes are held at a time, in some 64 MB. */
    private static final long HELD_KEYS = 4L << 20;

    private final TableDefinition table;
    private final LiveRows rows;
    private final Problems problems;
    private long count;

    RowCheck(CheckSnapshot snapshot, TableDefinition table, Problems problems) {
        this.table = table;
        this.rows = new LiveRows(snapshot, table);
        this.problems = problems;
    }

    /** Gives the number of rows. */
    long run() {
        if (nulls()) {
            keys();
        }
        return count;
    }

    private boolean nulls() {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        for (int ordinal = 0; ordinal < table.columns().size(); ordinal++) {
            ColumnDefinition column = table.columns().get(ordinal);
            if (!column.nullable() && !column.virtual()) {
                columns.add(ordinal);
            }
        }
        return rows.forEach(columns, problems, batch -> {
            count += batch.length();
            for (int i = 1; i < columns.size(); i++) {
                for (int row = 0; row < batch.length(); row++) {
                    if (batch.column(i).isNull(row)) {
                        problems.add("column \""
                                + table.columns().get(columns.get(i)).name() + "\" is NULL in "
                                + ValueText.row(batch, row) + ", and may not be");
                    }
                }
            }
        });
    }

    /** Looks for keys that several rows have: first by hashes, some at a time, then the suspects by themselves. */
    private void keys() {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        columns.addAll(KeyEncoding.ordinals(table));
        long parts = count / HELD_KEYS + 1;
        LongOpenHashSet suspects = new LongOpenHashSet();
        for (long part = 0; part < parts; part++) {
            LongOpenHashSet seen = new LongOpenHashSet();
            long wanted = part;
            rows.forEach(columns, problems, batch -> {
                for (int row = 0; row < batch.length(); row++) {
                    long hash = RowHash.of(key(batch, row)).low();
                    if (Long.remainderUnsigned(hash, parts) == wanted && !seen.add(hash)) {
                        suspects.add(hash);
                    }
                }
            });
        }
        if (!suspects.isEmpty()) {
            confirm(columns, suspects);
        }
    }

    private void confirm(List<Integer> columns, LongOpenHashSet suspects) {
        Map<Long, byte[]> known = new HashMap<>();
        rows.forEach(columns, problems, batch -> {
            for (int row = 0; row < batch.length(); row++) {
                byte[] key = key(batch, row);
                long hash = RowHash.of(key).low();
                if (!suspects.contains(hash)) {
                    continue;
                }
                byte @Nullable [] first = known.putIfAbsent(hash, key);
                if (first != null && Arrays.equals(first, key)) {
                    String shown =
                            ValueText.key(table, LiveRows.copy(batch, 1, columns.size() - (isIndex() ? 1 : 0), row), 0);
                    problems.add("the key " + shown + " is that of another row, and of " + ValueText.row(batch, row));
                }
            }
        });
    }

    /** The last column of an index's key is not the user's. */
    private boolean isIndex() {
        return table.hasPrimaryKey()
                && table.columns().get(table.primaryKey().getLast()).name().isEmpty();
    }

    private static byte[] key(Batch batch, int row) {
        KeyWriter key = new KeyWriter();
        for (int i = 1; i < batch.columns().size(); i++) {
            key.addValue(batch.column(i), row);
        }
        return key.toBytes();
    }
}
