package io.kadedb.arch;

import java.util.List;
import java.util.stream.Stream;

/**
 * The import table of the house style: which of our packages, and which third parties, each module may use. A line
 * here changes only together with ARCHITECTURE.md.
 */
enum Module {
    COMMON("common", List.of(), List.of("com.fasterxml.jackson.core..")),
    PARSER(
            "parser",
            List.of("common.."),
            List.of("org.antlr.v4.runtime..", "org.apache.calcite..", "com.google.common..")),
    PLANNER(
            "planner",
            List.of("common..", "parser.."),
            List.of(
                    "org.apache.calcite..",
                    "com.google.common..",
                    "org.checkerframework..",
                    "com.fasterxml.jackson..",
                    "com.google.protobuf..",
                    "com.github.benmanes.caffeine..",
                    "it.unimi.dsi.fastutil..")),
    EXECUTOR(
            "executor",
            List.of("common..", "parser.path..", "planner.physical..", "planner.api..", "storage.api.."),
            List.of(
                    "org.apache.arrow..",
                    "it.unimi.dsi.fastutil..",
                    "jdk.incubator.vector..",
                    "dev.hardwood..",
                    "org.tartarus.snowball..",
                    "com.github.luben.zstd..",
                    "org.xerial.snappy..")),
    STORAGE(
            "storage",
            List.of("common.."),
            List.of(
                    "com.apple.foundationdb..",
                    "org.rocksdb..",
                    "org.apache.arrow..",
                    "com.google.protobuf..",
                    "com.github.benmanes.caffeine..",
                    "it.unimi.dsi.fastutil..",
                    "org.roaringbitmap..",
                    "com.github.luben.zstd..",
                    "jdk.incubator.vector..")),
    CLUSTER(
            "cluster",
            List.of("common..", "storage.api.."),
            List.of("org.apache.ratis..", "com.apple.foundationdb..", "com.google.protobuf..")),
    SECURITY("security", List.of("common.."), List.of("com.google.crypto.tink..", "org.bouncycastle..")),
    GPU("gpu", List.of("common..", "executor.kernel.."), List.of("jcuda..", "org.apache.arrow..")),
    SERVER(
            "server",
            List.of(
                    "common..",
                    "parser..",
                    "planner..",
                    "executor..",
                    "storage..",
                    "cluster..",
                    "security..",
                    "gpu..",
                    "jdbc.common.."),
            List.of(
                    "org.apache.calcite.avatica..",
                    "com.google.protobuf..",
                    "org.apache.arrow..",
                    "com.apple.foundationdb..",
                    "com.github.benmanes.caffeine..",
                    "io.netty..",
                    "io.helidon..",
                    "io.micrometer..",
                    "org.HdrHistogram..")),
    JDBC("jdbc.common", List.of(), List.of("org.apache.calcite.avatica..")),
    DRIVER("jdbc", List.of(), List.of("org.apache.calcite.avatica..")),
    CLI(
            "cli",
            List.of("common..", "server..", "jdbc.."),
            List.of(
                    "picocli..",
                    "sqlline..",
                    "org.jline..",
                    "org.apache.calcite.avatica..",
                    "io.trino.tpch..",
                    "ch.qos.logback..")),
    BENCH(
            "bench",
            List.of("common..", "server..", "cli..", "parser..", "storage.."),
            List.of(
                    "picocli..",
                    "com.apple.foundationdb..",
                    "org.h2.mvstore..",
                    "io.trino.tpch..",
                    "com.fasterxml.jackson..",
                    "org.HdrHistogram..",
                    "org.apache.calcite..",
                    "org.duckdb..",
                    "io.zonky.test.db.postgres..")),
    HISTORY("history", List.of(), List.of()),
    SQL_TESTS(
            "sqltests",
            List.of("common..", "server..", "cli..", "jdbc..", "bench..", "history.."),
            List.of(
                    "picocli..",
                    "com.fasterxml.jackson..",
                    "net.hydromatic..",
                    "org.duckdb..",
                    "org.postgresql..",
                    "io.zonky.test.db.postgres.."));

    /** What every module may use: the JDK, the null annotations, the logging interface, Error Prone's annotations. */
    private static final List<String> EVERYWHERE = List.of(
            "java..",
            "javax..",
            "com.sun.management..",
            "com.sun.nio.file..",
            "org.jspecify..",
            "org.slf4j..",
            "com.google.errorprone..");

    private final String folder;
    private final List<String> ours;
    private final List<String> thirdParties;

    Module(String folder, List<String> ours, List<String> thirdParties) {
        this.folder = folder;
        this.ours = ours;
        this.thirdParties = thirdParties;
    }

    /** The pattern of the module's own packages. */
    String packages() {
        return "io.kadedb." + folder + "..";
    }

    /** The pattern of packages only this module may reach into. */
    String internalPackages() {
        return "io.kadedb." + folder + "..internal..";
    }

    /** The patterns of all packages its classes may depend on, its own included. */
    String[] allowed() {
        Stream<String> own = Stream.of(packages());
        Stream<String> modules = ours.stream().map(module -> "io.kadedb." + module);
        return Stream.of(own, modules, thirdParties.stream(), EVERYWHERE.stream())
                .flatMap(patterns -> patterns)
                .toArray(String[]::new);
    }
}
