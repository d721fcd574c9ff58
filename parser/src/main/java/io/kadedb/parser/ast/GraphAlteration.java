package io.kadedb.parser.ast;

import java.util.List;

/** What ALTER PROPERTY GRAPH changes. */
public sealed interface GraphAlteration {
    /** Whether an element table is one of vertices or of edges. */
    enum Kind {
        VERTEX,
        EDGE
    }

    /** ADD VERTEX TABLES and ADD EDGE TABLES. */
    record AddTables(List<ElementTable> vertices, List<ElementTable.Edge> edges) implements GraphAlteration {
        public AddTables {
            vertices = List.copyOf(vertices);
            edges = List.copyOf(edges);
        }
    }

    /**
     * DROP VERTEX TABLES and DROP EDGE TABLES.
     *
     * @param aliases of the element tables
     * @param cascade whether edges of dropped vertices go too, and views that read what is dropped
     */
    record DropTables(Kind kind, List<Name> aliases, boolean cascade) implements GraphAlteration {
        public DropTables {
            aliases = List.copyOf(aliases);
        }
    }

    /** An element table, by its alias. */
    record Element(Kind kind, Name alias) {}

    /** ADD LABEL, once or several times. */
    record AddLabels(Element element, List<ElementTable.Label> labels) implements GraphAlteration {
        public AddLabels {
            labels = List.copyOf(labels);
        }
    }

    /** DROP LABEL. */
    record DropLabel(Element element, Name label, boolean cascade) implements GraphAlteration {}

    /** ALTER LABEL .. ADD PROPERTIES. */
    record AddProperties(Element element, Name label, List<ElementTable.Property> properties)
            implements GraphAlteration {
        public AddProperties {
            properties = List.copyOf(properties);
        }
    }

    /** ALTER LABEL .. DROP PROPERTIES. */
    record DropProperties(Element element, Name label, List<Name> names, boolean cascade) implements GraphAlteration {
        public DropProperties {
            names = List.copyOf(names);
        }
    }

    /** RENAME TO. */
    record Rename(Name newName) implements GraphAlteration {}

    /** SET SCHEMA. */
    record Move(Name schema) implements GraphAlteration {}
}
