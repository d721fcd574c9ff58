package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The tables of a query over rows that another part of the statement gives. */
final class GivenQuery {
    private final List<String> aliases = new ArrayList<>();
    private final List<List<Field>> fields = new ArrayList<>();
    private final List<UnaryOperator<SqlNode>> queries = new ArrayList<>();
    private final List<Optional<TableDefinition>> definitions = new ArrayList<>();

    /**
     * Adds the next columns of the rows under a name.
     *
     * @param definition of the table whose columns these are, if reading them needs its privilege
     */
    GivenQuery with(String alias, List<Field> columns, Optional<TableDefinition> definition) {
        return with(alias, columns, definition, UnaryOperator.identity());
    }

    /**
     * Adds the next columns of the rows, of which a query makes others.
     *
     * @param query one row for each row
     */
    GivenQuery with(
            String alias, List<Field> columns, Optional<TableDefinition> definition, UnaryOperator<SqlNode> query) {
        queries.add(query);
        aliases.add(alias);
        fields.add(columns);
        definitions.add(definition);
        return this;
    }

    /** The names, in order. */
    List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** The FROM clause that names the parts. */
    SqlNode from(SqlParserPos pos) {
        SqlNode from = part(0, pos);
        for (int i = 1; i < aliases.size(); i++) {
            from = ChangePlanner.comma(from, part(i, pos), pos);
        }
        return from;
    }

    private SqlNode part(int index, SqlParserPos pos) {
        return SqlStdOperatorTable.AS.createCall(
                pos,
                queries.get(index)
                        .apply(new SqlIdentifier(List.of(BoundCatalog.GIVEN_SCHEMA, Integer.toString(index)), pos)),
                new SqlIdentifier(aliases.get(index), pos));
    }

    /**
     * The parts as the catalog knows them.
     *
     * @param plan of what gives the columns of these ordinals, over all parts
     */
    List<KadeTable.Part> parts(double rows, Function<List<Integer>, PhysicalPlan> plan) {
        List<Field> all = fields.stream().flatMap(List::stream).toList();
        KadeTable.Given whole = new KadeTable.Given(all, rows, plan);
        List<KadeTable.Part> parts = new ArrayList<>();
        for (int i = 0; i < aliases.size(); i++) {
            parts.add(new KadeTable.Part(whole, fields.get(i), definitions.get(i)));
        }
        return parts;
    }
}
