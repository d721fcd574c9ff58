package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/** Money moves between accounts: their sum is the same at any time, now and AS OF any time before. */
final class Transfers implements Workload {
    private static final int ACCOUNTS = 40;
    private static final String SUM = "select count(*), sum(balance) from accounts";
    private static final String EXPECTED = ACCOUNTS + "|" + ACCOUNTS * 100;
    private static final int PAST_TIMES = 4;

    private final SplittableRandom random;
    private final List<Instant> times = new CopyOnWriteArrayList<>();

    Transfers(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public List<String> schema() {
        return List.of(
                "create table accounts (id int primary key, balance int not null)",
                "create index accounts_balance on accounts (balance)",
                "insert into accounts select i, 100 from generate_series(1, " + ACCOUNTS + ") as g(i)");
    }

    @Override
    public int clients() {
        return 2;
    }

    @Override
    public void step(int number, Client client, SplittableRandom choices) throws SQLException {
        int from = 1 + choices.nextInt(ACCOUNTS);
        int to = 1 + (from + choices.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        int amount = choices.nextInt(50);
        switch (choices.nextInt(3)) {
            case 0 ->
                client.run(
                        "update accounts set balance = balance + case id when %d then -%d else %d end where id in (%d, %d)"
                                .formatted(from, amount, amount, from, to));
            case 1 -> {
                client.begin(choices);
                client.run("update accounts set balance = balance - %d where id = %d".formatted(amount, from));
                client.run("update accounts set balance = balance + %d where id = %d".formatted(amount, to));
                client.commit();
            }
            default -> checkSum(client, SUM);
        }
        // A time in which all that is acknowledged can be read.
        times.add(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private static void checkSum(Client client, String sql) throws SQLException {
        client.expect("money of all accounts", sql, List.of(EXPECTED));
    }

    @Override
    public void check(Client client) throws SQLException {
        checkSum(client, SUM);
        checkSum(client, SUM + " where balance > -1000000");
        for (int i = 0; i < PAST_TIMES && !times.isEmpty(); i++) {
            checkSum(client, SUM + " as of system time '" + times.get(random.nextInt(times.size())) + "'");
        }
    }
}
