package io.kadedb.server.session;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The transactions of all sessions of a database that have not ended. Thread-safe. */
public final class OpenTransactions {
    private final AtomicLong numbers = new AtomicLong();
    private final Set<ActiveTransaction> open = ConcurrentHashMap.newKeySet();

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void add(ActiveTransaction transaction) {
        open.add(transaction);
    }

    void remove(ActiveTransaction transaction) {
        open.remove(transaction);
    }

    /** Oldest first. */
    List<ActiveTransaction> all() {
        return open.stream()
                .sorted(Comparator.comparingLong(ActiveTransaction::number))
                .toList();
    }
}
