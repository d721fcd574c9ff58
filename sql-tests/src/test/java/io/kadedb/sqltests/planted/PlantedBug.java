package io.kadedb.sqltests.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** The bugs that judges have to find, each a change of one method, and the logic file that finds it. */
enum PlantedBug {
    NOT_IN_AS_ANTI_JOIN(
            "NOT IN with NULL as an anti join",
            "io.kadedb.planner.lower.NotInCondition#of",
            "subqueries",
            advice(named("of"), Plants.EqualityOnly.class)),
    OUTER_JOIN_FILTER_BELOW(
            "a filter on an outer join's other side pushed below it",
            "io.kadedb.planner.rules.PushPredicates#distribute",
            "joins",
            advice(named("distribute"), Plants.OuterAsInner.class)),
    COUNT_OF_NOTHING(
            "count(*) of no rows gives no row",
            "io.kadedb.executor.operator.PipelineBuilder#add",
            "aggregates",
            advice(named("add").and(takesArguments(2)), Plants.NoRowForNothing.class)),
    FRAME_OFF_BY_ONE(
            "a window's frame ends a row early",
            "io.kadedb.executor.operator.FrameCursor#offsetEnd",
            "windows",
            advice(named("offsetEnd"), Plants.OneLess.class)),
    HALF_DOWN(
            "decimals round halves toward zero",
            "io.kadedb.executor.kernel.value.Numbers#toDecimal",
            "arithmetic",
            advice(named("toDecimal"), Plants.HalfDown.class)),
    QUOTIENT_HALF_DOWN(
            "quotients of decimals round halves toward zero",
            "io.kadedb.executor.kernel.Int128#quotientRounded",
            "arithmetic",
            advice(
                    named("quotientRounded").and(takesArguments(long.class, long.class)),
                    Plants.QuotientHalfDown.class)),
    LIMIT_BELOW_DISTINCT(
            "LIMIT pushed past DISTINCT",
            "io.kadedb.executor.operator.PipelineBuilder#add",
            "order_limit",
            advice(named("add").and(takesArguments(2)), Plants.LimitFirst.class)),
    TRAILING_SPACES(
            "comparisons of text ignore trailing spaces",
            "io.kadedb.executor.kernel.TextKernels#equal, #compare",
            "strings",
            advice(named("equal").or(named("compare")).and(takesArguments(6)), Plants.WithoutSpaces.class)),
    SHIFT_AT_DST(
            "times that clocks show twice are read with the offset before the change",
            "io.kadedb.executor.kernel.value.Calendar#toInstant",
            "time_zones",
            advice(named("toInstant"), Plants.EarlierOffset.class)),
    SEMI_JOIN_DUPLICATES(
            "a semi join gives a row for each partner",
            "io.kadedb.executor.operator.PipelineBuilder#add",
            "subqueries",
            advice(named("add").and(takesArguments(2)), Plants.SemiAsInner.class)),
    UNION_OF_ZEROS(
            "UNION takes -0.0 and 0.0 for different values",
            "io.kadedb.executor.operator.KeyEncoder#encode",
            "setops",
            CodeChanges.withoutAdditions("encode")),
    PRUNING_WITH_NULL(
            "segments with a NULL in a column are skipped by conditions on it",
            "io.kadedb.storage.table.Segment#chunk",
            "segments",
            advice(named("chunk"), Plants.NoLeastValue.class)),
    DELETED_ROW_BESIDE(
            "the bitmap of deleted rows is off by one",
            "io.kadedb.storage.table.HiddenRows#set",
            "segments",
            advice(named("set"), Plants.NextPosition.class)),
    DISTINCT_COUNTED_TWICE(
            "aggregates of DISTINCT values count duplicates",
            "io.kadedb.executor.operator.Accumulators#distinctMatters",
            "aggregates",
            advice(named("distinctMatters"), Plants.Never.class)),
    CACHED_ACROSS_ROWS(
            "a correlated subquery's answer is kept for other outer rows",
            "io.kadedb.executor.operator.OuterReferences#columns",
            "lateral",
            advice(named("columns"), Plants.NoColumns.class)),
    INDEX_ENTRY_MISSED(
            "an index entry is missed on update",
            "io.kadedb.storage.transaction.IndexSink#isUnchanged",
            "indexes",
            advice(named("isUnchanged"), Plants.Always.class)),
    FIRST_VERTEX_AGAIN(
            "ACYCLIC allows the first vertex again",
            "io.kadedb.executor.operator.Visited#begin",
            "graph_modes",
            advice(named("begin"), Plants.NoVertex.class)),
    TRAIL_BY_ENDPOINTS(
            "TRAIL compares edges by their endpoints",
            "io.kadedb.planner.physical.PhysicalPlan$PathSearch#edgeKeys",
            "graph_modes",
            advice(named("edgeKeys"), Plants.Endpoints.class)),
    SELF_LOOP_TWICE(
            "an edge from a vertex to itself matches twice where it may be taken either way",
            "io.kadedb.planner.graph.ElementSql#unlessSelfLoop",
            "graph_modes",
            advice(named("unlessSelfLoop"), Plants.NoText.class)),
    NO_EMPTY_PATH(
            "`{0,}` skips the empty path",
            "io.kadedb.planner.physical.PhysicalPlan$PathSearch#min",
            "graph_modes",
            advice(named("min"), Plants.AtLeastOne.class)),
    OPTIONAL_DROPS(
            "OPTIONAL MATCH drops the rows without a match",
            "io.kadedb.planner.graph.PatternQuery#joined",
            "graph_paths",
            advice(named("joined"), Plants.InnerMatch.class));

    private final String what;
    private final String place;
    private final String judge;
    private final AsmVisitorWrapper change;

    PlantedBug(String what, String place, String judge, AsmVisitorWrapper change) {
        this.what = what;
        this.place = place;
        this.judge = judge;
        this.change = change;
    }

    private static AsmVisitorWrapper advice(ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
        return Advice.to(advice).on(methods);
    }

    String what() {
        return what;
    }

    /** Class and method. */
    String place() {
        return place;
    }

    String className() {
        return place.substring(0, place.indexOf('#'));
    }

    /** The logic file that has to fail. */
    String judge() {
        return judge;
    }

    AsmVisitorWrapper change() {
        return change;
    }
}
