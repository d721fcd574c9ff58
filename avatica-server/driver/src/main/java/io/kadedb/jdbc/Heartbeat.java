package io.kadedb.jdbc;

import java.lang.ref.WeakReference;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pings for all connections of the process, so that both sides notice when the other is gone without a word. */
final class Heartbeat {
    private static final long PERIOD_SECONDS = 15;
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Heartbeat() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kadedb-heartbeat");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(2 * PERIOD_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Pings the channel until the result is cancelled; a channel that nobody uses any more is let go. */
    static Future<?> start(Channel channel) {
        WeakReference<Channel> weak = new WeakReference<>(channel);
        return TIMER.scheduleAtFixedRate(
                () -> {
                    Channel alive = weak.get();
                    if (alive != null) {
                        alive.beat();
                    }
                },
                PERIOD_SECONDS,
                PERIOD_SECONDS,
                TimeUnit.SECONDS);
    }
}
