package io.kadedb.executor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.FileCatalog.FileDescription;
import io.kadedb.planner.api.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    private final LocalFiles files = new LocalFiles(FilePolicy.all());

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void typesAreThoseOfTheData() throws IOException {
        FileDescription found = files.describe(
                file(
                        "a.csv",
                        "id,price,day,at,ok,name,empty\n1,1.5,2024-02-29,2024-01-01 10:00,true,x,\n-2,3,,,false,,\n"),
                Map.of());
        assertThat(found.columns().toString())
                .isEqualTo("[id bigint, price double precision, day date, at timestamp without time zone, ok boolean,"
                        + " name text, empty text]");
    }

    @Test
    void theFirstLineIsNoHeaderWhenItHoldsNumbers() throws IOException {
        assertThat(files.describe(file("a.csv", "1,x\n2,y\n"), Map.of())
                        .columns()
                        .toString())
                .isEqualTo("[column1 bigint, column2 text]");
        assertThat(files.describe(file("b.csv", "a;b\n2;y\n"), Map.of("header", "false", "delimiter", ";"))
                        .columns()
                        .toString())
                .isEqualTo("[column1 text, column2 text]");
    }

    @Test
    void filesThatCannotBeReadSayWhy() throws IOException {
        fails(
                ErrorCode.UNDEFINED_FILE,
                () -> files.describe(folder.resolve("none.csv").toString(), Map.of()));
        fails(ErrorCode.WRONG_OBJECT_TYPE, () -> files.describe(folder.toString(), Map.of()));
        String empty = file("empty.csv", "");
        fails(ErrorCode.BAD_COPY_FILE_FORMAT, () -> files.describe(empty, Map.of()));
        String open = file("open.csv", "a,b\n1,\"x\n");
        fails(ErrorCode.BAD_COPY_FILE_FORMAT, () -> files.describe(open, Map.of()));
        String bad = file("bad.parquet", "this is no parquet file, whatever its name");
        fails(ErrorCode.BAD_COPY_FILE_FORMAT, () -> files.describe(bad, Map.of()));
    }

    @Test
    void aPolicyKeepsWithinItsDirectory() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("in"));
        Files.writeString(inside.resolve("a.csv"), "a\n1\n");
        file("secret.csv", "a\n1\n");
        Files.createSymbolicLink(inside.resolve("link.csv"), folder.resolve("secret.csv"));
        LocalFiles limited = new LocalFiles(FilePolicy.below(inside));
        assertThat(limited.describe("a.csv", Map.of()).columns()).hasSize(1);
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.describe("../secret.csv", Map.of()));
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.describe("link.csv", Map.of()));
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.describe("/etc/passwd", Map.of()));
        fails(ErrorCode.UNDEFINED_FILE, () -> limited.describe("b.csv", Map.of()));
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> new LocalFiles(FilePolicy.none()).describe("a.csv", Map.of()));
        Files.createSymbolicLink(inside.resolve("out"), folder);
        limited.create("new.csv", Map.of(), List.of()).close();
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.create("../new.csv", Map.of(), List.of()));
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.create("out/new.csv", Map.of(), List.of()));
        fails(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> limited.create("/tmp/new.csv", Map.of(), List.of()));
        fails(ErrorCode.UNDEFINED_FILE, () -> limited.create("none/new.csv", Map.of(), List.of()));
        fails(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                () -> new LocalFiles(FilePolicy.none()).create("a.csv", Map.of(), List.of()));
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void recordsAreCutAsWritten() throws IOException {
        String long1 = "y".repeat(400_000);
        Path path = folder.resolve("r.csv");
        Files.writeString(path, "\uFEFFa,\"b \"\"q\"\"\nsecond\",c\r\n\r\n,\"\",\"" + long1 + "\"\r1,2,3");
        try (CsvRecords records = new CsvRecords(
                LocalFiles.stream(path, "r.csv"), "r.csv", CsvFormat.of(FileFormat.CSV, "r.csv", Map.of()))) {
            assertThat(records.next()).isTrue();
            assertThat(records.text(0)).isEqualTo("a");
            assertThat(records.text(1)).isEqualTo("b \"q\"\nsecond");
            assertThat(records.text(2)).isEqualTo("c");
            assertThat(records.place()).endsWith("line 1");
            assertThat(records.next()).isTrue();
            assertThat(records.place()).endsWith("line 4");
            assertThat(records.isQuoted(0)).isFalse();
            assertThat(records.isQuoted(1)).isTrue();
            assertThat(records.text(2)).isEqualTo(long1);
            assertThat(records.next()).isTrue();
            assertThat(records.text(2)).isEqualTo("3");
            assertThat(records.next()).isFalse();
        }
    }

    @Test
    void textIsCutAsPostgresqlWritesIt() throws IOException {
        String text = "a\\tb\t\\N\t\\\\N\nx\\\ny\t\\101\\x42\\q\t\r\n\\.\nnot\tread\tany more\n";
        for (int piece : new int[] {1, 3, 1000}) {
            try (TextRecords records =
                    new TextRecords(new Pieces(text, piece), "", CsvFormat.of(FileFormat.TEXT, "", Map.of()))) {
                assertThat(records.next()).isTrue();
                assertThat(records.text(0)).isEqualTo("a\tb");
                assertThat(records.isNull(1)).isTrue();
                assertThat(records.isNull(2)).isFalse();
                assertThat(records.text(2)).isEqualTo("\\N");
                assertThat(records.next()).isTrue();
                assertThat(records.text(0)).isEqualTo("x\ny");
                assertThat(records.text(1)).isEqualTo("ABq");
                assertThat(records.text(2)).isEmpty();
                assertThat(records.place()).isEqualTo("line 2");
                assertThat(records.next()).isFalse();
            }
        }
    }

    /** Text that comes in small pieces, as it does from clients. */
    private static final class Pieces extends ByteArrayInputStream {
        private final int most;

        Pieces(String text, int most) {
            super(text.getBytes(StandardCharsets.UTF_8));
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, most));
        }
    }
}
