package io.kadedb.storage.table;

import com.google.protobuf.ByteString;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.ShreddedPath;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ranges of a scan rule out: segments by their zone maps, deltas by their keys. */
public final class ScanFilter {
    private final TableDefinition table;
    private final List<PathColumn> paths;
    private final List<Bound> bounds = new ArrayList<>();

    /** A range with its ends as keys encode them. */
    private record Bound(
            int column, byte @Nullable [] low, boolean lowInclusive, byte @Nullable [] high, boolean highInclusive) {
        boolean isPoint() {
            return low != null && high != null && lowInclusive && highInclusive && Arrays.equals(low, high);
        }
    }

    public ScanFilter(TableDefinition table, List<ColumnRange> ranges) {
        this(table, List.of(), ranges);
    }

    /** What ranges of columns and of the values of paths rule out. */
    public ScanFilter(TableDefinition table, List<PathColumn> paths, List<ColumnRange> ranges) {
        this.table = table;
        this.paths = paths;
        for (ColumnRange range : ranges) {
            if (range.column() != TableDefinition.ROW_ID) {
                bounds.add(bound(range));
            } else if (!table.hasPrimaryKey()) {
                bounds.add(bound(range));
            }
        }
    }

    private Bound bound(ColumnRange range) {
        SqlType type = type(range.column());
        Object low = range.low();
        Object high = range.high();
        return new Bound(
                range.column(),
                low == null ? null : LiteralBounds.encode(type, low, true),
                low == null || range.lowInclusive() || !LiteralBounds.isExact(type, low),
                high == null ? null : LiteralBounds.encode(type, high, false),
                high == null || range.highInclusive() || !LiteralBounds.isExact(type, high));
    }

    private SqlType type(int ordinal) {
        if (ordinal == TableDefinition.ROW_ID) {
            return SqlType.BIGINT;
        }
        int columns = table.columns().size();
        return ordinal < columns
                ? table.columns().get(ordinal).type()
                : paths.get(ordinal - columns).type();
    }

    /** Whether a partition may hold rows that meet all ranges. */
    public boolean mayMatch(RowPartitions partitions, long partition) {
        for (Bound bound : bounds) {
            if (bound.column == partitions.ordinal() && !mayMatch(bound, partitions, partition)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayMatch(Bound bound, RowPartitions partitions, long partition) {
        int toHigh = bound.high == null ? -1 : Arrays.compareUnsigned(partitions.low(partition), bound.high);
        int toLow = bound.low == null ? 1 : Arrays.compareUnsigned(partitions.high(partition), bound.low);
        return (bound.highInclusive ? toHigh <= 0 : toHigh < 0) && (bound.lowInclusive ? toLow >= 0 : toLow > 0);
    }

    /** Whether a segment may hold rows that meet all ranges. */
    boolean mayMatch(Segment segment) {
        for (Bound bound : bounds) {
            if (bound.column != TableDefinition.ROW_ID && !mayMatch(segment, bound)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayMatch(Segment segment, Bound bound) {
        int columns = table.columns().size();
        if (bound.column >= columns) {
            return mayMatch(segment, paths.get(bound.column - columns), bound);
        }
        ColumnDefinition column = table.columns().get(bound.column);
        Optional<ChunkRecord> chunk = segment.chunk(column.id());
        if (chunk.isEmpty() && column.missing().isPresent()) {
            return true;
        }
        return chunk.map(values -> mayMatch(values, bound)).orElse(isOpen(bound));
    }

    /** Values of other rows are not known, and texts of numbers have another order. */
    private boolean mayMatch(Segment segment, PathColumn path, Bound bound) {
        return PathVectors.shredded(table.columns().get(path.column()), segment, path)
                .filter(record -> record.getOtherRows() == 0)
                .filter(record -> PathVectors.comparesAlike(
                        ShreddedPath.type(record.getType()).orElseThrow(), path.type()))
                .map(record -> mayMatch(record.getValues(), bound))
                .orElse(true);
    }

    private static boolean isOpen(Bound bound) {
        return bound.low == null && bound.high == null;
    }

    private static boolean mayMatch(ChunkRecord values, Bound bound) {
        if (!values.hasMin()) {
            // All NULL: no range is met, as long as there is a range at all.
            return isOpen(bound);
        }
        if (bound.high != null && compare(values.getMin(), bound.high) > (bound.highInclusive ? 0 : -1)) {
            return false;
        }
        if (bound.low == null || values.getMaxIsPrefix()) {
            return bound.low == null || maxReaches(values, bound.low);
        }
        return compare(values.getMax(), bound.low) >= (bound.lowInclusive ? 0 : 1);
    }

    /** The greatest value begins with what is kept of it: it is less than the bound only if that is. */
    private static boolean maxReaches(ChunkRecord chunk, byte[] low) {
        byte[] max = chunk.getMax().toByteArray();
        int kept = max.length - 1;
        return low.length < kept
                || Arrays.compareUnsigned(max, 0, kept, low, 0, kept) >= 0
                || Arrays.compareUnsigned(max, 0, kept, low, 0, Math.min(kept, low.length)) >= 0;
    }

    private static int compare(ByteString stored, byte[] bound) {
        return Integer.signum(Arrays.compareUnsigned(stored.toByteArray(), bound));
    }

    /** The logical keys that rows meeting the ranges have. */
    public KeyRange keys() {
        byte[] prefix = KeyLayout.rows(table.storageId());
        if (table.keyMode() != KeyMode.PLAIN) {
            return new KeyRange(prefix, KeyLayout.end(prefix));
        }
        List<Integer> key = table.hasPrimaryKey() ? table.primaryKey() : List.of(TableDefinition.ROW_ID);
        for (int ordinal : key) {
            Bound point = find(ordinal, true);
            if (point == null || point.low == null) {
                return bounded(prefix, find(ordinal, false));
            }
            prefix = KeyLayout.concat(prefix, point.low);
        }
        return new KeyRange(prefix, KeyLayout.end(prefix));
    }

    private @Nullable Bound find(int ordinal, boolean point) {
        for (Bound bound : bounds) {
            if (bound.column == ordinal && (!point || bound.isPoint())) {
                return bound;
            }
        }
        return null;
    }

    private KeyRange bounded(byte[] prefix, @Nullable Bound first) {
        byte[] begin = prefix;
        byte[] end = KeyLayout.end(prefix);
        if (first == null) {
            return new KeyRange(begin, end);
        }
        for (Bound bound : bounds) {
            if (bound.column == first.column) {
                begin = later(begin, lowKey(prefix, bound));
                end = earlier(end, highKey(prefix, bound));
            }
        }
        return Arrays.compareUnsigned(begin, end) < 0 ? new KeyRange(begin, end) : new KeyRange(begin, begin);
    }

    private static byte[] lowKey(byte[] prefix, Bound bound) {
        if (bound.low == null) {
            return prefix;
        }
        byte[] key = KeyLayout.concat(prefix, bound.low);
        return bound.lowInclusive ? key : KeyLayout.behind(key);
    }

    private static byte[] highKey(byte[] prefix, Bound bound) {
        if (bound.high == null) {
            return KeyLayout.end(prefix);
        }
        byte[] key = KeyLayout.concat(prefix, bound.high);
        return bound.highInclusive ? KeyLayout.behind(key) : key;
    }

    private static byte[] later(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private static byte[] earlier(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) <= 0 ? a : b;
    }
}
