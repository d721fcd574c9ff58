package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition.Action;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.table.ValueText;
import io.kadedb.storage.transaction.ReferentialStatement.Followed;
import java.util.List;
import java.util.stream.Collectors;

/** What violations of foreign keys say. */
final class ReferentialErrors {
    private ReferentialErrors() {}

    private static KadeException violation(TableDefinition table, ForeignKeyDefinition foreign) {
        return KadeException.of(
                ErrorCode.FOREIGN_KEY_VIOLATION,
                "insert or update on table \"" + table.name() + "\" violates foreign key constraint \"" + foreign.name()
                        + "\"");
    }

    static KadeException mixed(TableDefinition table, ForeignKeyDefinition foreign) {
        return violation(table, foreign).detail("MATCH FULL does not allow mixing of null and nonnull key values.");
    }

    static KadeException missing(
            TableDefinition table,
            ForeignKeyDefinition foreign,
            TableDefinition referenced,
            DistinctKeys keys,
            int row) {
        return violation(table, foreign)
                .detail(key(table, foreign.columns(), keys, row) + " is not present in table \"" + referenced.name()
                        + "\".");
    }

    static KadeException stillReferenced(TableDefinition referenced, Followed followed, int row) {
        ForeignKeyDefinition foreign = followed.reference().key();
        boolean restrict = followed.action() == Action.RESTRICT;
        String from = followed.reference().table().name();
        String key = key(referenced, foreign.referencedColumns(), followed.old(), row);
        return KadeException.of(
                        restrict ? ErrorCode.RESTRICT_VIOLATION : ErrorCode.FOREIGN_KEY_VIOLATION,
                        "update or delete on table \"" + referenced.name() + "\" violates "
                                + (restrict ? "RESTRICT setting of " : "") + "foreign key constraint \""
                                + foreign.name() + "\" on table \"" + from + "\"")
                .detail(key + (restrict ? " is referenced" : " is still referenced") + " from table \"" + from + "\".");
    }

    private static String key(TableDefinition table, List<Integer> columnIds, DistinctKeys keys, int row) {
        String names = columnIds.stream()
                .map(id -> table.columns().get(table.ordinalOfId(id)).name())
                .collect(Collectors.joining(", "));
        List<ColumnBuffer> columns = keys.columns();
        return "Key (" + names + ")=("
                + columns.stream().map(column -> ValueText.show(column, row)).collect(Collectors.joining(", ")) + ")";
    }
}
