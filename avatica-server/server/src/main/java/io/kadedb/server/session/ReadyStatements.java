package io.kadedb.server.session;

import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements a session runs again and again, with their plans made ready to run: found by the parsed statement
 * itself, as prepared statements keep it. Few are kept; one that has lost its place is planned and made ready anew.
 */
final class ReadyStatements implements AutoCloseable {
    private static final int PLACES = 128;
    /** Places that a statement may have: with one, two that share it would drive each other out at every run. */
    private static final int CHOICES = 4;

    private final @Nullable Ready[] places = new Ready[PLACES];
    private final @Nullable ParsedStatement[] seen = new ParsedStatement[PLACES];
    private int turn;

    /** A statement that is ready to run. */
    record Ready(
            ParsedStatement parsed,
            Basis basis,
            PlannedStatement planned,
            PreparedPlan plan,
            Direct direct,
            int settings) {}

    /** The direct ways to run a statement. */
    record Direct(@Nullable DirectRead read, @Nullable DirectWrite write) {}

    /** What a plan depends on besides its text. */
    private record Basis(long catalogVersion, List<String> searchPath, ZoneId timeZone, long access, RuleSet rules) {
        static Basis of(PlanningContext context) {
            return new Basis(
                    context.catalog().version(),
                    context.searchPath(),
                    context.timeZone(),
                    context.access().fingerprint(context.principal()),
                    context.rules());
        }
    }

    private static int firstPlace(ParsedStatement parsed) {
        return System.identityHashCode(parsed) * CHOICES & PLACES - 1;
    }

    /** Where a statement is, or -1. */
    @SuppressWarnings("ReferenceEquality") // a parsed statement is known by its identity
    private int place(ParsedStatement parsed) {
        int first = firstPlace(parsed);
        for (int place = first; place < first + CHOICES; place++) {
            Ready ready = places[place];
            if (ready != null && ready.parsed == parsed) {
                return place;
            }
        }
        return -1;
    }

    /**
     * A statement that was kept while no setting has changed since, if the catalog and the rights are still those.
     *
     * @param settings the number of {@link SessionSettings#changes}
     */
    @Nullable
    Ready findUnchanged(ParsedStatement parsed, int settings, long catalogVersion, long access) {
        int place = place(parsed);
        Ready ready = place < 0 ? null : places[place];
        return ready != null
                        && ready.settings == settings
                        && ready.basis.catalogVersion == catalogVersion
                        && ready.basis.access == access
                ? ready
                : null;
    }

    /** A statement that was kept and whose plan is the one that would be made now. */
    @Nullable
    Ready find(ParsedStatement parsed, PlanningContext context) {
        int place = place(parsed);
        Ready ready = place < 0 ? null : places[place];
        return ready != null && ready.basis.equals(Basis.of(context)) ? ready : null;
    }

    /** Whether it was asked for before: what runs once is not worth making ready. */
    @SuppressWarnings("ReferenceEquality") // as above
    boolean isAgain(ParsedStatement parsed) {
        int first = firstPlace(parsed);
        for (int place = first; place < first + CHOICES; place++) {
            if (seen[place] == parsed) {
                return true;
            }
        }
        seen[first + (turn++ & CHOICES - 1)] = parsed;
        return false;
    }

    /** A statement that was found is the same under other settings. */
    void stillFits(Ready known, Direct direct, int settings) {
        int place = place(known.parsed);
        if (place >= 0) {
            places[place] = new Ready(known.parsed, known.basis, known.planned, known.plan, direct, settings);
        }
    }

    /** The direct ways to run a statement that was kept, which themselves know whether they still are. */
    @Nullable
    Direct direct(ParsedStatement parsed) {
        int place = place(parsed);
        Ready ready = place < 0 ? null : places[place];
        return ready == null ? null : ready.direct;
    }

    void keep(
            ParsedStatement parsed,
            PlanningContext context,
            PlannedStatement planned,
            PreparedPlan plan,
            Direct direct,
            int settings) {
        int place = place(parsed);
        int first = firstPlace(parsed);
        for (int i = first; place < 0 && i < first + CHOICES; i++) {
            place = places[i] == null ? i : -1;
        }
        if (place < 0) {
            place = first + (turn++ & CHOICES - 1);
        }
        Ready old = places[place];
        places[place] = new Ready(parsed, Basis.of(context), planned, plan, direct, settings);
        if (old != null) {
            old.plan.close();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < PLACES; i++) {
            Ready ready = places[i];
            if (ready != null) {
                places[i] = null;
                ready.plan.close();
            }
        }
    }
}
