package io.kadedb.executor.kernel;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.FixedFunctions;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.planner.physical.Expr;
import io.kadedb.storage.api.SqlTransaction;
import java.lang.reflect.Proxy;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vectors, contexts and evaluations for tests; closing it proves that no memory leaked. */
final class Fixture implements AutoCloseable {
    final ArrowMemoryPool memory = ArrowMemoryPool.root(1L << 30);
    private final List<VectorBuilder> owned = new ArrayList<>();

    ColumnVector vector(SqlType type, List<? extends @Nullable Object> values) {
        VectorBuilder builder = new VectorBuilder(type, memory);
        owned.add(builder);
        for (Object value : values) {
            builder.append(value);
        }
        return builder.build();
    }

    /** The same values, dictionary-encoded; codes of nulls are garbage. */
    ColumnVector dictionaryVector(SqlType type, List<? extends @Nullable Object> values) {
        List<Object> distinct = new ArrayList<>();
        VectorBuilder codes = new VectorBuilder(SqlType.INTEGER, memory);
        owned.add(codes);
        for (Object value : values) {
            if (value != null && !distinct.contains(value)) {
                distinct.add(value);
            }
        }
        for (Object value : values) {
            if (value == null) {
                codes.appendNull();
            } else {
                codes.append((Long) (long) distinct.indexOf(value));
            }
        }
        ColumnVector built = codes.build();
        for (int i = 0; i < built.length(); i++) {
            if (built.isNull(i)) {
                built.data().set(ColumnVector.INT32, 4L * i, 123_456_789);
            }
        }
        return ColumnVector.dictionary(built.length(), built.data(), built.validity(), vector(type, distinct));
    }

    static List<@Nullable Object> values(ColumnVector vector) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < vector.length(); i++) {
            values.add(Values.get(vector, i));
        }
        return values;
    }

    static EvaluationContext context() {
        return context("UTC", List.of());
    }

    static EvaluationContext context(String zone, List<? extends @Nullable Object> parameters) {
        SqlTransaction none = (SqlTransaction) Proxy.newProxyInstance(
                Fixture.class.getClassLoader(), new Class<?>[] {SqlTransaction.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        Map<Expr.SessionValue.Kind, Object> session = Map.of(
                Expr.SessionValue.Kind.CURRENT_USER, "ada",
                Expr.SessionValue.Kind.NOW, 1_700_000_000_000_000L,
                Expr.SessionValue.Kind.CURRENT_DATE, 19_000L);
        return EvaluationContext.of(new QueryContext(
                none,
                id -> {
                    throw new UnsupportedOperationException("table " + id);
                },
                new ArrayList<>(parameters),
                kind -> java.util.Objects.requireNonNull(session.get(kind)),
                FixedFunctions.INSTANCE,
                ZoneId.of(zone),
                CancelToken.unbounded(),
                1L << 30,
                1));
    }

    static Batch batch(ColumnVector... columns) {
        return new Batch(columns[0].length(), List.of(columns));
    }

    @Override
    public void close() {
        for (VectorBuilder resource : owned) {
            resource.close();
        }
        memory.close();
    }
}
