package io.kadedb.executor.reference;

import io.kadedb.executor.reference.RandomCase.Verdict;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a case that differs smaller, as long as it differs: a part of the plan, fewer rows. */
final class CaseShrinker {
    private static final int MOST_TRIES = 400;

    private int tries;

    RandomCase shrink(RandomCase found) {
        RandomCase smallest = found;
        boolean smaller = true;
        while (smaller && tries < MOST_TRIES) {
            smaller = false;
            for (RandomCase candidate : candidates(smallest)) {
                if (tries++ < MOST_TRIES && candidate.judge().verdict() == Verdict.DIFFERENT) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<RandomCase> candidates(RandomCase found) {
        List<RandomCase> candidates = new ArrayList<>();
        // The right side of an application means nothing alone.
        List<PhysicalPlan> parts = found.plan() instanceof PhysicalPlan.Apply apply
                ? List.of(apply.left())
                : found.plan() instanceof PhysicalPlan.RecursiveUnion union
                        ? List.of(union.seed())
                        : found.plan().inputs();
        parts.forEach(part -> candidates.add(found.with(part)));
        for (int table = 0; table < found.tables().size(); table++) {
            List<List<@Nullable Object>> rows = found.tables().get(table).rows();
            for (int size = (rows.size() + 1) / 2; size >= 1; size /= 2) {
                for (int from = 0; from < rows.size(); from += size) {
                    List<List<@Nullable Object>> fewer = new ArrayList<>(rows.subList(0, from));
                    fewer.addAll(rows.subList(Math.min(rows.size(), from + size), rows.size()));
                    candidates.add(found.with(table, fewer));
                }
            }
        }
        return candidates;
    }
}
