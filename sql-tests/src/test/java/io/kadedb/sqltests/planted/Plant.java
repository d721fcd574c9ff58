package io.kadedb.sqltests.planted;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

/** A bug that is in the engine until it is closed. One at a time. */
final class Plant implements AutoCloseable {
    private final Class<?> type;
    private final ClassReloadingStrategy strategy;

    private Plant(Class<?> type, ClassReloadingStrategy strategy) {
        this.type = type;
        this.strategy = strategy;
    }

    static Plant of(PlantedBug bug) throws ClassNotFoundException {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        Class<?> type = Class.forName(bug.className());
        ClassReloadingStrategy strategy = ClassReloadingStrategy.of(instrumentation);
        new ByteBuddy()
                .redefine(type, ClassFileLocator.ForClassLoader.of(type.getClassLoader()))
                .visit(bug.change())
                .make()
                .load(type.getClassLoader(), strategy);
        return new Plant(type, strategy);
    }

    /** Gives the class the code back that its file has. */
    @Override
    public void close() throws java.io.IOException {
        strategy.reset(ClassFileLocator.ForClassLoader.of(type.getClassLoader()), type);
    }
}
