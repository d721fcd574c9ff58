package io.kadedb.sqltests.fuzz.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what columns a query gives. */
final class Columns {
    private Columns() {}

    /**
     * The kinds of the columns of the outermost query.
     *
     * @param otherwise if the query does not list its columns
     */
    static List<Kind> of(Part part, List<Kind> otherwise) {
        return find(part).orElse(otherwise);
    }

    /** The query of a statement comes last, after those that WITH names. */
    private static Optional<List<Kind>> find(Part part) {
        if (part instanceof Part.Query query) {
            for (Part child : query.parts()) {
                if (child instanceof Part.Items items) {
                    return Optional.of(kinds(items));
                }
                if (child instanceof Part.Query) {
                    return find(child);
                }
            }
            return Optional.of(query.kinds());
        }
        return part.children().reversed().stream()
                .map(Columns::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Kind> kinds(Part.Items items) {
        List<Kind> kinds = new ArrayList<>();
        for (Part item : items.items()) {
            value(item).ifPresent(value -> kinds.add(value.kind()));
        }
        return kinds;
    }

    private static Optional<Part.Value> value(Part part) {
        return part instanceof Part.Value value
                ? Optional.of(value)
                : part.children().stream()
                        .map(Columns::value)
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
