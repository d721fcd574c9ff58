package io.kadedb.storage.format.v1;

import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The logical keys of a table's rows: its primary key, or the row id where it has none. */
public final class KeyEncoding {
    /** Longest encoded key of a row: beneath the key space's limit with room for the prefix. */
    public static final int MAX_KEY_BYTES = 8_000;

    private final TableDefinition table;
    private final byte[] prefix;
    private final KeyHash hash;
    private final KeyWriter writer = new KeyWriter();

    /** Makes keys for a table; owned by one thread. */
    public KeyEncoding(TableDefinition table, KeyHash hash) {
        this.table = table;
        this.hash = hash;
        this.prefix = KeyLayout.rows(table.storageId());
    }

    /** The types of the key's columns. */
    public static List<SqlType> types(TableDefinition table) {
        if (!table.hasPrimaryKey()) {
            return List.of(SqlType.BIGINT);
        }
        List<SqlType> types = new ArrayList<>();
        for (int ordinal : table.primaryKey()) {
            types.add(table.columns().get(ordinal).type());
        }
        return types;
    }

    /** The ordinals of the key's columns, {@link TableDefinition#ROW_ID} for a table without a primary key. */
    public static List<Integer> ordinals(TableDefinition table) {
        return table.hasPrimaryKey() ? table.primaryKey() : List.of(TableDefinition.ROW_ID);
    }

    /** The values of a key in order, whatever the key mode: the order of segments. */
    public byte[] ordered(List<ColumnBuffer> key, int row) {
        writer.clear();
        for (ColumnBuffer column : key) {
            column.writeKey(row, writer);
        }
        if (writer.length() > MAX_KEY_BYTES) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "a key of \"" + table.name() + "\" takes " + writer.length() + " bytes, more than the "
                                    + MAX_KEY_BYTES + " that fit")
                    .hint("use shorter values in primary keys and ordered indexes");
        }
        return writer.toBytes();
    }

    /** Where the delta of a row lies, by which its reads and writes conflict. */
    public byte[] logical(List<ColumnBuffer> key, int row) {
        return logical(ordered(key, row));
    }

    /** The same, from the ordered key. */
    public byte[] logical(byte[] ordered) {
        return KeyLayout.concat(
                prefix, table.keyMode() == KeyMode.PLAIN ? ordered : hash.bucketed(table.storageId(), ordered));
    }

    /** Whether ranges of ordered keys are ranges of logical keys. */
    public boolean isOrdered() {
        return table.keyMode() == KeyMode.PLAIN;
    }

    public byte[] begin() {
        return prefix;
    }

    public byte[] end() {
        return KeyLayout.end(prefix);
    }
}
