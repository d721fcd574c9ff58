package io.kadedb.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A copy of a definition with one thing changed has everything else: what it loses would be lost on disk. */
class DefinitionCopyTest {
    private static final ColumnDefinition COLUMN = new ColumnDefinition(
            3,
            "a",
            SqlType.INTEGER,
            false,
            Optional.of("1"),
            7,
            Optional.of("a comment"),
            Map.of("tag", "value"),
            Optional.of("b + 1"),
            true,
            Optional.of(ColumnDefinition.Identity.ALWAYS),
            Optional.of(MissingValue.fixed(5, 0)),
            Optional.of("a_there"));

    private static final TableDefinition TABLE = new TableDefinition(
            1,
            "s",
            "t",
            4,
            "owner",
            List.of(COLUMN),
            List.of(0),
            KeyMode.BUCKETED,
            Optional.of("a comment"),
            Map.of("tag", "value"),
            Optional.of("key"),
            List.of(new IndexDefinition(
                    9,
                    "i",
                    List.of(
                            new IndexDefinition.Part(3, true),
                            new IndexDefinition.Part(
                                    new IndexExpression("a + 1", SqlType.INTEGER, List.of(3)), true, false)),
                    true,
                    true,
                    true,
                    Optional.of("a comment"),
                    List.of(3),
                    Optional.of(new IndexExpression("a > 1", SqlType.BOOLEAN, List.of(3))),
                    IndexDefinition.State.WRITE_ONLY)),
            List.of(new CheckDefinition("c", "a > 0", true)),
            List.of(new ForeignKeyDefinition(
                    "f",
                    List.of(3),
                    1,
                    List.of(3),
                    true,
                    ForeignKeyDefinition.Action.CASCADE,
                    ForeignKeyDefinition.Action.CASCADE,
                    List.of(),
                    false)),
            Map.of("c", "of the check"),
            Optional.of(TableDefinition.OnCommit.DELETE_ROWS),
            new RowStorage(12, List.of(new RowStorage.DroppedColumn(2, SqlType.TEXT))),
            Optional.of(new RangePartitioning(3, false, 7, Optional.of(new Interval(1, 2, 3)))),
            Optional.of(new MaterializedQuery(
                    "select 1 as a", List.of("s"), List.of(), List.of(7L), true, Optional.empty())),
            List.of(new BucketLog(8, new RangePartitioning(3, true, 1, Optional.empty()))));

    @Test
    void copiesOfTablesHaveEverythingElse() {
        check(
                TABLE,
                Map.ofEntries(
                        Map.entry("withId", t -> t.withId(t.id())),
                        Map.entry("withKeyMode", t -> t.withKeyMode(t.keyMode())),
                        Map.entry("withIndexes", t -> t.withIndexes(t.indexes())),
                        Map.entry("withPrimaryKeyName", t -> t.withPrimaryKeyName(t.primaryKeyName())),
                        Map.entry("withSchemaVersion", t -> t.withSchemaVersion(t.schemaVersion())),
                        Map.entry("withChecks", t -> t.withChecks(t.checks())),
                        Map.entry("withForeignKeys", t -> t.withForeignKeys(t.foreignKeys())),
                        Map.entry("withName", t -> t.withName(t.schema(), t.name())),
                        Map.entry("withOwner", t -> t.withOwner(t.owner())),
                        Map.entry("withColumns", t -> t.withColumns(t.columns())),
                        Map.entry("withPrimaryKey", t -> t.withPrimaryKey(t.primaryKey(), t.primaryKeyName())),
                        Map.entry("withRows", t -> t.withRows(t.rows())),
                        Map.entry("withOnCommit", t -> t.withOnCommit(t.onCommit())),
                        Map.entry("withMaterialized", t -> t.withMaterialized(t.materialized())),
                        Map.entry("withBucketLogs", t -> t.withBucketLogs(t.bucketLogs())),
                        Map.entry("withPartitioning", t -> t.withPartitioning(t.partitioning())),
                        Map.entry("withComments", t -> t.withComments(t.comment(), t.constraintComments()))));
    }

    @Test
    void copiesOfColumnsHaveEverythingElse() {
        check(
                COLUMN,
                Map.ofEntries(
                        Map.entry("withDefault", c -> c.withDefault(c.defaultSql())),
                        Map.entry("withGenerated", c -> c.withGenerated(c.generatedSql(), c.virtual())),
                        Map.entry("withNullable", c -> c.withNullable(c.nullable())),
                        Map.entry("withNotNullName", c -> c.withNotNullName(c.notNullName())),
                        Map.entry("withIdentity", c -> c.withIdentity(c.identity())),
                        Map.entry("withName", c -> c.withName(c.name())),
                        Map.entry("withType", c -> c.withType(c.type())),
                        Map.entry("withMissing", c -> c.withMissing(c.missing())),
                        Map.entry("withComment", c -> c.withComment(c.comment()))));
    }

    @Test
    void copiesOfIndexesHaveEverythingElse() {
        check(
                TABLE.indexes().getFirst(),
                Map.ofEntries(
                        Map.entry("withId", i -> i.withId(i.id())),
                        Map.entry("withName", i -> i.withName(i.name())),
                        Map.entry("withComment", i -> i.withComment(i.comment())),
                        Map.entry("withExpressions", i -> i.withExpressions(computed -> computed)),
                        Map.entry("withColumns", i -> i.withColumns(id -> id)),
                        Map.entry("withState", i -> i.withState(i.state()))));
    }

    private static <T> void check(T definition, Map<String, UnaryOperator<T>> same) {
        Set<String> methods = Arrays.stream(definition.getClass().getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("with"))
                .collect(Collectors.toSet());
        assertThat(same).containsOnlyKeys(methods);
        same.forEach((name, copy) -> assertThat(copy.apply(definition)).as(name).isEqualTo(definition));
    }
}
