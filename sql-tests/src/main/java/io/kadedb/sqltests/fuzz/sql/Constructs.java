package io.kadedb.sqltests.fuzz.sql;

import java.util.EnumSet;
import java.util.Set;

/** What is in a tree of parts. */
public final class Constructs {
    private Constructs() {}

    /** All constructs that a part says it has. */
    public static Set<Construct> of(Part part) {
        Set<Construct> found = EnumSet.noneOf(Construct.class);
        collect(part, found, EnumSet.noneOf(Kind.class));
        return found;
    }

    /** The kinds of all values, constants and types within. */
    public static Set<Kind> kinds(Part part) {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        collect(part, EnumSet.noneOf(Construct.class), found);
        return found;
    }

    private static void edges(Part.Literal literal, Set<Construct> constructs) {
        if (literal.value().chars().anyMatch(c -> c > 127)) {
            constructs.add(Construct.UNICODE);
        }
        boolean special = literal.value().equals("NaN")
                || literal.value().endsWith("Infinity")
                || literal.value().equals("-0");
        if (special && literal.kind().isApproximate()) {
            constructs.add(Construct.NOT_A_NUMBER);
        }
    }

    private static void collect(Part part, Set<Construct> constructs, Set<Kind> kinds) {
        switch (part) {
            case Part.Mark mark -> constructs.add(mark.construct());
            case Part.TypeName name -> kinds.add(name.type().kind());
            case Part.Literal literal -> {
                kinds.add(literal.kind());
                edges(literal, constructs);
            }
            case Part.Null value -> kinds.add(value.type().kind());
            case Part.Value value -> kinds.add(value.kind());
            case Part.Word w -> {}
            case Part.Own o -> {}
            case Part.Group g -> {}
            case Part.Clause c -> {}
            case Part.Items i -> {}
            case Part.Relation r -> {}
            case Part.Query q -> {}
        }
        part.children().forEach(child -> collect(child, constructs, kinds));
    }
}
