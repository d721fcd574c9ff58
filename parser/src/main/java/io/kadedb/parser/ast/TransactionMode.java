package io.kadedb.parser.ast;

import java.util.Optional;

/**
 * What BEGIN or SET TRANSACTION asked for; what was not said stays as it is.
 *
 * @param asOf when the data is to be seen
 */
public record TransactionMode(Optional<Isolation> isolation, Optional<Boolean> readOnly, Optional<AsOf> asOf) {
    public static final TransactionMode UNSPECIFIED =
            new TransactionMode(Optional.empty(), Optional.empty(), Optional.empty());

    /** Isolation levels by the names of the SQL standard. */
    public enum Isolation {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE
    }
}
