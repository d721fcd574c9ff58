package io.kadedb.common.catalog;

import io.kadedb.common.type.SqlType;
import java.util.Optional;

/**
 * A sequence. What it has given is not part of the catalog: that is in a counter, which no transaction undoes.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param counter which counter it draws from: another one after a restart, so that a restart can be undone
 * @param first what an unused counter gives first: the start value, or that of the last restart
 * @param type SMALLINT, INTEGER or BIGINT
 * @param start what RESTART without a value goes back to
 * @param increment not 0
 * @param cache accepted, and of no effect: values are drawn in blocks whatever it says
 * @param cycle whether it goes on at the other end
 */
public record SequenceDefinition(
        long id,
        String schema,
        String name,
        String owner,
        long counter,
        long first,
        SqlType type,
        long start,
        long increment,
        long min,
        long max,
        long cache,
        boolean cycle,
        Optional<Owner> ownedBy,
        Optional<String> comment) {
    /**
     * The column with which a sequence goes.
     *
     * @param table its id; 0 for that of the table made in the same change
     * @param identity whether it is the column's, as identity, rather than that of a serial column or OWNED BY
     */
    public record Owner(long table, int column, boolean identity) {}

    /** The same under other ids. */
    public SequenceDefinition withIds(long newId, long newCounter) {
        return copy(newId, schema, name, newCounter, first, ownedBy, comment);
    }

    public SequenceDefinition withName(String newSchema, String newName) {
        return copy(id, newSchema, newName, counter, first, ownedBy, comment);
    }

    /** What a restart makes of it, but for the counter, which the catalog gives. */
    public SequenceDefinition withFirst(long newFirst) {
        return copy(id, schema, name, counter, newFirst, ownedBy, comment);
    }

    public SequenceDefinition withOwnedBy(Optional<Owner> newOwner) {
        return copy(id, schema, name, counter, first, newOwner, comment);
    }

    public SequenceDefinition withComment(Optional<String> newComment) {
        return copy(id, schema, name, counter, first, ownedBy, newComment);
    }

    public SequenceDefinition withOwner(String newOwner) {
        return new SequenceDefinition(
                id, schema, name, newOwner, counter, first, type, start, increment, min, max, cache, cycle, ownedBy,
                comment);
    }

    private SequenceDefinition copy(
            long newId,
            String newSchema,
            String newName,
            long newCounter,
            long newFirst,
            Optional<Owner> newOwner,
            Optional<String> newComment) {
        return new SequenceDefinition(
                newId,
                newSchema,
                newName,
                owner,
                newCounter,
                newFirst,
                type,
                start,
                increment,
                min,
                max,
                cache,
                cycle,
                newOwner,
                newComment);
    }

    /** {@code schema.name}. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
