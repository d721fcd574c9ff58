package io.kadedb.storage.lock;

import io.kadedb.common.lock.LockMode;
import io.kadedb.storage.api.LockState;
import io.kadedb.storage.api.RowLockMode;
import it.unimi.dsi.fastutil.objects.Reference2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one table: those of rows by key, the few of ranges, which exclude everybody else, and those of the table as a
 * whole, which the ones of rows and ranges count as weak ones of. Whatever is asked or done beside {@link #lockLone}, {@link
 * #lockPast}, {@link #onlyFirst}, {@link #release} and {@link #isEmpty} needs {@link #settle} first. Guarded by the lock table.
 */
final class TableLocks {
    /** So many are found faster one by one than in an order. */
    private static final int MOST_LONE = 8;

    private final TreeMap<byte[], RowLock> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Held> ranges = new ArrayList<>();
    /** Of the table as a whole. */
    private final List<Held> whole = new ArrayList<>(0);
    /** For ranges and the table as a whole. */
    private final List<LockRequest> waitingRanges = new ArrayList<>();

    private final Reference2IntOpenHashMap<LockOwner> counts = new Reference2IntOpenHashMap<>();
    /** While there are no others: rows with one holder, which nobody waits for. */
    private final @Nullable Held[] lone = new @Nullable Held[MOST_LONE];

    private int lones;

    boolean isEmpty() {
        return lones == 0 && hasOnlyLone();
    }

    private boolean hasOnlyLone() {
        return rows.isEmpty() && hasOnlyRows();
    }

    /** Locks a row in the short way, if nobody else has anything to do with it and few rows are locked. */
    boolean lockLone(LockOwner owner, LockSpan span, LockMode mode) {
        if (!span.isKey() || !hasOnlyLone() || !(mode instanceof RowLockMode wanted)) {
            return false;
        }
        byte[] key = span.begin();
        for (int i = 0; i < lones; i++) {
            Held held = lone[i];
            if (held != null && Arrays.equals(held.span().begin(), key)) {
                return held.owner() == owner && held.mode() instanceof RowLockMode has && has.covers(wanted);
            }
        }
        if (lones == MOST_LONE) {
            return false;
        }
        Held held = new Held(owner, span, mode, null);
        lone[lones++] = held;
        owner.acquired().add(held);
        return true;
    }

    /**
     * Locks a row that nobody holds past those who wait for it, in the short way: if only rows are locked and wanted, and the first in
     * line may be passed, with which all others may.
     */
    boolean lockPast(LockOwner owner, LockSpan span, LockMode mode, Predicate<LockRequest> overtaken) {
        LockRequest first = onlyFirst(span);
        if (first == null || !(mode instanceof RowLockMode wanted) || !overtaken.test(first)) {
            return false;
        }
        row(span).add(owner, wanted);
        counts.addTo(owner, 1);
        owner.acquired().add(new Held(owner, span, mode, null));
        return true;
    }

    /** The first in line for a row that nobody holds, where it is all that has to be looked at. */
    @Nullable
    LockRequest onlyFirst(LockSpan span) {
        if (lones > 0 || !span.isKey() || !hasOnlyRows()) {
            return null;
        }
        RowLock row = rows.get(span.begin());
        return row == null ? null : row.onlyFirst();
    }

    private boolean hasOnlyRows() {
        return ranges.isEmpty() && whole.isEmpty() && waitingRanges.isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // each lock is one object
    private boolean releaseLone(Held held) {
        for (int i = lones - 1; i >= 0; i--) {
            if (lone[i] == held) {
                lone[i] = lone[--lones];
                lone[lones] = null;
                return true;
            }
        }
        return false;
    }

    /** Puts the locks that were taken in the short way among the others. */
    void settle() {
        for (int i = 0; i < lones; i++) {
            Held held = lone[i];
            if (held != null && held.mode() instanceof RowLockMode mode) {
                row(held.span()).set(held.owner(), mode);
                counts.addTo(held.owner(), 1);
                lone[i] = null;
            }
        }
        lones = 0;
    }

    private RowLock row(LockSpan span) {
        return rows.computeIfAbsent(span.begin(), key -> new RowLock());
    }

    /** Whether nobody holds or wants anything of a row's lock, nor a range or the table. */
    boolean isUntouched(LockSpan span) {
        return span.isKey() && hasOnlyRows() && !rows.containsKey(span.begin());
    }

    /** How many locks an owner holds here. */
    int count(LockOwner owner) {
        return counts.getInt(owner);
    }

    boolean holds(LockOwner owner, LockSpan span, LockMode mode) {
        if (span.isTable()) {
            return whole.stream()
                    .anyMatch(held -> held.owner() == owner && held.mode().equals(mode));
        }
        for (Held range : ranges) {
            if (range.owner() == owner && range.span().contains(span)) {
                return true;
            }
        }
        RowLock row = span.isKey() ? rows.get(span.begin()) : null;
        RowLockMode held = row == null ? null : row.modeOf(owner);
        return held != null && mode instanceof RowLockMode wanted && held.covers(wanted);
    }

    /**
     * Adds whom a lock has to wait for.
     *
     * @param request the lock, if it waits already
     * @param overtaken those in line for a row that are passed
     */
    void addBlockers(
            LockOwner owner,
            LockSpan span,
            LockMode mode,
            @Nullable LockRequest request,
            Predicate<LockRequest> overtaken,
            Blockers blockers) {
        for (Held range : ranges) {
            if (!range.owner().isWith(owner) && collide(range.span(), range.mode(), span, mode)) {
                blockers.add(range.owner());
            }
        }
        for (Held held : whole) {
            if (!held.owner().isWith(owner) && held.mode().excludes(mode)) {
                blockers.add(held.owner());
            }
        }
        if (span.isKey()) {
            addOfRow(owner, span, mode, request, overtaken, blockers);
        } else {
            rowsIn(span).values().forEach(row -> row.addHolders(owner, mode, blockers));
        }
        if (blockers.isEnough()) {
            return;
        }
        // Who has locks here already may be what the ranges wait for, and goes first.
        if (!span.isKey() || count(owner) == 0) {
            for (LockRequest earlier : waitingRanges) {
                if (earlier == request) {
                    break;
                }
                if (!earlier.owner().isWith(owner)
                        && collide(earlier.span(), earlier.mode(), span, mode)
                        && came(earlier, request)) {
                    blockers.add(earlier.owner());
                }
            }
        }
    }

    /** Whether locks, of which one is not of a single row, are in each other's way. */
    private static boolean collide(LockSpan one, LockMode held, LockSpan other, LockMode wanted) {
        return one.overlaps(other) && (!(one.isTable() || other.isTable()) || held.excludes(wanted));
    }

    private static boolean came(LockRequest earlier, @Nullable LockRequest request) {
        return request == null || earlier.number() < request.number();
    }

    private void addOfRow(
            LockOwner owner,
            LockSpan span,
            LockMode mode,
            @Nullable LockRequest request,
            Predicate<LockRequest> overtaken,
            Blockers blockers) {
        RowLock row = rows.get(span.begin());
        if (row != null) {
            row.addHolders(owner, mode, blockers);
            if (!blockers.isEnough() && row.modeOf(owner) == null) {
                row.addQueued(owner, mode, request, overtaken, blockers);
            }
        }
    }

    private SortedMap<byte[], RowLock> rowsIn(LockSpan span) {
        return span.isTable() ? rows : rows.subMap(span.begin(), Objects.requireNonNull(span.end()));
    }

    void grant(LockOwner owner, LockSpan span, LockMode mode) {
        RowLockMode before = null;
        if (span.isKey() && mode instanceof RowLockMode rowMode) {
            RowLock row = row(span);
            before = row.modeOf(owner);
            row.set(owner, rowMode);
        }
        Held held = new Held(owner, span, mode, before);
        if (!span.isKey()) {
            wide(span).add(held);
        }
        if (before == null) {
            counts.addTo(owner, 1);
        }
        owner.acquired().add(held);
    }

    private List<Held> wide(LockSpan span) {
        return span.isTable() ? whole : ranges;
    }

    /** Adds what is held, in numbers. */
    void addHeld(long tableId, List<LockState> states) {
        Map<LockOwner, Map<LockMode, Long>> held = new LinkedHashMap<>();
        rows.values().forEach(row -> row.forEachHolder((owner, mode) -> count(held, owner, mode)));
        ranges.forEach(range -> count(held, range.owner(), range.mode()));
        whole.forEach(lock -> count(held, lock.owner(), lock.mode()));
        held.forEach((owner, modes) -> modes.forEach((mode, count) ->
                states.add(new LockState(owner.name(), tableId, mode, true, count, "", List.of(), 0))));
    }

    private static void count(Map<LockOwner, Map<LockMode, Long>> held, LockOwner owner, LockMode mode) {
        held.computeIfAbsent(owner, key -> new LinkedHashMap<>()).merge(mode, 1L, Long::sum);
    }

    /** Gives back one lock. */
    void release(Held held) {
        if (releaseLone(held)) {
            return;
        }
        LockSpan span = held.span();
        if (!span.isKey()) {
            wide(span).remove(held);
        } else {
            RowLock row = rows.get(span.begin());
            if (row != null) {
                row.set(held.owner(), held.before());
                if (row.isEmpty()) {
                    rows.remove(span.begin());
                }
            }
        }
        if (held.before() == null) {
            if (counts.addTo(held.owner(), -1) == 1) {
                counts.removeInt(held.owner());
            }
        }
    }

    /** Lets a request wait: behind the others, or in front of them when the owner holds the row in a weaker mode. */
    void enqueue(LockRequest request) {
        LockSpan span = request.span();
        if (!span.isKey()) {
            waitingRanges.add(request);
            return;
        }
        RowLock row = row(span);
        row.enqueue(request, row.modeOf(request.owner()) != null);
    }

    /** Whether no other waits for the same row before it. */
    boolean isFirst(LockRequest request) {
        RowLock row = rows.get(request.span().begin());
        return row != null && !row.queue().isEmpty() && row.queue().getFirst() == request;
    }

    void dequeue(LockRequest request) {
        LockSpan span = request.span();
        if (!span.isKey()) {
            waitingRanges.remove(request);
            return;
        }
        RowLock row = rows.get(span.begin());
        if (row != null) {
            row.dequeue(request);
            if (row.isEmpty()) {
                rows.remove(span.begin());
            }
        }
    }

    /** Those who may get their lock now that something in a span was given back, in the order they came. */
    List<LockRequest> waitingFor(LockSpan span) {
        if (span.isKey() && waitingRanges.isEmpty()) {
            RowLock row = rows.get(span.begin());
            return row == null ? List.of() : List.copyOf(row.queue());
        }
        List<LockRequest> all = new ArrayList<>(waitingRanges);
        rows.values().forEach(row -> all.addAll(row.queue()));
        all.sort((a, b) -> Long.compare(a.number(), b.number()));
        return all;
    }
}
