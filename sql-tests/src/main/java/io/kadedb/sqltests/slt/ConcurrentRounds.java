package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The rounds of a concurrent loop, a thread each. */
final class ConcurrentRounds {
    private ConcurrentRounds() {}

    /** One round. */
    interface Body {
        void run(int round) throws IOException, ScriptException;
    }

    /** Runs all rounds at the same time and waits for their ends; what one of them threw is thrown then. */
    static void run(String script, int line, int count, Body body) throws ScriptException {
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int round = i;
            threads.add(Thread.ofPlatform().daemon().name("slt-round-" + round).start(() -> {
                try {
                    body.run(round);
                } catch (IOException | ScriptException | RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // Their statements have deadlines; what is left of them ends with those.
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Exception first = failures.poll();
        if (first instanceof ScriptException known) {
            throw known;
        }
        if (first != null) {
            throw new ScriptException(script, line, "a round failed: " + first.getMessage(), first);
        }
    }
}
