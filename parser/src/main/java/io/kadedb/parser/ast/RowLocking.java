package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.List;

/**
 * FOR UPDATE and its kin behind a query.
 *
 * @param tables named by OF, as FROM calls them; empty for all
 */
public record RowLocking(Strength strength, List<Name> tables, Wait waiting, SourcePosition position) {
    public RowLocking {
        tables = List.copyOf(tables);
    }

    /** How strong a lock is, weakest first. */
    public enum Strength {
        KEY_SHARE("FOR KEY SHARE"),
        SHARE("FOR SHARE"),
        NO_KEY_UPDATE("FOR NO KEY UPDATE"),
        UPDATE("FOR UPDATE");

        private final String sql;

        Strength(String sql) {
            this.sql = sql;
        }

        /** As it is written. */
        public String sql() {
            return sql;
        }
    }

    /** What to do about rows that others have locked. */
    public enum Wait {
        WAIT,
        NOWAIT,
        SKIP_LOCKED
    }
}
