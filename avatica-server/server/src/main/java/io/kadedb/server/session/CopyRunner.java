package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.api.PlannedStatement;
import java.util.Map;
import java.util.function.Supplier;

/** Writes rows to files and to clients: COPY TO and EXPORT DATABASE. Belongs to the session's thread. */
final class CopyRunner {
    private final Services services;
    private final DatabaseFiles files;
    private final StatementPlans plans;
    private final RunContexts contexts;

    CopyRunner(Services services, DatabaseFiles files, StatementPlans plans, RunContexts contexts) {
        this.services = services;
        this.files = files;
        this.plans = plans;
        this.contexts = contexts;
    }

    /** Whether rows that a client sends are in a format that is not read from front to end. */
    static boolean isReadFromFile(Statement.CopyFrom copy) {
        return copy.options().stream()
                .filter(option -> option.name().text().equals("format"))
                .anyMatch(option ->
                        FileFormat.of("", Map.of("format", option.value())).typed());
    }

    Portal run(PlannedStatement.CopyTo copy, StatementRun run) {
        if (copy.toClient()) {
            QueryResult result = services.executor().execute(copy.plan(), contexts.of(run, copy.parameterTypes()));
            return QueryPortal.started(CopiedRows.COLUMNS, copied(copy, result), run);
        }
        long rows = export(copy, run, () -> services.exports().create(copy.path(), copy.options(), copy.columns()));
        return CompletedPortal.modified("COPY", rows);
    }

    Portal run(Statement.ExportDatabase export, StatementRun run) {
        ActiveTransaction transaction = run.transaction();
        long rows = files.write(
                export, transaction.catalog(), transaction.storage().sequences(), (copy, directory, name) -> {
                    if (!(plans.plan(copy, transaction) instanceof PlannedStatement.CopyTo planned)) {
                        throw KadeException.internal("COPY TO is planned as something else", null);
                    }
                    return export(planned, run, () -> directory.create(name, planned.options(), planned.columns()));
                });
        return CompletedPortal.modified("EXPORT", rows);
    }

    private QueryResult copied(PlannedStatement.CopyTo copy, QueryResult result) {
        boolean begun = false;
        try {
            QueryResult copied =
                    new CopiedRows(result, out -> services.exports().stream(out, copy.options(), copy.columns()));
            begun = true;
            return copied;
        } finally {
            if (!begun) {
                result.close();
            }
        }
    }

    /** Writes the rows of a query to a file and gives their number. */
    private long export(PlannedStatement.CopyTo copy, StatementRun run, Supplier<FileExports.Export> target) {
        long rows = 0;
        try (FileExports.Export file = target.get();
                QueryResult result =
                        services.executor().execute(copy.plan(), contexts.of(run, copy.parameterTypes()))) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                file.write(batch);
                rows += batch.length();
            }
            file.finish();
        }
        return rows;
    }
}
