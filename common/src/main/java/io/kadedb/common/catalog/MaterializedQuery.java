package io.kadedb.common.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What the rows of a materialized view are made from: its query, which sees the relations that it names as those of views
 * do, see {@link ViewDefinition}.
 *
 * @param query as the user wrote it
 * @param searchPath in which unqualified names were looked up
 * @param relations the tables and views that the query names
 * @param graphs the ids of the property graphs that it names
 * @param populated whether it may be read: it has the rows of some time
 * @param continuous how its rows are kept up with those of the table that the query reads; empty if only a refresh does
 */
public record MaterializedQuery(
        String query,
        List<String> searchPath,
        List<ViewDefinition.UsedRelation> relations,
        List<Long> graphs,
        boolean populated,
        Optional<ContinuousAggregate> continuous) {
    public MaterializedQuery {
        searchPath = List.copyOf(searchPath);
        relations = List.copyOf(relations);
        graphs = List.copyOf(graphs);
    }

    public MaterializedQuery withPopulated(boolean readable) {
        return new MaterializedQuery(query, searchPath, relations, graphs, readable, continuous);
    }
}
