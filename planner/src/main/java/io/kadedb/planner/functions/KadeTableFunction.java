package io.kadedb.planner.functions;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** A function that gives rows, perhaps numbered (WITH ORDINALITY). */
public final class KadeTableFunction extends SqlFunction implements SqlTableFunction {
    private final TableFunction function;
    private final boolean ordinality;
    private final TypedOperands typing;
    /** The columns; empty for one of the function's name and result. */
    private final List<Field> columns;

    private final String name;

    KadeTableFunction(
            String name, TableFunction function, boolean ordinality, TypedOperands typing, List<Field> columns) {
        super(
                ordinality ? KadeOperators.ordinality(name) : name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                null,
                typing,
                SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
        this.function = function;
        this.ordinality = ordinality;
        this.typing = typing;
        this.columns = List.copyOf(columns);
        this.name = name;
    }

    static List<KadeTableFunction> all() {
        Typing series = Typing.anyOf(
                Signatures.of(
                        "integer, integer -> integer",
                        "integer, integer, integer -> integer",
                        "bigint, bigint -> bigint",
                        "bigint, bigint, bigint -> bigint",
                        "timestamptz, timestamptz, interval -> timestamptz",
                        "timestamp, timestamp, interval -> timestamp"),
                operands ->
                        operands.size() == 2 || operands.size() == 3 ? Common.decimals(operands) : Optional.empty());
        TypedOperands typing = new TypedOperands(series, TypedOperands.Nulls.NEVER);
        List<KadeTableFunction> all = new ArrayList<>();
        for (boolean ordinality : new boolean[] {false, true}) {
            all.add(new KadeTableFunction(
                    "generate_series", TableFunction.GENERATE_SERIES, ordinality, typing, List.of()));
            all.addAll(JsonTables.all(ordinality));
            all.addAll(ArrayTables.all(ordinality));
        }
        return all;
    }

    public TableFunction function() {
        return function;
    }

    public boolean ordinality() {
        return ordinality;
    }

    /** The types in which it wants arguments of these types. */
    public List<SqlType> operandTypes(List<SqlType> arguments) {
        return typing.operandTypes(arguments);
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return this::rowType;
    }

    private RelDataType rowType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataTypeFactory.Builder row = factory.builder();
        if (function == TableFunction.UNNEST && binding instanceof SqlCallBinding call) {
            List<SqlType> arrays = typing.operandTypes(call);
            for (int i = 0; i < arrays.size(); i++) {
                row.add(
                        KadeOperators.repeated(name, i),
                        SqlTypes.toRelDataType(factory, arrays.get(i).element(), true));
            }
        } else if (function == TableFunction.JSON_TABLE) {
            SqlJsonTyping.columns(binding)
                    .forEach(column ->
                            row.add(column.name(), SqlTypes.toRelDataType(factory, column.type(), column.nullable())));
        } else if (columns.isEmpty()) {
            row.add(name, typing.inferReturnType(binding));
        }
        columns.forEach(
                column -> row.add(column.name(), SqlTypes.toRelDataType(factory, column.type(), column.nullable())));
        if (ordinality) {
            row.add("ordinality", SqlTypes.toRelDataType(factory, SqlType.BIGINT, false));
        }
        return row.build();
    }
}
