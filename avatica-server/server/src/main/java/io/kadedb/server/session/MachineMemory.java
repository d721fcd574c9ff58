package io.kadedb.server.session;

import java.lang.management.ManagementFactory;

/** How much memory the database takes of the machine when nobody says. */
public final class MachineMemory {
    private static final double SHARE = 0.6;

    /** Of all statements and caches together, and of one statement if it is alone: 60 % of the machine's memory. */
    public static final long LIMIT_BYTES = limit();

    private MachineMemory() {}

    private static long limit() {
        var machine = ManagementFactory.getOperatingSystemMXBean();
        long total = machine instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
        return (long) (total * SHARE) >> 20 << 20;
    }
}
