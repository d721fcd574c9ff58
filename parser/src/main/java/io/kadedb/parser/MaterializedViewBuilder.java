package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** CREATE, REFRESH, ALTER and DROP MATERIALIZED VIEW. */
final class MaterializedViewBuilder {
    private final AstBuilder ast;

    MaterializedViewBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreateMaterializedViewContext create) {
        boolean continuous = create.tableOptions() != null && isContinuous(create.tableOptions());
        SqlNode query = ast.queries.query(create.query());
        if (ast.parameters.count() > 0) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "materialized views may not be defined using bound parameters")
                    .at(Places.of(create.query().getStart()));
        }
        return new Statement.CreateMaterializedView(
                ast.names.qualified(create.qualifiedName()),
                ast.names.names(create.nameList()),
                new Expression(query, ast.source(create.query())),
                create.ifNotExists() != null,
                create.NO() == null,
                continuous);
    }

    /** Our parameter by its own name and by that of TimescaleDB. */
    private static boolean isContinuous(TableOptionsContext options) {
        boolean continuous = false;
        for (TableOptionContext option : options.tableOption()) {
            String name = option.parameterName().getText().toLowerCase(Locale.ROOT);
            if (!name.equals("continuous") && !name.equals("timescaledb.continuous")) {
                throw Unsupported.feature("storage parameters of materialized views are", option.getStart());
            }
            String value = option.settingValue() == null
                    ? "true"
                    : option.settingValue().getText().toLowerCase(Locale.ROOT).replace("'", "");
            continuous = switch (value) {
                case "true", "on", "1", "yes" -> true;
                case "false", "off", "0", "no" -> false;
                default ->
                    throw KadeException.of(
                                    ErrorCode.INVALID_PARAMETER_VALUE,
                                    "invalid value for boolean option \"continuous\": " + value)
                            .at(Places.of(option.settingValue().getStart()));
            };
        }
        return continuous;
    }

    Statement refresh(RefreshMaterializedViewContext refresh) {
        boolean withData = refresh.NO() == null;
        if (refresh.CONCURRENTLY() != null && !withData) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together")
                    .at(Places.of(refresh.getStart()));
        }
        return new Statement.RefreshMaterializedView(
                ast.names.qualified(refresh.qualifiedName()), refresh.CONCURRENTLY() != null, withData);
    }

    Statement drop(DropMaterializedViewContext drop) {
        return new Statement.DropMaterializedView(
                ast.names.qualified(drop.qualifiedName()),
                drop.ifExists() != null,
                drop.dropBehavior() != null && drop.dropBehavior().CASCADE() != null);
    }

    Statement rename(RenameMaterializedViewContext rename) {
        boolean column = rename.identifier().size() > 1;
        Name first = ast.names.name(rename.identifier(0));
        return new Statement.RenameMaterializedView(
                ast.names.qualified(rename.qualifiedName()),
                rename.ifExists() != null,
                column ? Optional.of(first) : Optional.empty(),
                column ? ast.names.name(rename.identifier(1)) : first);
    }
}
