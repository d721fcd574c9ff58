package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.Batches;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.TransactionStatus;
import java.sql.SQLException;
import java.util.List;

/** Runs the members of a batch one after the other; with autocommit on they are one transaction: all or none. */
public final class SessionBatches {
    private SessionBatches() {}

    /** The counts of all members; stops at the first that fails. */
    public static <T> long[] run(Session session, List<T> members, Batches.Member<T> runner) throws SQLException {
        boolean together = session.autocommit() && session.status() == TransactionStatus.IDLE && members.size() > 1;
        return together ? Batches.allOrNone(members, runner, new Together(session)) : Batches.each(members, runner);
    }

    private record Together(Session session) implements Batches.Transaction {
        @Override
        public void begin() {
            session.setAutocommit(false);
        }

        @Override
        public void commit() throws SQLException {
            try {
                session.commit();
            } catch (KadeException e) {
                throw KadeErrors.of(e, "");
            }
        }

        @Override
        public void end(boolean committed) {
            if (!committed) {
                session.rollback();
            }
            session.setAutocommit(true);
        }
    }
}
