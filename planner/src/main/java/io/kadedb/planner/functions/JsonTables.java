package io.kadedb.planner.functions;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.TableFunction;
import java.util.ArrayList;
import java.util.List;

/** The functions that give the members of documents as rows. */
final class JsonTables {
    private JsonTables() {}

    static List<KadeTableFunction> all(boolean ordinality) {
        List<KadeTableFunction> all = new ArrayList<>();
        for (SqlType type : List.of(SqlType.JSONB, SqlType.JSON)) {
            Field key = new Field("key", SqlType.TEXT, false);
            Field value = new Field("value", type, false);
            Field text = new Field("value", SqlType.TEXT, true);
            add(all, type, "_each", TableFunction.JSON_EACH, ordinality, List.of(key, value));
            add(all, type, "_each_text", TableFunction.JSON_EACH_TEXT, ordinality, List.of(key, text));
            add(all, type, "_array_elements", TableFunction.JSON_ARRAY_ELEMENTS, ordinality, List.of(value));
            add(all, type, "_array_elements_text", TableFunction.JSON_ARRAY_ELEMENTS_TEXT, ordinality, List.of(text));
            add(all, type, "_object_keys", TableFunction.JSON_OBJECT_KEYS, ordinality, List.of());
        }
        for (TableFunction function : List.of(TableFunction.JSON_PATH_QUERY, TableFunction.JSON_PATH_QUERY_TZ)) {
            TypedOperands typing =
                    new TypedOperands(Signatures.of(JsonOperations.path("jsonb")), TypedOperands.Nulls.NEVER);
            all.add(new KadeTableFunction(function.sqlName(), function, ordinality, typing, List.of()));
        }
        TypedOperands typing = new TypedOperands(SqlJsonTyping::table, TypedOperands.Nulls.NEVER);
        all.add(new KadeTableFunction(
                KadeOperators.JSON_TABLE, TableFunction.JSON_TABLE, ordinality, typing, List.of()));
        return all;
    }

    private static void add(
            List<KadeTableFunction> all,
            SqlType type,
            String ending,
            TableFunction function,
            boolean ordinality,
            List<Field> columns) {
        TypedOperands typing = new TypedOperands(Signatures.of(type + " -> text"), TypedOperands.Nulls.NEVER);
        all.add(new KadeTableFunction(type + ending, function, ordinality, typing, columns));
    }
}
