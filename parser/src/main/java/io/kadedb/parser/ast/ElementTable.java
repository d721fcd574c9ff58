package io.kadedb.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * A vertex or edge table of a property graph.
 *
 * @param alias the element's name within the graph; the table's own name unless AS gave one
 * @param key columns that identify an element; empty means the table's primary key
 * @param labels at least one; without LABEL it is the alias with all columns as properties
 */
public record ElementTable(QualifiedName table, Name alias, List<Name> key, List<Label> labels) {
    public ElementTable {
        key = List.copyOf(key);
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("an element table has at least one label");
        }
    }

    /** A label and the properties it exposes. */
    public record Label(Name name, Properties properties) {}

    /** Which properties a label exposes. */
    public sealed interface Properties {
        /** Every column but those named. */
        record AllColumns(List<Name> except) implements Properties {
            public AllColumns {
                except = List.copyOf(except);
            }
        }

        /** NO PROPERTIES. */
        record None() implements Properties {}

        /** A list of columns or expressions, each with its property name. */
        record Listed(List<Property> properties) implements Properties {
            public Listed {
                properties = List.copyOf(properties);
            }
        }
    }

    /** A property: an expression over the table's columns. */
    public record Property(Name name, Expression value) {}

    /**
     * Where an edge starts or ends.
     *
     * @param key columns of the edge table; empty means they follow from a foreign key
     * @param vertex alias of a vertex table of the same graph
     * @param referencedColumns columns of the vertex table; empty means its key
     */
    public record Endpoint(List<Name> key, Name vertex, List<Name> referencedColumns) {
        public Endpoint {
            key = List.copyOf(key);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    /** An edge table with its two ends. */
    public record Edge(ElementTable element, Endpoint source, Endpoint destination) {}

    /** The place of a label, if the table carries it. */
    public Optional<Label> label(String name) {
        return labels.stream().filter(label -> label.name().text().equals(name)).findFirst();
    }
}
