package io.kadedb.storage.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which one runs at a time, until it says that another may: which one is drawn from a seed, so that the same seed gives
 * the same run.
 */
public final class CooperativeThreads {
    private static final int MOST_TURNS = 2_000_000;

    private final Random random;
    private final Semaphore control = new Semaphore(0);

    @SuppressWarnings("ThreadLocalUsage") // one run has its own
    private final ThreadLocal<@Nullable Member> current = new ThreadLocal<>();

    private static final class Member {
        final Semaphore turn = new Semaphore(0);
        volatile boolean done;
        volatile @Nullable Throwable failure;
    }

    public CooperativeThreads(long seed) {
        this.random = new Random(seed);
    }

    /** Lets another thread run; the same one may be drawn again. Does nothing on threads of others. */
    public void giveWay() {
        Member member = current.get();
        if (member != null) {
            control.release();
            member.turn.acquireUninterruptibly();
        }
    }

    /** Runs all of them to their ends; fails with what the first of them failed with. */
    public void run(List<Runnable> bodies) {
        List<Member> members = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable body : bodies) {
            Member member = new Member();
            members.add(member);
            threads.add(Thread.ofPlatform().start(() -> {
                member.turn.acquireUninterruptibly();
                current.set(member);
                try {
                    body.run();
                } catch (RuntimeException | Error e) {
                    member.failure = e;
                } finally {
                    member.done = true;
                    control.release();
                }
            }));
        }
        List<Member> running = new ArrayList<>(members);
        for (int turn = 0; !running.isEmpty(); turn++) {
            if (turn == MOST_TURNS) {
                throw new AssertionError("after " + MOST_TURNS + " turns " + running.size() + " threads still wait");
            }
            Member next = running.get(random.nextInt(running.size()));
            next.turn.release();
            control.acquireUninterruptibly();
            if (next.done) {
                running.remove(next);
            }
        }
        join(threads);
        Optional<Member> failed =
                members.stream().filter(member -> member.failure != null).findFirst();
        if (failed.isPresent()) {
            throw new AssertionError("a client failed", failed.get().failure);
        }
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
