package io.kadedb.planner.algorithm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An algorithm as the only item of FROM. Its operands are the queries of the graph's vertices and edges. */
public final class SqlGraphAlgorithm extends SqlCall {
    private final AlgorithmSpec spec;
    private final List<SqlNode> queries;
    private final SqlIdentifier name;

    SqlGraphAlgorithm(AlgorithmSpec spec, List<SqlNode> queries, SqlParserPos pos) {
        super(pos);
        this.spec = spec;
        this.queries = new ArrayList<>(queries);
        this.name = new SqlIdentifier("$algorithm", pos);
    }

    public AlgorithmSpec spec() {
        return spec;
    }

    /** What the select around it calls its rows. */
    public SqlIdentifier name() {
        return name;
    }

    public SqlNode vertices() {
        return queries.get(0);
    }

    public SqlNode edges() {
        return queries.get(1);
    }

    /** The columns of the result, over the columns of vertices. */
    public RelDataType rowType(RelDataType vertices, RelDataTypeFactory types) {
        return rowType(spec, vertices, types);
    }

    static RelDataType rowType(AlgorithmSpec spec, RelDataType vertices, RelDataTypeFactory types) {
        RelDataTypeFactory.Builder builder = types.builder();
        List<RelDataTypeField> fields = vertices.getFieldList();
        int at = 0;
        if (spec.several()) {
            builder.add(spec.names().get(at++), fields.get(spec.keyWidth()).getType());
        }
        for (int i = spec.several() ? 1 : 0; i < spec.keyWidth(); i++) {
            builder.add(spec.names().get(at++), fields.get(i).getType());
        }
        for (var output : spec.function().outputs()) {
            RelDataType type = switch (output.kind()) {
                case NUMBER -> types.createSqlType(SqlTypeName.DOUBLE);
                case COUNT, LONG -> types.createSqlType(SqlTypeName.BIGINT);
                case VERTEX ->
                    spec.hasSimpleKey() ? fields.getFirst().getType() : types.createSqlType(SqlTypeName.BIGINT);
            };
            builder.add(spec.names().get(at++), types.createTypeWithNullability(type, true));
        }
        return builder.build();
    }

    @Override
    public SqlOperator getOperator() {
        return new Operator(spec);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.copyOf(queries);
    }

    @Override
    public void setOperand(int i, @Nullable SqlNode operand) {
        if (operand != null) {
            queries.set(i, operand);
        }
    }

    /** Its kind makes Calcite's validator hand the node to {@code registerQuery}, where ours takes it. */
    private static final class Operator extends SqlSpecialOperator {
        private final AlgorithmSpec spec;

        Operator(AlgorithmSpec spec) {
            super("GRAPH_ALGORITHM", SqlKind.OTHER_FUNCTION);
            this.spec = spec;
        }

        @Override
        @SuppressWarnings("NullAway") // the queries are never null
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, @Nullable SqlNode... operands) {
            return new SqlGraphAlgorithm(spec, Arrays.asList(operands), pos);
        }
    }
}
