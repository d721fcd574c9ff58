package io.kadedb.storage.check;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ColumnEncoder;
import io.kadedb.storage.format.v1.EncodedColumn;
import io.kadedb.storage.format.v1.ShreddedPath;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.ShreddedRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of paths against the documents they lie beside. */
final class ShreddedCheck {
    private final TableDefinition table;
    private final SegmentRecord record;
    private final String name;
    private final Problems problems;
    private final Reader reader;
    private final Map<Integer, Optional<ColumnBuffer>> documents = new HashMap<>();

    /** Reads a chunk; null where it is damaged, which is noted. */
    interface Reader {
        @Nullable
        ColumnBuffer read(ChunkRecord chunk, SqlType type, String title);
    }

    ShreddedCheck(TableDefinition table, SegmentRecord record, String name, Problems problems, Reader reader) {
        this.table = table;
        this.record = record;
        this.name = name;
        this.problems = problems;
        this.reader = reader;
    }

    void run() {
        for (ShreddedRecord path : record.getShreddedList()) {
            String title = "path " + String.join(".", path.getKeysList()) + " of " + name;
            problems.guard(title, () -> path(path, title));
        }
    }

    private void path(ShreddedRecord path, String title) {
        SqlType type = ShreddedPath.type(path.getType()).orElse(null);
        if (type == null) {
            problems.add(title + " is of type " + path.getType() + ", which this version does not know");
            return;
        }
        ColumnBuffer values = reader.read(path.getValues(), type, "values of " + title);
        ColumnBuffer others =
                path.hasOthers() ? reader.read(path.getOthers(), SqlType.BOOLEAN, "others of " + title) : null;
        ColumnBuffer whole =
                documents.computeIfAbsent(path.getColumnId(), this::documents).orElse(null);
        if (values == null || (path.hasOthers() && others == null)) {
            return;
        }
        EncodedColumn measured = ColumnEncoder.encode(values);
        if (!isBound(
                        measured.min(),
                        path.getValues().hasMin(),
                        path.getValues().getMin().toByteArray())
                || !isBound(
                        measured.max(),
                        path.getValues().hasMax(),
                        path.getValues().getMax().toByteArray())
                || measured.maxIsPrefix() != path.getValues().getMaxIsPrefix()
                || measured.nulls() != path.getValues().getNulls()) {
            problems.add(title + " says of other values that they are its least and greatest");
        }
        if (whole == null) {
            return;
        }
        ShreddedPath expected = ShreddedPath.of(whole, path.getKeysList(), type);
        boolean sameOthers =
                others == null ? expected.otherRows() == 0 : ShreddedPath.areSame(expected.others(), others);
        if (!ShreddedPath.areSame(expected.values(), values)
                || !sameOthers
                || expected.otherRows() != path.getOtherRows()) {
            problems.add(title + " has other values than its documents");
        }
    }

    private static boolean isBound(byte @Nullable [] found, boolean has, byte[] said) {
        return found == null ? !has : has && Arrays.equals(found, said);
    }

    /** The documents of a column; empty if it is dropped, or damaged, which is noted elsewhere. */
    private Optional<ColumnBuffer> documents(int columnId) {
        for (ColumnDefinition column : table.columns()) {
            for (ChunkRecord chunk : record.getColumnsList()) {
                if (column.id() == columnId && chunk.getColumnId() == columnId) {
                    return Optional.ofNullable(reader.read(chunk, column.type(), "documents of " + name));
                }
            }
        }
        return Optional.empty();
    }
}
