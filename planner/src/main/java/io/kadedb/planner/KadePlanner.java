package io.kadedb.planner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.RoomyStack;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.api.StatementPlanner;
import io.kadedb.planner.dml.AlterPlanner;
import io.kadedb.planner.dml.ChangePlanner;
import io.kadedb.planner.dml.ChangedRows;
import io.kadedb.planner.dml.CommentPlanner;
import io.kadedb.planner.dml.CopyPlanner;
import io.kadedb.planner.dml.CopyToPlanner;
import io.kadedb.planner.dml.DefinitionPlanner;
import io.kadedb.planner.dml.DropPlanner;
import io.kadedb.planner.dml.EnumPlanner;
import io.kadedb.planner.dml.GraphPlanner;
import io.kadedb.planner.dml.IndexPlanner;
import io.kadedb.planner.dml.InsertPlanner;
import io.kadedb.planner.dml.LockingPlanner;
import io.kadedb.planner.dml.MaterializedViewPlanner;
import io.kadedb.planner.dml.MergePlanner;
import io.kadedb.planner.dml.PlannedChange;
import io.kadedb.planner.dml.RowRules;
import io.kadedb.planner.dml.SequencePlanner;
import io.kadedb.planner.dml.TableLockPlanner;
import io.kadedb.planner.dml.TablePlanner;
import io.kadedb.planner.dml.TruncatePlanner;
import io.kadedb.planner.dml.ViewPlanner;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.point.PointQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNodeList;

/**
 * The planner. Plans of queries and modifications are cached by everything they depend on; definitions never are.
 *
 * <p>Thread-safe; a statement is planned by the thread that asks. Validation changes a statement's tree, so each parsed
 * statement is planned once only; the cache is what makes repeated planning cheap.
 */
public final class KadePlanner implements StatementPlanner {
    /** Plans kept when none is asked for. */
    public static final int DEFAULT_CACHED_PLANS = 1000;

    private final Cache<PlanKey, PlannedStatement> plans;

    public KadePlanner() {
        this(DEFAULT_CACHED_PLANS);
    }

    /** A planner that keeps at most so many plans. */
    public KadePlanner(int cachedPlans) {
        this.plans = Caffeine.newBuilder().maximumSize(cachedPlans).build();
    }

    @Override
    public PlannedStatement plan(ParsedStatement statement, PlanningContext context) {
        PlanKey key = PlanKey.of(statement, context);
        PlannedStatement cached = plans.getIfPresent(key);
        if (cached != null) {
            return cached;
        }
        Attempt attempt = attempt(statement, context);
        if (isCacheable(attempt)) {
            plans.put(key, attempt.planned());
        }
        return attempt.planned();
    }

    private record Attempt(PlannedStatement planned, PlanningSession session) {}

    private static Attempt attempt(ParsedStatement statement, PlanningContext context) {
        try {
            return RoomyStack.call(statement.nesting(), () -> plannedOnce(statement, context));
        } catch (StackOverflowError e) {
            // What the statement names, such as views and checks, may be nested deeper than itself.
            try {
                return RoomyStack.call(true, () -> plannedOnce(statement, context));
            } catch (StackOverflowError again) {
                throw KadeException.of(
                        ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is too deeply nested to be planned", again);
            }
        }
    }

    private static Attempt plannedOnce(ParsedStatement statement, PlanningContext context) {
        PlanningSession session = new PlanningSession(context);
        return new Attempt(planned(statement, statement.statement(), session), session);
    }

    @Override
    public PhysicalPlan complete(
            TableDefinition table, Set<Integer> defaulted, PhysicalPlan rows, PlanningContext context) {
        return RowRules.complete(new PlanningSession(context), table, defaulted, rows);
    }

    /** Plans over files, and over continuous aggregates, depend on what these are at the moment. */
    private static boolean isCacheable(Attempt attempt) {
        boolean kind = attempt.planned() instanceof PlannedStatement.Query
                || attempt.planned() instanceof PlannedStatement.Modification;
        PlanningSession session = attempt.session();
        return kind
                && !session.catalog().usesFiles()
                && !session.context().statistics().wasAskedForChanges();
    }

    private static PlannedStatement planned(ParsedStatement parsed, Statement statement, PlanningSession session) {
        int parameters = parsed.parameterCount();
        return switch (statement) {
            case Statement.Query query
            when !query.locks().isEmpty() -> {
                PlanningSession.Planned planned = new LockingPlanner(session).plan(query);
                yield new PlannedStatement.Query(
                        planned.plan(), planned.columns(), session.parameterTypes(parameters), true);
            }
            case Statement.Query query -> {
                PlanningSession.Planned planned =
                        pointQuery(query, session).orElseGet(() -> session.plan(query.query()));
                yield new PlannedStatement.Query(
                        planned.plan(), planned.columns(), session.parameterTypes(parameters), session.locksRows());
            }
            case Statement.Insert insert ->
                modification("INSERT", new InsertPlanner(session).plan(insert), session, parameters);
            case Statement.Update update ->
                modification("UPDATE", new ChangePlanner(session).plan(update), session, parameters);
            case Statement.Delete delete ->
                modification("DELETE", new ChangePlanner(session).plan(delete), session, parameters);
            case Statement.Merge merge ->
                modification("MERGE", new MergePlanner(session).plan(merge), session, parameters);
            case Statement.With with -> {
                session.setWith(with.queries());
                yield planned(parsed, with.statement(), session);
            }
            case Statement.WithChanges with -> withChanges(parsed, with, session);
            case Statement.Truncate truncate -> new TruncatePlanner(session).plan(truncate);
            case Statement.LockTables lock -> new TableLockPlanner(session).plan(lock);
            case Statement.CopyTo copy -> new CopyToPlanner(session).plan(copy, parameters);
            case Statement.CopyFrom copy -> {
                session.catalog().markFiles();
                yield new PlannedStatement.Modification(
                        "COPY", new CopyPlanner(session).plan(copy), List.of(), List.of());
            }
            case Statement.CreateSchema create -> new DefinitionPlanner(session).plan(create);
            case Statement.DropSchema drop -> new DropPlanner(session).plan(drop);
            case Statement.CreateIndex create -> new IndexPlanner(session).plan(create);
            case Statement.DropIndex drop -> new IndexPlanner(session).plan(drop);
            case Statement.CreateSequence create -> new SequencePlanner(session).plan(create);
            case Statement.AlterSequence alter -> new SequencePlanner(session).plan(alter);
            case Statement.RenameSequence rename -> new SequencePlanner(session).plan(rename);
            case Statement.MoveSequence move -> new SequencePlanner(session).plan(move);
            case Statement.OwnSequence own -> new SequencePlanner(session).plan(own);
            case Statement.DropSequence drop -> new SequencePlanner(session).plan(drop);
            case Statement.CreateEnum create -> new EnumPlanner(session).plan(create);
            case Statement.AddEnumLabel add -> new EnumPlanner(session).plan(add);
            case Statement.RenameEnumLabel rename -> new EnumPlanner(session).plan(rename);
            case Statement.RenameEnum rename -> new EnumPlanner(session).plan(rename);
            case Statement.DropEnum drop -> new EnumPlanner(session).plan(drop);
            case Statement.CreateTable create -> new TablePlanner(session).plan(create);
            case Statement.CreateTableAs create -> new DefinitionPlanner(session).plan(create, parameters);
            case Statement.AlterTable alter -> new AlterPlanner(session).plan(alter);
            case Statement.RenameIndex rename -> new AlterPlanner(session).plan(rename);
            case Statement.DropTable drop -> new DropPlanner(session).plan(drop);
            case Statement.Comment comment -> new CommentPlanner(session).plan(comment);
            case Statement.CreateView create -> new ViewPlanner(session).plan(create);
            case Statement.DropView drop -> new DropPlanner(session).plan(drop);
            case Statement.RenameView rename -> new ViewPlanner(session).plan(rename);
            case Statement.CreateMaterializedView create -> new MaterializedViewPlanner(session).plan(create);
            case Statement.RefreshMaterializedView refresh -> new MaterializedViewPlanner(session).plan(refresh);
            case Statement.RenameMaterializedView rename -> new MaterializedViewPlanner(session).plan(rename);
            case Statement.DropMaterializedView drop -> new DropPlanner(session).plan(drop);
            case Statement.Explain explain -> planned(parsed, explain.statement(), session);
            case Statement.CreatePropertyGraph create -> new GraphPlanner(session).plan(create);
            case Statement.AlterPropertyGraph alter -> new GraphPlanner(session).plan(alter);
            case Statement.DropPropertyGraph drop -> new DropPlanner(session).plan(drop);
            case Statement.Prepare ignored -> throw notPlanned();
            case Statement.Execute ignored -> throw notPlanned();
            case Statement.Deallocate ignored -> throw notPlanned();
            case Statement.DiscardTemporary ignored -> throw notPlanned();
            case Statement.DiscardAll ignored -> throw notPlanned();
            case Statement.Begin ignored -> throw notPlanned();
            case Statement.Commit ignored -> throw notPlanned();
            case Statement.Rollback ignored -> throw notPlanned();
            case Statement.Savepoint ignored -> throw notPlanned();
            case Statement.RollbackTo ignored -> throw notPlanned();
            case Statement.Release ignored -> throw notPlanned();
            case Statement.ShowLocks ignored -> throw notPlanned();
            case Statement.SetTransaction ignored -> throw notPlanned();
            case Statement.SetVariable ignored -> throw notPlanned();
            case Statement.AlterSystem ignored -> throw notPlanned();
            case Statement.ResetVariable ignored -> throw notPlanned();
            case Statement.ShowVariable ignored -> throw notPlanned();
            case Statement.ShowTables ignored -> throw notPlanned();
            case Statement.ShowSchemas ignored -> throw notPlanned();
            case Statement.Describe ignored -> throw notPlanned();
            case Statement.ShowCreateTable ignored -> throw notPlanned();
            case Statement.ShowCreateGraph ignored -> throw notPlanned();
            case Statement.ExportDatabase ignored -> throw notPlanned();
            case Statement.ImportDatabase ignored -> throw notPlanned();
            case Statement.BackupDatabase ignored -> throw notPlanned();
            case Statement.Check ignored -> throw notPlanned();
            case Statement.Checkpoint ignored -> throw notPlanned();
        };
    }

    /** The parts that write, each over what those before it return, and then the statement itself. */
    private static PlannedStatement withChanges(
            ParsedStatement parsed, Statement.WithChanges with, PlanningSession session) {
        List<PhysicalPlan.WithChanges.Change> changes = new ArrayList<>();
        for (Statement.WithChanges.Change change : with.changes()) {
            session.setWith(new SqlNodeList(
                    with.queries().subList(0, change.place()), with.queries().getParserPosition()));
            if (!(planned(parsed, change.statement(), session) instanceof PlannedStatement.Modification planned)) {
                throw KadeException.internal("a statement that writes is planned as another", null);
            }
            // Recursions count upwards.
            int id = -1 - changes.size();
            changes.add(new PhysicalPlan.WithChanges.Change(id, planned.plan()));
            session.catalog().addChange(ChangedRows.of(change.name(), id, planned));
        }
        session.setWith(with.queries());
        if (with.statement() instanceof Statement.Query query) {
            PlanningSession.Planned planned = session.plan(query.query());
            return new PlannedStatement.Modification(
                    "SELECT",
                    new PhysicalPlan.WithChanges(changes, planned.plan()),
                    planned.columns(),
                    session.parameterTypes(parsed.parameterCount()));
        }
        if (!(planned(parsed, with.statement(), session) instanceof PlannedStatement.Modification planned)) {
            throw KadeException.internal("a statement that writes is planned as another", null);
        }
        return new PlannedStatement.Modification(
                planned.verb(),
                new PhysicalPlan.WithChanges(changes, planned.plan()),
                planned.columns(),
                session.parameterTypes(parsed.parameterCount()));
    }

    private static PlannedStatement modification(
            String verb, PlannedChange change, PlanningSession session, int parameters) {
        return new PlannedStatement.Modification(
                verb, change.plan(), change.columns(), session.parameterTypes(parameters));
    }

    private static Optional<PlanningSession.Planned> pointQuery(Statement.Query query, PlanningSession session) {
        return session.context().rules().has(RuleSet.Rule.POINT_QUERIES)
                ? new PointQueries(session).plan(query.query())
                : Optional.empty();
    }

    /** Statements of the session come here only within an EXPLAIN. */
    private static KadeException notPlanned() {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, "this statement has no plan that could be explained")
                .hint("EXPLAIN takes a query, or a statement that writes rows");
    }
}
