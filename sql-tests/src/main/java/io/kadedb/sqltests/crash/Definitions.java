package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tables and indexes come, change and go: of each statement all is there or nothing. */
final class Definitions implements Workload {
    private static final List<String> ROUND = List.of(
            "create table made as select id, price, name from items",
            "create index made_price on made (price)",
            "alter table made add column extra int default 7",
            "alter table made alter column price type bigint",
            "begin; create table made_copy as select * from made; update made_count set n = (select count(*) from"
                    + " made_copy); commit",
            "alter table made drop column name",
            "drop table made_copy",
            "drop table made");
    /** Columns, indexes and copies after each. */
    private static final List<String> STATES =
            List.of("0|0|0", "3|0|0", "3|1|0", "4|1|0", "4|1|0", "4|1|4", "3|1|4", "3|1|0");

    private int done;
    private boolean unknown;

    @Override
    public List<String> schema() {
        return List.of("create table made_count (n bigint)", "insert into made_count values (0)");
    }

    @Override
    public int clients() {
        return 1;
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        unknown = true;
        for (String sql : ROUND.get(done % ROUND.size()).split(";")) {
            client.run(sql);
        }
        unknown = false;
        done++;
    }

    @Override
    public void aborted(int number) {
        unknown = false;
    }

    private static String columns(Client client, String table) throws SQLException {
        return client.value("select count(*) from information_schema.columns where table_name = '" + table + "'");
    }

    @Override
    public void check(Client client) throws SQLException {
        String made = columns(client, "made");
        String copy = columns(client, "made_copy");
        long indexes = made.equals("0")
                ? 0
                : client.rows("check table made").stream()
                        .filter(row -> row.startsWith("index|"))
                        .count();
        String state = made + "|" + indexes + "|" + copy;
        List<Integer> allowed = new ArrayList<>(List.of(done));
        if (unknown) {
            allowed.add(done + 1);
        }
        // Two states that look alike differ in a type: the statement that is run again does no harm.
        int found = allowed.stream()
                .filter(number -> STATES.get(number % STATES.size()).equals(state))
                .findFirst()
                .orElseThrow(() -> new Violation("after %d changes of definitions, %s: %s, expected %s"
                        .formatted(
                                done,
                                unknown ? "one of which is not known" : "all acknowledged",
                                state,
                                STATES.get(done % STATES.size()))));
        done = found;
        unknown = false;
        if (made.equals("4") || (made.equals("3") && found % ROUND.size() > 4)) {
            client.expect(
                    "a column with a default",
                    "select count(*) from made where extra is distinct from 7",
                    List.of("0"));
        }
        if (!copy.equals("0")) {
            client.expect(
                    "a table and the count of its rows",
                    "select count(*) - (select n from made_count) from made_copy",
                    List.of("0"));
        }
    }
}
