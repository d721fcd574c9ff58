package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.RowDecoder;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.format.v1.VectorValues;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds single rows in one segment, as far as its columns are decoded already. Columns found once are tried again without
 * looking for them, but are not kept from being freed. Belongs to one thread at a time.
 */
final class SegmentRow {
    static final long NO_ID = -1;

    private final TableStorage storage;
    private final Segment segment;
    private final Column[] keys;
    /** Null stands for the row id. */
    private final @Nullable Column[] wanted;

    private final ColumnBuffer[] sought;
    private int position = -1;

    SegmentRow(TableStorage storage, TableDefinition table, Segment segment, List<Integer> columns) {
        this.storage = storage;
        this.segment = segment;
        this.keys = table.primaryKey().stream()
                .map(ordinal -> new Column(table.columns().get(ordinal)))
                .toArray(Column[]::new);
        this.wanted = columns.stream()
                .map(ordinal -> ordinal == TableDefinition.ROW_ID
                        ? null
                        : new Column(table.columns().get(ordinal)))
                .toArray(Column[]::new);
        this.sought =
                Arrays.stream(keys).map(key -> new ColumnBuffer(key.type, 1)).toArray(ColumnBuffer[]::new);
    }

    /** A column of the segment. */
    private final class Column {
        private final ColumnDefinition definition;
        private final SqlType type;
        private final @Nullable ChunkRecord chunk;
        private @Nullable DecodedColumn known;

        Column(ColumnDefinition definition) {
            this.definition = definition;
            this.type = definition.type();
            this.chunk = segment.chunk(definition.id()).orElse(null);
        }

        /** Holds the decoded column; null if it is not decoded, or younger than the segment. */
        @Nullable
        DecodedColumn hold() {
            DecodedColumn column = known;
            if (column != null && column.retain()) {
                return column;
            }
            known = chunk == null ? null : storage.columns().acquireCached(segment, chunk, type);
            return known;
        }

        /** Reads a value; false if the column is not decoded. */
        boolean read(int position, HeapRow row, int target) {
            if (chunk == null) {
                RowDecoder.set(row, target, type.layout(), definition.missing().orElse(null));
                return true;
            }
            DecodedColumn column = hold();
            if (column == null) {
                return false;
            }
            try {
                NativeValues.read(column.vector(), position, row, target);
                return true;
            } finally {
                column.release();
            }
        }
    }

    /** Whether a key lies between the first and the last. */
    boolean covers(byte[] key, int from) {
        byte[] least = segment.minKey();
        byte[] greatest = segment.maxKey();
        return Arrays.compareUnsigned(least, 0, least.length, key, from, key.length) <= 0
                && Arrays.compareUnsigned(key, from, key.length, greatest, 0, greatest.length) <= 0;
    }

    /** Reads the row of a key. */
    Answer read(HeapRow key, HeapRow row) {
        position = keys.length == 1 ? find(key) : search(key, 0);
        if (position == NOT_DECODED) {
            return Answer.UNKNOWN;
        }
        if (position < 0) {
            return Answer.MISSING;
        }
        var deleted = segment.deleted();
        if (deleted != null && deleted.contains(position)) {
            return Answer.MISSING;
        }
        for (int i = 0; i < wanted.length; i++) {
            Column column = wanted[i];
            if (column != null ? !column.read(position, row, i) : !readRowId(position, row, i)) {
                return Answer.UNKNOWN;
            }
        }
        return Answer.FOUND;
    }

    private boolean readRowId(int position, HeapRow row, int target) {
        if (segment.isDense()) {
            row.set(target, segment.minRowId() + position, 0);
            return true;
        }
        DecodedColumn rowIds =
                storage.columns().acquireCached(segment, segment.record().getRowIds(), SqlType.BIGINT);
        if (rowIds == null) {
            return false;
        }
        try {
            NativeValues.read(rowIds.vector(), position, row, target);
            return true;
        } finally {
            rowIds.release();
        }
    }

    /** The id of the row that was found last; {@link #NO_ID} if it is not decoded. */
    long rowId() {
        if (segment.isDense()) {
            return segment.minRowId() + position;
        }
        DecodedColumn column =
                storage.columns().acquireCached(segment, segment.record().getRowIds(), SqlType.BIGINT);
        if (column == null) {
            return NO_ID;
        }
        try {
            return VectorValues.low(column.vector(), position);
        } finally {
            column.release();
        }
    }

    private static final int NOT_DECODED = Integer.MIN_VALUE;

    private int find(HeapRow key) {
        DecodedColumn column = keys[0].hold();
        if (column == null) {
            return NOT_DECODED;
        }
        try {
            ColumnVector vector = column.vector();
            return SortedIntegers.isOne(vector)
                    ? SortedIntegers.find(vector, segment.rows(), key.low(0))
                    : search(key, 0);
        } finally {
            column.release();
        }
    }

    /** Searches with all key columns held, those from the given one on still to be. */
    private int search(HeapRow key, int from) {
        if (from == keys.length) {
            return search();
        }
        DecodedColumn column = keys[from].hold();
        if (column == null) {
            return NOT_DECODED;
        }
        try {
            sought[from].clear();
            sought[from].add(key, from);
            return search(key, from + 1);
        } finally {
            column.release();
        }
    }

    private int search() {
        int low = 0;
        int high = segment.rows() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compare(int position) {
        for (int i = 0; i < keys.length; i++) {
            DecodedColumn column = Objects.requireNonNull(keys[i].known, "a key column that is searched is held");
            int order = ValueOrder.compare(column.vector(), position, sought[i], 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
