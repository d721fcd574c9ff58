package io.kadedb.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * CPU time used by all threads of this process, in nanoseconds. On Linux it asks {@code clock_gettime}, because the
 * Java runtime's own figure there moves in steps of 10 ms; elsewhere it takes the Java runtime's.
 */
@SuppressWarnings("restricted") // one call of a C library function with a fixed signature
public final class ProcessCpuClock {
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Optional<ProcessCpuClock> PRECISE =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                    ? Optional.of(new ProcessCpuClock())
                    : Optional.empty();

    private final MemorySegment time = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
    private final MethodHandle clockGetTime = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private ProcessCpuClock() {}

    public static long nanos() {
        return PRECISE.map(ProcessCpuClock::read).orElseGet(SYSTEM::getProcessCpuTime);
    }

    private synchronized long read() {
        int error;
        try {
            error = (int) clockGetTime.invokeExact(CLOCK_PROCESS_CPUTIME_ID, time);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
        if (error != 0) {
            throw new IllegalStateException("clock_gettime failed");
        }
        return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
    }
}
