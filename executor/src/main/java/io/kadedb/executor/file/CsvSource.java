package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file, in order. */
final class CsvSource implements Source {
    private final Path file;
    private final PhysicalPlan.FileScan scan;
    private final CsvFormat format;
    private final MemoryPool memory;
    private final ZoneId zone;
    private final AtomicBoolean taken = new AtomicBoolean();

    CsvSource(Path file, PhysicalPlan.FileScan scan, QueryRun run) {
        this.file = file;
        this.scan = scan;
        this.format = CsvFormat.of(scan.path(), scan.options());
        this.memory = run.memory();
        this.zone = run.context().timeZone();
    }

    @Override
    public int start() {
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        return taken.compareAndSet(false, true) ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        private final CsvRecords records;
        private final byte[] nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        private final int[] columns;
        private final SqlType[] types;
        private final VectorBuilder[] builders;

        Reader() {
            boolean header = format.header()
                    .orElseGet(() -> CsvSniffer.sniff(file, scan.path(), format).header());
            int n = scan.columns().size();
            columns = new int[n];
            types = new SqlType[n];
            builders = new VectorBuilder[n];
            for (int i = 0; i < n; i++) {
                columns[i] = scan.columns().get(i);
                types[i] = scan.fileColumns().get(columns[i]).type();
                builders[i] = new VectorBuilder(types[i], memory);
            }
            records = new CsvRecords(file, scan.path(), format);
            if (header) {
                records.next();
            }
            if (scan.fileColumns().size() == 1) {
                records.keepEmptyLines();
            }
        }

        @Override
        public @Nullable Batch next() {
            for (VectorBuilder builder : builders) {
                builder.clear();
            }
            int rows = 0;
            while (rows < Batch.MAX_ROWS && records.next()) {
                append();
                rows++;
            }
            if (rows == 0) {
                return null;
            }
            List<ColumnVector> vectors = new ArrayList<>(builders.length);
            for (VectorBuilder builder : builders) {
                vectors.add(builder.build());
            }
            return new Batch(rows, vectors);
        }

        private void append() {
            if (records.fields() != scan.fileColumns().size()) {
                throw KadeException.of(
                                ErrorCode.BAD_COPY_FILE_FORMAT,
                                records.place() + ": " + scan.fileColumns().size() + " columns expected, "
                                        + records.fields() + " found")
                        .hint("quote values that contain the delimiter, or name another one with DELIMITER");
            }
            for (int i = 0; i < columns.length; i++) {
                int field = columns[i];
                int start = records.start(field);
                int length = records.end(field) - start;
                if (isNull(field, start, length)) {
                    builders[i].appendNull();
                } else {
                    append(builders[i], types[i], field, start, length);
                }
            }
        }

        private boolean isNull(int field, int start, int length) {
            if (length != nullText.length || records.isQuoted(field)) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (records.bytes()[start + i] != nullText[i]) {
                    return false;
                }
            }
            return true;
        }

        private void append(VectorBuilder builder, SqlType type, int field, int start, int length) {
            byte[] bytes = records.bytes();
            if (type.isText()) {
                int invalid = Utf8.firstInvalid(bytes, start, start + length);
                if (invalid >= 0) {
                    Field column = scan.fileColumns().get(field);
                    throw KadeException.of(
                            ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                            "%s, column \"%s\": invalid byte sequence for encoding \"UTF8\": 0x%02x"
                                    .formatted(records.place(), column.name(), bytes[invalid] & 0xFF));
                }
            }
            if (type.id() == TypeId.TEXT) {
                builder.appendBytes(MemorySegment.ofArray(bytes), start, length);
                return;
            }
            if (FieldParser.append(builder, type, bytes, start, length)) {
                return;
            }
            try {
                builder.append(ValueParser.parse(records.text(field), type, zone));
            } catch (KadeException e) {
                Field column = scan.fileColumns().get(field);
                throw KadeException.of(
                                e.code(), records.place() + ", column \"" + column.name() + "\": " + e.messageText(), e)
                        .hint(e.hint().orElse("the column was taken for " + type));
            }
        }

        @Override
        public void close() {
            for (VectorBuilder builder : builders) {
                builder.close();
            }
            records.close();
        }
    }
}
