package io.kadedb.storage.table;

import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.DeltaEncoder;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.format.v1.RowDecoder;
import io.kadedb.storage.format.v1.Stamp;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds committed rows of a table by primary key, with the manifest it was last told of, and what it found of segments
 * before. Belongs to one thread at a time.
 */
public final class CommittedRows {
    private static final long[] NOTHING = {};

    private final TableStorage storage;
    private final KeySpace keySpace;
    private final TableDefinition table;
    private final List<Integer> columns;
    private final SqlType[] keyTypes;
    private final byte[] prefix;
    private final KeyWriter writer = new KeyWriter();
    private final RowDecoder decoder;
    private @Nullable Manifest known;
    private long foldVersion;
    private boolean hasHides;
    private SegmentRow[] segments = {};
    private byte @Nullable [] foundDelta;
    private @Nullable SegmentRow foundSegment;

    private CommittedRows(TableStorage storage, TableDefinition table, List<Integer> columns) {
        this.storage = storage;
        this.keySpace = storage.keySpace();
        this.table = table;
        this.columns = List.copyOf(columns);
        this.keyTypes = KeyEncoding.types(table).toArray(SqlType[]::new);
        this.prefix = KeyLayout.rows(table.storageId());
        this.decoder = new RowDecoder(table, columns);
    }

    /** Finds rows of a table whose keys lie in their order and are no row ids; empty for others. */
    public static Optional<CommittedRows> of(TableStorage storage, TableDefinition table, List<Integer> columns) {
        boolean isPossible = table.hasPrimaryKey()
                && table.keyMode() == KeyMode.PLAIN
                && !columns.contains(TableDefinition.ROW_ID)
                && new HashSet<>(columns).size() == columns.size();
        return isPossible ? Optional.of(new CommittedRows(storage, table, columns)) : Optional.empty();
    }

    /** Takes the manifest of a snapshot; false if it is the known one. */
    @SuppressWarnings("ReferenceEquality") // the reader gives the same manifest again
    public boolean learn(ReadTransaction snapshot) {
        Manifest manifest = storage.manifests().read(snapshot, table);
        if (manifest == known) {
            return false;
        }
        known = manifest;
        foldVersion = manifest.foldVersion();
        hasHides = !manifest.hides().isEmpty();
        segments = manifest.segments().stream()
                .map(segment -> new SegmentRow(storage, table, segment, columns))
                .toArray(SegmentRow[]::new);
        return true;
    }

    /** Reads a row that a transaction has written itself. */
    public void decode(Delta own, HeapRow row) {
        decoder.decode(java.util.Objects.requireNonNull(own.row()), own.rowOffset(), row);
    }

    /**
     * The row of a key at a version whose manifest is the known one.
     *
     * @throws com.apple.foundationdb.FDBException 1007 when the version is no longer kept
     */
    public Answer read(long version, HeapRow key, HeapRow row) {
        byte[] logical = logical(key);
        return logical == null ? Answer.UNKNOWN : read(version, logical, key, row);
    }

    /**
     * The row of a key at a version whose manifest is the known one.
     *
     * @param logical the key as {@link #logical} gives it
     */
    public Answer read(long version, byte[] logical, HeapRow key, HeapRow row) {
        foundDelta = null;
        foundSegment = null;
        if (hasHides) {
            return Answer.UNKNOWN;
        }
        byte @Nullable [] delta = keySpace.read(logical, version);
        if (delta != null && Stamp.versionOf(delta) > foldVersion) {
            // What is said of a row that is gone may concern segments too.
            foundDelta = delta;
            return decoder.decodeDelta(delta, row) ? Answer.FOUND : Answer.UNKNOWN;
        }
        for (SegmentRow segment : segments) {
            if (segment.covers(logical, prefix.length)) {
                Answer answer = segment.read(key, row);
                if (answer != Answer.MISSING) {
                    foundSegment = segment;
                    return answer;
                }
            }
        }
        return Answer.MISSING;
    }

    /** Which row was found last, and which it has to hide; null when it is not at hand. */
    public DeltaEncoder.@Nullable Head head() {
        byte[] delta = foundDelta;
        if (delta != null) {
            return DeltaEncoder.head(delta);
        }
        SegmentRow segment = foundSegment;
        long rowId = segment == null ? SegmentRow.NO_ID : segment.rowId();
        return rowId == SegmentRow.NO_ID ? null : new DeltaEncoder.Head(rowId, NOTHING);
    }

    /** Where the row of a key lies; null for a key that is too long. */
    public byte @Nullable [] logical(HeapRow key) {
        writer.clear();
        writer.addRaw(prefix);
        for (int i = 0; i < keyTypes.length; i++) {
            writer.addValue(keyTypes[i], key, i);
        }
        return writer.length() - prefix.length > KeyEncoding.MAX_KEY_BYTES ? null : writer.toBytes();
    }
}
