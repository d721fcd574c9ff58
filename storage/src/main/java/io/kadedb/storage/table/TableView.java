package io.kadedb.storage.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as one statement sees it: the snapshot's deltas, segments and hidden rows, under those of the transaction's
 * earlier statements. Threads may share it; what is given to it must not change meanwhile.
 */
public final class TableView {
    private final TableStorage storage;
    private final TableDefinition table;
    private final ReadTransaction snapshot;
    private final Manifest manifest;
    private final NavigableMap<byte[], Delta> own;
    private final NavigableMap<byte[], Delta> top;
    private final List<Segment> segments;
    private final List<HideSet> hides;

    /** A statement that changes a row asks for it when it reads and when it writes it. */
    private volatile @Nullable Stored last;

    private record Stored(byte[] key, @Nullable Delta delta) {}

    /**
     * A view.
     *
     * @param own the transaction's deltas by logical key
     * @param staged the transaction's segments
     */
    public TableView(
            TableStorage storage,
            TableDefinition table,
            ReadTransaction snapshot,
            NavigableMap<byte[], Delta> own,
            List<StagedBatch> staged) {
        this(storage, table, snapshot, own, Collections.emptyNavigableMap(), staged);
    }

    /**
     * A view of two layers of the transaction's own rows.
     *
     * @param top lies over {@code own}
     */
    public TableView(
            TableStorage storage,
            TableDefinition table,
            ReadTransaction snapshot,
            NavigableMap<byte[], Delta> own,
            NavigableMap<byte[], Delta> top,
            List<StagedBatch> staged) {
        this.storage = storage;
        this.table = table;
        this.snapshot = snapshot;
        this.manifest = storage.manifests().read(snapshot, table);
        this.own = own;
        this.top = top;
        if (staged.isEmpty()) {
            this.segments = manifest.segments();
            this.hides = manifest.hides();
        } else {
            this.segments = new ArrayList<>(manifest.segments());
            this.hides = new ArrayList<>(manifest.hides());
            for (StagedBatch batch : staged) {
                segments.addAll(batch.segments());
                hides.addAll(batch.hides());
            }
        }
    }

    public TableDefinition table() {
        return table;
    }

    TableStorage storage() {
        return storage;
    }

    Manifest manifest() {
        return manifest;
    }

    List<Segment> segments() {
        return segments;
    }

    List<HideSet> hides() {
        return hides;
    }

    KeyEncoding keys() {
        return new KeyEncoding(table, storage.hash());
    }

    /** The newest word on a logical key that is not in a segment yet, or null. */
    public @Nullable Delta deltaAt(byte[] key) {
        Delta mine = top.isEmpty() ? null : top.get(key);
        if (mine == null) {
            mine = own.get(key);
        }
        if (mine != null) {
            return mine;
        }
        return storedDeltaAt(key);
    }

    /** The same without what the transaction wrote. */
    public @Nullable Delta storedDeltaAt(byte[] key) {
        Stored known = last;
        if (known == null || !Arrays.equals(known.key, key)) {
            byte @Nullable [] value = StorageErrors.join(snapshot.get(key));
            boolean isOld = value == null || Stamp.versionOf(value) <= manifest.foldVersion();
            known = new Stored(key, isOld ? null : Delta.decode(value));
            last = known;
        }
        return known.delta;
    }

    /** The newest words on all logical keys of a range, in order. */
    List<KeyedDelta> deltas(KeyRange range) {
        List<KeyedDelta> deltas = new ArrayList<>();
        if (range.isEmpty()) {
            return deltas;
        }
        var mine = ownRows(range).entrySet().iterator();
        var next = mine.hasNext() ? mine.next() : null;
        for (KeyValue entry :
                StorageErrors.join(snapshot.getRange(range.begin(), range.end()).asList())) {
            while (next != null && Arrays.compareUnsigned(next.getKey(), entry.getKey()) < 0) {
                deltas.add(new KeyedDelta(next.getKey(), next.getValue()));
                next = mine.hasNext() ? mine.next() : null;
            }
            if (next != null && Arrays.equals(next.getKey(), entry.getKey())) {
                continue;
            }
            if (Stamp.versionOf(entry.getValue()) > manifest.foldVersion()) {
                deltas.add(new KeyedDelta(entry.getKey(), Delta.decode(entry.getValue())));
            }
        }
        while (next != null) {
            deltas.add(new KeyedDelta(next.getKey(), next.getValue()));
            next = mine.hasNext() ? mine.next() : null;
        }
        return deltas;
    }

    /** So many of the stored words on keys of a range, old ones among them, in order or in reverse. */
    List<KeyValue> stored(KeyRange range, int most, boolean reverse) {
        return StorageErrors.join(
                snapshot.getRange(range.begin(), range.end(), most, reverse).asList());
    }

    /** What the transaction wrote on keys of a range. */
    NavigableMap<byte[], Delta> ownRows(KeyRange range) {
        NavigableMap<byte[], Delta> below = own.subMap(range.begin(), true, range.end(), false);
        if (top.isEmpty()) {
            return below;
        }
        NavigableMap<byte[], Delta> both = new TreeMap<>(below);
        both.putAll(top.subMap(range.begin(), true, range.end(), false));
        return both;
    }

    /** Whether a large statement removed or replaced what was written of a row. */
    boolean isHiddenBySet(long rowId, Stamp written) {
        for (HideSet hide : hides) {
            if (hide.hides(rowId, written)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the row of a delta is there. */
    public boolean isLive(Delta delta) {
        return delta.isPut() && !isHiddenBySet(delta.rowId(), delta.stamp());
    }

    /** Whether its segments are the manifest's, with no rows hidden but those the segments say. */
    @SuppressWarnings("ReferenceEquality") // the manifest's list is taken over where nothing is staged
    boolean isPlain() {
        return segments == manifest.segments() && hides.isEmpty();
    }

    /** How many keys have deltas, looking at so many at most. */
    long countDeltas(int most) {
        byte[] prefix = io.kadedb.storage.format.v1.KeyLayout.rows(table.storageId());
        long count = own.size();
        for (KeyValue entry :
                StorageErrors.join(snapshot.getRange(prefix, io.kadedb.storage.format.v1.KeyLayout.end(prefix), most)
                        .asList())) {
            count += Stamp.versionOf(entry.getValue()) > manifest.foldVersion() ? 1 : 0;
        }
        return count;
    }
}
