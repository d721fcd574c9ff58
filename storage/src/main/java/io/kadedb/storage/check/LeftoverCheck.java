package io.kadedb.storage.check;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.StorageErrors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Column chunks, tables' spaces and notes about continuous aggregates that nothing refers to, and of which nothing says that they are being written or are to
 * be removed. They do no harm but for the room they take.
 */
final class LeftoverCheck {
    private final CheckSnapshot snapshot;
    private final Problems problems;

    /** The tables and indexes of the catalog. */
    private final Set<Long> tables;

    /** The continuous aggregates of the catalog. */
    private final Set<Long> aggregates;

    /** The prefixes of all that manifests refer to. */
    private final Set<List<Long>> data = new HashSet<>();

    LeftoverCheck(
            CheckSnapshot snapshot, Set<Long> tables, Set<Long> aggregates, List<byte[]> referred, Problems problems) {
        this.snapshot = snapshot;
        this.problems = problems;
        this.tables = tables;
        this.aggregates = aggregates;
        referred.forEach(prefix -> data.add(KeyLayout.numbers(prefix, 3)));
    }

    void run() {
        problems.guard("the column chunks", () -> each(KeyLayout.data(), this::segment));
        problems.guard("the tables", () -> each(KeyLayout.tableSpaces(), this::space));
        problems.guard("the changed buckets", () -> each(KeyLayout.changedBuckets(), this::changedBuckets));
        problems.guard("the computed buckets", () -> each(KeyLayout.computed(), this::computed));
    }

    private byte[] changedBuckets(byte[] key) {
        long view = KeyLayout.numbers(key, 1).getFirst();
        byte[] log = KeyLayout.changedBuckets(view);
        if (!aggregates.contains(view)) {
            problems.add("the changed buckets of aggregate " + view + " are nobody's");
            return log;
        }
        int length = log.length + 2 * Long.BYTES;
        for (KeyValue entry : StorageErrors.join(
                snapshot.reads().getRange(log, KeyLayout.end(log)).asList())) {
            byte[] found = entry.getKey();
            int second = log.length + Long.BYTES;
            boolean sound = found.length == length
                    && Arrays.compareUnsigned(found, log.length, second, found, second, length) <= 0
                    && entry.getValue().length == Stamp.BYTES;
            if (!sound) {
                problems.add("an entry about changed buckets of aggregate " + view + " is damaged");
            }
        }
        return log;
    }

    private byte[] computed(byte[] key) {
        long view = KeyLayout.numbers(key, 1).getFirst();
        if (!aggregates.contains(view)) {
            problems.add("what was computed of aggregate " + view + " is nobody's");
        }
        return KeyLayout.computed(view);
    }

    /** Takes one object after the other by its first key, and goes on behind the prefix of all its keys. */
    private void each(byte[] prefix, UnaryOperator<byte[]> object) {
        byte[] end = KeyLayout.end(prefix);
        for (byte[] from = prefix; ; ) {
            snapshot.checkpoint();
            List<KeyValue> found =
                    StorageErrors.join(snapshot.reads().getRange(from, end, 1).asList());
            if (found.isEmpty()) {
                return;
            }
            from = KeyLayout.end(object.apply(found.getFirst().getKey()));
        }
    }

    private byte[] segment(byte[] key) {
        List<Long> place = KeyLayout.numbers(key, 3);
        byte[] segment =
                KeyLayout.segmentData(place.get(0), place.get(1), place.get(2).intValue());
        if (!data.contains(place) && !isKnownNow(place, segment)) {
            problems.add("the data of segment " + place.get(1) + "." + place.get(2) + " of table " + place.get(0)
                    + " is nobody's");
        }
        return segment;
    }

    /** Data is there before a snapshot knows of it, and announced by then: so the newest version says whose it is. */
    private boolean isKnownNow(List<Long> place, byte[] segment) {
        ReadTransaction now = snapshot.keySpace().readsAt(snapshot.keySpace().currentVersion());
        long table = place.get(0);
        long batch = place.get(1);
        int number = place.get(2).intValue();
        return has(now, KeyLayout.staging(batch))
                || has(now, KeyLayout.segment(table, batch, number))
                || has(now, KeyLayout.hide(table, batch, number))
                || has(now, KeyLayout.garbage(segment))
                || has(now, KeyLayout.garbage(KeyLayout.tableData(table)))
                || StorageErrors.join(
                                now.getRange(segment, KeyLayout.end(segment), 1).asList())
                        .isEmpty();
    }

    private static boolean has(ReadTransaction reads, byte[] key) {
        return StorageErrors.join(reads.get(key)) != null;
    }

    private byte[] space(byte[] key) {
        long table = KeyLayout.numbers(key, 1).getFirst();
        if (!tables.contains(table)) {
            problems.add("the rows of table " + table + " are nobody's");
        }
        return KeyLayout.tableSpace(table);
    }
}
