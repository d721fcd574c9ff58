package io.kadedb.storage.lock;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.lock.LockMode;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.Deadlock;
import io.kadedb.storage.api.LockState;
import io.kadedb.storage.api.LockWait;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a database, of rows and tables. Locks are given in the order they were asked for, with one exception: to wake a thread
 * takes longer than a short transaction, so whoever runs may take a row that has become free past those who are being
 * woken for it. None of those holds a lock that others could be waiting for, and each is passed for a bounded time only,
 * which begins when the row is first free for it; then the lock is handed to it. To call one costs whoever calls, so that
 * one that was passed is called again only after a pause, and looks by itself besides. When transactions come to wait for each other, the youngest of them gives way at once.
 * Thread-safe; no call blocks.
 */
public final class LockTable {
    private static final int MOST_EMPTY = 64;
    private static final int DEADLOCKS = 100;

    private final Clock clock;
    private final long overtakingNanos;
    private final long pauseNanos;
    private final Long2ObjectOpenHashMap<TableLocks> tables = new Long2ObjectOpenHashMap<>();
    private final Set<LockRequest> waiting = new LinkedHashSet<>();
    /** The last ones, oldest first. */
    private final ArrayDeque<Deadlock> deadlocks = new ArrayDeque<>();

    private final Predicate<LockRequest> overtaken = this::isOvertaken;
    private long owners;
    private long requests;

    /**
     * No locks.
     *
     * @param overtaking for how long others may be given what is free for a request; zero for the order of requests alone
     * @param pause between two calls of a request
     */
    public LockTable(Clock clock, Duration overtaking, Duration pause) {
        this.clock = clock;
        this.overtakingNanos = overtaking.toNanos();
        this.pauseNanos = pause.toNanos();
    }

    /** A new owner, younger than all before it. */
    public synchronized LockOwner newOwner(String name) {
        return newOwner(name, new LockGroup());
    }

    /** A new owner in a group. */
    public synchronized LockOwner newOwner(String name, LockGroup group) {
        return new LockOwner(++owners, name, group);
    }

    /** A new owner in a group that outlives transactions. */
    public synchronized LockOwner newLastingOwner(String name, LockGroup group) {
        LockOwner owner = new LockOwner(++owners, name, group);
        group.add(owner);
        return owner;
    }

    /** Locks if nobody is in the way. */
    public synchronized boolean tryLock(LockOwner owner, LockSpan span, LockMode mode) {
        TableLocks locks = tables.get(span.tableId());
        if (locks == null) {
            locks = new TableLocks();
            tables.put(span.tableId(), locks);
        }
        if (locks.lockLone(owner, span, mode) || locks.lockPast(owner, span, mode, overtaken)) {
            return true;
        }
        locks.settle();
        if (locks.isUntouched(span)) {
            locks.grant(owner, span, mode);
            return true;
        }
        if (locks.holds(owner, span, mode)) {
            return true;
        }
        Blockers blockers = Blockers.any();
        locks.addBlockers(owner, span, mode, null, overtaken, blockers);
        boolean free = blockers.isEmpty();
        if (free) {
            locks.grant(owner, span, mode);
        }
        dropIfEmpty(span.tableId());
        return free;
    }

    /**
     * Locks, or waits in line.
     *
     * @param target what is locked, in words
     * @return empty when the lock is held; else what tells when it is
     */
    public synchronized Optional<LockRequest> lock(
            LockOwner owner, LockSpan span, LockMode mode, Supplier<String> target) {
        if (tryLock(owner, span, mode)) {
            return Optional.empty();
        }
        LockRequest request = new LockRequest(++requests, owner, span, mode, target.get(), clock.nanoTime());
        TableLocks locks = settledOrNew(span.tableId());
        locks.enqueue(request);
        request.setNext(locks.isFirst(request));
        waiting.add(request);
        owner.setWaiting(request);
        breakDeadlocks(owner);
        return Optional.of(request);
    }

    /** Takes the lock that a request was called for, or may find free. If another was faster, it keeps its place in the line. */
    public synchronized void take(LockRequest request) {
        if (waiting.contains(request)) {
            request.missed();
            if (!isBlocked(request)) {
                grant(request);
            }
        }
    }

    /** Ends the waiting for a lock, if it goes on. */
    public synchronized void cancel(LockRequest request) {
        if (waiting.contains(request)) {
            remove(request);
            wake(request.span());
        }
    }

    /** How many locks an owner holds in a table. */
    public synchronized int count(LockOwner owner, long tableId) {
        TableLocks locks = settled(tableId);
        return locks == null ? 0 : locks.count(owner);
    }

    /** The rows and ranges of a table that an owner has locked. */
    public synchronized List<LockSpan> held(LockOwner owner, long tableId) {
        return owner.acquired().stream()
                .map(Held::span)
                .filter(span -> span.tableId() == tableId && !span.isTable())
                .toList();
    }

    /** A place in what an owner has locked, to come back to. */
    public synchronized int mark(LockOwner owner) {
        return owner.acquired().size();
    }

    /** Gives back what an owner has locked since a mark; 0 for everything. */
    public synchronized void release(LockOwner owner, int mark) {
        List<Held> acquired = owner.acquired();
        if (waiting.isEmpty()) {
            while (acquired.size() > mark) {
                Held held = acquired.removeLast();
                release(held);
                dropIfEmpty(held.span().tableId());
            }
            return;
        }
        if (acquired.size() == mark + 1) {
            Held held = acquired.removeLast();
            release(held);
            wake(held.span());
            return;
        }
        List<Held> released = new ArrayList<>(acquired.size() - mark);
        while (acquired.size() > mark) {
            Held held = acquired.removeLast();
            release(held);
            released.add(held);
        }
        for (Held held : released) {
            wake(held.span());
        }
    }

    private void release(Held held) {
        TableLocks locks = tables.get(held.span().tableId());
        if (locks != null) {
            locks.release(held);
        }
    }

    /** Gives back one lock of a key, if the owner has it. */
    public synchronized void release(LockOwner owner, LockSpan span) {
        for (int i = owner.acquired().size() - 1; i >= 0; i--) {
            Held held = owner.acquired().get(i);
            if (held.span().tableId() == span.tableId()
                    && Arrays.equals(held.span().begin(), span.begin())) {
                owner.acquired().remove(i);
                TableLocks locks = tables.get(span.tableId());
                if (locks != null) {
                    locks.release(held);
                }
                wake(span);
                return;
            }
        }
    }

    /** Who waits for whom. One that is being woken to take a free row waits for nobody. */
    public synchronized List<LockWait> waits() {
        List<LockWait> waits = new ArrayList<>();
        for (LockRequest request : waiting) {
            Set<LockOwner> blockers = blockers(request);
            if (!blockers.isEmpty()) {
                waits.add(new LockWait(
                        request.owner().name(),
                        request.target(),
                        blockers.stream().map(LockOwner::name).toList()));
            }
        }
        return waits;
    }

    /** What is held, by owner, table and mode, and what is waited for. */
    public synchronized List<LockState> states() {
        List<LockState> states = new ArrayList<>();
        tables.forEach((tableId, locks) -> {
            locks.settle();
            locks.addHeld(tableId, states);
        });
        for (LockRequest request : waiting) {
            states.add(new LockState(
                    request.owner().name(),
                    request.span().tableId(),
                    request.mode(),
                    false,
                    1,
                    request.target(),
                    blockers(request).stream().map(LockOwner::name).toList(),
                    (clock.nanoTime() - request.sinceNanos()) / 1_000_000));
        }
        return states;
    }

    /** The last deadlocks, oldest first. */
    public synchronized List<Deadlock> deadlocks() {
        return List.copyOf(deadlocks);
    }

    /** Ends all waiting: the database is closed. */
    public synchronized void close() {
        for (LockRequest request : List.copyOf(waiting)) {
            remove(request);
            request.fail(KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the database is closed"));
        }
    }

    /** Whether nothing is held and nobody waits. */
    public synchronized boolean isEmpty() {
        return tables.values().stream().allMatch(TableLocks::isEmpty);
    }

    private @Nullable TableLocks settled(long tableId) {
        TableLocks locks = tables.get(tableId);
        if (locks != null) {
            locks.settle();
        }
        return locks;
    }

    private TableLocks settledOrNew(long tableId) {
        TableLocks locks = settled(tableId);
        if (locks == null) {
            locks = new TableLocks();
            tables.put(tableId, locks);
        }
        return locks;
    }

    /** Keeps a few tables without locks: they will have some again. */
    private void dropIfEmpty(long tableId) {
        if (tables.size() <= MOST_EMPTY) {
            return;
        }
        TableLocks locks = tables.get(tableId);
        if (locks != null && locks.isEmpty()) {
            tables.remove(tableId);
        }
    }

    private void remove(LockRequest request) {
        waiting.remove(request);
        request.owner().setWaiting(null);
        TableLocks locks = settled(request.span().tableId());
        if (locks != null) {
            locks.dequeue(request);
        }
    }

    private void wake(LockSpan span) {
        TableLocks locks = settled(span.tableId());
        if (locks == null) {
            return;
        }
        LockRequest first = locks.onlyFirst(span);
        if (first != null) {
            call(first);
            return;
        }
        LockRequest ahead = null;
        for (LockRequest request : locks.waitingFor(span)) {
            if (!isBehind(ahead, request) && !isBlocked(request)) {
                call(request);
            }
            ahead = request;
        }
        dropIfEmpty(span.tableId());
    }

    /** Whether a request certainly waits for the one before it in a line, which may have got its lock. */
    private static boolean isBehind(@Nullable LockRequest ahead, LockRequest request) {
        return ahead != null
                && ahead.span().isKey()
                && Arrays.equals(ahead.span().begin(), request.span().begin())
                && request.span().isKey()
                && ahead.mode().excludes(request.mode())
                && request.owner().holdsNothing()
                && !ahead.owner().isWith(request.owner());
    }

    /** Gives a request the lock that is free for it, unless others may still be faster. */
    private void call(LockRequest request) {
        long now = clock.nanoTime();
        if (!mayBeOvertaken(request, now)) {
            grant(request);
        } else if (request.isCallable(now, pauseNanos)) {
            request.call(now);
        }
    }

    private void grant(LockRequest request) {
        TableLocks locks = settledOrNew(request.span().tableId());
        remove(request);
        locks.grant(request.owner(), request.span(), request.mode());
        request.grant();
    }

    /** One that holds nothing: past others a new ring of waiters could be made that the order of requests avoids. */
    private boolean mayBeOvertaken(LockRequest request, long now) {
        return request.owner().holdsNothing() && request.freeFor(now) < overtakingNanos;
    }

    private boolean isOvertaken(LockRequest request) {
        return request.wasCalled() && mayBeOvertaken(request, clock.nanoTime());
    }

    private Set<LockOwner> blockers(LockRequest request) {
        Blockers all = Blockers.all();
        addBlockers(request, all);
        return all.owners();
    }

    private boolean isBlocked(LockRequest request) {
        Blockers any = Blockers.any();
        addBlockers(request, any);
        return !any.isEmpty();
    }

    private void addBlockers(LockRequest request, Blockers blockers) {
        TableLocks locks = settled(request.span().tableId());
        if (locks != null) {
            locks.addBlockers(request.owner(), request.span(), request.mode(), request, earlier -> false, blockers);
        }
    }

    /** Lets the youngest of those who wait for each other give way, as long as the owner is among such. */
    private void breakDeadlocks(LockOwner owner) {
        if (owner.holdsNothing()) {
            // Nobody can be waiting for one who has nothing.
            return;
        }
        List<LockOwner> cycle = cycle(owner);
        while (!cycle.isEmpty()) {
            LockOwner victim = cycle.stream()
                    .max((a, b) -> Long.compare(a.number(), b.number()))
                    .orElseThrow();
            LockRequest given = victim.waiting();
            if (given == null) {
                throw new IllegalStateException("one who does not wait is in a deadlock");
            }
            Deadlock found = new Deadlock(clock.wallMicros(), victim.name(), waits(cycle));
            if (deadlocks.size() == DEADLOCKS) {
                deadlocks.removeFirst();
            }
            deadlocks.addLast(found);
            KadeException error = error(found);
            remove(given);
            given.fail(error);
            wake(given.span());
            cycle = cycle(owner);
        }
    }

    /** Each of a ring with the next. */
    private static List<LockWait> waits(List<LockOwner> cycle) {
        List<LockWait> waits = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            LockRequest request = cycle.get(i).waiting();
            waits.add(new LockWait(
                    cycle.get(i).name(),
                    request == null ? "" : request.target(),
                    List.of(cycle.get((i + 1) % cycle.size()).name())));
        }
        return waits;
    }

    private static KadeException error(Deadlock deadlock) {
        String detail = deadlock.waits().stream()
                .map(wait -> wait.owner() + " waits for " + wait.target() + ", blocked by "
                        + wait.blockers().getFirst())
                .collect(Collectors.joining("; "));
        return KadeException.of(ErrorCode.DEADLOCK_DETECTED, "deadlock detected")
                .detail(detail + ".")
                .hint("run the transaction again");
    }

    /** Those who wait for each other in a ring that the owner is in, each for the next; empty if there is none. */
    private List<LockOwner> cycle(LockOwner owner) {
        List<LockOwner> path = new ArrayList<>();
        return closes(owner, owner, path, new HashSet<>()) ? path : List.of();
    }

    private boolean closes(LockOwner at, LockOwner start, List<LockOwner> path, Set<LockGroup> seen) {
        @Nullable LockRequest request = at.waiting();
        if (request == null || !seen.add(at.group())) {
            return false;
        }
        path.add(request.owner());
        for (LockOwner blocker : blockers(request)) {
            if (blocker.isWith(start) || closes(blocker, start, path, seen)) {
                return true;
            }
        }
        path.removeLast();
        return false;
    }
}
