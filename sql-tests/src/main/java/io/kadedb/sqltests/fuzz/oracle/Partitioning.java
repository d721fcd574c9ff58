package io.kadedb.sqltests.fuzz.oracle;

import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ternary logic partitioning: a condition is true, false or NULL for each row, so the rows of a query are those for which
 * it is true, those for which its negation is, and those for which it is NULL. Source: Rigger and Su, "Finding Bugs in
 * Database Systems via Query Partitioning" (OOPSLA 2020).
 *
 * <p>The pieces: select list, relation, condition; where groups are partitioned also the keys; where aggregates are, the
 * list has one call and the name of the function that puts results together comes last.
 */
public final class Partitioning implements Oracle {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final List<String> PARTITIONS = List.of("", "not ", " is null");

    private final Form form;

    /** What is partitioned. */
    public enum Form {
        /** Rows of a query. */
        ROWS(" union all "),
        /** Rows without duplicates. */
        DISTINCT(" union "),
        /** Groups, by HAVING. */
        GROUPS(" union all "),
        /** Rows below an aggregate. */
        AGGREGATE(" union all ");

        private final String union;

        Form(String union) {
            this.union = union;
        }
    }

    public Partitioning(Form form) {
        this.form = form;
    }

    @Override
    public String name() {
        return "partitioning of " + form.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Optional<Equation> equation(Statement pieces, Session session) {
        List<Part> parts = pieces.sql().children();
        List<Kind> kinds = kinds(parts.get(0));
        if (form == Form.DISTINCT && kinds.contains(Kind.INTERVAL)) {
            // Any of those that are equal and written differently, as 30 days and a month, stands for all.
            return Optional.empty();
        }
        Statement some = Statement.query(query(parts, condition(parts.get(2), "")), kinds, false);
        if (session.run(some) instanceof Outcome.Failed failed && failed.state().equals(NO_SUCH_TABLE)) {
            // The condition names a table whose definition failed earlier; the whole does not name it.
            return Optional.empty();
        }
        Part whole = query(parts, Part.none());
        List<Part> union = new ArrayList<>();
        for (String partition : PARTITIONS) {
            union.add(union.isEmpty() ? Part.none() : Part.group(form.union));
            union.add(query(parts, condition(parts.get(2), partition)));
        }
        Part together = Part.group(union.toArray());
        if (form == Form.AGGREGATE) {
            together = Part.group("select ", parts.get(3), "(s) from (", together, ") as u");
        }
        return Optional.of(new Equation(Statement.query(whole, kinds, false), Statement.query(together, kinds, false)));
    }

    private Part query(List<Part> parts, Part condition) {
        return switch (form) {
            case ROWS -> Part.group("select ", parts.get(0), " from ", parts.get(1), before(" where ", condition));
            case DISTINCT ->
                Part.group("select distinct ", parts.get(0), " from ", parts.get(1), before(" where ", condition));
            case AGGREGATE ->
                Part.group("select ", parts.get(0), " as s from ", parts.get(1), before(" where ", condition));
            case GROUPS ->
                Part.group(
                        "select ",
                        parts.get(0),
                        " from ",
                        parts.get(1),
                        " group by ",
                        parts.get(3),
                        before(" having ", condition));
        };
    }

    private static Part before(String word, Part condition) {
        return condition.children().isEmpty() ? Part.none() : Part.group(word, condition);
    }

    private static Part condition(Part condition, String partition) {
        return partition.startsWith(" ")
                ? Part.group("(", condition, ")" + partition)
                : Part.group(partition + "(", condition, ")");
    }

    private static List<Kind> kinds(Part list) {
        List<Kind> kinds = new ArrayList<>();
        for (Part item : list.children()) {
            kinds.add(((Part.Value) item).kind());
        }
        return kinds;
    }
}
