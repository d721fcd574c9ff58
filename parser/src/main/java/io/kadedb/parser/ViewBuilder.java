package io.kadedb.parser;

import io.kadedb.common.catalog.ViewDefinition.CheckOption;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.grammar.KadeSqlParser.CheckOptionContext;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** CREATE, DROP and ALTER VIEW. */
final class ViewBuilder {
    private final AstBuilder ast;

    ViewBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreateViewContext create) {
        if (create.RECURSIVE() != null) {
            throw Unsupported.feature(
                    "CREATE RECURSIVE VIEW is", create.RECURSIVE().getSymbol());
        }
        SqlNode query = ast.queries.query(create.query());
        if (ast.parameters.count() > 0) {
            throw KadeException.of(ErrorCode.UNDEFINED_PARAMETER, "there are no parameters in the query of a view")
                    .at(Places.of(create.query().getStart()));
        }
        return new Statement.CreateView(
                ast.names.qualified(create.qualifiedName()),
                ast.names.names(create.nameList()),
                new Expression(query, ast.source(create.query())),
                create.REPLACE() != null,
                create.temporary() != null,
                Optional.ofNullable(create.checkOption()).map(this::option));
    }

    private CheckOption option(CheckOptionContext option) {
        String word = ast.names.text(option.identifier().getLast());
        if (!word.equals("option")) {
            throw SyntaxErrors.at(option.identifier().getLast().getStart());
        }
        if (option.identifier().size() == 1) {
            return CheckOption.CASCADED;
        }
        return switch (ast.names.text(option.identifier(0))) {
            case "local" -> CheckOption.LOCAL;
            case "cascaded" -> CheckOption.CASCADED;
            default -> throw SyntaxErrors.at(option.identifier(0).getStart());
        };
    }

    Statement drop(DropViewContext drop) {
        return new Statement.DropView(
                ast.names.qualified(drop.qualifiedName()),
                drop.ifExists() != null,
                drop.dropBehavior() != null && drop.dropBehavior().CASCADE() != null);
    }

    Statement rename(RenameViewContext rename) {
        boolean column = rename.identifier().size() > 1;
        Name first = ast.names.name(rename.identifier(0));
        return new Statement.RenameView(
                ast.names.qualified(rename.qualifiedName()),
                rename.ifExists() != null,
                column ? Optional.of(first) : Optional.empty(),
                column ? ast.names.name(rename.identifier(1)) : first);
    }
}
