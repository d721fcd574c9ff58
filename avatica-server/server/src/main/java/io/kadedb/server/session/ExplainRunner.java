package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** EXPLAIN: shows plans, and with ANALYZE what came of them. Belongs to the session's thread. */
final class ExplainRunner {
    private final Services services;
    private final StatementPlans plans;
    private final RunContexts contexts;
    private final ModificationRunner modifications;
    private final BiConsumer<PlannedStatement, StatementRun> writable;

    /** @param writable refuses what a transaction may not do */
    ExplainRunner(
            Services services,
            StatementPlans plans,
            RunContexts contexts,
            ModificationRunner modifications,
            BiConsumer<PlannedStatement, StatementRun> writable) {
        this.services = services;
        this.plans = plans;
        this.contexts = contexts;
        this.modifications = modifications;
        this.writable = writable;
    }

    Portal run(ParsedStatement parsed, Statement.Explain explain, StatementRun run) {
        ParsedStatement inner = new ParsedStatement(
                explain.statement(), parsed.text(), parsed.offset(), parsed.parameterCount(), parsed.nesting());
        PlannedStatement planned = plans.plan(inner, run.transaction());
        PhysicalPlan plan = plan(planned);
        Map<PhysicalPlan, PartitionsRead> partitions = new PartitionsRead.Finder(
                        services.executor(),
                        run.transaction().tables(),
                        () -> contexts.of(run, planned.parameterTypes()))
                .find(plan);
        QueryProfile profile = explain.analyze() ? profile(planned, run) : null;
        String text = services.planText().print(plan, explain.format(), profile, partitions);
        return CompletedPortal.rows(
                "EXPLAIN",
                List.of("QUERY PLAN"),
                explain.format() == ExplainFormat.JSON
                        ? List.of(List.of(text))
                        : text.strip().lines().map(List::of).toList());
    }

    private static PhysicalPlan plan(PlannedStatement planned) {
        return switch (planned) {
            case PlannedStatement.Query query -> query.plan();
            case PlannedStatement.Modification modification -> modification.plan();
            case PlannedStatement.CreateTableAs create -> create.source();
            case PlannedStatement.CopyTo copy -> copy.plan();
            case PlannedStatement.Definition _, PlannedStatement.TableLocks _, PlannedStatement.Alteration _ ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, planned.verb() + " has no plan to explain");
        };
    }

    /** Runs a statement; null for what is not run by EXPLAIN ANALYZE. */
    private @Nullable QueryProfile profile(PlannedStatement planned, StatementRun run) {
        QueryProfile[] profile = new QueryProfile[1];
        switch (planned) {
            case PlannedStatement.Query query -> profile[0] = drain(query, run);
            case PlannedStatement.Modification modification -> {
                writable.accept(planned, run);
                modifications.profile(modification, run, found -> profile[0] = found);
            }
            case PlannedStatement.CreateTableAs create -> {
                writable.accept(planned, run);
                modifications.createTableAs(create, run, found -> profile[0] = found);
            }
            case PlannedStatement.CopyTo _,
                    PlannedStatement.Definition _,
                    PlannedStatement.TableLocks _,
                    PlannedStatement.Alteration _ -> {}
        }
        return profile[0];
    }

    private QueryProfile drain(PlannedStatement.Query query, StatementRun run) {
        try (QueryResult result = services.executor().execute(query.plan(), contexts.of(run, query.parameterTypes()))) {
            while (result.next() != null) {
                run.token().checkpoint();
            }
            return result.profile();
        }
    }
}
