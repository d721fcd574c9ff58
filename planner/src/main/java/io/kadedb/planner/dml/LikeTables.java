package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ColumnDefinition.Identity;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.LikeTable;
import io.kadedb.parser.ast.LikeTable.Part;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.SequenceOption;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** What a new table takes from those that it is to be LIKE. Foreign keys are never taken. */
final class LikeTables {
    private final PlanningSession session;
    private final NewColumns made;
    private final List<TableConstraint> constraints = new ArrayList<>();
    private final List<Taken> indexed = new ArrayList<>();
    private final Map<String, String> comments = new HashMap<>();

    /** A table whose indexes are taken. */
    private record Taken(TableDefinition table, Set<Part> including) {}

    LikeTables(PlanningSession session, NewColumns made) {
        this.session = session;
        this.made = made;
    }

    /** Adds the columns of a table or view to those there are. */
    void add(LikeTable like, List<ColumnDefinition> columns, Set<String> names) {
        Optional<ViewDefinition> view = session.catalog()
                .findView(
                        like.table().schema().map(Name::text),
                        like.table().last().text());
        if (view.isPresent()) {
            for (ColumnDefinition column : view.get().columns()) {
                add(column.withNullable(true), Optional.empty(), like, columns, names);
            }
            return;
        }
        TableDefinition table = Targets.table(session, like.table());
        for (ColumnDefinition column : table.columns()) {
            Optional<SequenceDefinition> identity =
                    session.context().catalog().identitySequence(table.id(), column.id());
            ColumnDefinition named =
                    column.nullable() ? column : column.withNotNullName(Optional.of(table.notNullName(column)));
            add(named, identity, like, columns, names);
        }
        SourcePosition place = like.table().position();
        if (like.including().contains(Part.CONSTRAINTS)) {
            table.checks().forEach(check -> {
                constraints.add(new TableConstraint.Check(
                        Optional.of(new Name(check.name(), place)),
                        new SqlParser().parseExpression(check.conditionSql()),
                        Optional.empty(),
                        place));
                String comment = table.constraintComments().get(check.name());
                if (comment != null && like.including().contains(Part.COMMENTS)) {
                    comments.put(check.name(), comment);
                }
            });
        }
        if (like.including().contains(Part.INDEXES)) {
            keys(table, place);
            indexed.add(new Taken(table, like.including()));
        }
    }

    private void add(
            ColumnDefinition column,
            Optional<SequenceDefinition> identity,
            LikeTable like,
            List<ColumnDefinition> columns,
            Set<String> names) {
        TablePlanner.checkNew(names, new Name(column.name(), like.table().position()));
        Set<Part> including = like.including();
        ColumnDefinition taken = ColumnDefinition.of(
                        columns.size() + 1, column.name(), column.type(), column.nullable())
                .withNotNullName(column.notNullName());
        if (including.contains(Part.COMMENTS)) {
            taken = taken.withComment(column.comment());
        }
        if (including.contains(Part.DEFAULTS)) {
            taken = taken.withDefault(column.defaultSql());
        }
        if (including.contains(Part.GENERATED)) {
            taken = taken.withGenerated(column.generatedSql(), column.virtual());
        }
        if (including.contains(Part.IDENTITY) && identity.isPresent()) {
            boolean always = column.identity().equals(Optional.of(Identity.ALWAYS));
            taken = made.identity(
                    taken,
                    new Generation.Identity(
                            always,
                            options(identity.get(), like.table().position()),
                            like.table().position()));
        }
        columns.add(taken);
    }

    private static List<SequenceOption> options(SequenceDefinition sequence, SourcePosition place) {
        return List.of(
                new SequenceOption.Increment(sequence.increment(), place),
                new SequenceOption.Min(Optional.of(sequence.min()), place),
                new SequenceOption.Max(Optional.of(sequence.max()), place),
                new SequenceOption.Start(sequence.start(), place),
                new SequenceOption.Cache(sequence.cache(), place),
                new SequenceOption.Cycle(sequence.cycle(), place));
    }

    /** The primary key and unique constraints, whose names are made anew. */
    private void keys(TableDefinition table, SourcePosition place) {
        if (table.hasPrimaryKey()) {
            List<Name> columns = table.primaryKey().stream()
                    .map(ordinal -> new Name(table.columns().get(ordinal).name(), place))
                    .toList();
            constraints.add(new TableConstraint.PrimaryKey(Optional.empty(), columns, place));
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.constraint()) {
                List<Name> columns = names(table, index).stream()
                        .map(name -> new Name(name, place))
                        .toList();
                constraints.add(new TableConstraint.Unique(Optional.empty(), columns, index.nullsNotDistinct(), place));
            }
        }
    }

    private static List<String> names(TableDefinition table, IndexDefinition index) {
        return table.ordinalsOf(index).stream()
                .map(ordinal -> table.columns().get(ordinal).name())
                .toList();
    }

    /** The constraints taken, with those written in the statement before them. */
    List<TableConstraint> constraints(List<TableConstraint> written) {
        List<TableConstraint> all = new ArrayList<>(written);
        all.addAll(constraints);
        return all;
    }

    /** The table with the indexes and comments taken; their names are made anew. */
    TableDefinition completed(TableDefinition table, Predicate<String> taken) {
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        Set<String> used =
                new HashSet<>(indexes.stream().map(IndexDefinition::name).toList());
        used.add(table.name());
        used.add(table.primaryKeyConstraint());
        for (Taken from : indexed) {
            for (IndexDefinition index : from.table.indexes()) {
                if (!index.constraint()) {
                    IndexDefinition made = taken(index, from, table, name -> used.contains(name) || taken.test(name));
                    used.add(made.name());
                    indexes.add(made);
                }
            }
        }
        Map<String, String> all = new HashMap<>(table.constraintComments());
        all.putAll(comments);
        return table.withIndexes(indexes).withComments(table.comment(), all);
    }

    private static IndexDefinition taken(
            IndexDefinition index, Taken from, TableDefinition table, Predicate<String> taken) {
        IntUnaryOperator columns = id -> table.columns()
                .get(table.ordinalOf(from.table
                                .columns()
                                .get(from.table.ordinalOfId(id))
                                .name())
                        .orElseThrow())
                .id();
        IndexDefinition moved = index.withColumns(columns);
        return new IndexDefinition(
                0,
                RelationNames.free(table.name(), IndexParts.names(table, moved.parts()), "idx", taken),
                moved.parts(),
                index.unique(),
                index.nullsNotDistinct(),
                false,
                from.including.contains(Part.COMMENTS) ? index.comment() : Optional.empty(),
                moved.included(),
                moved.condition(),
                index.state());
    }
}
