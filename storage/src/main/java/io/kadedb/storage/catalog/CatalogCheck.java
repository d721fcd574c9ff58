package io.kadedb.storage.catalog;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.StorageErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The catalog record by record, so that one that is damaged hides no others: whether each can be read and lies under its own
 * key, and whether what it refers to is there.
 */
public final class CatalogCheck {
    private final ReadTransaction snapshot;
    private final List<CheckResult> results = new ArrayList<>();
    private final Map<String, SchemaDefinition> schemas = new HashMap<>();
    private final Map<Long, TableDefinition> tables = new LinkedHashMap<>();
    private final Map<Long, PropertyGraphDefinition> graphs = new LinkedHashMap<>();
    private final Map<Long, SequenceDefinition> sequences = new LinkedHashMap<>();
    private final Map<Long, ViewDefinition> views = new LinkedHashMap<>();
    private final Map<Long, EnumDefinition> enums = new LinkedHashMap<>();
    private final Map<Long, String> ids = new HashMap<>();
    private final Set<String> relations = new HashSet<>();
    private boolean complete = true;

    /** What is wrong with the object at hand. */
    private final List<String> problems = new ArrayList<>();

    /** Checks the catalog of a snapshot. */
    public CatalogCheck(ReadTransaction snapshot) {
        this.snapshot = snapshot;
        if (StorageErrors.join(snapshot.get(KeyLayout.catalogVersion())) == null) {
            results.add(CheckResult.damaged("catalog", "", 0, "the catalog has no version"));
        }
        read("schema", KeyLayout.schemas(), CatalogRecords::schema, schema -> {
            if (schemas.put(schema.name(), schema) != null) {
                problems.add("another schema has this name");
            }
            return new Named(schema.id(), schema.name());
        });
        read("enum", KeyLayout.enums(), EnumRecords::type, type -> {
            enums.put(type.id(), type);
            return named(type.id(), type.schema(), type.name());
        });
        read("table", KeyLayout.tables(), CatalogRecords::table, table -> {
            tables.put(table.id(), table);
            return relation(table.id(), table.schema(), table.name());
        });
        read("graph", KeyLayout.graphs(), GraphRecords::graph, graph -> {
            graphs.put(graph.id(), graph);
            return named(graph.id(), graph.schema(), graph.name());
        });
        read("sequence", KeyLayout.sequences(), SequenceRecords::sequence, sequence -> {
            sequences.put(sequence.id(), sequence);
            return relation(sequence.id(), sequence.schema(), sequence.name());
        });
        read("view", KeyLayout.views(), ViewRecords::view, view -> {
            views.put(view.id(), view);
            return relation(view.id(), view.schema(), view.name());
        });
        tables.values().forEach(table -> finish("table", table.qualifiedName(), () -> table(table)));
        graphs.values().forEach(graph -> finish("graph", name(graph.schema(), graph.name()), () -> graph(graph)));
        sequences.values().forEach(sequence -> finish("sequence", sequence.qualifiedName(), () -> sequence(sequence)));
        views.values().forEach(view -> finish("view", view.qualifiedName(), () -> view(view)));
        if (results.isEmpty()) {
            results.add(CheckResult.sound("catalog", "", ids.size()));
        }
    }

    /** One that says that the catalog is sound, or what is damaged in it. */
    public List<CheckResult> results() {
        return List.copyOf(results);
    }

    /** The tables whose records can be read. */
    public Map<Long, TableDefinition> tables() {
        return tables;
    }

    public Map<Long, SequenceDefinition> sequences() {
        return sequences;
    }

    /** The greatest id of an object or index. */
    public long greatestId() {
        return ids.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Whether all records could be read, so that what no table has is nobody's. */
    public boolean isComplete() {
        return complete;
    }

    private record Named(long id, String name) {}

    private static String name(String schema, String name) {
        return schema + "." + name;
    }

    private Named named(long id, String schema, String name) {
        if (!schemas.containsKey(schema) && complete) {
            problems.add("its schema \"" + schema + "\" is not there");
        }
        return new Named(id, name(schema, name));
    }

    private Named relation(long id, String schema, String name) {
        if (!relations.add(name(schema, name))) {
            problems.add("another relation has this name");
        }
        return named(id, schema, name);
    }

    private <T> void read(String kind, byte[] prefix, Function<byte[], T> decoder, Function<T, Named> keeper) {
        List<KeyValue> records = StorageErrors.join(
                snapshot.getRange(prefix, KeyLayout.end(prefix)).asList());
        for (KeyValue pair : records) {
            long key = Tuple.fromBytes(pair.getKey(), prefix.length, pair.getKey().length - prefix.length)
                    .getLong(0);
            try {
                Named named = keeper.apply(decoder.apply(pair.getValue()));
                if (named.id != key) {
                    problems.add("its record lies under the key of " + key);
                }
                if (ids.put(named.id, kind + " " + named.name) != null) {
                    problems.add("another object has its id");
                }
                report(kind, named.name);
            } catch (KadeException e) {
                unreadable(kind, key, e.messageText());
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                unreadable(kind, key, "its record cannot be decoded: " + e);
            }
        }
    }

    private void unreadable(String kind, long key, String problem) {
        complete = false;
        problems.clear();
        results.add(CheckResult.damaged(kind, "with id " + key, 0, problem));
    }

    private void report(String kind, String name) {
        for (String problem : problems) {
            results.add(CheckResult.damaged(kind, name, 0, problem));
        }
        problems.clear();
    }

    private void finish(String kind, String name, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            problems.add("its record contradicts itself: " + e);
        }
        report(kind, name);
    }

    private void table(TableDefinition table) {
        for (int ordinal : table.primaryKey()) {
            if (ordinal < 0 || ordinal >= table.columns().size()) {
                problems.add("its primary key has a column that it does not have");
            }
        }
        Set<Integer> columns = new HashSet<>();
        for (ColumnDefinition column : table.columns()) {
            if (!columns.add(column.id())) {
                problems.add("two of its columns have the id " + column.id());
            }
        }
        for (IndexDefinition index : table.indexes()) {
            if (ids.put(index.id(), "index " + index.name()) != null) {
                problems.add("another object has the id of its index \"" + index.name() + "\"");
            }
            if (!columns.containsAll(index.usedColumnIds())) {
                problems.add("its index \"" + index.name() + "\" is over a column that it does not have");
            }
        }
        table.foreignKeys().forEach(key -> foreignKey(table, key));
        byte @Nullable [] fence = StorageErrors.join(snapshot.get(KeyLayout.fence(table.storageId())));
        if (fence == null || fence.length != Integer.BYTES) {
            problems.add("its fence is not there");
        } else if (ByteBuffer.wrap(fence).getInt() != table.schemaVersion()) {
            problems.add("its fence has the number " + ByteBuffer.wrap(fence).getInt() + ", and its record "
                    + table.schemaVersion());
        }
    }

    private void foreignKey(TableDefinition table, ForeignKeyDefinition key) {
        TableDefinition referenced = tables.get(key.referencedTable());
        if (referenced == null) {
            problems.add("its foreign key \"" + key.name() + "\" refers to table " + key.referencedTable()
                    + ", which is not there");
            return;
        }
        boolean here = hasColumns(table, key.columns());
        boolean there = hasColumns(referenced, key.referencedColumns());
        if (!here || !there || key.columns().size() != key.referencedColumns().size()) {
            problems.add("its foreign key \"" + key.name() + "\" names columns that are not there");
        }
    }

    private static boolean hasColumns(TableDefinition table, List<Integer> columnIds) {
        return table.columns().stream().map(ColumnDefinition::id).toList().containsAll(columnIds);
    }

    private void sequence(SequenceDefinition sequence) {
        Optional<SequenceDefinition.Owner> owner = sequence.ownedBy();
        if (owner.isPresent()) {
            TableDefinition table = tables.get(owner.get().table());
            if (table == null || !hasColumns(table, List.of(owner.get().column()))) {
                problems.add("the column that owns it is not there");
            }
        }
    }

    private void view(ViewDefinition view) {
        for (ViewDefinition.UsedRelation used : view.relations()) {
            if (!tables.containsKey(used.id()) && !views.containsKey(used.id())) {
                problems.add("relation \"" + name(used.schema(), used.name()) + "\", which it reads, is not there");
            }
        }
        for (long graph : view.graphs()) {
            if (!graphs.containsKey(graph)) {
                problems.add("property graph " + graph + ", which it reads, is not there");
            }
        }
    }

    private void graph(PropertyGraphDefinition graph) {
        Set<String> vertices = new HashSet<>();
        for (PropertyGraphDefinition.VertexTable vertex : graph.vertexTables()) {
            vertices.add(vertex.element().alias());
            element(vertex.element(), List.of());
        }
        for (PropertyGraphDefinition.EdgeTable edge : graph.edgeTables()) {
            List<String> ends = new ArrayList<>(edge.source().columns());
            ends.addAll(edge.destination().columns());
            element(edge.element(), ends);
            for (PropertyGraphDefinition.Endpoint end : List.of(edge.source(), edge.destination())) {
                if (!vertices.contains(end.vertexAlias())) {
                    problems.add("edge table \"" + edge.element().alias() + "\" leads to \"" + end.vertexAlias()
                            + "\", which is no vertex table");
                }
            }
        }
    }

    private void element(PropertyGraphDefinition.ElementTable element, List<String> ends) {
        Optional<TableDefinition> table = tables.values().stream()
                .filter(each ->
                        each.schema().equals(element.schema()) && each.name().equals(element.table()))
                .findFirst();
        if (table.isEmpty()) {
            boolean isView = views.values().stream()
                    .anyMatch(view -> view.schema().equals(element.schema())
                            && view.name().equals(element.table()));
            if (!isView) {
                problems.add("table \"" + name(element.schema(), element.table()) + "\" is not there");
            }
            return;
        }
        List<String> used = new ArrayList<>(element.key());
        used.addAll(ends);
        for (String column : used) {
            if (table.get().ordinalOf(column).isEmpty()) {
                problems.add("table \"" + table.get().qualifiedName() + "\" has no column \"" + column + "\"");
            }
        }
    }
}
