package io.kadedb.server.session;

import io.kadedb.common.seam.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is planned until the test lets it run. */
final class ManualScheduler implements Scheduler {
    private final List<Planned> planned = new ArrayList<>();

    private record Planned(Duration delay, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Planned entry = new Planned(delay, task);
        planned.add(entry);
        return () -> planned.remove(entry);
    }

    List<Duration> delays() {
        return planned.stream().map(Planned::delay).toList();
    }

    void runAll() {
        List<Planned> due = List.copyOf(planned);
        planned.clear();
        due.forEach(entry -> entry.task().run());
    }
}
