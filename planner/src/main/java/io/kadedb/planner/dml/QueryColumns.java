package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The columns of a view: those of its query, the first of them perhaps under other names. */
final class QueryColumns {
    private QueryColumns() {}

    /**
     * The columns in their order.
     *
     * @param given other names of the first
     * @param view where columns of the query's own names are at fault
     * @param tooMany what is said of more names than columns
     * @param nullable whether a column may be NULL
     * @throws KadeException 42601 for too many names, 42701 for one that is there twice
     */
    static List<ColumnDefinition> of(
            List<Field> fields, List<Name> given, SourcePosition view, String tooMany, Predicate<Field> nullable) {
        if (given.size() > fields.size()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, tooMany)
                    .at(given.get(fields.size()).position());
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Name name = i < given.size() ? given.get(i) : new Name(field.name(), view);
            TablePlanner.checkNew(names, name);
            columns.add(ColumnDefinition.of(i + 1, name.text(), field.type().ofColumn(), nullable.test(field)));
        }
        return columns;
    }
}
