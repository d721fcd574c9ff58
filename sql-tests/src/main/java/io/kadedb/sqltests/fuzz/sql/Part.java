package io.kadedb.sqltests.fuzz.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a statement. The structure is that of the ways to take statements apart, not of SQL's grammar: values that
 * others of their kind may stand for, clauses that may go, lists that may be shorter.
 */
public sealed interface Part {
    /** Text that stands for itself. */
    record Word(String text) implements Part {}

    /** Text that KadeDB alone is given. */
    record Own(String text) implements Part {}

    /** Writes nothing; says that the statement has a construct. */
    record Mark(Construct construct) implements Part {}

    /** The name of a type, which dialects write differently. */
    record TypeName(SqlType type) implements Part {}

    /**
     * A constant.
     *
     * @param value as PostgreSQL shows it, without quotes
     */
    record Literal(Kind kind, String value) implements Part {}

    /** A NULL with a type. */
    record Null(SqlType type) implements Part {}

    /** A value: any other of its kind may stand in its place. */
    record Value(Kind kind, List<Part> parts) implements Part {
        public Value {
            parts = List.copyOf(parts);
        }
    }

    /** Parts that belong together. */
    record Group(List<Part> parts) implements Part {
        public Group {
            parts = List.copyOf(parts);
        }
    }

    /** Parts that may be left out together. */
    record Clause(List<Part> parts) implements Part {
        public Clause {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A list that may be shorter.
     *
     * @param least as many must stay
     */
    record Items(String separator, int least, List<Part> items) implements Part {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Something in FROM: a relation within may stand in its place. */
    record Relation(List<Part> parts) implements Part {
        public Relation {
            parts = List.copyOf(parts);
        }
    }

    /** A query: one within that gives the same kinds may stand in its place. */
    record Query(List<Kind> kinds, List<Part> parts) implements Part {
        public Query {
            kinds = List.copyOf(kinds);
            parts = List.copyOf(parts);
        }
    }

    /** The parts directly within. */
    default List<Part> children() {
        return switch (this) {
            case Word w -> List.of();
            case Own o -> List.of();
            case Mark m -> List.of();
            case TypeName t -> List.of();
            case Literal l -> List.of();
            case Null n -> List.of();
            case Value value -> value.parts;
            case Group group -> group.parts;
            case Clause clause -> clause.parts;
            case Items items -> items.items;
            case Relation relation -> relation.parts;
            case Query query -> query.parts;
        };
    }

    /** The same with other parts within. */
    default Part with(List<Part> children) {
        return switch (this) {
            case Word w -> w;
            case Own o -> o;
            case Mark m -> m;
            case TypeName t -> t;
            case Literal l -> l;
            case Null n -> n;
            case Value value -> new Value(value.kind, children);
            case Group ignored -> new Group(children);
            case Clause ignored -> new Clause(children);
            case Items items -> new Items(items.separator, items.least, children);
            case Relation ignored -> new Relation(children);
            case Query query -> new Query(query.kinds, children);
        };
    }

    /** Writes nothing. */
    static Part none() {
        return new Group(List.of());
    }

    static Part group(Object... parts) {
        return new Group(parts(parts));
    }

    static Value value(Kind kind, Object... parts) {
        return new Value(kind, parts(parts));
    }

    static Part clause(Object... parts) {
        return new Clause(parts(parts));
    }

    static Relation relation(Object... parts) {
        return new Relation(parts(parts));
    }

    static Items list(List<? extends Part> items) {
        return new Items(", ", 1, List.copyOf(items));
    }

    /** Texts become words, constructs marks; parts stay. */
    static List<Part> parts(Object... parts) {
        List<Part> result = new ArrayList<>();
        for (Object part : parts) {
            result.add(
                    switch (part) {
                        case Part known -> known;
                        case String text -> new Word(text);
                        case Construct construct -> new Mark(construct);
                        default -> throw new IllegalArgumentException("not a part: " + part);
                    });
        }
        return result;
    }
}
