package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.PlannedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTableTest {
    private final Planning planning = new Planning(TestCatalog.social());

    private String match(String pattern) {
        return planning.explain("select * from graph_table(social match " + pattern + ")");
    }

    private void fails(String sql, ErrorCode code, String message) {
        assertThatThrownBy(() -> planning.plan(sql)).isInstanceOfSatisfying(KadeException.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.messageText()).isEqualTo(message);
            assertThat(error.position()).isPresent();
        });
    }

    @Test
    void patternStartsAtTheVertexThatIsGiven() {
        String plan = match("(p is person where p.id = 7)-[e is knows]->(q is person) columns (q.name)");
        assertThat(plan).contains("Lookup public.person", "keys: (7)", "where: a = 7");
        assertThat(plan).doesNotContain("Nested loop", "public.works");
    }

    @Test
    void unlabelledElementsAreNarrowedByWhatCanConnectThem() {
        String plan = match("(p)-[e]->(c is company) columns (p.name, c.title)");
        assertThat(plan).contains("public.works", "public.company").doesNotContain("public.knows", "Union all");
    }

    @Test
    void anyDirectionMatchesALoopOnce() {
        String plan = match("(p is person)-[is knows]-(q is person) where p.id = 3 columns (q.name)");
        assertThat(plan).contains("Union all", "a <> b");
    }

    @Test
    void repeatedEdgesAreChainsOfEachLength() {
        String plan =
                match("(p is person)-[e is knows where e.since > 2010]->{1,2}(q) where p.id = 3 columns (q.name)");
        assertThat(plan).contains("Union all").containsPattern("a = 3");
        assertThat(plan.split("since > 2010", -1)).hasSize(1 + 3);
    }

    @Test
    void patternsShareVariables() {
        String plan = match(
                "(a is person)-[is knows]->(b), (b)-[is works]->(c) where a.id = 1 columns (c.title as employer)");
        assertThat(plan.split("Scan public.person|Lookup public.person", -1)).hasSize(1 + 2);
    }

    @Test
    void patternsArePlannedLikeTheirJoins() {
        assertThat(match("(p is person where p.id = 7)-[e is knows]->(q is person) columns (q.name, e.since)"))
                .isEqualTo(planning.explain("select q.name, e.since from person p, knows e, person q"
                        + " where e.a = p.id and e.b = q.id and p.id = 7"));
        assertThat(match("(a is person)-[is knows]->(b is person)-[is works]->(c) where a.age > b.age"
                        + " columns (a.name, c.title)"))
                .isEqualTo(planning.explain("select a.name, c.title from person a, knows k, person b, works w, company"
                        + " c where k.a = a.id and k.b = b.id and w.person = b.id and w.company = c.id"
                        + " and a.age > b.age"));
    }

    @Test
    void shortestPathsAreSearchedBetweenTheirEnds() {
        String plan = match("p = any shortest (a is person where a.id = 7)-[e is knows where e.since > 2010]->+(b is"
                + " person where b.age > 30) columns (b.name, path_length(p) as hops, max(e.since) as latest)");
        assertThat(plan)
                .contains("Path search any shortest", "edges: 1 to any", "gives: max(since)", "keys: (7)", "age > 30");
        assertThat(plan.split("Path search", -1)).hasSize(2);
    }

    @Test
    void boundedWalksAreJoinedWhileTheyAreShort() {
        assertThat(match("(a is person)-[is knows]->{1,3}(b) columns (b.name)")).doesNotContain("Path search");
        assertThat(match("(a is person)-[is knows]->{1,20}(b) columns (b.name)"))
                .contains("Path search all");
        assertThat(match("(a is person)-[e is knows]->{1,3}(b) columns (sum(e.since) as s)"))
                .contains("Path search all");
    }

    @Test
    void labelExpressionsChooseTables() {
        assertThat(match("(x is !person) columns (x.id)")).contains("company").doesNotContain("person");
        assertThat(match("(x is person|company) columns (x.id)")).contains("company", "person");
        assertThat(match("(x is %&!(company)) columns (x.id)"))
                .contains("person")
                .doesNotContain("company");
        assertThat(match("(x is person&company) columns (x.id)")).contains("where: false");
    }

    @Test
    void optionalPartsAreLeftJoins() {
        assertThat(match("(p is person) where p.age > 3 optional match (p)-[w is works]->(c) where w.since > 2010"
                        + " columns (p.name, c.title)"))
                .isEqualTo(planning.explain("select p.name, c.title from person p left join (company c join works w on"
                        + " w.company = c.id) on w.person = p.id and w.since > 2010 where p.age > 3"));
    }

    @Test
    void matchesJoinTablesAroundThem() {
        String plan = planning.explain("select p.name, g.n from person p, graph_table(social match"
                + " (x is person)-[is knows]->(y) where x.id = p.id columns (y.name as n)) g where p.id = 5");
        assertThat(plan).doesNotContain("Apply", "Nested loop").contains("where: a = 5");
    }

    @Test
    void columnsAreNamedByProperty() {
        assertThat(planning
                        .columns("select * from graph_table(social match (p is person) columns (p.*, p.age + 1 as"
                                + " next))")
                        .stream()
                        .map(f -> f.name())
                        .toList())
                .isEqualTo(List.of("id", "name", "age", "next"));
    }

    @Test
    void mistakesAreNamed() {
        fails(
                "select * from graph_table(socal match (a) columns (a.id))",
                ErrorCode.UNDEFINED_OBJECT,
                "property graph \"socal\" does not exist");
        fails(
                "select * from graph_table(social match (a is persn) columns (a.id))",
                ErrorCode.UNDEFINED_OBJECT,
                "label \"persn\" is not of a vertex table of this graph");
        fails(
                "select * from graph_table(social match (a is person) where a.nam = 'x' columns (a.id))",
                ErrorCode.UNDEFINED_COLUMN,
                "property \"nam\" of \"a\" does not exist");
        fails(
                "select * from graph_table(social match (a)-[e]->{2}(b) columns (e.since))",
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "\"e\" stands for several elements; its properties can be used only in its own WHERE and in"
                        + " aggregates");
        fails(
                "select * from graph_table(social match (a is person) columns (name))",
                ErrorCode.UNDEFINED_COLUMN,
                "column \"name\" does not exist");
        fails(
                "select * from graph_table(social match (a is person) where a.age + 'x' > 3 columns (a.name))",
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type integer: \"x\"");
        fails(
                "select * from graph_table(social match (a is person) columns (1 + max(a.age) as oldest))",
                ErrorCode.GROUPING_ERROR,
                "aggregate functions are not allowed in COLUMNS but over one repeated edge or path");
    }

    @Test
    void graphsAreChecked() {
        PlannedStatement.Definition definition = (PlannedStatement.Definition) planning.plan(
                "create property graph g vertex tables (person, company label firm) edge tables (knows source"
                        + " key (a) references person (id) destination key (b) references person)");
        PropertyGraphDefinition graph =
                ((CatalogChange.CreatePropertyGraph) definition.changes().getFirst()).graph();
        assertThat(graph.edgeTables().getFirst().destination().vertexColumns()).containsExactly("id");
        assertThat(graph.vertexTables().get(1).element().labels().getFirst().name())
                .isEqualTo("firm");
        fails(
                "create property graph g vertex tables (person) edge tables (knows source key (a) references persn (id)"
                        + " destination key (b) references person (id))",
                ErrorCode.UNDEFINED_OBJECT,
                "vertex table \"persn\" does not exist in this graph");
        fails(
                "create property graph g vertex tables (person, person)",
                ErrorCode.DUPLICATE_ALIAS,
                "element table name \"person\" specified more than once");
        fails(
                "create property graph g vertex tables (person key (nope))",
                ErrorCode.UNDEFINED_COLUMN,
                "column \"nope\" of relation \"person\" does not exist");
        fails(
                "create property graph g vertex tables (person label x properties (name as v), company label y"
                        + " properties (id as v))",
                ErrorCode.DATATYPE_MISMATCH,
                "property \"v\" is of type bigint in table \"company\" but of type text elsewhere in the graph");
        fails("drop table social", ErrorCode.WRONG_OBJECT_TYPE, "\"social\" is not a table");
        fails(
                "drop table person",
                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop table person because other objects depend on it");
    }
}
