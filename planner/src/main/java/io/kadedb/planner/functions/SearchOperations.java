package io.kadedb.planner.functions;

import static io.kadedb.planner.functions.TypedOperands.Nulls.ANY;

import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperator;

/** The operators and functions of full text search. */
final class SearchOperations {
    /** Types of {@code @@}, that of documents among them. */
    static final Typing MATCH = Signatures.of(
            "jsonb, jsonpath -> boolean",
            "tsvector, tsquery -> boolean",
            "tsquery, tsvector -> boolean",
            "text, tsquery -> boolean",
            "text, text -> boolean");
    /** Types of {@code ||}. */
    static final Typing CONCAT =
            onlyTyped(Signatures.of("tsvector, tsvector -> tsvector", "tsquery, tsquery -> tsquery"));
    /** Types of {@code &&}. */
    static final Typing BOTH = onlyTyped(Signatures.of("tsquery, tsquery -> tsquery"));

    private SearchOperations() {}

    /** Where no operand has a type, another operator is meant. */
    private static Typing onlyTyped(Typing typing) {
        return operands -> operands.stream().allMatch(Operand::unknown) ? Optional.empty() : typing.resolve(operands);
    }

    static List<SqlOperator> functions() {
        List<SqlOperator> all = new ArrayList<>();
        add(
                all,
                ScalarFunction.TO_TSVECTOR,
                "text -> tsvector",
                "text, text -> tsvector",
                "jsonb -> tsvector",
                "text, jsonb -> tsvector");
        for (ScalarFunction query : List.of(
                ScalarFunction.TO_TSQUERY,
                ScalarFunction.PLAINTO_TSQUERY,
                ScalarFunction.PHRASETO_TSQUERY,
                ScalarFunction.WEBSEARCH_TO_TSQUERY)) {
            add(all, query, "text -> tsquery", "text, text -> tsquery");
        }
        for (ScalarFunction rank : List.of(ScalarFunction.TS_RANK, ScalarFunction.TS_RANK_CD)) {
            add(
                    all,
                    rank,
                    "tsvector, tsquery -> real",
                    "tsvector, tsquery, integer -> real",
                    "real[], tsvector, tsquery -> real",
                    "real[], tsvector, tsquery, integer -> real");
        }
        add(all, ScalarFunction.SIMILARITY, "text, text -> real");
        add(all, ScalarFunction.SHOW_TRGM, "text -> text[]");
        add(all, ScalarFunction.SETWEIGHT, "tsvector, text -> tsvector", "tsvector, text, text[] -> tsvector");
        add(all, ScalarFunction.STRIP, "tsvector -> tsvector");
        add(all, ScalarFunction.TS_DELETE, "tsvector, text -> tsvector", "tsvector, text[] -> tsvector");
        add(all, ScalarFunction.TS_FILTER, "tsvector, text[] -> tsvector");
        add(all, ScalarFunction.TSVECTOR_TO_ARRAY, "tsvector -> text[]");
        add(all, ScalarFunction.ARRAY_TO_TSVECTOR, "text[] -> tsvector");
        add(all, ScalarFunction.TSQUERY_PHRASE, "tsquery, tsquery -> tsquery", "tsquery, tsquery, integer -> tsquery");
        add(all, ScalarFunction.NUMNODE, "tsquery -> integer");
        return all;
    }

    private static void add(List<SqlOperator> all, ScalarFunction function, String... signatures) {
        all.add(new KadeFunction(
                function.sqlName(), function, new TypedOperands(Signatures.of(signatures), ANY), false));
    }
}
