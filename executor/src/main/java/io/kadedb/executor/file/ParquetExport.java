package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.FileExports;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a Parquet file (github.com/apache/parquet-format). A row group is held until it has its rows, or 32 MB; what the
 * footer tells of the groups before is held to the end.
 */
final class ParquetExport implements FileExports.Export {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final long GROUP_BYTES = 32L << 20;

    private final ExportTarget file;
    private final ParquetOptions options;
    private final List<ParquetElement> elements;
    private final List<ParquetColumnWriter> columns = new ArrayList<>();
    private final List<byte[]> groups = new ArrayList<>();
    private final OutputStream out;
    private long offset;
    private long rows;
    private long groupRows;

    ParquetExport(ExportTarget file, ParquetOptions options, List<Field> fields) {
        this.options = options;
        this.elements = fields.stream().map(ParquetElement::new).toList();
        elements.forEach(element -> columns.add(new ParquetColumnWriter(element, options.codec())));
        this.file = file;
        this.out = file.stream();
    }

    @Override
    public void write(Batch batch) {
        FiniteTimes.check(batch, "Parquet");
        try {
            if (offset == 0) {
                out.write(MAGIC);
                offset = MAGIC.length;
            }
            long held = 0;
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).append(batch.column(i));
                held += columns.get(i).heldBytes();
            }
            rows += batch.length();
            groupRows += batch.length();
            if (groupRows >= options.groupRows() || held >= GROUP_BYTES) {
                endGroup();
            }
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    private void endGroup() throws IOException {
        if (groupRows == 0) {
            return;
        }
        long start = offset;
        ThriftWriter group = new ThriftWriter().list(1, ThriftWriter.STRUCT, columns.size());
        long uncompressed = 0;
        for (ParquetColumnWriter column : columns) {
            uncompressed += column.uncompressedBytes();
            offset += column.endChunk(offset, out, group);
        }
        groups.add(group.i64(2, uncompressed)
                .i64(3, groupRows)
                .i64(5, start)
                .i64(6, offset - start)
                .end()
                .bytes());
        groupRows = 0;
    }

    @Override
    public void finish() {
        try {
            if (offset == 0) {
                out.write(MAGIC);
                offset = MAGIC.length;
            }
            endGroup();
            byte[] footer = footer();
            out.write(footer);
            ByteSink end = new ByteSink();
            end.putInt(footer.length);
            end.putBytes(MAGIC, MAGIC.length);
            out.write(end.array(), 0, end.length());
            file.finish();
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    private byte[] footer() {
        ThriftWriter footer = new ThriftWriter().i32(1, 1).list(2, ThriftWriter.STRUCT, elements.size() + 1);
        footer.beginItem().text(4, "schema").i32(5, elements.size()).end();
        elements.forEach(element -> element.write(footer));
        footer.i64(3, rows).list(4, ThriftWriter.STRUCT, groups.size());
        groups.forEach(footer::raw);
        footer.text(6, "KadeDB").list(7, ThriftWriter.STRUCT, elements.size());
        elements.forEach(element -> footer.beginItem().begin(1).end().end());
        return footer.end().bytes();
    }

    @Override
    public void close() {
        file.close();
    }
}
