package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.MutationType;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of {@link ModelDatabase}: everything it wrote is done again on a copy of its snapshot for each read. What it
 * conflicts with is known in two bounds, since a read may stop behind the last row it gives or go on to the end of its range.
 */
final class ModelTransaction {
    private final ModelDatabase database;
    private final List<Write> writes = new ArrayList<>();
    private final List<Span> mustRead = new ArrayList<>();
    private final List<Span> mayRead = new ArrayList<>();
    private final List<Span> mustWrite = new ArrayList<>();
    private final List<Span> mayWrite = new ArrayList<>();
    private final TreeMap<byte[], State> states = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Span> cleared = new ArrayList<>();
    private final List<byte[]> stampedTemplates = new ArrayList<>();
    private long readVersion = -1;
    private boolean nextWriteSilent;
    private boolean readsOwn = true;
    private boolean snapshotsReadOwn = true;

    /** {@code [begin, end)}. */
    record Span(byte[] begin, byte[] end) {
        boolean meets(Span other) {
            return Arrays.compareUnsigned(begin, other.end) < 0 && Arrays.compareUnsigned(other.begin, end) < 0;
        }

        boolean contains(byte[] key) {
            return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
        }
    }

    /** What is known of a key without the store: its value, or operations on whatever is stored, or nothing before the commit. */
    private enum State {
        KNOWN,
        DEFERRED,
        STAMPED
    }

    interface Write {
        void on(NavigableMap<byte[], byte[]> rows, long version);
    }

    ModelTransaction(ModelDatabase database) {
        this.database = database;
    }

    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    long readVersion() {
        if (readVersion < 0) {
            readVersion = database.lastVersion();
        }
        return readVersion;
    }

    void setReadVersion(long version) {
        readVersion = version;
    }

    void disableReadYourWrites() {
        readsOwn = false;
    }

    void disableSnapshotReadYourWrites() {
        snapshotsReadOwn = false;
    }

    void disableNextWriteConflict() {
        nextWriteSilent = true;
    }

    boolean isEmpty() {
        return writes.isEmpty() && mayWrite.isEmpty();
    }

    List<Write> writes() {
        return writes;
    }

    List<Span> mustWrite() {
        return mustWrite;
    }

    List<Span> mayWrite() {
        return mayWrite;
    }

    List<Span> mustRead() {
        return mustRead;
    }

    /** A read failed: that it is a conflict is not certain. */
    void forgetReads(int from) {
        mustRead.subList(from, mustRead.size()).clear();
    }

    List<Span> mayRead() {
        return mayRead;
    }

    // Writes

    private void wrote(Span span) {
        if (nextWriteSilent) {
            nextWriteSilent = false;
            return;
        }
        mustWrite.add(span);
        mayWrite.add(span);
    }

    void set(byte[] key, byte @Nullable [] value) {
        states.put(key, State.KNOWN);
        writes.add((rows, version) -> {
            if (value == null) {
                rows.remove(key);
            } else {
                rows.put(key, value);
            }
        });
        wrote(new Span(key, after(key)));
    }

    void clear(byte[] begin, byte[] end) {
        Span span = new Span(begin, end);
        if (Arrays.compareUnsigned(begin, end) >= 0) {
            nextWriteSilent = false;
            return;
        }
        states.keySet().removeIf(span::contains);
        cleared.add(span);
        writes.add((rows, version) -> rows.subMap(begin, end).clear());
        wrote(span);
    }

    void mutate(MutationType type, byte[] key, byte[] operand) {
        if (type == MutationType.SET_VERSIONSTAMPED_VALUE) {
            states.put(key, State.STAMPED);
            writes.add((rows, version) -> rows.put(key, Versionstamps.complete(operand, version)));
        } else {
            State before = states.getOrDefault(
                    key, cleared.stream().anyMatch(span -> span.contains(key)) ? State.KNOWN : State.DEFERRED);
            states.put(key, before);
            writes.add((rows, version) -> ModelMap.mutate(rows, type, key, operand));
        }
        wrote(new Span(key, after(key)));
    }

    /** Sets a key that is complete at the commit. */
    void setStampedKey(byte[] template, int offset, byte[] value) {
        stampedTemplates.add(template);
        writes.add((rows, version) -> rows.put(Versionstamps.fill(template, offset, version), value));
        byte[] first = Versionstamps.fill(template, offset, database.lastVersion() + 1);
        byte[] last = template.clone();
        Arrays.fill(last, offset, offset + Versionstamps.STAMP_BYTES, (byte) 0xFF);
        // Its key is one of these; which one is known later.
        mayWrite.add(new Span(first, after(last)));
        nextWriteSilent = false;
    }

    void addWriteConflict(byte[] begin, byte[] end) {
        if (Arrays.compareUnsigned(begin, end) < 0) {
            mustWrite.add(new Span(begin, end));
            mayWrite.add(new Span(begin, end));
        }
    }

    void addReadConflict(byte[] begin, byte[] end) {
        if (Arrays.compareUnsigned(begin, end) < 0) {
            mustRead.add(new Span(begin, end));
            mayRead.add(new Span(begin, end));
        }
    }

    // Reads

    private NavigableMap<byte[], byte[]> view(boolean snapshot) {
        NavigableMap<byte[], byte[]> rows = database.at(readVersion());
        if (seesOwn(snapshot)) {
            // What is stamped lies behind all that there is.
            writes.forEach(write -> write.on(rows, Long.MAX_VALUE >> 1));
        }
        return rows;
    }

    private boolean seesOwn(boolean snapshot) {
        return readsOwn && (!snapshot || snapshotsReadOwn);
    }

    /** Whether a read of a part of the keys may say that they are not known before the commit. */
    boolean mayBeUnreadable(boolean snapshot) {
        return seesOwn(snapshot) && (!stampedTemplates.isEmpty() || states.containsValue(State.STAMPED));
    }

    /** The value of a key; fails with 1036 for one that is known at the commit only. */
    byte @Nullable [] get(byte[] key, boolean snapshot) {
        if (seesOwn(snapshot) && states.get(key) == State.STAMPED) {
            throw KeySpaceErrors.ACCESSED_UNREADABLE.exception();
        }
        if (!snapshot) {
            Span span = new Span(key, after(key));
            read(span, span);
        }
        return view(snapshot).get(key);
    }

    /** Notes a read, of which own writes may have answered a part. */
    private void read(Span must, Span may) {
        mayRead.add(may);
        if (!readsOwn) {
            mustRead.add(must);
            return;
        }
        List<Span> left = new ArrayList<>(List.of(must));
        for (Span answered : cleared) {
            left = without(left, answered);
        }
        for (Map.Entry<byte[], State> entry : states.entrySet()) {
            Span key = new Span(entry.getKey(), after(entry.getKey()));
            if (entry.getValue() == State.KNOWN) {
                left = without(left, key);
            }
        }
        mustRead.addAll(left);
    }

    private static List<Span> without(List<Span> spans, Span hole) {
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            if (!span.meets(hole)) {
                left.add(span);
                continue;
            }
            if (Arrays.compareUnsigned(span.begin, hole.begin) < 0) {
                left.add(new Span(span.begin, hole.begin));
            }
            if (Arrays.compareUnsigned(hole.end, span.end) < 0) {
                left.add(new Span(hole.end, span.end));
            }
        }
        return left;
    }

    private static byte[] start(KeySelector selector) {
        return selector.orEqual() ? after(selector.getKey()) : selector.getKey();
    }

    byte[] getKey(KeySelector selector, boolean snapshot) {
        byte[] resolved = new ModelMap(view(snapshot)).resolve(selector);
        if (!snapshot) {
            byte[] start = start(selector);
            Span span = selector.getOffset() > 0 ? new Span(start, after(resolved)) : new Span(resolved, start);
            if (Arrays.compareUnsigned(span.begin, span.end) < 0) {
                read(span, span);
            }
        }
        return resolved;
    }

    private byte[] bound(KeySelector selector, boolean snapshot) {
        return selector.getOffset() == 1 ? start(selector) : getKey(selector, snapshot);
    }

    List<Map.Entry<byte[], byte[]>> getRange(
            KeySelector begin, KeySelector end, int limit, boolean reverse, boolean snapshot) {
        byte[] lower = bound(begin, snapshot);
        byte[] upper = bound(end, snapshot);
        if (Arrays.compareUnsigned(lower, upper) >= 0) {
            return List.of();
        }
        NavigableMap<byte[], byte[]> view = view(snapshot);
        List<Map.Entry<byte[], byte[]>> all =
                new ArrayList<>(view.subMap(lower, upper).entrySet());
        if (reverse) {
            java.util.Collections.reverse(all);
        }
        List<Map.Entry<byte[], byte[]>> found = limit > 0 && all.size() > limit ? all.subList(0, limit) : all;
        if (!snapshot) {
            Span whole = new Span(lower, upper);
            Span must = whole;
            if (limit > 0 && found.size() == limit) {
                byte[] last = found.getLast().getKey();
                must = reverse ? new Span(last, upper) : new Span(lower, after(last));
            }
            read(must, whole);
        }
        return found;
    }
}
