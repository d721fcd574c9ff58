package io.kadedb.storage.faults;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The disk of a process that was started with {@code disk_faults.c} before the C library. */
@SuppressWarnings("restricted") // calls of our own small C library, with fixed signatures
final class FaultyDisk {
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    private final MethodHandle start;
    private final MethodHandle stop;
    private final MethodHandle mark;
    private final MethodHandle fail;
    private final MethodHandle faults;

    /** What can be made to fail. */
    enum Call {
        WRITE(1),
        SYNC(2),
        CREATE(4),
        RENAME(8),
        LENGTH(16);

        private final int bit;

        Call(int bit) {
            this.bit = bit;
        }
    }

    /** How it fails. */
    enum Failure {
        INPUT_OUTPUT(5),
        NO_SPACE(28);

        private final int number;

        Failure(int number) {
            this.number = number;
        }
    }

    /** The disk of this process. */
    FaultyDisk(Path library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        this.start = function(symbols, "disk_start", ADDRESS, ADDRESS);
        this.stop = function(symbols, "disk_stop");
        this.mark = function(symbols, "disk_mark", JAVA_LONG);
        this.fail = function(symbols, "disk_fail", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);
        this.faults = Linker.nativeLinker()
                .downcallHandle(symbols.findOrThrow("disk_faults"), FunctionDescriptor.of(JAVA_LONG));
    }

    private static MethodHandle function(SymbolLookup symbols, String name, MemoryLayout... parameters) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(parameters));
    }

    /** Compiles the library with the machine's C compiler; empty where there is none. */
    static Optional<Path> compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("disk_faults.c");
        try (InputStream code = FaultyDisk.class.getResourceAsStream("disk_faults.c")) {
            if (code == null) {
                throw new IOException("disk_faults.c is missing");
            }
            Files.copy(code, source);
        }
        Path library = folder.resolve("libdisk_faults.so");
        for (String compiler : COMPILERS) {
            if (isInstalled(compiler)) {
                Process process = new ProcessBuilder(
                                compiler,
                                "-shared",
                                "-fPIC",
                                "-O1",
                                "-o",
                                library.toString(),
                                source.toString(),
                                "-ldl",
                                "-lpthread")
                        .redirectErrorStream(true)
                        .start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IOException(compiler + " refuses disk_faults.c: " + said);
                }
                return Optional.of(library);
            }
        }
        return Optional.empty();
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private interface Native {
        void call() throws Throwable;
    }

    private static void call(Native work) {
        try {
            work.call();
        } catch (Throwable e) {
            throw new IllegalStateException("calling the library failed", e);
        }
    }

    /** Writes what is done to a folder to a trace, from now on. */
    void start(Path folder, Path trace) {
        try (Arena arena = Arena.ofConfined()) {
            var folderText = arena.allocateFrom(folder.toString());
            var traceText = arena.allocateFrom(trace.toString());
            call(() -> {
                start.invokeExact(folderText, traceText);
            });
        }
    }

    /** Ends the trace and the faults. */
    void stop() {
        call(() -> {
            stop.invokeExact();
        });
    }

    /** Notes in the trace that something has happened by now. */
    void mark(long number) {
        call(() -> {
            mark.invokeExact(number);
        });
    }

    /**
     * Lets calls fail.
     *
     * @param after which of them is the first to fail, from 1
     * @param times how many fail
     * @param tears whether half of what a failing write should write is written
     */
    void fail(Set<Call> calls, long after, long times, Failure failure, boolean tears) {
        int bits = calls.stream().mapToInt(each -> each.bit).sum();
        call(() -> {
            fail.invokeExact(bits, after, times, failure.number, tears ? 1 : 0);
        });
    }

    /** Lets nothing fail any more. */
    void heal() {
        fail(Set.of(), 0, 0, Failure.INPUT_OUTPUT, false);
    }

    /** How many calls have failed since {@link #fail}. */
    long faults() {
        try {
            return (long) faults.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("calling the library failed", e);
        }
    }
}
