package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows with every kind of index, foreign keys, generated columns and partitions. The transactions of each client are numbered, and
 * each writes its number beside its rows, so that the number says what has to be there.
 */
final class NumberedRows implements Workload {
    private static final int CLIENTS = 3;

    private final Rows[] rows = new Rows[CLIENTS];
    private final long[] acknowledged = new long[CLIENTS];
    /** What the transaction leaves of which nobody knows whether it was committed. */
    private final @Nullable Rows[] pending = new Rows[CLIENTS];

    NumberedRows() {
        for (int client = 0; client < CLIENTS; client++) {
            rows[client] = new Rows(client);
        }
    }

    @Override
    public List<String> schema() {
        List<String> schema = new ArrayList<>(List.of(
                "create table items (id bigint primary key, client int not null, n int not null, price int, name text,"
                    + " tags text[], doc jsonb, twice int generated always as (price * 2) stored, unique (client, n))",
                "create index items_price on items (price desc)",
                "create index items_lower on items (lower(name))",
                "create index items_cheap on items (client) where price < 50",
                "create index items_tags on items using gin (tags)",
                "create index items_doc on items using gin (doc)",
                "create index items_words on items using gin (to_tsvector('simple', name))",
                "create table orders (id bigint primary key,"
                        + " item bigint not null references items on delete cascade)",
                "create index orders_item on orders (item)",
                "create table metrics (client int, ts timestamp, minute int, v int, primary key (client, ts))"
                        + " partition by range (ts interval '1 day')",
                "create index metrics_v on metrics (v)",
                "create table progress (client int primary key, number bigint not null)"));
        for (int client = 0; client < CLIENTS; client++) {
            schema.add("insert into progress values (" + client + ", 0)");
        }
        return schema;
    }

    @Override
    public int clients() {
        return CLIENTS;
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        Rows next = rows[number].copy();
        List<String> statements = next.change(random);
        pending[number] = next;
        client.begin(random);
        client.run("update progress set number = number + 1 where client = " + number);
        for (String statement : statements) {
            client.run(statement);
        }
        client.commit();
        acknowledge(number, next);
    }

    private void acknowledge(int number, Rows there) {
        rows[number] = there;
        pending[number] = null;
        acknowledged[number]++;
    }

    @Override
    public void aborted(int number) {
        pending[number] = null;
    }

    @Override
    public void check(Client client) throws SQLException {
        for (int number = 0; number < CLIENTS; number++) {
            checkRows(number, client);
        }
        int price = 7;
        count(client, "price = " + price, item -> Objects.equals(item.price(), price));
        count(
                client,
                "price between 3 and 30",
                item -> item.price() != null && item.price() >= 3 && item.price() <= 30);
        count(client, "lower(name) = 'name 3'", item -> item.name() == 3);
        count(client, "client = 1 and price < 50", 1, item -> item.price() != null && item.price() < 50);
        count(client, "to_tsvector('simple', name) @@ to_tsquery('simple', '4')", item -> item.name() == 4);
        for (int remainder = 0; remainder < 3; remainder++) {
            countNumbers(client, "tags @> array['t" + remainder + "']", 5, remainder);
            countNumbers(client, "doc @> '{\"k\": " + remainder + "}'", 7, remainder);
        }
        client.expect(
                "orders without items",
                "select count(*) from orders where item not in (select id from items)",
                List.of("0"));
    }

    private void checkRows(int number, Client client) throws SQLException {
        long there = Long.parseLong(client.value("select number from progress where client = " + number));
        Rows unknown = pending[number];
        if (there == acknowledged[number] + 1 && unknown != null) {
            acknowledge(number, unknown);
        } else if (there != acknowledged[number]) {
            throw new Violation("client %d has %d transactions, %d are acknowledged%s"
                    .formatted(number, there, acknowledged[number], unknown == null ? "" : " and one is not known"));
        }
        pending[number] = null;
        String what = "client " + number + " after " + there + " transactions";
        client.expect(
                what,
                "select id, n, price, name, tags, doc, twice from items where client = " + number + " order by id",
                rows[number].itemTexts());
        client.expect(
                what,
                "select id, item from orders where id / 10000000 = " + number + " order by id",
                rows[number].orderTexts());
        client.expect(
                what,
                "select minute, v from metrics where client = " + number
                        + " and ts = timestamp '2025-01-01' + minute * interval '1 minute' order by ts",
                rows[number].metricTexts());
    }

    private void count(Client client, String condition, Predicate<Rows.Item> meets) throws SQLException {
        count(client, condition, -1, meets);
    }

    /** Counts by an index, of one client or of all. */
    private void count(Client client, String condition, int only, Predicate<Rows.Item> meets) throws SQLException {
        long expected = 0;
        for (int number = 0; number < CLIENTS; number++) {
            if (only < 0 || only == number) {
                expected += rows[number].items().values().stream().filter(meets).count();
            }
        }
        expectCount(client, condition, expected);
    }

    private void countNumbers(Client client, String condition, int of, int remainder) throws SQLException {
        long expected = 0;
        for (Rows each : rows) {
            expected += each.items().keySet().stream()
                    .filter(number -> number % of == remainder)
                    .count();
        }
        expectCount(client, condition, expected);
    }

    private static void expectCount(Client client, String condition, long expected) throws SQLException {
        client.expect(
                "rows by an index",
                "select count(*) from items where " + condition,
                List.of(String.format(Locale.ROOT, "%d", expected)));
    }
}
