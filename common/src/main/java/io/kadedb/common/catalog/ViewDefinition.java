package io.kadedb.common.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A view: a query with a name. The query sees the relations that it names as they were when the view was made: under
 * their names of then, with their columns of then. So renames leave it alone, and columns added later are in no star.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param columns what it gives; their ids stay theirs when the view is replaced
 * @param query as the user wrote it
 * @param searchPath in which unqualified names were looked up
 * @param relations the tables and views that the query names, in the order in which it was looked at
 * @param graphs the ids of the property graphs that it names
 * @param checkOption which rows may be written through it; empty for all
 */
public record ViewDefinition(
        long id,
        String schema,
        String name,
        int schemaVersion,
        String owner,
        List<ColumnDefinition> columns,
        String query,
        List<String> searchPath,
        List<UsedRelation> relations,
        List<Long> graphs,
        Optional<CheckOption> checkOption,
        Optional<String> comment,
        Map<String, String> tags) {
    public ViewDefinition {
        columns = List.copyOf(columns);
        searchPath = List.copyOf(searchPath);
        relations = List.copyOf(relations);
        graphs = List.copyOf(graphs);
        tags = Map.copyOf(tags);
    }

    /** Which rows written through a view have to be in it. */
    public enum CheckOption {
        /** Those of this view. */
        LOCAL(1),
        /** Those of this view and of all that it is over. */
        CASCADED(2);

        private final int number;

        CheckOption(int number) {
            this.number = number;
        }

        /** The number in catalog records. */
        public int number() {
            return number;
        }

        /** The option of a number; none for 0. */
        public static Optional<CheckOption> of(int number) {
            return Arrays.stream(values())
                    .filter(option -> option.number == number)
                    .findFirst();
        }
    }

    /**
     * A table or view as it was when the view was made.
     *
     * @param id of the table or view
     */
    public record UsedRelation(long id, String schema, String name, List<UsedColumn> columns) {
        public UsedRelation {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column as it was when the view was made.
     *
     * @param id see {@link ColumnDefinition#id()}
     * @param read whether the view depends on it
     */
    public record UsedColumn(int id, String name, boolean read) {}

    public ViewDefinition withId(long newId) {
        return copy(newId, schema, name, schemaVersion, columns, comment);
    }

    public ViewDefinition withName(String newSchema, String newName) {
        return copy(id, newSchema, newName, schemaVersion, columns, comment);
    }

    public ViewDefinition withSchemaVersion(int version) {
        return copy(id, schema, name, version, columns, comment);
    }

    public ViewDefinition withColumns(List<ColumnDefinition> newColumns) {
        return copy(id, schema, name, schemaVersion, newColumns, comment);
    }

    public ViewDefinition withComment(Optional<String> newComment) {
        return copy(id, schema, name, schemaVersion, columns, newComment);
    }

    /** With another text, which gives the same columns of the same relations. */
    public ViewDefinition withQuery(String newQuery) {
        return new ViewDefinition(
                id,
                schema,
                name,
                schemaVersion,
                owner,
                columns,
                newQuery,
                searchPath,
                relations,
                graphs,
                checkOption,
                comment,
                tags);
    }

    private ViewDefinition copy(
            long newId,
            String newSchema,
            String newName,
            int version,
            List<ColumnDefinition> newColumns,
            Optional<String> newComment) {
        return new ViewDefinition(
                newId,
                newSchema,
                newName,
                version,
                owner,
                newColumns,
                query,
                searchPath,
                relations,
                graphs,
                checkOption,
                newComment,
                tags);
    }

    /** {@code schema.name}. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
