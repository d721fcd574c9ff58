package io.kadedb.parser;

import io.kadedb.parser.ast.FilePath;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Option;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** COPY, with its options in parentheses or as PostgreSQL wrote them before 9.0. */
final class CopyBuilder {
    private final AstBuilder ast;

    CopyBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement copy(CopyFromContext copy) {
        CopySourceContext source = copy.copySource();
        if (source.PROGRAM() != null) {
            throw Unsupported.feature("COPY FROM PROGRAM is", source.getStart());
        }
        return new Statement.CopyFrom(
                ast.names.qualified(copy.qualifiedName()),
                ast.names.names(copy.nameList()),
                file(source.string()),
                options(copy.copyOptions()),
                copy.where() == null
                        ? Optional.empty()
                        : Optional.of(ast.expressions.expression(copy.where().expression())));
    }

    Statement copy(CopyToContext copy) {
        CopyTargetContext target = copy.copyTarget();
        if (target.PROGRAM() != null) {
            throw Unsupported.feature("COPY TO PROGRAM is", target.getStart());
        }
        return new Statement.CopyTo(
                copy.query() == null ? columns(copy) : ast.queries.query(copy.query()),
                file(target.string()),
                options(copy.copyOptions()),
                copy.query() == null ? Optional.of(ast.names.qualified(copy.qualifiedName())) : Optional.empty(),
                ast.names.names(copy.nameList()));
    }

    /** Empty for the connection's own stream. */
    private Optional<FilePath> file(@Nullable StringContext path) {
        return path == null
                ? Optional.empty()
                : Optional.of(new FilePath(ast.literals.string(path), Places.of(path.getStart())));
    }

    Statement export(ExportDatabaseContext export) {
        return new Statement.ExportDatabase(
                new FilePath(
                        ast.literals.string(export.string()),
                        Places.of(export.string().getStart())),
                options(export.copyOptions()));
    }

    private SqlNode columns(CopyToContext copy) {
        SqlIdentifier table = ast.names.identifier(copy.qualifiedName());
        SqlParserPos pos = table.getParserPosition();
        SqlNodeList items = copy.nameList() == null
                ? new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos)
                : ast.names.identifiers(copy.nameList());
        return PlainSelect.of(pos, items, table);
    }

    private List<Option> options(@Nullable CopyOptionsContext options) {
        List<Option> all = new ArrayList<>();
        if (options != null) {
            for (CopyOptionContext option : options.copyOption()) {
                all.add(new Option(ast.names.name(option.label(0)), value(option)));
            }
            for (LegacyCopyOptionContext option : options.legacyCopyOption()) {
                all.add(legacy(option));
            }
        }
        return all;
    }

    private String value(CopyOptionContext option) {
        if (option.string() != null) {
            return ast.literals.string(option.string());
        }
        if (option.label().size() > 1) {
            return ast.names.name(option.label(1)).text();
        }
        if (option.nameList() != null) {
            return String.join(
                    Option.BETWEEN_NAMES,
                    ast.names.names(option.nameList()).stream().map(Name::text).toList());
        }
        return option.getChildCount() == 1
                ? "true"
                : option.getText().substring(option.label(0).getText().length());
    }

    private Option legacy(LegacyCopyOptionContext option) {
        Name name = new Name(option.getStart().getText().toLowerCase(Locale.ROOT), Places.of(option.getStart()));
        if (option.CSV() != null) {
            return new Option(new Name("format", name.position()), "csv");
        }
        return new Option(name, option.string() == null ? "true" : ast.literals.string(option.string()));
    }
}
