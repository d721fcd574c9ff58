package io.kadedb.bench.measure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * One run of one side: a statement from sending its text to having read its last cell, or a number of transactions.
 *
 * @param wallNanos elapsed time
 * @param cpuNanos CPU time of this whole process over that span: all threads of the engine, and whatever the Java
 *     runtime did meanwhile; negative when the engine runs in a process of its own
 */
public record Sample(long wallNanos, long cpuNanos, ResultDigest digest) {
    public static Sample take(Connection connection, String sql, Set<Integer> approximate) throws SQLException {
        long cpu = ProcessCpuClock.nanos();
        long start = System.nanoTime();
        ResultDigest digest;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            digest = ResultDigest.of(result, approximate);
        }
        long wall = System.nanoTime() - start;
        return new Sample(wall, ProcessCpuClock.nanos() - cpu, digest);
    }
}
