package io.kadedb.sqltests.slt;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** A connection whose statements have deadlines, for programs that run statements by themselves. */
final class GuardedConnection {
    private GuardedConnection() {}

    static Connection of(Connection connection, Deadlines.Watch watch) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement prepared) {
                return statement(PreparedStatement.class, prepared, watch);
            }
            return result instanceof Statement statement ? statement(Statement.class, statement, watch) : result;
        });
    }

    private static <S extends Statement> S statement(Class<S> type, S statement, Deadlines.Watch watch) {
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            try (var _ = watch.guard(statement)) {
                return call(statement, method, arguments);
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
