package io.kadedb.sqltests.crash;

import io.kadedb.history.ListAppendChecker;
import io.kadedb.history.ListAppendChecker.Finding;
import io.kadedb.history.ListAppendHistory;
import io.kadedb.history.ListAppendHistory.Append;
import io.kadedb.history.ListAppendHistory.Op;
import io.kadedb.history.ListAppendHistory.Outcome;
import io.kadedb.history.ListAppendHistory.Read;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers are appended to lists, which others read: histories over a kill have no anomalies. Each server has lists of its own. */
final class Lists implements Workload {
    private static final int KEYS = 4;
    private static final int MOST_OPS = 4;

    private final AtomicLong moments = new AtomicLong();
    private final AtomicInteger values = new AtomicInteger();
    private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, List<Integer>> before = new TreeMap<>();
    private int first;

    private record Attempt(List<Op> ops, Outcome outcome, long begin, long end) {}

    @Override
    public List<String> schema() {
        return List.of("create table lists (k int primary key, v text not null)");
    }

    @Override
    public int clients() {
        return 3;
    }

    @Override
    public void begin(Client client) throws SQLException {
        first += KEYS;
        client.run("insert into lists select k, '' from generate_series(%d, %d) as g(k)"
                .formatted(first, first + KEYS - 1));
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        long begin = moments.incrementAndGet();
        List<Op> ops = new ArrayList<>();
        Outcome outcome = Outcome.ABORTED;
        try {
            client.begin("serializable");
            int count = 1 + random.nextInt(MOST_OPS);
            for (int i = 0; i < count; i++) {
                ops.add(operation(client, first + random.nextInt(KEYS), random));
            }
            outcome = Outcome.UNKNOWN;
            client.commit();
            outcome = Outcome.COMMITTED;
        } catch (SQLException e) {
            if (Survivor.isRefused(e)) {
                outcome = Outcome.ABORTED;
            }
            throw e;
        } finally {
            attempts.add(new Attempt(ops, outcome, begin, moments.incrementAndGet()));
        }
    }

    private Op operation(Client client, int key, SplittableRandom random) throws SQLException {
        if (random.nextBoolean()) {
            return new Read(key, list(client.value("select v from lists where k = " + key)));
        }
        int value = values.incrementAndGet();
        client.run("update lists set v = v || ',%d' where k = %d".formatted(value, key));
        return new Append(key, value);
    }

    private static List<Integer> list(String text) {
        return Arrays.stream(text.split(","))
                .filter(value -> !value.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public void check(Client client) throws SQLException {
        Map<Integer, List<Integer>> now = new TreeMap<>();
        for (String row : client.rows("select k, v from lists order by k")) {
            int bar = row.indexOf('|');
            now.put(Integer.valueOf(row.substring(0, bar)), list(row.substring(bar + 1)));
        }
        before.forEach((key, values) -> {
            if (!values.equals(now.get(key))) {
                throw new Violation("list " + key + " was " + values + " and is " + now.get(key));
            }
        });
        before.putAll(now);
        if (attempts.isEmpty()) {
            return;
        }
        Set<Integer> there = new HashSet<>();
        now.values().forEach(there::addAll);
        ListAppendHistory history = new ListAppendHistory();
        for (Attempt attempt : attempts) {
            history.add(attempt.ops, outcome(attempt, there), attempt.begin, attempt.end);
        }
        long begin = moments.incrementAndGet();
        List<Op> reads = new ArrayList<>();
        now.forEach((key, values) -> {
            if (key >= first) {
                reads.add(new Read(key, values));
            }
        });
        history.add(reads, Outcome.COMMITTED, begin, moments.incrementAndGet());
        Collection<Finding> findings = ListAppendChecker.check(history.transactions());
        attempts.clear();
        if (!findings.isEmpty()) {
            throw new Violation("lists: " + findings);
        }
    }

    /** Of a transaction whose commit nobody acknowledged either all is there or nothing. */
    private static Outcome outcome(Attempt attempt, Set<Integer> there) {
        List<Integer> appended = attempt.ops.stream()
                .filter(Append.class::isInstance)
                .map(op -> ((Append) op).value())
                .toList();
        if (attempt.outcome != Outcome.UNKNOWN || appended.isEmpty()) {
            return attempt.outcome;
        }
        if (there.containsAll(appended)) {
            return Outcome.COMMITTED;
        }
        if (appended.stream().anyMatch(there::contains)) {
            throw new Violation("of the transaction " + attempt + " only a part is there");
        }
        return Outcome.ABORTED;
    }
}
