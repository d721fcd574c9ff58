package io.kadedb.storage.keyspace;

import io.kadedb.storage.api.KeySpaceErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who waits for which keys to change. A watch promises that the value changed, not what to. Safe for all threads. */
final class Watches {
    /** As many as FoundationDB allows by default. */
    private static final int MOST = 10_000;

    private final TreeMap<byte[], List<Watch>> byKey = new TreeMap<>(Keys.ORDER);
    private volatile int count;

    /**
     * @param key the key
     * @param value what it was when the watch was set
     * @param changed completes when the value is another
     */
    record Watch(byte[] key, byte @Nullable [] value, CompletableFuture<Void> changed) {}

    void add(Watch watch) {
        synchronized (this) {
            if (count < MOST) {
                count++;
                byKey.computeIfAbsent(watch.key, key -> new ArrayList<>(1)).add(watch);
                return;
            }
        }
        watch.changed.completeExceptionally(KeySpaceErrors.TOO_MANY_WATCHES.exception());
    }

    /** Completes a watch if the current value is not the one it was set on. */
    void check(Watch watch, byte @Nullable [] now) {
        if (!Arrays.equals(watch.value, now)) {
            remove(watch);
            watch.changed.complete(null);
        }
    }

    /** Gives up a watch that its owner cancelled. */
    synchronized void remove(Watch watch) {
        List<Watch> watches = byKey.get(watch.key);
        if (watches != null && watches.remove(watch)) {
            count--;
            if (watches.isEmpty()) {
                byKey.remove(watch.key);
            }
        }
    }

    /** Completes the watches of keys whose values are others now. */
    void written(ResolvedWrites writes) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < writes.size(); i++) {
            for (Watch watch : watchesOf(writes.key(i))) {
                check(watch, writes.value(i));
            }
        }
    }

    private synchronized List<Watch> watchesOf(byte[] key) {
        return List.copyOf(byKey.getOrDefault(key, List.of()));
    }

    void close() {
        List<Watch> all = new ArrayList<>();
        synchronized (this) {
            byKey.values().forEach(all::addAll);
            byKey.clear();
            count = 0;
        }
        for (Watch watch : all) {
            watch.changed.completeExceptionally(KeySpaceErrors.OPERATION_CANCELLED.exception());
        }
    }
}
