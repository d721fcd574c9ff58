package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorKind;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.MemoryTransaction;
import io.kadedb.executor.Plans;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanCodec;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tables and a plan over them, and what the executor makes of it beside what the reference does. */
record RandomCase(
        List<RandomTables.Table> tables, PhysicalPlan plan, List<@Nullable Object> parameters, ZoneId zone, long seed) {
    private static final List<String> ZONES = List.of("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata");

    static RandomCase of(long seed) {
        Random random = new Random(seed);
        boolean edges = random.nextInt(3) == 0;
        List<RandomTables.Table> tables = RandomTables.of(random, edges);
        RandomPlans plans = new RandomPlans(random, edges, tables);
        PhysicalPlan plan = plans.plan(random.nextInt(1, 5));
        return new RandomCase(tables, plan, plans.parameters(), ZoneId.of(Samples.pick(ZONES, random)), seed);
    }

    RandomCase with(PhysicalPlan other) {
        return new RandomCase(tables, other, parameters, zone, seed);
    }

    RandomCase with(int table, List<List<@Nullable Object>> rows) {
        List<RandomTables.Table> changed = new ArrayList<>(tables);
        changed.set(table, tables.get(table).with(rows));
        return new RandomCase(changed, plan, parameters, zone, seed);
    }

    /** What came of comparing. */
    enum Verdict {
        EQUAL,
        DIFFERENT,
        /** The reference refuses: which rows fail first is a matter of order. */
        REFUSED,
        TOO_MUCH
    }

    /** The verdict, and what differs. */
    record Outcome(Verdict verdict, String text) {}

    Outcome judge() {
        List<List<@Nullable Object>> expected;
        Optional<Refusal> refusal = Optional.empty();
        try {
            expected = reference();
        } catch (TooMuch e) {
            return new Outcome(Verdict.TOO_MUCH, "");
        } catch (Refusal e) {
            refusal = Optional.of(e);
            expected = List.of();
        }
        Random random = new Random(seed);
        List<String> found = new ArrayList<>();
        PhysicalPlan read = PlanCodec.decode(PlanCodec.encode(plan));
        if (!read.equals(plan)) {
            found.add("the plan is another when it was written and read");
        }
        List<MemoryTransaction.Cut> cuts = List.of(
                new MemoryTransaction.Cut(1 << 20, 2_048, false),
                new MemoryTransaction.Cut(
                        Samples.pick(List.of(1, 7, 64, 5_000), random),
                        Samples.pick(List.of(1, 2, 7, 64, 2_047), random),
                        random.nextBoolean()));
        for (int run = 0; run < cuts.size(); run++) {
            int threads = run == 0 ? 1 : random.nextInt(1, 5);
            String place = threads + " threads, " + cuts.get(run) + ": ";
            try {
                List<List<@Nullable Object>> actual = actual(read, threads, cuts.get(run));
                if (refusal.isEmpty()) {
                    RowDifferences.between(plan, expected, actual).ifPresent(text -> found.add(place + text));
                }
            } catch (KadeException e) {
                if (refusal.isEmpty() || e.code().kind() != ErrorKind.USER) {
                    found.add(place + e.code() + " " + e.messageText() + origin(e));
                }
            } catch (RuntimeException | AssertionError e) {
                found.add(place + e + origin(e));
            }
        }
        if (found.isEmpty()) {
            return new Outcome(refusal.isPresent() ? Verdict.REFUSED : Verdict.EQUAL, "");
        }
        return new Outcome(Verdict.DIFFERENT, String.join("\n", found));
    }

    private static String origin(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            text.append("\n  ").append(e);
            for (int i = 0; i < Math.min(6, e.getStackTrace().length); i++) {
                text.append("\n    at ").append(e.getStackTrace()[i]);
            }
        }
        return text.toString();
    }

    private List<List<@Nullable Object>> reference() {
        Map<Long, List<List<@Nullable Object>>> rows = new HashMap<>();
        tables.forEach(table -> rows.put(rows.size() + 1L, table.rows()));
        return new PlanEvaluator(rows, new Scope(parameters, zone, Map.of(), Map.of())).rows(plan);
    }

    private List<List<@Nullable Object>> actual(PhysicalPlan read, int threads, MemoryTransaction.Cut cut) {
        try (Plans plans = new Plans(threads, cut, parameters, zone)) {
            tables.forEach(table -> plans.transaction.table(table.name(), table.fields(), table.rows()));
            return plans.run(read);
        }
    }

    /** All that is needed to see it again. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("-Dkadedb.reference.seed=" + seed + " in " + zone + "\n");
        tables.forEach(table -> {
            text.append(table.name()).append(table.fields()).append('\n');
            table.rows().forEach(row -> text.append("  ").append(row).append('\n'));
        });
        return text.append("parameters ")
                .append(parameters)
                .append('\n')
                .append(PlanCodec.encode(plan))
                .toString();
    }
}
