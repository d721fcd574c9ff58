package io.kadedb.parser.graph;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code [OPTIONAL] MATCH patterns [WHERE condition]}.
 *
 * @param optional whether what came before stays when this part has no match
 * @param paths the comma-separated patterns; a variable in several of them is one element
 */
public record MatchClause(boolean optional, List<PathPattern> paths, Optional<SqlNode> where) {
    public MatchClause {
        paths = List.copyOf(paths);
    }
}
