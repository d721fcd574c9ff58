package io.kadedb.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.lock.LockMode;
import io.kadedb.common.lock.TableLockMode;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.RowLockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LockTableTest {
    private static final Duration PAUSE = Duration.ofNanos(100_000);

    private static final List<RowLockMode> MODES = List.of(RowLockMode.values());
    private static final List<TableLockMode> TABLE_MODES = List.of(TableLockMode.values());
    private final LockTable table = new LockTable(Clock.system(), Duration.ZERO, Duration.ZERO);
    private final LockOwner a = table.newOwner("a");
    private final LockOwner b = table.newOwner("b");
    private final LockOwner c = table.newOwner("c");

    private static LockSpan key(int key) {
        return LockSpan.key(1, new byte[] {(byte) key});
    }

    private static LockSpan range(int from, int to) {
        return LockSpan.range(1, new byte[] {(byte) from}, new byte[] {(byte) to});
    }

    private void lock(LockOwner owner, LockSpan span, RowLockMode mode) {
        assertThat(table.lock(owner, span, mode, () -> "a row")).isEmpty();
    }

    private LockRequest waitFor(LockOwner owner, LockSpan span, RowLockMode mode) {
        LockRequest request =
                table.lock(owner, span, mode, () -> "row " + span.begin()[0]).orElseThrow();
        assertThat(request.outcome()).isNotDone();
        return request;
    }

    private static void assertDeadlock(LockRequest request, String... parts) {
        assertThat(request.outcome()).isCompletedExceptionally();
        CompletionException wrapper = catchThrowableOfType(
                CompletionException.class, () -> request.outcome().join());
        assertThat(wrapper.getCause()).isInstanceOfSatisfying(KadeException.class, error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
            assertThat(error.detail().orElseThrow()).contains(parts);
        });
    }

    /** The table of PostgreSQL's manual, section 13.3.2. */
    @Test
    void modesConflictAsInPostgreSql() {
        Map<RowLockMode, Set<RowLockMode>> conflicts = Map.of(
                RowLockMode.KEY_SHARE, Set.of(RowLockMode.UPDATE),
                RowLockMode.SHARE, Set.of(RowLockMode.NO_KEY_UPDATE, RowLockMode.UPDATE),
                RowLockMode.NO_KEY_UPDATE, Set.of(RowLockMode.SHARE, RowLockMode.NO_KEY_UPDATE, RowLockMode.UPDATE),
                RowLockMode.UPDATE, Set.of(RowLockMode.values()));
        for (RowLockMode held : RowLockMode.values()) {
            for (RowLockMode wanted : RowLockMode.values()) {
                boolean expected = conflicts.getOrDefault(held, Set.of()).contains(wanted);
                assertThat(held.conflictsWith(wanted)).isEqualTo(expected);
                lock(a, key(1), held);
                assertThat(table.tryLock(b, key(1), wanted)).isNotEqualTo(expected);
                table.release(a, 0);
                table.release(b, 0);
                assertThat(table.isEmpty()).isTrue();
            }
        }
    }

    @Test
    void locksAreGivenInTheOrderTheyWereAskedFor() {
        lock(a, key(1), RowLockMode.UPDATE);
        LockRequest second = waitFor(b, key(1), RowLockMode.UPDATE);
        LockRequest third = waitFor(c, key(1), RowLockMode.UPDATE);
        table.release(a, 0);
        assertThat(second.outcome()).isCompleted();
        assertThat(third.outcome()).isNotDone();
        table.release(b, 0);
        assertThat(third.outcome()).isCompleted();
        table.release(c, 0);
        assertThat(table.isEmpty()).isTrue();
    }

    private static final class Time implements Clock {
        private long nanos;

        @Override
        public long wallMicros() {
            return nanos / 1_000;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    }

    @Test
    void whoRunsTakesAFreeRowPastOneThatIsBeingWoken() {
        Time time = new Time();
        LockTable passing = new LockTable(time, Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        LockOwner second = passing.newOwner("second");
        assertThat(passing.tryLock(first, key(1), RowLockMode.UPDATE)).isTrue();
        LockRequest request =
                passing.lock(second, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        assertThat(passing.waits()).hasSize(1);
        passing.release(first, 0);
        assertThat(request.isCalled()).isTrue();
        assertThat(passing.waits()).isEmpty();
        LockOwner runner = passing.newOwner("runner");
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isTrue();
        passing.take(request);
        assertThat(request.outcome()).isNotDone();
        assertThat(request.isCalled()).isFalse();
        passing.release(runner, 0);
        assertThat(request.isCalled()).as("called again so soon").isFalse();
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isTrue();
        time.nanos += PAUSE.toNanos();
        passing.release(runner, 0);
        assertThat(request.isCalled()).isTrue();
        passing.take(request);
        assertThat(request.outcome()).isCompleted();
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isFalse();
        passing.release(second, 0);
        assertThat(passing.isEmpty()).isTrue();
    }

    @Test
    void whoHoldsOtherLocksIsNotPassedInALongLine() {
        LockTable passing = new LockTable(new Time(), Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        LockOwner runner = passing.newOwner("runner");
        passing.tryLock(first, key(1), RowLockMode.UPDATE);
        List<LockRequest> line = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            line.add(passing.lock(passing.newOwner("w" + i), key(1), RowLockMode.NO_KEY_UPDATE, () -> "row 1")
                    .orElseThrow());
        }
        passing.release(first, 0);
        assertThat(line.stream().map(LockRequest::isCalled)).containsExactly(true, false, false);
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isTrue();
        assertThat(passing.count(runner, 1)).isEqualTo(1);
        LockOwner burdened = passing.newOwner("burdened");
        passing.tryLock(burdened, key(2), RowLockMode.UPDATE);
        LockRequest last = passing.lock(burdened, key(1), RowLockMode.UPDATE, () -> "row 1")
                .orElseThrow();
        passing.release(runner, 0);
        assertThat(passing.count(runner, 1)).isZero();
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isFalse();
        passing.cancel(last);
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isTrue();
        passing.release(runner, 0);
        for (LockRequest request : line) {
            assertThat(passing.tryLock(runner, key(2), RowLockMode.KEY_SHARE)).isFalse();
            passing.take(request);
            assertThat(request.outcome()).isCompleted();
            passing.release(request.owner(), 0);
        }
        passing.release(burdened, 0);
        assertThat(passing.isEmpty()).isTrue();
    }

    @Test
    void sharersBehindOneThatIsCalledAreCalledToo() {
        LockTable passing = new LockTable(new Time(), Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        passing.tryLock(first, key(1), RowLockMode.UPDATE);
        LockRequest one = passing.lock(passing.newOwner("one"), key(1), RowLockMode.SHARE, () -> "row 1")
                .orElseThrow();
        LockRequest two = passing.lock(passing.newOwner("two"), key(1), RowLockMode.SHARE, () -> "row 1")
                .orElseThrow();
        passing.release(first, 0);
        assertThat(one.isCalled()).isTrue();
        assertThat(two.isCalled()).isTrue();
    }

    @Test
    void onePassedMayLookByItself() {
        LockTable passing = new LockTable(new Time(), Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        LockOwner runner = passing.newOwner("runner");
        passing.tryLock(first, key(1), RowLockMode.UPDATE);
        LockRequest request = passing.lock(passing.newOwner("second"), key(1), RowLockMode.UPDATE, () -> "row 1")
                .orElseThrow();
        assertThat(request.wasCalled()).isFalse();
        passing.release(first, 0);
        passing.tryLock(runner, key(1), RowLockMode.UPDATE);
        passing.take(request);
        passing.release(runner, 0);
        assertThat(request.isCalled()).isFalse();
        assertThat(request.wasCalled()).isTrue();
        passing.take(request);
        assertThat(request.outcome()).isCompleted();
    }

    @Test
    void nobodyIsPassedForLongerThanTheBound() {
        Time time = new Time();
        LockTable passing = new LockTable(time, Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        LockOwner second = passing.newOwner("second");
        LockOwner runner = passing.newOwner("runner");
        passing.tryLock(first, key(1), RowLockMode.UPDATE);
        LockRequest request =
                passing.lock(second, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        passing.release(first, 0);
        time.nanos = 1_000_000;
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isFalse();
        passing.take(request);
        assertThat(request.outcome()).isCompleted();
        LockRequest late =
                passing.lock(runner, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        time.nanos = 2_000_000;
        passing.release(second, 0);
        assertThat(late.outcome()).as("free for it only now").isNotDone();
        assertThat(passing.tryLock(first, key(1), RowLockMode.UPDATE)).isTrue();
        time.nanos = 3_000_000;
        passing.release(first, 0);
        assertThat(late.outcome()).as("handed over").isCompleted();
    }

    /** Past it another could take what it waits for and then wait for what it holds. */
    @Test
    void nobodyIsPassedWhoHoldsALock() {
        LockTable passing = new LockTable(new Time(), Duration.ofMillis(1), PAUSE);
        LockOwner first = passing.newOwner("first");
        LockOwner second = passing.newOwner("second");
        LockOwner third = passing.newOwner("third");
        LockOwner runner = passing.newOwner("runner");
        passing.tryLock(first, key(1), RowLockMode.UPDATE);
        LockRequest free =
                passing.lock(second, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        passing.tryLock(third, key(2), RowLockMode.UPDATE);
        LockRequest holding =
                passing.lock(third, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        passing.release(first, 0);
        assertThat(free.isCalled()).isTrue();
        assertThat(passing.tryLock(runner, key(1), RowLockMode.UPDATE)).isFalse();
        passing.take(free);
        passing.release(second, 0);
        assertThat(holding.outcome()).as("handed over").isCompleted();
    }

    @Test
    void aSharedLockDoesNotOvertakeAnExclusiveOne() {
        lock(a, key(1), RowLockMode.SHARE);
        LockRequest update = waitFor(b, key(1), RowLockMode.UPDATE);
        LockRequest share = waitFor(c, key(1), RowLockMode.SHARE);
        table.cancel(update);
        assertThat(share.outcome()).isCompleted();
    }

    @Test
    void whoHoldsARowStrengthensItsLockBeforeOthersGetTheirs() {
        lock(a, key(1), RowLockMode.SHARE);
        lock(b, key(1), RowLockMode.KEY_SHARE);
        LockRequest other = waitFor(c, key(1), RowLockMode.UPDATE);
        lock(a, key(1), RowLockMode.NO_KEY_UPDATE);
        LockRequest stronger = waitFor(a, key(1), RowLockMode.UPDATE);
        table.release(b, 0);
        assertThat(stronger.outcome()).isCompleted();
        assertThat(other.outcome()).isNotDone();
        table.release(a, 0);
        assertThat(other.outcome()).isCompleted();
    }

    @Test
    void releasingToAMarkGivesBackWhatCameAfterAndWeakensWhatWasStrengthened() {
        lock(a, key(1), RowLockMode.SHARE);
        int mark = table.mark(a);
        lock(a, key(1), RowLockMode.UPDATE);
        lock(a, key(2), RowLockMode.UPDATE);
        LockRequest share = waitFor(b, key(1), RowLockMode.SHARE);
        LockRequest two = waitFor(c, key(2), RowLockMode.UPDATE);
        table.release(a, mark);
        assertThat(share.outcome()).isCompleted();
        assertThat(two.outcome()).isCompleted();
        assertThat(table.tryLock(c, key(1), RowLockMode.NO_KEY_UPDATE)).isFalse();
    }

    @Test
    void theYoungestInARingGivesWay() {
        lock(a, key(1), RowLockMode.UPDATE);
        lock(b, key(2), RowLockMode.UPDATE);
        LockRequest younger = waitFor(b, key(1), RowLockMode.UPDATE);
        LockRequest older = waitFor(a, key(2), RowLockMode.UPDATE);
        assertDeadlock(younger, "a waits for row 2, blocked by b", "b waits for row 1, blocked by a");
        table.release(b, 0);
        assertThat(older.outcome()).isCompleted();
    }

    @Test
    void aRingOfThree() {
        lock(a, key(1), RowLockMode.UPDATE);
        lock(b, key(2), RowLockMode.UPDATE);
        lock(c, key(3), RowLockMode.UPDATE);
        LockRequest first = waitFor(a, key(2), RowLockMode.UPDATE);
        LockRequest second = waitFor(b, key(3), RowLockMode.UPDATE);
        LockRequest closing =
                table.lock(c, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        assertDeadlock(closing, "c waits for row 1, blocked by a");
        table.release(c, 0);
        assertThat(second.outcome()).isCompleted();
        assertThat(first.outcome()).isNotDone();
    }

    @Test
    void twoThatShareAndBothWantMoreAreADeadlock() {
        lock(a, key(1), RowLockMode.SHARE);
        lock(b, key(1), RowLockMode.SHARE);
        LockRequest first = waitFor(a, key(1), RowLockMode.UPDATE);
        LockRequest second =
                table.lock(b, key(1), RowLockMode.UPDATE, () -> "row 1").orElseThrow();
        assertDeadlock(second, "blocked by");
        table.release(b, 0);
        assertThat(first.outcome()).isCompleted();
    }

    @Test
    void rangesExcludeOthersWithinThem() {
        lock(a, key(5), RowLockMode.KEY_SHARE);
        LockRequest range = waitFor(b, range(1, 10), RowLockMode.UPDATE);
        LockRequest behind = waitFor(c, key(7), RowLockMode.KEY_SHARE);
        lock(a, key(6), RowLockMode.UPDATE);
        table.release(a, 0);
        assertThat(range.outcome()).isCompleted();
        assertThat(behind.outcome()).isNotDone();
        assertThat(table.tryLock(a, key(10), RowLockMode.UPDATE)).isTrue();
        assertThat(table.tryLock(b, key(3), RowLockMode.UPDATE)).isTrue();
        table.release(b, 0);
        assertThat(behind.outcome()).isCompleted();
    }

    @Test
    void waitsTellWhoWaitsForWhom() {
        lock(a, key(1), RowLockMode.UPDATE);
        waitFor(b, key(1), RowLockMode.UPDATE);
        waitFor(c, key(1), RowLockMode.UPDATE);
        assertThat(table.waits()).hasSize(2);
        assertThat(table.waits().getFirst().owner()).isEqualTo("b");
        assertThat(table.waits().getFirst().blockers()).containsExactly("a");
        assertThat(table.waits().getLast().blockers()).containsExactly("a", "b");
    }

    /** Random locks of random owners: conflicting locks are never held at once, everybody gets on or is told not to. */
    @Test
    void randomTransactions() {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        try {
            for (int round = 0; round < 200; round++) {
                new Simulation(random.split(), Duration.ZERO, 6).run();
                new Simulation(random.split(), Duration.ofNanos(20), 6).run();
                // Nearly everybody wants the same row.
                new Simulation(random.split(), Duration.ofNanos(20), 1).run();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("kadedb.seed=" + seed, e);
        }
    }

    private static final class Simulation {
        private final SplittableRandom random;
        private final int rows;
        private final Time time = new Time();
        private final LockTable locks;
        private final List<Transaction> running = new ArrayList<>();

        /** @param rows how many there are */
        Simulation(SplittableRandom random, Duration overtaking, int rows) {
            this.random = random;
            this.rows = rows;
            this.locks = new LockTable(time, overtaking, Duration.ofNanos(5));
        }

        private final class Transaction {
            private final LockOwner owner = locks.newOwner("t" + random.nextInt(1_000));
            private final List<LockSpan> spans = new ArrayList<>();
            private final List<LockMode> modes = new ArrayList<>();
            private int steps = 1 + random.nextInt(6);
            private Optional<LockRequest> waiting = Optional.empty();

            private void held() {
                for (Transaction other : running) {
                    for (int i = 0; other != this && i < other.spans.size(); i++) {
                        boolean apart = !other.spans.get(i).overlaps(spans.getLast())
                                || !other.modes.get(i).excludes(modes.getLast());
                        assertThat(apart).isTrue();
                    }
                }
            }

            /** Whether it goes on. */
            private boolean step() {
                time.nanos++;
                if (waiting.isPresent()) {
                    boolean looks = waiting.get().wasCalled() && random.nextInt(4) == 0;
                    if (looks || waiting.get().isCalled()) {
                        locks.take(waiting.get());
                    }
                    if (!waiting.get().outcome().isDone()) {
                        return true;
                    }
                    if (waiting.get().outcome().isCompletedExceptionally()) {
                        return false;
                    }
                    spans.add(waiting.get().span());
                    modes.add(waiting.get().mode());
                    held();
                    waiting = Optional.empty();
                    return true;
                }
                if (steps-- == 0) {
                    return false;
                }
                int from = random.nextInt(rows);
                boolean wide = random.nextInt(8 * 6 / rows) == 0;
                LockSpan span = wide ? range(from, from + 1 + random.nextInt(4)) : key(from);
                LockMode mode = wide ? RowLockMode.UPDATE : MODES.get(random.nextInt(MODES.size()));
                if (random.nextInt(12 * 6 / rows) == 0) {
                    span = LockSpan.table(1);
                    mode = TABLE_MODES.get(random.nextInt(TABLE_MODES.size()));
                }
                waiting = locks.lock(owner, span, mode, () -> "a row");
                if (waiting.isEmpty()) {
                    spans.add(span);
                    modes.add(mode);
                    held();
                }
                return true;
            }
        }

        void run() {
            int started = 0;
            int idle = 0;
            while (started < 30 || !running.isEmpty()) {
                if (started < 30 && running.size() < 6) {
                    running.add(new Transaction());
                    started++;
                }
                Transaction next = running.get(random.nextInt(running.size()));
                boolean stuck = next.waiting.isPresent()
                        && !next.waiting.get().outcome().isDone();
                idle = stuck ? idle + 1 : 0;
                assertThat(idle).as("nobody gets on: %s", locks.waits()).isLessThan(1_000);
                if (!next.step()) {
                    running.remove(next);
                    locks.release(next.owner, 0);
                }
            }
            assertThat(locks.isEmpty()).isTrue();
        }
    }
}
