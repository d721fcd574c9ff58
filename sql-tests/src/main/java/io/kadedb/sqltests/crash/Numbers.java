package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Sequences and identity columns: no number is given twice, and acknowledged rows stay. */
final class Numbers implements Workload {
    private final Set<String> drawn = ConcurrentHashMap.newKeySet();
    private final Set<String> inserted = ConcurrentHashMap.newKeySet();

    @Override
    public List<String> schema() {
        return List.of(
                "create sequence numbers increment by 3",
                "create table drawn (id bigint generated always as identity primary key, v bigint not null)");
    }

    @Override
    public int clients() {
        return 1;
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        switch (random.nextInt(3)) {
            case 0 -> draw(client.rows("select nextval('numbers')"));
            case 1 ->
                draw(client.rows(
                        "select nextval('numbers') from generate_series(1, " + (1 + random.nextInt(60)) + ") as g(i)"));
            default -> {
                List<String> rows = client.rows("insert into drawn (v) select nextval('numbers')"
                        + " from generate_series(1, " + (1 + random.nextInt(5)) + ") as g(i) returning id, v");
                draw(rows.stream()
                        .map(row -> row.substring(row.indexOf('|') + 1))
                        .toList());
                inserted.addAll(rows);
            }
        }
    }

    private void draw(List<String> values) {
        for (String value : values) {
            if (!drawn.add(value)) {
                throw new Violation("the sequence gives " + value + " again");
            }
        }
    }

    @Override
    public void check(Client client) throws SQLException {
        List<String> rows = client.rows("select id, v from drawn");
        List<String> missing = new ArrayList<>(inserted);
        missing.removeAll(new HashSet<>(rows));
        if (!missing.isEmpty()) {
            throw new Violation("acknowledged rows are not there: " + missing);
        }
        client.expect(
                "numbers given twice",
                "select count(*) - count(distinct v), count(*) - count(distinct id) from drawn",
                List.of("0|0"));
        // What was not acknowledged is there now, and not given again.
        rows.forEach(row -> drawn.add(row.substring(row.indexOf('|') + 1)));
        inserted.addAll(rows);
    }
}
