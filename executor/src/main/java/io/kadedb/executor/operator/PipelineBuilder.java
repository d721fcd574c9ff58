package io.kadedb.executor.operator;

import io.kadedb.common.type.SqlType;
import io.kadedb.executor.pipeline.Pipeline;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Transform;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.KeySpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Cuts a plan into pipelines at the nodes that need all their input first, in an order in which they can run. */
public final class PipelineBuilder {
    private final QueryRun run;
    private final FileSources files;
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final IdentityHashMap<PhysicalPlan, ScanSource> scans = new IdentityHashMap<>();

    /** How many rows are wanted of ranges of which not all are. */
    private final IdentityHashMap<PhysicalPlan, LongSupplier> wanted = new IdentityHashMap<>();

    private WorkingTables tables;
    private ChangedOnce changedOnce = ChangedOnce.NONE;

    private PipelineBuilder(QueryRun run, FileSources files, WorkingTables tables) {
        this.run = run;
        this.files = files;
        this.tables = tables;
    }

    /**
     * The pipelines of a plan.
     *
     * @param sink takes the plan's rows
     */
    public static List<Pipeline> build(PhysicalPlan plan, QueryRun run, FileSources files, Sink sink) {
        return build(plan, run, files, WorkingTables.NONE, sink);
    }

    /** The pipelines of a part of a plan, with the working tables of the recursions around it. */
    static List<Pipeline> build(PhysicalPlan plan, QueryRun run, FileSources files, WorkingTables tables, Sink sink) {
        PipelineBuilder builder = new PipelineBuilder(run, files, tables);
        try {
            builder.add(plan, new Tail(List.of(), sink, null));
        } catch (RuntimeException | Error e) {
            for (Pipeline pipeline : builder.pipelines) {
                pipeline.source().close();
            }
            throw e;
        }
        return builder.marked();
    }

    /** Where the rows of a node go. */
    private record Tail(
            List<Pipeline.Step> steps, Sink sink, @Nullable PhysicalPlan sinkNode) {
        Tail after(Transform transform, PhysicalPlan node) {
            List<Pipeline.Step> longer = new ArrayList<>();
            longer.add(new Pipeline.Step(transform, node));
            longer.addAll(steps);
            return new Tail(longer, sink, sinkNode);
        }
    }

    private void add(PhysicalPlan plan, Tail tail) {
        switch (plan) {
            case PhysicalPlan.TableScan scan -> scan(scan, tail);
            case PhysicalPlan.KeyLookup lookup ->
                source(
                        new KeyLookupSource(lookup, run),
                        lookup,
                        filtered(lookup.filter().orElse(null), lookup, tail));
            case PhysicalPlan.TermScan scan ->
                source(new TermScanSource(scan, run), scan, filtered(scan.filter(), scan, tail));
            case PhysicalPlan.KeyRangeScan range ->
                source(
                        new KeyRangeSource(range, run, wanted.getOrDefault(range, () -> KeySpan.FIRST)),
                        range,
                        filtered(range.filter().orElse(null), range, tail));
            case PhysicalPlan.FileScan file -> source(files.open(file, run), file, tail);
            case PhysicalPlan.Values values -> source(new ValuesSource(values, run), values, tail);
            case PhysicalPlan.FunctionScan scan ->
                source(
                        switch (scan.function()) {
                            case GENERATE_SERIES -> new SeriesSource(scan, run);
                            case UNNEST,
                                    GENERATE_SUBSCRIPTS,
                                    REGEXP_MATCHES,
                                    STRING_TO_TABLE,
                                    REGEXP_SPLIT_TO_TABLE,
                                    JSON_PATH_QUERY,
                                    JSON_PATH_QUERY_TZ,
                                    JSON_TABLE -> new ArraySource(scan, run);
                            case JSON_EACH,
                                    JSON_EACH_TEXT,
                                    JSON_ARRAY_ELEMENTS,
                                    JSON_ARRAY_ELEMENTS_TEXT,
                                    JSON_OBJECT_KEYS -> new DocumentSource(scan, run);
                        },
                        scan,
                        tail);
            case PhysicalPlan.RecursiveUnion union -> {
                RecursiveRows rows =
                        new RecursiveRows(union, run, tables, (working, sink) -> step(union, working, sink));
                add(union.seed(), new Tail(List.of(), rows, union));
                source(rows.rows(), union, tail);
            }
            case PhysicalPlan.WorkingTable table -> source(new StoredRows(() -> tables.get(table.id())), table, tail);
            case PhysicalPlan.SharedRows shared -> {
                KeptRows rows = new KeptRows("SharedRows", shared.shared().output(), run, ChangedOnce.NONE);
                add(shared.shared(), new Tail(List.of(), rows, shared));
                tables = tables.with(shared.id(), rows.rows());
                add(shared.body(), tail);
            }
            case PhysicalPlan.WithChanges with -> {
                changedOnce = ChangedOnce.of(with, run);
                ChangedOnce freed = changedOnce;
                for (PhysicalPlan.WithChanges.Change change : with.changes()) {
                    KeptRows rows = new KeptRows("WithChanges", change.plan().output(), run, freed);
                    freed = ChangedOnce.NONE;
                    add(change.plan(), new Tail(List.of(), rows, with));
                    tables = tables.with(change.id(), rows.rows());
                }
                add(with.body(), tail);
            }
            case PhysicalPlan.Filter filter -> add(filter.input(), filtered(filter.condition(), filter, tail));
            case PhysicalPlan.Project project ->
                add(
                        project.input(),
                        tail.after((worker, next) -> new ProjectRows(project.expressions(), worker, next), project));
            case PhysicalPlan.Aggregate aggregate -> {
                AggregateGroups groups = new AggregateGroups(aggregate, run);
                add(aggregate.input(), new Tail(List.of(), groups, aggregate));
                source(groups.groups(), aggregate, tail);
            }
            case PhysicalPlan.GroupingSets sets -> {
                AggregateGroups groups = AggregateGroups.of(sets, run);
                Tail grouped = new Tail(List.of(), groups, sets)
                        .after((worker, next) -> new ReplicateRows(sets, run, next), sets);
                add(sets.input(), grouped);
                source(groups.groups(), sets, tail);
            }
            case PhysicalPlan.Window window -> {
                WindowRows rows = new WindowRows(window, run);
                add(window.input(), new Tail(List.of(), rows, window));
                source(rows.results(), window, tail);
            }
            case PhysicalPlan.GapFill fill -> {
                GapFillRows rows = new GapFillRows(fill, run);
                add(fill.input(), new Tail(List.of(), rows, fill));
                source(rows.filled(), fill, tail);
            }
            case PhysicalPlan.HashJoin join -> {
                if (run.shortcuts().markingJoins() && isMarking(join)) {
                    markingJoin(join, tail);
                } else {
                    join(JoinSpec.of(join), join, join.left(), join.right(), tail);
                }
            }
            case PhysicalPlan.AsofJoin join -> asofJoin(join, tail);
            case PhysicalPlan.NestedLoopJoin join -> join(JoinSpec.of(join), join, join.left(), join.right(), tail);
            case PhysicalPlan.Apply apply ->
                add(
                        apply.left(),
                        tail.after((worker, next) -> new ApplyRows(apply, files, tables, worker, next), apply));
            case PhysicalPlan.Sort sort -> {
                SortRows rows = new SortRows(sort, run);
                add(sort.input(), new Tail(List.of(), rows, sort));
                source(rows.sorted(), sort, tail);
            }
            case PhysicalPlan.Limit limit -> {
                want(limit.input(), limit.offset(), limit.fetch());
                add(limit.input(), tail.after(new LimitRows(limit.offset(), limit.fetch()), limit));
            }
            case PhysicalPlan.LockRows lock -> {
                want(lock.input(), lock.offset(), lock.fetch());
                LockedRows rows = new LockedRows(lock, run);
                add(lock.input(), new Tail(List.of(), rows, lock));
                source(rows.locked(), lock, tail);
            }
            case PhysicalPlan.UnionAll union -> {
                for (PhysicalPlan input : union.inputs()) {
                    add(input, tail.after((worker, next) -> next, union));
                }
            }
            case PhysicalPlan.PathSearch search -> {
                PathGraph graph = new PathGraph(search, run);
                add(search.edges(), new Tail(List.of(), graph.edges, search));
                add(search.right(), new Tail(List.of(), graph.right, search));
                add(search.left(), new Tail(List.of(), graph.left, search));
                source(
                        new PathOrigins(graph, run),
                        search,
                        tail.after((worker, next) -> new PathRows(search, graph, worker, next), search));
            }
            case PhysicalPlan.GraphAlgorithm algorithm -> {
                AlgorithmGraph graph = new AlgorithmGraph(algorithm, run);
                add(algorithm.vertices(), new Tail(List.of(), graph.vertices(), algorithm));
                add(algorithm.edges(), new Tail(List.of(), graph.edges(), algorithm));
                source(new AlgorithmRows(algorithm, graph, run), algorithm, tail);
            }
            case PhysicalPlan.Check check ->
                add(check.input(), tail.after((worker, next) -> new CheckRows(check, worker, next), check));
            case PhysicalPlan.SetOperation operation -> {
                SetOperationRows rows = new SetOperationRows(operation, run);
                add(operation.right(), new Tail(List.of(), rows.right(), operation));
                add(operation.left(), new Tail(List.of(), rows.left(), operation));
                source(rows.rows(), operation, tail);
            }
            case PhysicalPlan.KeyJoin join ->
                add(join.input(), tail.after((worker, next) -> new KeyJoinRows(join, worker, next), join));
            case PhysicalPlan.Modify modify -> {
                ModifyRows rows = new ModifyRows(modify, changedOnce.rows(modify), run);
                add(modify.input(), new Tail(List.of(), rows, modify));
                source(rows.result(), modify, tail);
            }
        }
    }

    /** Runs one round of a recursion on the calling thread. */
    private void step(PhysicalPlan.RecursiveUnion union, WorkingTables working, Sink sink) {
        QueryRun round = run.nested(run.evaluation());
        try (round) {
            round.prepare(build(union.step(), round, files, working, sink), () -> {});
            round.start();
            round.throwFailure();
        }
    }

    /** Notes how many rows of a range are wanted, where all that it has are. */
    private void want(PhysicalPlan input, Optional<Expr> offset, Optional<Expr> fetch) {
        PhysicalPlan beneath = input;
        while (beneath instanceof PhysicalPlan.Project project) {
            beneath = project.input();
        }
        if (beneath instanceof PhysicalPlan.KeyRangeScan range && range.filter().isEmpty() && fetch.isPresent()) {
            wanted.put(range, () -> RowRange.of(offset, fetch, run).end());
        }
    }

    private void source(Source source, PhysicalPlan node, Tail tail) {
        pipelines.add(new Pipeline(source, node, tail.steps(), tail.sink(), tail.sinkNode(), false));
    }

    private static Tail filtered(@Nullable Expr condition, PhysicalPlan node, Tail tail) {
        return condition == null ? tail : tail.after((worker, next) -> new FilterRows(condition, worker, next), node);
    }

    private void scan(PhysicalPlan.TableScan scan, Tail tail) {
        ScanSource source = new ScanSource(scan, run);
        scans.put(scan, source);
        Tail among = tail.after((worker, next) -> KeyFilters.before(next, source.keys()), scan);
        source(source, scan, filtered(scan.filter().orElse(null), scan, among));
    }

    private void join(JoinSpec spec, PhysicalPlan node, PhysicalPlan left, PhysicalPlan right, Tail tail) {
        JoinBuild build = new JoinBuild(spec, spec.keepsRight(), run);
        add(right, new Tail(List.of(), build, node));
        add(left, tail.after((worker, next) -> new JoinProbe(spec, build.table(), worker, next), node));
        if (spec.keepsRight()) {
            source(new UnmatchedRows(spec, build, run), node, tail);
        }
        boolean dropsUnmatched = switch (spec.type()) {
            case INNER, RIGHT, SEMI -> true;
            case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
        };
        if (dropsUnmatched) {
            pushRanges(spec, build, left);
            pushKeys(spec, build, left);
        }
    }

    private void asofJoin(PhysicalPlan.AsofJoin join, Tail tail) {
        JoinSpec spec = JoinSpec.of(join);
        AsofBuild build = new AsofBuild(join, spec, run);
        add(join.right(), new Tail(List.of(), build, join));
        add(join.left(), tail.after((worker, next) -> new AsofProbe(join, spec, build.times(), worker, next), join));
        if (spec.keepsRight()) {
            source(new UnmatchedRows(spec, build.rows(), run), join, tail);
        }
        if (!spec.keepsLeft()) {
            pushKeys(spec, build.rows(), join.left());
        }
    }

    /** Whether the left side is better kept than the right one. */
    private static boolean isMarking(PhysicalPlan.HashJoin join) {
        return (join.type() == JoinType.SEMI || join.type() == JoinType.ANTI)
                && !join.leftKeys().isEmpty()
                && join.left().rows() < join.right().rows();
    }

    private void markingJoin(PhysicalPlan.HashJoin join, Tail tail) {
        JoinSpec spec = JoinSpec.of(join).mirrored();
        JoinBuild build = new JoinBuild(spec, true, run);
        add(join.left(), new Tail(List.of(), build, join));
        add(join.right(), new Tail(List.of(), new MarkPartners(spec, build), join));
        source(new MarkedRows(build, spec.rightFields(), join.type() == JoinType.SEMI, run), join, tail);
        pushRanges(spec, build, join.right());
        pushKeys(spec, build, join.right());
    }

    @SuppressWarnings("ReferenceEquality") // equal scans at different places are different ones here
    private static boolean differ(PhysicalPlan.@Nullable TableScan a, PhysicalPlan.TableScan b) {
        return a != null && a != b;
    }

    /** Lets a scan far below the left side drop rows with other keys than the right side's. */
    private void pushKeys(JoinSpec spec, JoinBuild build, PhysicalPlan left) {
        if (!spec.hasKeys() || !run.shortcuts().keyFilters()) {
            return;
        }
        int[] columns = new int[spec.leftKeys().length];
        PhysicalPlan.TableScan scan = null;
        for (int i = 0; i < columns.length; i++) {
            ColumnOrigin origin = ColumnOrigin.of(left, spec.leftKeys()[i]);
            if (origin == null || origin.direct() || differ(scan, origin.scan())) {
                return;
            }
            scan = origin.scan();
            columns[i] = origin.column();
        }
        ScanSource source = scans.get(scan);
        if (source != null) {
            source.addKeys(build, columns);
        }
    }

    /** Lets the scan below the left side skip what lies outside the right side's keys. */
    private void pushRanges(JoinSpec spec, JoinBuild build, PhysicalPlan left) {
        if (spec.leftKeys().length != 1 || spec.nullsEqual()) {
            return;
        }
        SqlType type = spec.keyFields().getFirst().type();
        if (!hasLongValues(type)) {
            return;
        }
        ColumnOrigin origin = ColumnOrigin.of(left, spec.leftKeys()[0]);
        ScanSource source = origin == null ? null : scans.get(origin.scan());
        if (origin == null || source == null || origin.ordinal() < 0) {
            return;
        }
        int ordinal = origin.ordinal();
        source.addRange(() -> {
            JoinTable.IntegerRange range = build.table().keyRange();
            return range == null ? null : new ColumnRange(ordinal, range.least(), true, range.most(), true);
        });
    }

    private static boolean hasLongValues(SqlType type) {
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    /** The pipelines, with the last one into each sink marked as such. */
    private List<Pipeline> marked() {
        Set<Sink> later = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Pipeline> marked = new ArrayList<>();
        for (Pipeline p : pipelines.reversed()) {
            marked.addFirst(
                    new Pipeline(p.source(), p.sourceNode(), p.steps(), p.sink(), p.sinkNode(), later.add(p.sink())));
        }
        return marked;
    }

    /** Whether a plan does so little that it should run on the calling thread. */
    public static boolean isPoint(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.KeyLookup lookup -> lookup.keys().size() <= 100;
            case PhysicalPlan.KeyRangeScan range -> range.rows() <= 1_000;
            case PhysicalPlan.Values values -> values.tuples().size() <= 1_000;
            case PhysicalPlan.FunctionScan scan -> false;
            case PhysicalPlan.RecursiveUnion union -> false;
            case PhysicalPlan.SharedRows shared -> false;
            case PhysicalPlan.WorkingTable table -> true;
            case PhysicalPlan.WithChanges with -> with.inputs().stream().allMatch(PipelineBuilder::isPoint);
            case PhysicalPlan.Filter filter -> isPoint(filter.input());
            case PhysicalPlan.Project project -> isPoint(project.input());
            case PhysicalPlan.Limit limit ->
                isPoint(limit.input()) || (limit.rows() <= 1_000 && isPlainRange(limit.input()));
            case PhysicalPlan.Sort sort -> isPoint(sort.input());
            case PhysicalPlan.LockRows lock -> isPoint(lock.input());
            case PhysicalPlan.Aggregate aggregate -> isPoint(aggregate.input());
            case PhysicalPlan.GroupingSets sets -> isPoint(sets.input());
            case PhysicalPlan.Window window -> isPoint(window.input());
            case PhysicalPlan.KeyJoin join -> isPoint(join.input());
            case PhysicalPlan.Modify modify -> isPoint(modify.input());
            case PhysicalPlan.TableScan scan -> false;
            case PhysicalPlan.TermScan scan -> false;
            case PhysicalPlan.FileScan scan -> false;
            case PhysicalPlan.HashJoin join -> false;
            case PhysicalPlan.NestedLoopJoin join -> false;
            case PhysicalPlan.AsofJoin join -> false;
            case PhysicalPlan.GapFill fill -> false;
            case PhysicalPlan.Apply apply -> false;
            case PhysicalPlan.UnionAll union -> false;
            case PhysicalPlan.PathSearch search -> false;
            case PhysicalPlan.GraphAlgorithm algorithm -> false;
            case PhysicalPlan.Check check -> isPoint(check.input());
            case PhysicalPlan.SetOperation operation -> false;
        };
    }

    /** Whether a plan gives all rows of a range, so that it ends when those wanted are read. */
    private static boolean isPlainRange(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Project project -> isPlainRange(project.input());
            case PhysicalPlan.KeyRangeScan range -> range.filter().isEmpty();
            default -> false;
        };
    }

    /** Whether no operator of the plan gives more rows than it takes, and none waits for anybody. */
    public static boolean onlyReduces(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> true;
            case PhysicalPlan.KeyLookup lookup -> true;
            case PhysicalPlan.TermScan scan -> true;
            case PhysicalPlan.KeyRangeScan range -> true;
            case PhysicalPlan.Values values -> true;
            case PhysicalPlan.Filter filter -> onlyReduces(filter.input());
            case PhysicalPlan.Project project -> onlyReduces(project.input());
            case PhysicalPlan.Limit limit -> onlyReduces(limit.input());
            case PhysicalPlan.Sort sort -> onlyReduces(sort.input());
            case PhysicalPlan.Aggregate aggregate -> onlyReduces(aggregate.input());
            case PhysicalPlan.FileScan _,
                    PhysicalPlan.FunctionScan _,
                    PhysicalPlan.RecursiveUnion _,
                    PhysicalPlan.SharedRows _,
                    PhysicalPlan.WorkingTable _,
                    PhysicalPlan.WithChanges _,
                    PhysicalPlan.LockRows _,
                    PhysicalPlan.GroupingSets _,
                    PhysicalPlan.Window _,
                    PhysicalPlan.KeyJoin _,
                    PhysicalPlan.Modify _,
                    PhysicalPlan.HashJoin _,
                    PhysicalPlan.NestedLoopJoin _,
                    PhysicalPlan.AsofJoin _,
                    PhysicalPlan.GapFill _,
                    PhysicalPlan.Apply _,
                    PhysicalPlan.UnionAll _,
                    PhysicalPlan.PathSearch _,
                    PhysicalPlan.GraphAlgorithm _,
                    PhysicalPlan.Check _,
                    PhysicalPlan.SetOperation _ -> false;
        };
    }
}
