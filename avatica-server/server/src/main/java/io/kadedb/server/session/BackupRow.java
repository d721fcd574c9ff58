package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BackupSummary;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What BACKUP DATABASE tells of the file it has written. */
final class BackupRow {
    static final List<Field> COLUMNS =
            List.of(number("version"), number("pairs"), number("bytes"), number("file_bytes"));

    private BackupRow() {}

    private static Field number(String name) {
        return new Field(name, SqlType.BIGINT, false);
    }

    static Portal of(BackupSummary backup) {
        Batch row = new Batch(
                1,
                List.of(
                        value(backup.version()),
                        value(backup.pairs()),
                        value(backup.bytes()),
                        value(backup.fileBytes())));
        return CompletedPortal.rows("BACKUP", COLUMNS, row);
    }

    private static ColumnVector value(long number) {
        return ColumnVector.fixed(SqlType.BIGINT, 1, MemorySegment.ofArray(new long[] {number}), null);
    }
}
