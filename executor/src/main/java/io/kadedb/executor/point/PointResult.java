package io.kadedb.executor.point;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one row of a point plan, found when it is asked for. Belongs to one thread. */
final class PointResult implements QueryResult {
    private final List<Field> columns;
    private final PointRun run;
    private final QueryContext context;
    private final PreparedPoint owner;
    private boolean given;
    private boolean closed;

    PointResult(List<Field> columns, PointRun run, QueryContext context, PreparedPoint owner) {
        this.columns = columns;
        this.run = run;
        this.context = context;
        this.owner = owner;
    }

    @Override
    public List<Field> columns() {
        return columns;
    }

    @Override
    public @Nullable Batch next() {
        if (closed) {
            throw KadeException.of(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "the result is closed");
        }
        if (given) {
            return null;
        }
        given = true;
        return run.run(context);
    }

    @Override
    public QueryProfile profile() {
        return new QueryProfile(Map.of(), run.memoryBytes());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owner.released(run);
        }
    }
}
