package io.kadedb.executor;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.operator.ResultRows;
import io.kadedb.executor.pipeline.QueryRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's end of a query. Belongs to one thread. */
final class LocalResult implements QueryResult {
    private final List<Field> columns;
    private final QueryRun run;
    private final ResultRows rows;
    private boolean started;
    private boolean closed;

    LocalResult(List<Field> columns, QueryRun run, ResultRows rows) {
        this.columns = columns;
        this.run = run;
        this.rows = rows;
    }

    void start() {
        started = true;
        run.start();
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
        if (!started) {
            start();
        }
        try {
            run.throwFailure();
            Batch batch = rows.take();
            run.throwFailure();
            return batch;
        } catch (RuntimeException | Error e) {
            run.stop();
            rows.release();
            throw e;
        }
    }

    @Override
    public QueryProfile profile() {
        return run.profile();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        run.stop();
        rows.release();
        run.close();
    }
}
