package io.kadedb.parser;

import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.AddTypeValueContext;
import io.kadedb.parser.grammar.KadeSqlParser.CreateTypeContext;
import io.kadedb.parser.grammar.KadeSqlParser.DropTypeContext;
import io.kadedb.parser.grammar.KadeSqlParser.RenameTypeContext;
import java.util.Optional;

/** Enumerated types. */
final class EnumBuilder {
    private final AstBuilder ast;

    EnumBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreateTypeContext create) {
        if (!ast.names.text(create.identifier()).equals("enum")) {
            throw SyntaxErrors.at(create.identifier().getStart());
        }
        return new Statement.CreateEnum(
                ast.names.qualified(create.qualifiedName()),
                create.string().stream().map(ast.literals::string).toList());
    }

    Statement add(AddTypeValueContext add) {
        Optional<Statement.AddEnumLabel.Neighbour> neighbour = Optional.empty();
        if (add.identifier() != null) {
            String side = ast.names.text(add.identifier());
            if (!side.equals("before") && !side.equals("after")) {
                throw SyntaxErrors.at(add.identifier().getStart());
            }
            neighbour = Optional.of(
                    new Statement.AddEnumLabel.Neighbour(ast.literals.string(add.string(1)), side.equals("before")));
        }
        return new Statement.AddEnumLabel(
                ast.names.qualified(add.qualifiedName()),
                ast.literals.string(add.string(0)),
                add.ifNotExists() != null,
                neighbour);
    }

    Statement rename(RenameTypeContext rename) {
        return rename.VALUE() == null
                ? new Statement.RenameEnum(
                        ast.names.qualified(rename.qualifiedName()), ast.names.name(rename.identifier()))
                : new Statement.RenameEnumLabel(
                        ast.names.qualified(rename.qualifiedName()),
                        ast.literals.string(rename.string(0)),
                        ast.literals.string(rename.string(1)));
    }

    Statement drop(DropTypeContext drop) {
        return new Statement.DropEnum(
                drop.qualifiedName().stream().map(ast.names::qualified).toList(),
                drop.ifExists() != null,
                drop.dropBehavior() != null && drop.dropBehavior().CASCADE() != null);
    }
}
