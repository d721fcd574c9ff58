package io.kadedb.bench.measure;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Set;

/**
 * A checksum over every cell of a result, each in the form of {@link CanonicalCell}; it does not depend on the order of
 * rows.
 *
 * @param rows how many rows were read
 * @param checksum the sum of the rows' 64-bit hashes
 */
public record ResultDigest(long rows, long checksum) {
    private static final long PRIME = 0x100000001b3L;

    /**
     * Reads the rest of the result.
     *
     * @param approximate 1-based columns to round
     */
    public static ResultDigest of(ResultSet result, Set<Integer> approximate) throws SQLException {
        ResultSetMetaData metadata = result.getMetaData();
        int columns = metadata.getColumnCount();
        int[] types = new int[columns + 1];
        boolean[] rounded = new boolean[columns + 1];
        for (int column = 1; column <= columns; column++) {
            types[column] = metadata.getColumnType(column);
            rounded[column] = approximate.contains(column);
        }
        long rows = 0;
        long sum = columns;
        while (result.next()) {
            long hash = 0xcbf29ce484222325L;
            for (int column = 1; column <= columns; column++) {
                hash = hashCell(hash, result, column, types[column], rounded[column]);
            }
            sum += mix(hash);
            rows++;
        }
        return new ResultDigest(rows, sum);
    }

    /** The checksum as reports print it. */
    public String text() {
        return String.format("%016x", checksum);
    }

    private static long hashCell(long hash, ResultSet result, int column, int type, boolean rounded)
            throws SQLException {
        String text = CanonicalCell.text(result, column, type, rounded);
        long next = hash;
        if (text == null) {
            next = (next ^ 0x1ffff) * PRIME;
        } else {
            for (int i = 0; i < text.length(); i++) {
                next = (next ^ text.charAt(i)) * PRIME;
            }
        }
        return (next ^ 0x10000) * PRIME;
    }

    /** Spreads a row's hash so that rows which differ little do not cancel in the sum. */
    private static long mix(long hash) {
        long a = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        long b = (a ^ (a >>> 32)) * 0xd6e8feb86659fd93L;
        return b ^ (b >>> 32);
    }
}
