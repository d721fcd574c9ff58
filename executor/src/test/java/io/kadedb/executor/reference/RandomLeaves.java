package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes random plans without inputs, which may refer to the applications around. */
final class RandomLeaves {
    private final Random random;
    private final List<RandomTables.Table> tables;
    private final RandomScalars scalars;
    private int names;

    RandomLeaves(Random random, List<RandomTables.Table> tables, RandomScalars scalars) {
        this.random = random;
        this.tables = tables;
        this.scalars = scalars;
    }

    private <T> T pick(List<T> choice) {
        return Samples.pick(choice, random);
    }

    private Field field(SqlType type, boolean nullable) {
        return new Field("y" + ++names, type, nullable);
    }

    PhysicalPlan leaf(Map<Integer, List<Field>> outer) {
        return switch (random.nextInt(12)) {
            case 0 -> values(outer);
            case 1 -> series();
            case 2 -> random.nextBoolean() ? lookup(outer) : range(outer);
            default -> scan(outer);
        };
    }

    PhysicalPlan scan(Map<Integer, List<Field>> outer) {
        int table = random.nextInt(tables.size());
        List<Field> all = tables.get(table).fields();
        List<Integer> ordinals = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (random.nextInt(4) != 0 || (i == all.size() - 1 && ordinals.isEmpty())) {
                ordinals.add(i);
                output.add(all.get(i));
            }
        }
        Optional<Expr> filter =
                random.nextInt(3) == 0 ? Optional.of(scalars.over(output, outer).condition(1)) : Optional.empty();
        return new PhysicalPlan.TableScan(ref(table), ordinals, filter, output, random.nextInt(1000));
    }

    PhysicalPlan.TableRef ref(int table) {
        return new PhysicalPlan.TableRef(table + 1L, "public", tables.get(table).name(), 1);
    }

    private PhysicalPlan lookup(Map<Integer, List<Field>> outer) {
        int table = random.nextInt(tables.size());
        List<Field> output = tables.get(table).fields();
        List<Integer> ordinals = new ArrayList<>();
        List<List<Expr>> keys = new ArrayList<>();
        output.forEach(field -> ordinals.add(ordinals.size()));
        for (long key = -5; key < 4; key++) {
            if (random.nextInt(3) == 0) {
                keys.add(List.of(new Expr.Literal(key == -5 ? null : key, SqlType.BIGINT)));
            }
        }
        if (keys.isEmpty()) {
            keys.add(List.of(new Expr.Literal(-3L, SqlType.BIGINT)));
        }
        Optional<Expr> filter =
                random.nextInt(3) == 0 ? Optional.of(scalars.over(output, outer).condition(1)) : Optional.empty();
        return new PhysicalPlan.KeyLookup(
                ref(table), ordinals, Optional.empty(), keys, filter, output, random.nextInt(1000));
    }

    private PhysicalPlan range(Map<Integer, List<Field>> outer) {
        int table = random.nextInt(tables.size());
        List<Field> output = tables.get(table).fields();
        List<Integer> ordinals = new ArrayList<>();
        output.forEach(field -> ordinals.add(ordinals.size()));
        Optional<Expr> filter =
                random.nextInt(3) == 0 ? Optional.of(scalars.over(output, outer).condition(1)) : Optional.empty();
        return new PhysicalPlan.KeyRangeScan(
                ref(table),
                ordinals,
                Optional.empty(),
                List.of("k"),
                List.of(List.of()),
                bound(),
                bound(),
                PhysicalPlan.KeyNulls.EXCLUDED,
                random.nextBoolean(),
                random.nextBoolean(),
                filter,
                output,
                random.nextInt(2000),
                false);
    }

    private Optional<PhysicalPlan.KeyBound> bound() {
        long value = random.nextInt(-6, 5);
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(new PhysicalPlan.KeyBound(
                        List.of(new Expr.Literal(value == -6 ? null : value, SqlType.BIGINT)), random.nextBoolean()));
    }

    private PhysicalPlan values(Map<Integer, List<Field>> outer) {
        List<Field> output = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            output.add(field(pick(Samples.TYPES), true));
        }
        List<List<Expr>> tuples = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            scalars.over(List.of(), outer);
            tuples.add(output.stream().map(field -> scalars.of(field.type(), 1)).toList());
        }
        return new PhysicalPlan.Values(tuples, output);
    }

    private PhysicalPlan series() {
        long from = random.nextInt(-3, 3);
        Expr to = random.nextInt(8) == 0
                ? new Expr.Literal(null, SqlType.BIGINT)
                : RandomPlans.number(random.nextInt(-6, 12));
        boolean ordinality = random.nextBoolean();
        List<Field> output = new ArrayList<>(List.of(field(SqlType.BIGINT, false)));
        if (ordinality) {
            output.add(field(SqlType.BIGINT, false));
        }
        List<Expr> args =
                List.of(RandomPlans.number(from), to, RandomPlans.number(pick(List.of(1L, 1L, 2L, 5L, -1L, -3L))));
        return new PhysicalPlan.FunctionScan(
                TableFunction.GENERATE_SERIES, args, ordinality, output, random.nextInt(1000));
    }

    /** Rows of a table of which none may meet a condition. */
    PhysicalPlan check(Map<Integer, List<Field>> outer) {
        int table = random.nextInt(tables.size());
        List<Field> fields = tables.get(table).fields();
        List<Integer> ordinals = new ArrayList<>();
        fields.forEach(field -> ordinals.add(ordinals.size()));
        PhysicalPlan scan =
                new PhysicalPlan.TableScan(ref(table), ordinals, Optional.empty(), fields, random.nextInt(1000));
        List<Expr> expressions = new ArrayList<>(RandomPlans.columns(fields));
        List<Field> output = new ArrayList<>(fields);
        // Most often met by no row.
        Expr rare = RandomScalars.call(
                ScalarFunction.AND,
                SqlType.BOOLEAN,
                scalars.over(fields, outer).condition(1),
                RandomScalars.call(ScalarFunction.LT, SqlType.BOOLEAN, expressions.getFirst(), RandomPlans.number(-2)));
        expressions.add(rare);
        output.add(field(SqlType.BOOLEAN, rare.nullable()));
        return new PhysicalPlan.Check(
                new PhysicalPlan.Project(scan, expressions, output),
                ref(table),
                0,
                List.of("rare"),
                random.nextBoolean(),
                fields);
    }
}
