package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.DatabaseCheck;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What CHECK finds out, given to the client as the check goes on. */
final class CheckRows implements QueryResult {
    static final List<Field> COLUMNS = List.of(
            new Field("kind", SqlType.TEXT, false),
            new Field("object", SqlType.TEXT, true),
            new Field("rows", SqlType.BIGINT, false),
            new Field("problem", SqlType.TEXT, true));

    private final DatabaseCheck check;
    private final Queue<CheckResult> waiting = new ArrayDeque<>();

    CheckRows(DatabaseCheck check) {
        this.check = check;
    }

    @Override
    public List<Field> columns() {
        return COLUMNS;
    }

    @Override
    public @Nullable Batch next() {
        while (waiting.isEmpty()) {
            List<CheckResult> results = check.next();
            if (results == null) {
                return null;
            }
            waiting.addAll(results);
        }
        List<CheckResult> rows = new ArrayList<>();
        while (!waiting.isEmpty() && rows.size() < Batch.MAX_ROWS) {
            rows.add(waiting.remove());
        }
        MemorySegment counts =
                MemorySegment.ofArray(rows.stream().mapToLong(CheckResult::rows).toArray());
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (CheckResult row : rows) {
            List<@Nullable String> text = new ArrayList<>();
            text.add(row.kind());
            text.add(row.object().isEmpty() ? null : row.object());
            text.add(row.problem().orElse(null));
            texts.add(Collections.unmodifiableList(text));
        }
        return new Batch(
                rows.size(),
                List.of(
                        CompletedPortal.vector(texts, 0),
                        CompletedPortal.vector(texts, 1),
                        ColumnVector.fixed(SqlType.BIGINT, rows.size(), counts, null),
                        CompletedPortal.vector(texts, 2)));
    }

    @Override
    public QueryProfile profile() {
        return new QueryProfile(Map.of(), 0);
    }

    @Override
    public void close() {
        check.close();
    }
}
