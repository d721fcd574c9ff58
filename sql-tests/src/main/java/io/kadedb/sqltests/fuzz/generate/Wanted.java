package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What statements are to be made of: those with an unwanted construct are drawn again.
 *
 * @param without unwanted constructs
 */
public record Wanted(Set<Construct> without) {
    /** A name for all constructs of queries within expressions, and of those that name columns around them. */
    public static final String SUBQUERIES = "subqueries";

    private static final Set<Construct> WITH_SUBQUERIES = Set.of(
            Construct.IN_SUBQUERY,
            Construct.EXISTS,
            Construct.SCALAR_SUBQUERY,
            Construct.ANY_ALL,
            Construct.CORRELATED,
            Construct.LATERAL);

    private static final int MOST_DRAWS = 10_000;

    public Wanted {
        without = Collections.unmodifiableSet(
                without.isEmpty() ? EnumSet.noneOf(Construct.class) : EnumSet.copyOf(without));
    }

    public static Wanted everything() {
        return new Wanted(Set.of());
    }

    /** Constructs of a name, as {@code full-join} or {@link #SUBQUERIES}; empty if there are none. */
    public static Optional<Set<Construct>> constructs(String name) {
        if (name.equals(SUBQUERIES)) {
            return Optional.of(WITH_SUBQUERIES);
        }
        for (Construct construct : Construct.values()) {
            if (construct.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return Optional.of(Set.of(construct));
            }
        }
        return Optional.empty();
    }

    boolean accepts(Part part) {
        return Collections.disjoint(Constructs.of(part), without);
    }

    /** Draws until a statement is wanted. */
    Statement draw(Supplier<Statement> source) {
        for (int i = 0; i < MOST_DRAWS; i++) {
            Statement statement = source.get();
            if (accepts(statement.sql())) {
                return statement;
            }
        }
        throw new IllegalStateException("no statement of " + MOST_DRAWS + " is without " + without);
    }
}
