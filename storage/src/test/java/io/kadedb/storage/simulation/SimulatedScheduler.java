package io.kadedb.storage.simulation;

import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs background work on the test's thread, when the test says so, on a clock that only moves then. */
public final class SimulatedScheduler implements Scheduler, Clock {
    private static final long EPOCH_MICROS = 1_700_000_000_000_000L;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueMicros).thenComparingLong(Task::number));
    private long nowMicros = EPOCH_MICROS;
    private long number;

    private record Task(long dueMicros, long number, Runnable work) {}

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Task planned = new Task(nowMicros + delay.toNanos() / 1_000, number++, task);
        tasks.add(planned);
        return () -> tasks.remove(planned);
    }

    /** Tasks that would run without time passing. */
    public long due() {
        return tasks.stream().filter(task -> task.dueMicros() <= nowMicros).count();
    }

    /** Lets time pass and runs what becomes due, in order. */
    public void pass(Duration time) {
        long end = nowMicros + time.toNanos() / 1_000;
        while (!tasks.isEmpty() && tasks.peek().dueMicros() <= end) {
            Task next = tasks.remove();
            nowMicros = Math.max(nowMicros, next.dueMicros());
            next.work().run();
        }
        nowMicros = end;
    }

    @Override
    public long wallMicros() {
        return nowMicros;
    }

    @Override
    public long nanoTime() {
        return nowMicros * 1_000;
    }
}
