package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns that an expression may name.
 *
 * @param outer of the query around it
 */
record Scope(List<Source> sources, Optional<Scope> outer) {
    /** Something in FROM. */
    record Source(String alias, List<Column> columns) {
        Source {
            columns = List.copyOf(columns);
        }
    }

    /** A column with the name of its source before it. */
    record Named(String text, Column column) {}

    Scope {
        sources = List.copyOf(sources);
    }

    static Scope empty() {
        return new Scope(List.of(), Optional.empty());
    }

    static Scope of(List<Source> sources) {
        return new Scope(sources, Optional.empty());
    }

    Scope within(Optional<Scope> around) {
        return new Scope(sources, around);
    }

    Scope and(Source source) {
        List<Source> all = new ArrayList<>(sources);
        all.add(source);
        return new Scope(all, outer);
    }

    Scope and(Scope other) {
        List<Source> all = new ArrayList<>(sources);
        all.addAll(other.sources);
        return new Scope(all, outer);
    }

    /** Columns of this query, without those of queries around it. */
    List<Named> columns(Predicate<Column> wanted) {
        List<Named> found = new ArrayList<>();
        for (Source source : sources) {
            for (Column column : source.columns()) {
                if (wanted.test(column)) {
                    String name = source.alias().isEmpty() ? column.name() : source.alias() + "." + column.name();
                    found.add(new Named(name, column));
                }
            }
        }
        return found;
    }

    List<Named> columns(Kind kind) {
        return columns(column -> column.kind() == kind);
    }
}
