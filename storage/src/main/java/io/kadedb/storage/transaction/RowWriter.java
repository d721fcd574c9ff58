package io.kadedb.storage.transaction;

import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.transaction.StatementSink.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one statement to one table or index: at the end as deltas, or, when they become too many for one
 * key-value transaction, as segments on the way. Owned by one thread.
 */
final class RowWriter {
    private final TableChanges changes;
    private final int sequence;
    private final SentRows sent;
    private @Nullable StagedStatement staged;

    RowWriter(TableChanges changes, Kind kind, int sequence) {
        this.changes = changes;
        this.sequence = sequence;
        this.sent = new SentRows(changes.table(), kind);
    }

    /** Where to add rows. */
    SentRows sent() {
        return sent;
    }

    /** Whether {@link #stage} must come before more rows. */
    boolean isFull() {
        return sent.isFull() || sent.bytes() > StatementSink.STAGE_BYTES;
    }

    /** Writes what was added as segments. */
    StagedStatement stage() {
        StagedStatement target = staged;
        if (target == null) {
            target = new StagedStatement(changes, sent.kind(), Stamp.own(sequence));
            staged = target;
        }
        if (sent.rows() > 0) {
            target.add(sent);
            sent.clear();
        }
        return target;
    }

    /** Writes the rest and checks the keys. */
    void finish() {
        if (staged == null && new SmallStatement(changes, sent.kind(), sequence).write(sent)) {
            return;
        }
        stage().finish();
    }
}
