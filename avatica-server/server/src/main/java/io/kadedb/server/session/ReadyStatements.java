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

    private final @Nullable Ready[] places = new Ready[PLACES];
    private final @Nullable ParsedStatement[] seen = new ParsedStatement[PLACES];

    /** A statement that is ready to run. */
    record Ready(
            ParsedStatement parsed,
            Basis basis,
            PlannedStatement planned,
            PreparedPlan plan,
            @Nullable DirectRead direct,
            int settings) {}

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

    private static int place(ParsedStatement parsed) {
        return System.identityHashCode(parsed) & PLACES - 1;
    }

    /**
     * A statement that was kept while no setting has changed since, if the catalog and the rights are still those.
     *
     * @param settings the number of {@link SessionSettings#changes}
     */
    @SuppressWarnings("ReferenceEquality") // as below
    @Nullable
    Ready findUnchanged(ParsedStatement parsed, int settings, long catalogVersion, long access) {
        Ready ready = places[place(parsed)];
        return ready != null
                        && ready.parsed == parsed
                        && ready.settings == settings
                        && ready.basis.catalogVersion == catalogVersion
                        && ready.basis.access == access
                ? ready
                : null;
    }

    /** A statement that was kept and whose plan is the one that would be made now. */
    @SuppressWarnings("ReferenceEquality") // a parsed statement is known by its identity
    @Nullable
    Ready find(ParsedStatement parsed, PlanningContext context) {
        Ready ready = places[place(parsed)];
        return ready != null && ready.parsed == parsed && ready.basis.equals(Basis.of(context)) ? ready : null;
    }

    /** Whether it was asked for before: what runs once is not worth making ready. */
    @SuppressWarnings("ReferenceEquality") // as above
    boolean isAgain(ParsedStatement parsed) {
        int place = place(parsed);
        boolean again = seen[place] == parsed;
        seen[place] = parsed;
        return again;
    }

    /** A statement that was found is the same under other settings. */
    void stillFits(Ready known, @Nullable DirectRead direct, int settings) {
        places[place(known.parsed)] = new Ready(known.parsed, known.basis, known.planned, known.plan, direct, settings);
    }

    /** The direct way to run a statement that was kept, which itself knows whether it still is one. */
    @SuppressWarnings("ReferenceEquality") // as above
    @Nullable
    DirectRead direct(ParsedStatement parsed) {
        Ready ready = places[place(parsed)];
        return ready != null && ready.parsed == parsed ? ready.direct : null;
    }

    void keep(
            ParsedStatement parsed,
            PlanningContext context,
            PlannedStatement planned,
            PreparedPlan plan,
            @Nullable DirectRead direct,
            int settings) {
        int place = place(parsed);
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
