package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A name with its qualifiers, outermost first: {@code t} or {@code schema.t}. */
public record QualifiedName(List<Name> parts) {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a qualified name has at least one part");
        }
    }

    public Name last() {
        return parts.getLast();
    }

    /** The schema that was written, if any. */
    public Optional<Name> schema() {
        return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
    }

    /** From the first part to the last. */
    public SourcePosition position() {
        SourcePosition first = parts.getFirst().position();
        SourcePosition end = last().position();
        return first.line() == end.line()
                ? new SourcePosition(first.line(), first.column(), end.column() + end.length() - first.column())
                : first;
    }

    /** The same name as a Calcite node, each part with its position. */
    public SqlIdentifier toIdentifier() {
        List<String> names = new ArrayList<>(parts.size());
        List<SqlParserPos> positions = new ArrayList<>(parts.size());
        for (Name part : parts) {
            names.add(part.text());
            positions.add(Positions.parserPos(part.position()));
        }
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }

    @Override
    public String toString() {
        return parts.stream().map(Name::text).collect(Collectors.joining("."));
    }
}
