package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.grammar.KadeSqlParser.IdentifierContext;
import io.kadedb.parser.grammar.KadeSqlParser.LabelContext;
import io.kadedb.parser.grammar.KadeSqlParser.NameListContext;
import io.kadedb.parser.grammar.KadeSqlParser.QualifiedNameContext;
import io.kadedb.parser.grammar.KadeSqlParser.SettingNameContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Names: lower case unless quoted. */
final class NameBuilder {
    String text(IdentifierContext identifier) {
        return identifier.QUOTED_IDENT() == null ? fold(identifier.getStart()) : quoted(identifier.getStart());
    }

    /** What stands within the quotes. */
    String quoted(Token token) {
        String quoted = token.getText();
        String inner = quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        if (inner.isEmpty()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "zero-length quoted identifier")
                    .at(Places.of(token));
        }
        return inner;
    }

    private static String fold(Token token) {
        return token.getText().toLowerCase(Locale.ROOT);
    }

    Name name(IdentifierContext identifier) {
        return new Name(text(identifier), Places.of(identifier.getStart()));
    }

    Name name(LabelContext label) {
        return label.identifier() != null
                ? name(label.identifier())
                : new Name(fold(label.getStart()), Places.of(label.getStart()));
    }

    List<Name> names(@Nullable NameListContext list) {
        return list == null ? List.of() : names(list.identifier());
    }

    List<Name> names(List<IdentifierContext> identifiers) {
        return identifiers.stream().map(this::name).toList();
    }

    QualifiedName qualified(QualifiedNameContext name) {
        return new QualifiedName(names(name.identifier()));
    }

    List<QualifiedName> qualified(List<QualifiedNameContext> names) {
        return names.stream().map(this::qualified).toList();
    }

    /** A setting's name is one word, dots and all. */
    Name setting(SettingNameContext name) {
        String text = name.identifier().stream().map(this::text).collect(Collectors.joining("."));
        return new Name(text, Places.of(name.getStart()));
    }

    SqlIdentifier identifier(IdentifierContext identifier) {
        return new SqlIdentifier(text(identifier), pos(identifier));
    }

    SqlIdentifier identifier(LabelContext label) {
        return new SqlIdentifier(name(label).text(), Places.pos(label));
    }

    SqlIdentifier identifier(QualifiedNameContext name) {
        return identifier(name.identifier(), false, Places.pos(name));
    }

    /** A possibly dotted identifier; with a star at the end if asked for. */
    SqlIdentifier identifier(List<IdentifierContext> parts, boolean star, SqlParserPos pos) {
        List<String> names = new ArrayList<>(parts.size() + 1);
        List<SqlParserPos> positions = new ArrayList<>(parts.size() + 1);
        for (IdentifierContext part : parts) {
            names.add(text(part));
            positions.add(pos(part));
        }
        if (star) {
            names.add("");
            positions.add(pos);
        }
        return new SqlIdentifier(names, null, pos, positions);
    }

    private static SqlParserPos pos(IdentifierContext identifier) {
        SqlParserPos pos = Places.pos(identifier.getStart());
        return identifier.QUOTED_IDENT() == null ? pos : pos.withQuoting(true);
    }

    SqlNodeList identifiers(NameListContext list) {
        List<SqlNode> nodes = new ArrayList<>();
        for (IdentifierContext identifier : list.identifier()) {
            nodes.add(identifier(identifier));
        }
        return new SqlNodeList(nodes, Places.pos(list));
    }
}
