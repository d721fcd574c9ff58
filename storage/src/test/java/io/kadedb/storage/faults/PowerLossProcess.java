package io.kadedb.storage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.planted.StoreBug;
import io.kadedb.storage.rocksdb.SmallKeySpace;
import io.kadedb.storage.transaction.NumberedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process on a disk with faults. Each round opens a database, works on it from several threads, and loses power at random
 * moments, in the middle of openings too; each state that can leave is opened and compared with what was acknowledged, and
 * the next round goes on with one of them. In some rounds calls fail before.
 */
final class PowerLossProcess {
    /** What it says when nothing was wrong. */
    static final String SURVIVED = "survived";

    private static final int CUTS = 3;
    private static final int MARK_SHIFT = 40;
    /** Files that have to be right: others tell, or are made anew. */
    private static final Pattern DATA =
            Pattern.compile("\\d+\\.sst|MANIFEST-\\d+|CURRENT|kadedb\\.log\\.\\d+|kadedb\\.format");

    private static final Path NOWHERE = Path.of("/dev/null");

    private final FaultyDisk disk;
    private final Path folder;
    private final long seed;
    private final SplittableRandom random;
    private final long[] acknowledged = new long[NumberedWork.CLIENTS];
    /** What this round acknowledged. */
    private long[] marked = new long[NumberedWork.CLIENTS];

    private PowerLossProcess(FaultyDisk disk, Path folder, long seed) {
        this.disk = disk;
        this.folder = folder;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** @param arguments the library, an empty folder, the first seed, the number of seeds, the rounds of each, a bug to plant */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 5) {
            StoreBug.valueOf(arguments[5]).plant();
        }
        FaultyDisk disk = new FaultyDisk(Path.of(arguments[0]));
        Path folder = Path.of(arguments[1]).toRealPath();
        long first = Long.parseLong(arguments[2]);
        for (long seed = first; seed < first + Long.parseLong(arguments[3]); seed++) {
            Path own = Files.createDirectory(folder.resolve("seed" + seed));
            PowerLossProcess process = new PowerLossProcess(disk, own, seed);
            for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
                try {
                    process.round(round);
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("kadedb.seed=" + seed + ", round " + round, e);
                }
            }
            remove(own);
        }
        System.out.println(SURVIVED);
    }

    private void round(int round) throws Exception {
        Path root = folder.resolve("round" + round);
        Files.createDirectories(root);
        DiskImage image = new DiskImage(root, random.nextBoolean(), random.split());
        Path trace = folder.resolve("trace" + round);
        disk.start(root, trace);
        Fault fault = random.nextInt(3) == 0 ? new Fault(random) : null;
        try {
            work(root.resolve("db"), fault);
        } finally {
            disk.stop();
        }
        List<DiskTrace.Call> calls = DiskTrace.read(trace);
        Files.delete(trace);
        int goesOn = random.nextInt(CUTS);
        int[] cuts = random.ints(CUTS, 0, calls.size() + 1).sorted().toArray();
        long[] numbers = acknowledged.clone();
        int at = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            for (; at < cuts[cut]; at++) {
                DiskTrace.Call call = calls.get(at);
                image.apply(call);
                if (call.letter() == 'K') {
                    numbers[(int) (call.number() >> MARK_SHIFT)] = call.number() & (1L << MARK_SHIFT) - 1;
                }
            }
            Path left = folder.resolve("left");
            FileImage.Rest contents = any(FileImage.Rest.values());
            FileImage.Rest names = any(FileImage.Rest.values());
            image.write(Files.createDirectories(left), contents, names);
            String state = "power lost at call %d of %d, contents %s, names %s, not safe: %s"
                    .formatted(at, calls.size(), contents, names, image.unsafe());
            if (cut == goesOn) {
                image.write(Files.createDirectories(folder.resolve("round" + (round + 1))), contents, names);
                System.arraycopy(numbers, 0, acknowledged, 0, numbers.length);
            }
            check(left.resolve("db"), numbers, state);
            if (cut == CUTS - 1) {
                damage(left.resolve("db"), numbers);
            }
            remove(left);
        }
        remove(root);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private void check(Path directory, long[] numbers, String state) {
        // So that nothing waits for the machine's disk.
        disk.start(directory, NOWHERE);
        try (NumberedWork work = new NumberedWork(seed, SmallKeySpace.open(directory))) {
            work.check(numbers);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(state + ", acknowledged " + Arrays.toString(numbers), e);
        } finally {
            disk.stop();
        }
    }

    /** Flips one bit of a file: no answer is wrong, whatever else happens. */
    private void damage(Path directory, long[] numbers) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> DATA.matcher(file.getFileName().toString()).matches()
                            && file.toFile().length() > 0)
                    .sorted()
                    .forEach(files::add);
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        // Nothing tells a damaged end of the log from one that was never written (ADR 21).
        boolean log = file.getFileName().toString().startsWith("kadedb.log");
        disk.start(directory, NOWHERE);
        try (NumberedWork work = new NumberedWork(seed, SmallKeySpace.open(directory))) {
            work.compare(log ? new long[0] : numbers);
            work.damages();
        } catch (KadeException e) {
            if (e.code() != ErrorCode.DATA_CORRUPTED && e.code() != ErrorCode.INCOMPATIBLE_FORMAT) {
                throw new AssertionError("byte %d of %s changed".formatted(at, file), e);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("byte %d of %s changed".formatted(at, file), e);
        } finally {
            disk.stop();
        }
    }

    /** What calls fail with in a round. */
    private record Fault(
            Set<FaultyDisk.Call> calls, FaultyDisk.Failure failure, long after, long times, boolean tears) {
        Fault(SplittableRandom random) {
            this(
                    random.nextBoolean() ? EnumSet.of(FaultyDisk.Call.SYNC) : EnumSet.allOf(FaultyDisk.Call.class),
                    random.nextBoolean() ? FaultyDisk.Failure.NO_SPACE : FaultyDisk.Failure.INPUT_OUTPUT,
                    1 + random.nextLong(random.nextBoolean() ? 40 : 400),
                    random.nextInt(3) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(3),
                    random.nextBoolean());
        }

        ErrorCode code() {
            return failure == FaultyDisk.Failure.NO_SPACE ? ErrorCode.DISK_FULL : ErrorCode.IO_ERROR;
        }
    }

    private void work(Path directory, @Nullable Fault fault) throws Exception {
        marked = acknowledged.clone();
        if (fault != null) {
            disk.fail(fault.calls, fault.after, fault.times, fault.failure, fault.tears);
            try (NumberedWork work = new NumberedWork(seed, SmallKeySpace.open(directory))) {
                see(work.check(acknowledged));
                run(work);
            } catch (KadeException e) {
                if (disk.faults() == 0 || e.code() != fault.code()) {
                    throw new AssertionError("after " + disk.faults() + " of " + fault, e);
                }
            }
            disk.heal();
        }
        try (NumberedWork work = new NumberedWork(seed, SmallKeySpace.open(directory))) {
            see(work.check(marked));
            run(work);
        }
    }

    /** What an opening has shown stays, whether it was acknowledged or not. */
    private void see(long[] numbers) {
        for (int client = 0; client < numbers.length; client++) {
            disk.mark((long) client << MARK_SHIFT | numbers[client]);
        }
        marked = numbers;
    }

    /** Runs all clients and sometimes folds; the first failure is thrown. */
    private void run(NumberedWork work) throws Exception {
        long[] numbers = marked.clone();
        int transactions = 5 + random.nextInt(60);
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(NumberedWork.CLIENTS + 1)) {
            for (int client = 0; client < NumberedWork.CLIENTS; client++) {
                int own = client;
                SplittableRandom choices = random.split();
                clients.add(threads.submit(() -> {
                    for (int i = 0; i < transactions; i++) {
                        numbers[own] = work.next(own, choices);
                        disk.mark((long) own << MARK_SHIFT | numbers[own]);
                    }
                }));
            }
            int folds = random.nextInt(4);
            clients.add(threads.submit(() -> {
                for (int i = 0; i < folds; i++) {
                    work.tidy();
                }
            }));
        }
        marked = numbers;
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (java.util.concurrent.ExecutionException e) {
                if (e.getCause() instanceof KadeException known) {
                    throw known;
                }
                throw e;
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        assertThat(folder).doesNotExist();
    }
}
