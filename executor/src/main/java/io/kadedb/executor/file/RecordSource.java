package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.api.ClientInput;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The rows of a file of text, or of what the client sends, in order. */
final class RecordSource implements Source {
    /** Of a value in a notice. */
    private static final int SHOWN_CHARACTERS = 100;

    private final Optional<Path> file;
    private final PhysicalPlan.FileScan scan;
    private final FileFormat kind;
    private final CsvFormat format;
    private final MemoryPool memory;
    private final ZoneId zone;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param file empty for what the client sends */
    RecordSource(Optional<Path> file, PhysicalPlan.FileScan scan, QueryRun run) {
        this.file = file;
        this.scan = scan;
        this.run = run;
        this.kind = FileFormat.of(scan.path(), Map.of("format", scan.format()));
        this.format = CsvFormat.of(kind, scan.path(), scan.options());
        this.memory = run.memory();
        this.zone = run.context().timeZone();
    }

    static KadeException nothingSent() {
        return KadeException.of(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "COPY FROM STDIN takes its rows from the client, which sends none")
                .hint("a JDBC connection sends them with its copyIn, the shell behind the statement");
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
        private final Records records;
        private final int[] columns;
        private final SqlType[] types;
        private final VectorBuilder[] builders;
        /** For columns with defaults, in this order. */
        private final VectorBuilder[] flags;

        /** By field: the place of its flag, or -1 where it has no default. */
        private final int[] flagOf;

        private long leftOut;

        Reader() {
            boolean header = format.header().orElseGet(this::looksLikeHeader);
            int n = scan.columns().size();
            columns = new int[n];
            types = new SqlType[n];
            builders = new VectorBuilder[n];
            for (int i = 0; i < n; i++) {
                columns[i] = scan.columns().get(i);
                types[i] = scan.fileColumns().get(columns[i]).type();
                builders[i] = new VectorBuilder(types[i], memory);
            }
            flags = new VectorBuilder[scan.defaulted().size()];
            flagOf = new int[scan.fileColumns().size()];
            Arrays.fill(flagOf, -1);
            for (int i = 0; i < flags.length; i++) {
                flags[i] = new VectorBuilder(SqlType.BOOLEAN, memory);
                flagOf[scan.defaulted().get(i)] = i;
            }
            records = records();
            if (header && records.next() && format.match()) {
                checkHeader();
            }
            if (scan.fileColumns().size() == 1 && records instanceof CsvRecords csv) {
                csv.keepEmptyLines();
            }
        }

        private boolean looksLikeHeader() {
            return file.isPresent()
                    && CsvSniffer.sniff(file.get(), scan.path(), format).header();
        }

        private Records records() {
            InputStream in = file.map(path -> LocalFiles.stream(path, scan.path()))
                    .or(() -> run.context().input().map(ClientInput::stream))
                    .orElseThrow(RecordSource::nothingSent);
            return kind == FileFormat.TEXT
                    ? new TextRecords(in, scan.path(), format)
                    : new CsvRecords(in, scan.path(), format);
        }

        private void checkHeader() {
            List<Field> columns = scan.fileColumns();
            if (records.fields() != columns.size()) {
                throw records.malformed("wrong number of fields in header line: got " + records.fields() + ", expected "
                        + columns.size());
            }
            for (int i = 0; i < columns.size(); i++) {
                if (!records.text(i).equals(columns.get(i).name())) {
                    throw records.malformed(
                            "column name mismatch in header line field " + (i + 1) + ": got \"" + records.text(i)
                                    + "\", expected \"" + columns.get(i).name() + "\"");
                }
            }
        }

        @Override
        public @Nullable Batch next() {
            for (VectorBuilder builder : builders) {
                builder.clear();
            }
            for (VectorBuilder flag : flags) {
                flag.clear();
            }
            int rows = 0;
            while (rows < Batch.MAX_ROWS && records.next()) {
                if (format.faults().ignored() && !isReadable()) {
                    continue;
                }
                append();
                rows++;
            }
            if (rows == 0) {
                tellLeftOut();
                return null;
            }
            List<ColumnVector> vectors = new ArrayList<>(builders.length + flags.length);
            for (VectorBuilder builder : builders) {
                vectors.add(builder.build());
            }
            for (VectorBuilder flag : flags) {
                vectors.add(flag.build());
            }
            return new Batch(rows, vectors);
        }

        /** Whether all values are of their types; what else may be wrong with a row is an error still. */
        private boolean isReadable() {
            if (records.fields() != scan.fileColumns().size()) {
                return true;
            }
            for (int i = 0; i < columns.length; i++) {
                int field = columns[i];
                if (types[i].id() == TypeId.TEXT || records.isNull(field) || records.isDefault(field)) {
                    continue;
                }
                try {
                    ValueParser.parse(records.text(field), types[i], zone);
                } catch (KadeException e) {
                    // This is what ON_ERROR ignores.
                    leaveOut(field);
                    return false;
                }
            }
            return true;
        }

        private void leaveOut(int field) {
            run.checkpoint();
            leftOut++;
            if (format.faults().told() == CsvFormat.Verbosity.VERBOSE) {
                run.context()
                        .notices()
                        .accept("skipping row due to data type incompatibility at line %d for column \"%s\": \"%s\""
                                .formatted(
                                        records.line(),
                                        scan.fileColumns().get(field).name(),
                                        shortened(records.text(field))));
            }
            if (leftOut > format.faults().limit()) {
                throw KadeException.of(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "skipped more than REJECT_LIMIT (" + format.faults().limit()
                                + ") rows due to data type incompatibility");
            }
        }

        private static String shortened(String value) {
            return value.codePointCount(0, value.length()) <= SHOWN_CHARACTERS
                    ? value
                    : value.substring(0, value.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
        }

        private void tellLeftOut() {
            if (leftOut > 0 && format.faults().told() != CsvFormat.Verbosity.SILENT) {
                run.context()
                        .notices()
                        .accept(leftOut + (leftOut == 1 ? " row was" : " rows were")
                                + " skipped due to data type incompatibility");
                leftOut = 0;
            }
        }

        private void append() {
            if (records.fields() > scan.fileColumns().size()) {
                throw wrongColumns();
            }
            for (int i = 0; i < columns.length; i++) {
                int field = columns[i];
                if (field >= records.fields()) {
                    throw wrongColumns();
                }
                int start = records.start(field);
                int length = records.end(field) - start;
                boolean isDefault = records.isDefault(field);
                if (flagOf[field] >= 0) {
                    flags[flagOf[field]].appendBoolean(isDefault);
                } else if (isDefault) {
                    throw noDefault(scan.fileColumns().get(field).name());
                }
                if (isDefault || records.isNull(field)) {
                    builders[i].appendNull();
                } else {
                    append(builders[i], types[i], field, start, length);
                }
            }
        }

        private KadeException noDefault(String column) {
            return records.malformed("unexpected default marker in COPY data")
                    .detail("Column \"" + column + "\" has no default value.");
        }

        private KadeException wrongColumns() {
            List<Field> expected = scan.fileColumns();
            String what = records.fields() > expected.size()
                    ? "extra data after last expected column"
                    : "missing data for column \""
                            + expected.get(records.fields()).name() + "\"";
            return records.malformed(
                            what + ": " + expected.size() + " columns expected, " + records.fields() + " found")
                    .hint(
                            kind == FileFormat.CSV
                                    ? "quote values that contain the delimiter, or name another one with DELIMITER"
                                    : "values are divided by tabs; name another delimiter with DELIMITER");
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
            for (VectorBuilder flag : flags) {
                flag.close();
            }
            records.close();
        }
    }
}
