package io.kadedb.common.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A secondary index of a table; a unique one is also what a UNIQUE constraint is made of.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param name unique among the relations of the table's schema
 * @param parts the key, the leading column first
 * @param nullsNotDistinct whether two NULLs are the same to a unique index
 * @param constraint whether it belongs to a UNIQUE constraint of its name
 */
public record IndexDefinition(
        long id,
        String name,
        List<Part> parts,
        boolean unique,
        boolean nullsNotDistinct,
        boolean constraint,
        Optional<String> comment) {
    public IndexDefinition {
        parts = List.copyOf(parts);
    }

    /**
     * A column of the key.
     *
     * @param columnId see {@link ColumnDefinition#id()}
     * @param descending as it was declared; the index is kept in ascending order and read either way
     */
    public record Part(int columnId, boolean descending) {}

    public IndexDefinition withId(long newId) {
        return new IndexDefinition(newId, name, parts, unique, nullsNotDistinct, constraint, comment);
    }

    public IndexDefinition withName(String newName) {
        return new IndexDefinition(id, newName, parts, unique, nullsNotDistinct, constraint, comment);
    }

    public IndexDefinition withComment(Optional<String> newComment) {
        return new IndexDefinition(id, name, parts, unique, nullsNotDistinct, constraint, newComment);
    }

    /** The ids of the key's columns. */
    public List<Integer> columnIds() {
        return parts.stream().map(Part::columnId).toList();
    }
}
