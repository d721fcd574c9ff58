package io.kadedb.planner.system;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.api.SequenceNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Views of what goes on in the database at the moment: queries over {@code kade_state}. */
public final class SystemViews {
    private static final String OWNER = "kadedb";
    private static final Map<String, ViewDefinition> VIEWS = views();

    private SystemViews() {}

    /** The view of a name in a schema. */
    public static Optional<ViewDefinition> find(String schema, String name) {
        return schema.equals(SystemRelations.PG_CATALOG) ? Optional.ofNullable(VIEWS.get(name)) : Optional.empty();
    }

    /** All of them. */
    static Set<String> names() {
        return VIEWS.keySet();
    }

    private static Map<String, ViewDefinition> views() {
        Map<String, ViewDefinition> views = new HashMap<>();
        add(views, "kade_locks", "locks", """
            session text, relation text, mode text, granted boolean, rows bigint, target text, blocked_by text,
            waited_ms bigint
            """);
        add(views, "kade_deadlocks", "deadlocks", """
            happened_at timestamptz, victim text, session text, waits_for text, blocked_by text
            """);
        add(views, "kade_transactions", "transactions", """
            id bigint, session text, application_name text, state text, began timestamptz, age_ms bigint,
            isolation text, read_only boolean, snapshot timestamptz, snapshot_version bigint, read_bytes bigint,
            written_bytes bigint, statement text
            """);
        add(views, "kade_partitions", "partitions", """
            schema_name text, table_name text, range_start text, range_end text, rows bigint, bytes bigint,
            segments bigint, retention text
            """);
        return Map.copyOf(views);
    }

    /** What is read from a sequence: where it is. */
    public static ViewDefinition of(SequenceDefinition sequence) {
        String state = "sequence " + SequenceNames.text(sequence.schema(), sequence.name());
        return view(
                sequence.id(),
                sequence.schema(),
                sequence.name(),
                state.replace("'", "''"),
                "last_value bigint, log_cnt bigint, is_called boolean");
    }

    private static void add(Map<String, ViewDefinition> views, String name, String state, String columns) {
        views.put(name, view(-1 - views.size(), SystemRelations.PG_CATALOG, name, state, columns));
    }

    /** @param columns names and types of members of the objects */
    private static ViewDefinition view(long id, String schema, String name, String state, String columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (String column : columns.strip().split(",\\s+")) {
            String[] parts = column.split(" ");
            definitions.add(ColumnDefinition.of(definitions.size() + 1, parts[0], type(parts[1]), true));
            items.add("(value ->> '" + parts[0] + "')::" + parts[1] + " as " + parts[0]);
        }
        String query = "select " + String.join(", ", items) + " from jsonb_array_elements(kade_state('" + state
                + "')) as e(value)";
        return new ViewDefinition(
                id,
                schema,
                name,
                1,
                OWNER,
                definitions,
                query,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static SqlType type(String name) {
        return switch (name) {
            case "text" -> SqlType.TEXT;
            case "bigint" -> SqlType.BIGINT;
            case "boolean" -> SqlType.BOOLEAN;
            case "timestamptz" -> SqlType.TIMESTAMPTZ;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
