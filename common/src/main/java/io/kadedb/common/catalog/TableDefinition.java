package io.kadedb.common.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table as one version of the catalog defines it.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param schemaVersion grows with every change of the definition; fenced by value at commit
 * @param primaryKey ordinals into {@code columns}, in key order; empty for a table keyed by its row id
 * @param primaryKeyName the constraint's name where it is not {@code table_pkey}
 * @param indexes in the order they were made
 * @param checks in the order of their names, in which they are made sure of
 * @param constraintComments by the names of the constraints, the primary key's among them
 * @param onCommit what becomes of a temporary table's rows; empty for every other table
 * @param rows where they lie
 * @param partitioning how they are divided, of a partitioned table
 * @param materialized what they are made from, if it is a materialized view
 * @param bucketLogs which of its buckets are noted when they change
 */
public record TableDefinition(
        long id,
        String schema,
        String name,
        int schemaVersion,
        String owner,
        List<ColumnDefinition> columns,
        List<Integer> primaryKey,
        KeyMode keyMode,
        Optional<String> comment,
        Map<String, String> tags,
        Optional<String> primaryKeyName,
        List<IndexDefinition> indexes,
        List<CheckDefinition> checks,
        List<ForeignKeyDefinition> foreignKeys,
        Map<String, String> constraintComments,
        Optional<OnCommit> onCommit,
        RowStorage rows,
        Optional<RangePartitioning> partitioning,
        Optional<MaterializedQuery> materialized,
        List<BucketLog> bucketLogs) {
    /** The ordinal by which scans are asked for the hidden row id: a BIGINT, never null. */
    public static final int ROW_ID = -1;

    /** The ordinal of what an index computes: no column. */
    public static final int COMPUTED = -2;

    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        tags = Map.copyOf(tags);
        indexes = List.copyOf(indexes);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        constraintComments = Map.copyOf(constraintComments);
        bucketLogs = List.copyOf(bucketLogs);
    }

    /** What becomes of a temporary table when its transaction commits. */
    public enum OnCommit {
        PRESERVE_ROWS(1),
        DELETE_ROWS(2),
        DROP(3);

        private final int number;

        OnCommit(int number) {
            this.number = number;
        }

        /** The number in catalog records. */
        public int number() {
            return number;
        }

        public static OnCommit of(int number) {
            for (OnCommit action : values()) {
                if (action.number == number) {
                    return action;
                }
            }
            throw new IllegalArgumentException("unknown action on commit " + number);
        }
    }

    /** A permanent table whose constraints have no comments. */
    public TableDefinition(
            long id,
            String schema,
            String name,
            int schemaVersion,
            String owner,
            List<ColumnDefinition> columns,
            List<Integer> primaryKey,
            KeyMode keyMode,
            Optional<String> comment,
            Map<String, String> tags,
            Optional<String> primaryKeyName,
            List<IndexDefinition> indexes,
            List<CheckDefinition> checks,
            List<ForeignKeyDefinition> foreignKeys) {
        this(
                id,
                schema,
                name,
                schemaVersion,
                owner,
                columns,
                primaryKey,
                keyMode,
                comment,
                tags,
                primaryKeyName,
                indexes,
                checks,
                foreignKeys,
                Map.of(),
                Optional.empty(),
                RowStorage.ORIGINAL,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A table without indexes and constraints. */
    public TableDefinition(
            long id,
            String schema,
            String name,
            int schemaVersion,
            String owner,
            List<ColumnDefinition> columns,
            List<Integer> primaryKey,
            KeyMode keyMode,
            Optional<String> comment,
            Map<String, String> tags) {
        this(
                id,
                schema,
                name,
                schemaVersion,
                owner,
                columns,
                primaryKey,
                keyMode,
                comment,
                tags,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    public OptionalInt ordinalOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The place of the column with an id, which must be there. */
    public int ordinalOfId(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return i;
            }
        }
        throw new IllegalArgumentException("table " + qualifiedName() + " has no column with id " + columnId);
    }

    /** The ordinals of an index's columns in its order; {@link #COMPUTED} for expressions. */
    public List<Integer> ordinalsOf(IndexDefinition index) {
        return index.parts().stream()
                .map(part -> part.expression().isPresent() ? COMPUTED : ordinalOfId(part.columnId()))
                .toList();
    }

    public boolean hasPrimaryKey() {
        return !primaryKey.isEmpty();
    }

    /** The name of the primary key constraint, whether there is one or not. */
    public String primaryKeyConstraint() {
        return primaryKeyName.orElse(name + "_pkey");
    }

    /**
     * The columns whose old values whoever changes or removes a row must give: the primary key in key order, then what
     * else a foreign key, the entries of an index or a continuous aggregate depend on.
     */
    public List<Integer> identity() {
        if (indexes.isEmpty() && foreignKeys.isEmpty() && bucketLogs.isEmpty()) {
            return primaryKey;
        }
        Set<Integer> ordinals = new LinkedHashSet<>(primaryKey);
        foreignKeys.forEach(foreign -> foreign.columns().forEach(column -> ordinals.add(ordinalOfId(column))));
        indexes.forEach(index -> index.usedColumnIds().forEach(column -> ordinals.add(ordinalOfId(column))));
        bucketLogs.forEach(log -> ordinals.add(ordinalOfId(log.buckets().columnId())));
        return List.copyOf(ordinals);
    }

    /** Whether an index's entries hold columns, by their ordinals, so that its rows need not be read. */
    public boolean covers(IndexDefinition index, List<Integer> ordinals) {
        if (index.isInverted()) {
            return false;
        }
        Set<Integer> held = new LinkedHashSet<>(ordinalsOf(index));
        held.addAll(primaryKey);
        index.included().forEach(column -> held.add(ordinalOfId(column)));
        return ordinals.stream().allMatch(ordinal -> ordinal == ROW_ID || held.contains(ordinal));
    }

    public Optional<IndexDefinition> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    public TableDefinition withId(long newId) {
        return changed(draft -> draft.id = newId);
    }

    /** Under another name; the primary key's constraint keeps its own. */
    public TableDefinition withName(String newSchema, String newName) {
        return changed(draft -> {
            draft.schema = newSchema;
            draft.name = newName;
            draft.primaryKeyName = hasPrimaryKey() ? Optional.of(primaryKeyConstraint()) : primaryKeyName;
        });
    }

    public TableDefinition withSchemaVersion(int version) {
        return changed(draft -> draft.schemaVersion = version);
    }

    public TableDefinition withOwner(String newOwner) {
        return changed(draft -> draft.owner = newOwner);
    }

    /** With other columns. */
    public TableDefinition withColumns(List<ColumnDefinition> newColumns) {
        return changed(draft -> draft.columns = newColumns);
    }

    /** With another key, as ordinals. */
    public TableDefinition withPrimaryKey(List<Integer> key, Optional<String> constraint) {
        return changed(draft -> {
            draft.primaryKey = key;
            draft.primaryKeyName = constraint;
        });
    }

    public TableDefinition withPrimaryKeyName(Optional<String> constraint) {
        return changed(draft -> draft.primaryKeyName = constraint);
    }

    public TableDefinition withKeyMode(KeyMode mode) {
        return changed(draft -> draft.keyMode = mode);
    }

    public TableDefinition withIndexes(List<IndexDefinition> newIndexes) {
        return changed(draft -> draft.indexes = newIndexes);
    }

    /** The name of the constraint that a column is not NULL; one that nobody gave is none that another column's has. */
    public String notNullName(ColumnDefinition column) {
        return column.notNullName().orElseGet(() -> {
            String base = name + "_" + column.name() + "_not_null";
            String free = base;
            for (int i = 1; hasNotNullName(free); i++) {
                free = base + i;
            }
            return free;
        });
    }

    private boolean hasNotNullName(String constraint) {
        return columns.stream()
                .anyMatch(column ->
                        column.notNullName().filter(constraint::equals).isPresent());
    }

    public TableDefinition withChecks(List<CheckDefinition> newChecks) {
        return changed(draft -> draft.checks = newChecks);
    }

    public TableDefinition withForeignKeys(List<ForeignKeyDefinition> newForeignKeys) {
        return changed(draft -> draft.foreignKeys = newForeignKeys);
    }

    public TableDefinition withComments(Optional<String> newComment, Map<String, String> ofConstraints) {
        return changed(draft -> {
            draft.comment = newComment;
            draft.constraintComments = ofConstraints;
        });
    }

    public TableDefinition withOnCommit(Optional<OnCommit> action) {
        return changed(draft -> draft.onCommit = action);
    }

    public TableDefinition withRows(RowStorage storage) {
        return changed(draft -> draft.rows = storage);
    }

    public TableDefinition withPartitioning(Optional<RangePartitioning> ranges) {
        return changed(draft -> draft.partitioning = ranges);
    }

    public TableDefinition withMaterialized(Optional<MaterializedQuery> query) {
        return changed(draft -> draft.materialized = query);
    }

    public TableDefinition withBucketLogs(List<BucketLog> logs) {
        return changed(draft -> draft.bucketLogs = logs);
    }

    /** What makes it a continuous aggregate, if it is one. */
    public Optional<ContinuousAggregate> continuous() {
        return materialized.flatMap(MaterializedQuery::continuous);
    }

    /** A materialized view as a view: what its query is, and what it depends on. */
    public Optional<ViewDefinition> asView() {
        return materialized.map(made -> new ViewDefinition(
                id,
                schema,
                name,
                schemaVersion,
                owner,
                columns,
                made.query(),
                made.searchPath(),
                made.relations(),
                made.graphs(),
                Optional.empty(),
                comment,
                tags));
    }

    private TableDefinition changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.definition();
    }

    /** A definition while it is changed. */
    private static final class Draft {
        private final Map<String, String> tags;
        private long id;
        private String schema;
        private String name;
        private int schemaVersion;
        private String owner;
        private List<ColumnDefinition> columns;
        private List<Integer> primaryKey;
        private KeyMode keyMode;
        private Optional<String> comment;
        private Optional<String> primaryKeyName;
        private List<IndexDefinition> indexes;
        private List<CheckDefinition> checks;
        private List<ForeignKeyDefinition> foreignKeys;
        private Map<String, String> constraintComments;
        private Optional<OnCommit> onCommit;
        private RowStorage rows;
        private Optional<RangePartitioning> partitioning;
        private Optional<MaterializedQuery> materialized;
        private List<BucketLog> bucketLogs;

        Draft(TableDefinition table) {
            id = table.id;
            schema = table.schema;
            name = table.name;
            schemaVersion = table.schemaVersion;
            owner = table.owner;
            columns = table.columns;
            primaryKey = table.primaryKey;
            keyMode = table.keyMode;
            comment = table.comment;
            tags = table.tags;
            primaryKeyName = table.primaryKeyName;
            indexes = table.indexes;
            checks = table.checks;
            foreignKeys = table.foreignKeys;
            constraintComments = table.constraintComments;
            onCommit = table.onCommit;
            rows = table.rows;
            partitioning = table.partitioning;
            materialized = table.materialized;
            bucketLogs = table.bucketLogs;
        }

        TableDefinition definition() {
            return new TableDefinition(
                    id,
                    schema,
                    name,
                    schemaVersion,
                    owner,
                    columns,
                    primaryKey,
                    keyMode,
                    comment,
                    tags,
                    primaryKeyName,
                    indexes,
                    checks,
                    foreignKeys,
                    constraintComments,
                    onCommit,
                    rows,
                    partitioning,
                    materialized,
                    bucketLogs);
        }
    }

    /** The id that the rows are stored under. */
    public long storageId() {
        return rows.id() == 0 ? id : rows.id();
    }

    /** {@code schema.name}. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
