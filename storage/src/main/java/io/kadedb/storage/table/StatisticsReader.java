package io.kadedb.storage.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.TableStatistics;
import io.kadedb.storage.api.TableStatistics.ColumnStatistics;
import io.kadedb.storage.format.v1.DistinctSketch;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What segments and deltas tell of a table's rows. Thread-safe. */
public final class StatisticsReader {
    /** Deltas looked at to estimate their number. */
    private static final int COUNTED_DELTAS = 20_000;

    private final Cache<Identity, TableStatistics> known =
            Caffeine.newBuilder().maximumSize(1_024).build();

    private record Identity(long tableId, int schemaVersion, long generation) {}

    /**
     * The statistics of a table.
     *
     * @param deltas about how many rows are not in segments
     * @param committed whether the table's definition is known to others, so that it has its version for good
     */
    public TableStatistics read(TableView view, long deltas, boolean committed) {
        TableDefinition table = view.table();
        Identity identity = new Identity(
                table.storageId(), table.schemaVersion(), view.manifest().generation());
        TableStatistics settled = committed ? known.get(identity, key -> ofSegments(view)) : ofSegments(view);
        double hidden = 0;
        for (HideSet hide : view.manifest().hides()) {
            hidden += hide.record().getRows();
        }
        double rows = Math.max(0, settled.rows() - hidden) + deltas;
        return new TableStatistics(rows, settled.columns());
    }

    /** About how many rows of a snapshot are deltas. */
    public static long countDeltas(TableView view) {
        return view.countDeltas(COUNTED_DELTAS);
    }

    private static TableStatistics ofSegments(TableView view) {
        List<Segment> segments = view.manifest().segments();
        double rows = segments.stream().mapToLong(Segment::liveRows).sum();
        List<ColumnStatistics> columns = new ArrayList<>();
        List<byte[]> sketches = new ArrayList<>();
        for (Segment segment : segments) {
            sketches.add(view.storage()
                    .columns()
                    .withEncoded(
                            segment, segment.record().getSketches(), bytes -> bytes.toArray(ValueLayout.JAVA_BYTE)));
        }
        for (ColumnDefinition column : view.table().columns()) {
            columns.add(ofColumn(column, segments, sketches, rows));
        }
        return new TableStatistics(rows, columns);
    }

    private static ColumnStatistics ofColumn(
            ColumnDefinition column, List<Segment> segments, List<byte[]> sketches, double rows) {
        DistinctSketch sketch = new DistinctSketch();
        double nulls = 0;
        double stored = 0;
        byte[] min = null;
        byte[] max = null;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            stored += segment.rows();
            Optional<ChunkRecord> chunk = segment.chunk(column.id());
            nulls += chunk.map(ChunkRecord::getNulls).orElse(column.missing().isPresent() ? 0 : segment.rows());
            if (chunk.isPresent() && chunk.get().hasMin()) {
                min = lesser(min, chunk.get().getMin().toByteArray());
                max = greater(max, chunk.get().getMax().toByteArray());
                int index = segment.record().getColumnsList().indexOf(chunk.get());
                sketch.merge(DistinctSketch.of(sketches.get(i), index * DistinctSketch.REGISTERS));
            }
        }
        if (segments.isEmpty()) {
            return ColumnStatistics.UNKNOWN;
        }
        return new ColumnStatistics(
                Math.min(Math.max(1, Math.rint(sketch.estimate())), Math.max(1, rows)),
                stored == 0 ? 0 : nulls / stored,
                value(column.type(), min),
                value(column.type(), max));
    }

    private static @Nullable Object value(SqlType type, byte @Nullable [] encoded) {
        return encoded == null ? null : LiteralBounds.decode(type, encoded);
    }

    private static byte[] lesser(byte @Nullable [] a, byte[] b) {
        return a == null || Arrays.compareUnsigned(b, a) < 0 ? b : a;
    }

    private static byte[] greater(byte @Nullable [] a, byte[] b) {
        return a == null || Arrays.compareUnsigned(b, a) > 0 ? b : a;
    }
}
