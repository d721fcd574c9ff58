package io.kadedb.server;

import io.kadedb.common.control.RoomyStack;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanExpressions;
import io.kadedb.planner.physical.PlanJson;
import io.kadedb.planner.physical.PlanPrinter;
import io.kadedb.server.session.PartitionsRead;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN shows: the plan as a tree, with ANALYZE what each node did. */
final class ExplainedPlan {
    private ExplainedPlan() {}

    static String print(
            PhysicalPlan plan,
            ExplainFormat format,
            @Nullable QueryProfile profile,
            Map<PhysicalPlan, PartitionsRead> partitions) {
        return RoomyStack.call(PlanExpressions.needRoomyStack(plan), () -> text(plan, format, profile, partitions));
    }

    private static String text(
            PhysicalPlan plan,
            ExplainFormat format,
            @Nullable QueryProfile profile,
            Map<PhysicalPlan, PartitionsRead> partitions) {
        if (format == ExplainFormat.JSON) {
            return PlanJson.text(
                    plan,
                    node -> measured(profile == null ? null : profile.nodes().get(node), partitions.get(node)),
                    profile == null ? Map.of() : Map.of("Peak Memory Usage", profile.peakMemoryBytes() >> 10));
        }
        String drawn = PlanPrinter.text(
                plan, node -> remark(profile == null ? null : profile.nodes().get(node), partitions.get(node)));
        return profile == null
                ? drawn
                : drawn + String.format(Locale.ROOT, "Peak memory: %,d kB%n", profile.peakMemoryBytes() >> 10);
    }

    /** In PostgreSQL's words; times are in milliseconds. */
    private static Map<String, Number> measured(
            QueryProfile.@Nullable NodeProfile did, @Nullable PartitionsRead partitions) {
        Map<String, Number> measured = new LinkedHashMap<>();
        if (partitions != null) {
            measured.put("Partitions Read", partitions.read());
            measured.put("Partitions", partitions.all());
        }
        if (did == null) {
            return measured;
        }
        measured.put("Actual Rows", did.rows());
        measured.put("Actual Loops", 1);
        measured.put("Actual Total Time", Math.round(did.nanos() / 1e3) / 1e3);
        return measured;
    }

    private static String remark(QueryProfile.@Nullable NodeProfile did, @Nullable PartitionsRead partitions) {
        String read = partitions == null ? "" : partitions.toString();
        if (did == null) {
            return read;
        }
        return (read.isEmpty() ? "" : read + "; ")
                + String.format(
                        Locale.ROOT, "gave %,d in %,d batches, %.3f ms", did.rows(), did.batches(), did.nanos() / 1e6);
    }
}
