package io.kadedb.server.session;

import io.kadedb.parser.ast.TransactionMode.Isolation;
import io.kadedb.storage.api.IsolationLevel;
import java.util.Locale;
import java.util.Optional;

/** Isolation levels as statements and settings name them. */
final class IsolationLevels {
    private IsolationLevels() {}

    /** Nobody sees what is not committed, as in PostgreSQL. */
    static IsolationLevel of(Isolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED, READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
            case SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
        };
    }

    /** As SHOW gives it. */
    static String text(Isolation isolation) {
        return isolation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The level of a setting's text, in any case and with any of the usual separators. */
    static Optional<Isolation> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replaceAll("\\s+", "_");
        for (Isolation isolation : Isolation.values()) {
            if (isolation.name().equals(name)) {
                return Optional.of(isolation);
            }
        }
        return Optional.empty();
    }
}
