package io.kadedb.bench.oltp;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** What a client does over and over; every one a transaction of its own. */
public enum Workload {
    /** Reads a row by its primary key. */
    POINT_SELECT("select") {
        @Override
        long transact(Client client, SplittableRandom random, long sequence) throws SQLException {
            return client.balanceOf(random.nextInt(client.accounts()));
        }
    },
    /** Inserts a row with a new primary key. */
    INSERT("insert") {
        @Override
        long transact(Client client, SplittableRandom random, long sequence) throws SQLException {
            client.remember(sequence, random.nextInt(client.accounts()), 0, 0, random.nextInt(1000));
            return 1;
        }
    },
    /** Adds to a column of a row found by its primary key. */
    UPDATE("update") {
        @Override
        long transact(Client client, SplittableRandom random, long sequence) throws SQLException {
            return client.add("account", random.nextInt(client.accounts()), random.nextInt(1000));
        }
    },
    /**
     * Three updates, a select and an insert in a transaction block, after the transaction of TPC-B; derived from it, and
     * not a TPC result.
     */
    TPC_B("tpc-b-like", 1L << 40) {
        @Override
        boolean isBlock() {
            return true;
        }

        @Override
        long transact(Client client, SplittableRandom random, long sequence) throws SQLException {
            int account = random.nextInt(client.accounts());
            int teller = random.nextInt(OltpSchema.TELLERS);
            int branch = teller % OltpSchema.BRANCHES;
            int amount = random.nextInt(-1000, 1000);
            client.add("account", account, amount);
            long balance = client.balanceOf(account);
            client.add("teller", teller, amount);
            client.add("branch", branch, amount);
            client.remember(sequence, account, teller, branch, amount);
            client.commit();
            return balance;
        }
    },
    /** Adds to a column of the one row that all clients want. */
    HOT_ROW("hot row") {
        @Override
        long transact(Client client, SplittableRandom random, long sequence) throws SQLException {
            return client.add("branch", 0, random.nextInt(1000));
        }
    };

    private final String title;
    private final long firstSequence;

    Workload(String title) {
        this(title, 0);
    }

    Workload(String title, long firstSequence) {
        this.title = title;
        this.firstSequence = firstSequence;
    }

    /** As it stands in reports. */
    public String title() {
        return title;
    }

    /** Where the numbers of its transactions begin: workloads that insert into the same table keep apart. */
    long firstSequence() {
        return firstSequence;
    }

    /** Whether the transaction has several statements, and ends with a commit of its own. */
    boolean isBlock() {
        return false;
    }

    /**
     * One transaction.
     *
     * @param sequence a number that no other transaction of this database has
     * @return what it read, for the checksum
     */
    abstract long transact(Client client, SplittableRandom random, long sequence) throws SQLException;

    /** Reads the one number that a statement returns. */
    static long readOne(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("a row that was loaded is not found", "02000");
            }
            return rows.getLong(1);
        }
    }
}
