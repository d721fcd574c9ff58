package io.kadedb.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Packages that run under the seeded simulation take time, chance and threads only from the seams of
 * {@code io.kadedb.common.seam}: a wall clock or a thread there would make a seed replay differently.
 */
class SeamsTest {
    /** Single-threaded, seeded code: transactions, locks, conflicts, placement, membership, versions. */
    private static final String[] SIMULATED = {
        "io.kadedb.storage.keyspace..",
        "io.kadedb.storage.memory..",
        "io.kadedb.storage.transaction..",
        "io.kadedb.cluster.placement..",
        "io.kadedb.cluster.membership..",
        "io.kadedb.cluster.transaction..",
        "io.kadedb.cluster.version..",
    };

    private static final Set<String> CLOCK_METHODS = Set.of("currentTimeMillis", "nanoTime");

    private static final List<Class<?>> CLOCKS = List.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Clock.class);

    private static final List<Class<?>> SOURCES_OF_CHANCE = List.of(
            Random.class,
            SplittableRandom.class,
            SecureRandom.class,
            ThreadLocalRandom.class,
            RandomGenerator.class,
            UUID.class);

    private static final List<Class<?>> SOURCES_OF_THREADS = List.of(
            Thread.class, Executors.class, ThreadPoolExecutor.class, ForkJoinPool.class, CompletableFuture.class);

    @Test
    void noWallClock() {
        check(calls("a wall clock", call -> isSystemClock(call) || isNow(call)));
    }

    @Test
    void noChanceWithoutASeed() {
        check(calls("unseeded randomness", SeamsTest::isUnseeded));
    }

    @Test
    void noThreads() {
        check(calls("the making of a thread", SeamsTest::makesAThread));
    }

    private static void check(DescribedPredicate<JavaCall<?>> forbidden) {
        noClasses()
                .that()
                .resideInAnyPackage(SIMULATED)
                .should()
                .callCodeUnitWhere(forbidden)
                .allowEmptyShould(true)
                .check(KadeClasses.ALL);
    }

    private static DescribedPredicate<JavaCall<?>> calls(String what, Predicate<CodeUnitCallTarget> test) {
        return DescribedPredicate.describe(what, call -> test.test(call.getTarget()));
    }

    private static boolean isSystemClock(CodeUnitCallTarget target) {
        return isOwnedBy(target, System.class) && CLOCK_METHODS.contains(target.getName());
    }

    private static boolean isNow(CodeUnitCallTarget target) {
        boolean readsClock = target.getName().equals("now") || target.getName().startsWith("system");
        return readsClock && CLOCKS.stream().anyMatch(type -> isOwnedBy(target, type));
    }

    private static boolean isUnseeded(CodeUnitCallTarget target) {
        boolean source = SOURCES_OF_CHANCE.stream().anyMatch(type -> isOwnedBy(target, type));
        boolean made = Set.of("<init>", "current", "getDefault", "randomUUID").contains(target.getName());
        boolean mathRandom = isOwnedBy(target, Math.class) && target.getName().equals("random");
        return mathRandom || (source && made && !isSeeded(target));
    }

    /** {@code new Random(seed)} and {@code new SplittableRandom(seed)} replay; everything else does not. */
    private static boolean isSeeded(CodeUnitCallTarget target) {
        boolean one = target.getRawParameterTypes().size() == 1;
        boolean takesSeed = isOwnedBy(target, Random.class) || isOwnedBy(target, SplittableRandom.class);
        boolean uuidOfBits = isOwnedBy(target, UUID.class) && target.getName().equals("<init>");
        return (one && takesSeed) || uuidOfBits;
    }

    private static boolean makesAThread(CodeUnitCallTarget target) {
        boolean source = SOURCES_OF_THREADS.stream().anyMatch(type -> isOwnedBy(target, type));
        if (!source) {
            return false;
        }
        boolean async = isOwnedBy(target, CompletableFuture.class)
                && target.getName().endsWith("Async")
                && target.getRawParameterTypes().size() == 1;
        boolean made = !isOwnedBy(target, CompletableFuture.class)
                && (target.getName().equals("<init>")
                        || target.getName().startsWith("new")
                        || target.getName().startsWith("start")
                        || target.getName().startsWith("of"));
        return async || made;
    }

    private static boolean isOwnedBy(HasOwner<? extends HasName> target, Class<?> type) {
        return target.getOwner().getName().equals(type.getName());
    }
}
