package io.kadedb.jdbc.common;

import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that the session had to say, and which statement's last run said it. */
public final class StatementNotice {
    private final int statement;
    private final String sqlState;
    private final String message;

    /** @param statement its number in the connection; {@link Integer#MIN_VALUE} for none */
    public StatementNotice(int statement, String sqlState, String message) {
        this.statement = statement;
        this.sqlState = sqlState;
        this.message = message;
    }

    boolean isOf(int number) {
        return statement == number;
    }

    /** The same, when the statement runs again. */
    StatementNotice ofNone() {
        return new StatementNotice(Integer.MIN_VALUE, sqlState, message);
    }

    /** The chain that JDBC has for it; null if there is none. */
    static @Nullable SQLWarning chain(List<StatementNotice> all) {
        SQLWarning first = null;
        for (StatementNotice notice : all) {
            SQLWarning warning = new SQLWarning(notice.message, notice.sqlState);
            if (first == null) {
                first = warning;
            } else {
                first.setNextWarning(warning);
            }
        }
        return first;
    }
}
