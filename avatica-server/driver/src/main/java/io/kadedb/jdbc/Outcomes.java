package io.kadedb.jdbc;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** What a statement's texts gave, one after the other, for {@code getMoreResults}. */
final class Outcomes {
    private final RemoteConnection connection;
    private final Queue<Service.ResultSetResponse> waiting = new ArrayDeque<>();

    Outcomes(RemoteConnection connection) {
        this.connection = connection;
    }

    void take(Collection<Service.ResultSetResponse> results) {
        waiting.addAll(results);
    }

    /** The next outcome; null when there are no more. */
    Service.@Nullable ResultSetResponse next() {
        return waiting.poll();
    }

    /** Lets go of those nobody has looked at. */
    void close() {
        for (Service.ResultSetResponse left = waiting.poll(); left != null; left = waiting.poll()) {
            if (left.firstFrame != null && !left.firstFrame.done) {
                connection.closeRows(left.statementId);
            }
        }
    }
}
