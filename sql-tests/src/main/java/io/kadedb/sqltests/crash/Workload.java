package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What clients do, and what has to hold of it whenever the server is killed. Clients are threads of their own; checks run while
 * none works.
 */
interface Workload {
    /** Statements that make what it works on. */
    List<String> schema();

    /** How many clients it has. */
    int clients();

    /** Before clients work on a server. */
    default void begin(Client client) throws SQLException {}

    /**
     * One transaction.
     *
     * @param number of the client, from 0
     * @throws SQLException when it was not committed, or nobody knows
     * @throws Violation when what it saw was wrong
     */
    void step(int number, Client client, SplittableRandom random) throws SQLException;

    /** Says that the client's transaction of which {@link #step} failed was not committed. */
    default void aborted(int number) {}

    /**
     * Compares what is there with what was acknowledged.
     *
     * @throws Violation when it is wrong
     */
    void check(Client client) throws SQLException;
}
