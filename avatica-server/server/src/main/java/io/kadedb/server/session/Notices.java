package io.kadedb.server.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a session has to say until it is asked: the first few thousand notices, and how many more there were. Thread-safe. */
final class Notices implements Consumer<Notice> {
    private static final int MOST = 10_000;

    private final List<Notice> kept = new ArrayList<>();
    private long leftOut;
    private int statement = Notice.NO_STATEMENT;

    /** What is said from now on is said by a statement of the client; what that has said before was not its last run. */
    synchronized void begins(int number) {
        statement = number;
        if (!kept.isEmpty() && number != Notice.NO_STATEMENT) {
            kept.replaceAll(notice -> notice.statement() == number ? notice.saidBy(Notice.NO_STATEMENT) : notice);
        }
    }

    @Override
    public synchronized void accept(Notice notice) {
        if (kept.size() < MOST) {
            kept.add(notice.saidBy(statement));
        } else {
            leftOut++;
        }
    }

    /** What was said since this was asked last. */
    synchronized List<Notice> take() {
        if (kept.isEmpty()) {
            return List.of();
        }
        if (leftOut > 0) {
            kept.add(Notice.of(leftOut + " further notices are left out"));
            leftOut = 0;
        }
        List<Notice> taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }
}
