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
 * A query whose condition is true for a chosen row gives that row. Which of a condition, its negation and its being NULL
 * is true is found out by the same condition over the row's values alone, which read no table. Source: Rigger and Su,
 * "Testing Database Engines via Pivoted Query Synthesis" (OSDI 2020); there an interpreter of its own takes the place of
 * the constants.
 *
 * <p>The pieces: relation; condition; then for each table a group of its alias and the columns of the pivot row, each a
 * group of name and constant.
 */
public final class PivotedRow implements Oracle {
    @Override
    public String name() {
        return "pivoted row";
    }

    @Override
    public Optional<Equation> equation(Statement pieces, Session session) {
        List<Part> parts = pieces.sql().children();
        Part condition = parts.get(1);
        Statement alone = Statement.query(
                Part.group("select ", condition, " from ", constants(parts.subList(2, parts.size()))),
                List.of(Kind.BOOLEAN),
                false);
        if (!(session.run(alone) instanceof Outcome.Rows found) || found.rows().size() != 1) {
            return Optional.empty();
        }
        Object value = found.rows().getFirst().getFirst();
        Part isTrue = value == null
                ? Part.group("(", condition, ") is null")
                : value.equals("true") ? condition : Part.group("not (", condition, ")");
        Part query = Part.group(
                "select count(*) > 0 from ",
                parts.get(0),
                " where ",
                isTrue,
                equalities(parts.subList(2, parts.size())));
        return Optional.of(new Equation(
                Statement.query(query, List.of(Kind.BOOLEAN), false),
                Statement.query(Part.group("select true"), List.of(Kind.BOOLEAN), false)));
    }

    private static Part constants(List<Part> tables) {
        List<Part> relations = new ArrayList<>();
        for (Part table : tables) {
            List<Part> cells = new ArrayList<>();
            for (Part cell : table.children().subList(1, table.children().size())) {
                cells.add(Part.group(
                        cell.children().get(1), " as ", cell.children().get(0)));
            }
            relations.add(Part.group(
                    "(select ", Part.list(cells), ") as ", table.children().getFirst()));
        }
        return Part.list(relations);
    }

    private static Part equalities(List<Part> tables) {
        List<Object> found = new ArrayList<>();
        for (Part table : tables) {
            for (Part cell : table.children().subList(1, table.children().size())) {
                Part.Value value = (Part.Value) cell.children().get(1);
                if (value.kind().isComparable()) {
                    found.add(Part.group(
                            " and (",
                            table.children().getFirst(),
                            ".",
                            cell.children().get(0),
                            " is not distinct from ",
                            value,
                            ")"));
                }
            }
        }
        return Part.group(found.toArray());
    }
}
