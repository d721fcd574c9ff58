package io.kadedb.sqltests.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of one client after some of its transactions, and the statements of the next one. */
final class Rows {
    private static final int MANY = 300;
    private static final int MOST = 1_500;
    private static final int IDS = 10_000_000;
    private static final int MINUTES = 10_000;
    private static final int DAY = 1_440;
    private static final int PRICES = 100;
    private static final int NAMES = 10;
    private static final int TAGS = 5;
    private static final int KINDS = 7;

    /** A row of items; what is not here follows from these. */
    record Item(@Nullable Integer price, int name) {}

    private final int client;
    private final TreeMap<Integer, Item> items = new TreeMap<>();
    /** The item of each order. */
    private final TreeMap<Integer, Integer> orders = new TreeMap<>();
    /** Values by minutes. */
    private final TreeMap<Integer, Integer> metrics = new TreeMap<>();

    private int next = 1;
    private int nextOrder = 1;

    Rows(int client) {
        this.client = client;
    }

    Rows copy() {
        Rows copy = new Rows(client);
        copy.items.putAll(items);
        copy.orders.putAll(orders);
        copy.metrics.putAll(metrics);
        copy.next = next;
        copy.nextOrder = nextOrder;
        return copy;
    }

    NavigableMap<Integer, Item> items() {
        return items;
    }

    private int id(int number) {
        return client * IDS + number;
    }

    /** As {@link NumberedRows} reads them. */
    List<String> itemTexts() {
        List<String> texts = new ArrayList<>();
        items.forEach((number, item) -> texts.add("%d|%d|%s|Name %d|{t%d}|{\"k\": %d}|%s"
                .formatted(
                        id(number),
                        number,
                        item.price,
                        item.name,
                        number % TAGS,
                        number % KINDS,
                        item.price == null ? null : Integer.valueOf(2 * item.price))));
        return texts;
    }

    List<String> orderTexts() {
        List<String> texts = new ArrayList<>();
        orders.forEach((number, item) -> texts.add(id(number) + "|" + id(item)));
        return texts;
    }

    List<String> metricTexts() {
        List<String> texts = new ArrayList<>();
        metrics.forEach((minute, value) -> texts.add(minute + "|" + value));
        return texts;
    }

    /** Changes this to what a transaction leaves, and gives its statements. */
    List<String> change(SplittableRandom random) {
        List<String> statements = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            statements.add(
                    switch (random.nextInt(10)) {
                        case 0, 1 -> insert(random);
                        case 2 -> insertMany();
                        case 3 -> raise(random);
                        case 4 -> rename(random);
                        case 5 -> delete(random);
                        case 6 -> upsert(random);
                        case 7 -> order(random);
                        case 8 -> measure(random);
                        default -> move(random);
                    });
        }
        return statements;
    }

    private int any(SplittableRandom random) {
        return 1 + random.nextInt(next);
    }

    private String insert(SplittableRandom random) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Item item = new Item(random.nextInt(8) == 0 ? null : random.nextInt(PRICES), random.nextInt(NAMES));
            values.add(values(next, item));
            items.put(next++, item);
        }
        return "insert into items (id, client, n, price, name, tags, doc) values " + String.join(", ", values);
    }

    private String values(int number, Item item) {
        return "(%d, %d, %d, %s, 'Name %d', array['t%d'], '{\"k\": %d}')"
                .formatted(id(number), client, number, item.price, item.name, number % TAGS, number % KINDS);
    }

    private String insertMany() {
        int from = next;
        for (int i = 0; i < MANY; i++) {
            items.put(next, new Item(next % PRICES, next % NAMES));
            next++;
        }
        return ("insert into items (id, client, n, price, name, tags, doc)"
                        + " select %d + i, %d, i, i %% %d, 'Name ' || i %% %d, array['t' || i %% %d],"
                        + " ('{\"k\": ' || i %% %d || '}')::jsonb from generate_series(%d, %d) as g(i)")
                .formatted(id(0), client, PRICES, NAMES, TAGS, KINDS, from, next - 1);
    }

    private String raise(SplittableRandom random) {
        int from = any(random);
        int to = from + random.nextInt(200);
        items.subMap(from, true, to, true)
                .replaceAll((number, item) -> item.price == null ? item : new Item(item.price + 1, item.name));
        return "update items set price = price + 1 where client = %d and n between %d and %d"
                .formatted(client, from, to);
    }

    private String rename(SplittableRandom random) {
        int number = any(random);
        int name = random.nextInt(NAMES);
        items.computeIfPresent(number, (key, item) -> new Item(item.price, name));
        return "update items set name = 'Name %d' where id = %d".formatted(name, id(number));
    }

    private String delete(SplittableRandom random) {
        int from = any(random);
        int to = items.size() > MOST ? next : from + random.nextInt(items.size() / 2 + 5);
        items.subMap(from, true, to, true).clear();
        orders.values().removeIf(item -> item >= from && item <= to);
        return "delete from items where client = %d and n between %d and %d".formatted(client, from, to);
    }

    private String upsert(SplittableRandom random) {
        int number = any(random);
        Item given = new Item(random.nextInt(PRICES), random.nextInt(NAMES));
        Item old = items.get(number);
        items.put(number, old == null ? given : new Item(given.price, old.name));
        next = Math.max(next, number + 1);
        return "insert into items (id, client, n, price, name, tags, doc) values " + values(number, given)
                + " on conflict (id) do update set price = excluded.price";
    }

    private String order(SplittableRandom random) {
        Integer item = items.ceilingKey(any(random));
        if (item == null) {
            return insert(random);
        }
        orders.put(nextOrder, item);
        return "insert into orders values (%d, %d)".formatted(id(nextOrder++), id(item));
    }

    private String measure(SplittableRandom random) {
        int minute = random.nextInt(MINUTES);
        int value = random.nextInt(PRICES);
        metrics.put(minute, value);
        return ("insert into metrics values (%d, timestamp '2025-01-01' + %d * interval '1 minute', %d, %d)"
                        + " on conflict (client, ts) do update set v = excluded.v")
                .formatted(client, minute, minute, value);
    }

    /** Moves a row to the partition of the next day, or removes those before a time. */
    private String move(SplittableRandom random) {
        Integer minute = metrics.ceilingKey(random.nextInt(MINUTES));
        if (minute == null || metrics.containsKey(minute + DAY)) {
            int before = random.nextInt(MINUTES / 2);
            metrics.headMap(before, false).clear();
            return "delete from metrics where client = %d and ts < timestamp '2025-01-01' + %d * interval '1 minute'"
                    .formatted(client, before);
        }
        metrics.put(minute + DAY, metrics.remove(minute));
        return ("update metrics set ts = ts + interval '1 day', minute = minute + %d"
                        + " where client = %d and ts = timestamp '2025-01-01' + %d * interval '1 minute'")
                .formatted(DAY, client, minute);
    }
}
