package io.kadedb.sqltests.graph;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The LSQB data set as tables and, on KadeDB, as a property graph. Person_knows_Person comes with one row per
 * friendship and is loaded in both directions; a message is a post or a comment.
 */
final class LsqbGraph {
    /** Files of vertices that are tables of their own. */
    private static final List<String> VERTICES =
            List.of("Country", "City", "Person", "Forum", "Post", "Comment", "Tag", "TagClass");

    /** Files of edges. */
    private static final List<String> EDGES = List.of(
            "City_isPartOf_Country",
            "Person_isLocatedIn_City",
            "Person_knows_Person",
            "Person_hasInterest_Tag",
            "Tag_hasType_TagClass",
            "Forum_hasMember_Person",
            "Forum_containerOf_Post",
            "Post_hasCreator_Person",
            "Post_hasTag_Tag",
            "Comment_hasCreator_Person",
            "Comment_hasTag_Tag",
            "Comment_replyOf_Post",
            "Comment_replyOf_Comment",
            "Person_likes_Post",
            "Person_likes_Comment");

    private LsqbGraph() {}

    /** Loads what the folder has; tables whose file is missing (in the partial data) stay empty. */
    static void load(Connection connection, Path folder) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String vertex : VERTICES) {
                statement.execute("create table " + vertex + " (id bigint primary key)");
                copy(statement, vertex, folder);
            }
            for (String edge : EDGES) {
                statement.execute("create table " + edge + " (src bigint not null, dst bigint not null)");
                copy(statement, edge, folder);
            }
            statement.execute("insert into Person_knows_Person select dst, src from Person_knows_Person");
            union(statement, "message", "id bigint primary key", "id", "Post", "Comment");
            edgeUnion(statement, "message_hasTag_tag", "Post_hasTag_Tag", "Comment_hasTag_Tag");
            edgeUnion(statement, "message_hasCreator_person", "Post_hasCreator_Person", "Comment_hasCreator_Person");
            edgeUnion(statement, "comment_replyOf_message", "Comment_replyOf_Post", "Comment_replyOf_Comment");
            edgeUnion(statement, "person_likes_message", "Person_likes_Post", "Person_likes_Comment");
        }
    }

    /** The property graph {@code lsqb} over the loaded tables. */
    static void createGraph(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create property graph lsqb vertex tables ("
                    + "Country key (id), City key (id), Person key (id), Forum key (id), Post key (id),"
                    + " Comment key (id), Tag key (id), TagClass key (id), message key (id)) edge tables ("
                    + String.join(
                            ", ",
                            edge("City_isPartOf_Country", "City", "Country"),
                            edge("Person_isLocatedIn_City", "Person", "City"),
                            edge("Person_knows_Person", "Person", "Person"),
                            edge("Person_hasInterest_Tag", "Person", "Tag"),
                            edge("Tag_hasType_TagClass", "Tag", "TagClass"),
                            edge("Forum_hasMember_Person", "Forum", "Person"),
                            edge("Forum_containerOf_Post", "Forum", "Post"),
                            edge("Post_hasCreator_Person", "Post", "Person"),
                            edge("Comment_hasCreator_Person", "Comment", "Person"),
                            edge("Comment_hasTag_Tag", "Comment", "Tag"),
                            edge("Comment_replyOf_Post", "Comment", "Post"),
                            edge("message_hasTag_tag", "message", "Tag"),
                            edge("message_hasCreator_person", "message", "Person"),
                            edge("comment_replyOf_message", "Comment", "message"),
                            edge("person_likes_message", "Person", "message"))
                    + ")");
        }
    }

    private static String edge(String table, String source, String destination) {
        return table + " key (src, dst) source key (src) references " + source
                + " (id) destination key (dst) references " + destination + " (id) no properties";
    }

    private static void copy(Statement statement, String table, Path folder) throws SQLException {
        Path file = folder.resolve(table + ".csv");
        if (Files.exists(file)) {
            statement.execute("copy " + table + " from '" + file.toString().replace("'", "''")
                    + "' (format csv, header true, delimiter '|')");
        }
    }

    private static void edgeUnion(Statement statement, String name, String first, String second) throws SQLException {
        union(statement, name, "src bigint not null, dst bigint not null", "src, dst", first, second);
    }

    private static void union(Statement statement, String name, String types, String columns, String a, String b)
            throws SQLException {
        statement.execute("create table " + name + " (" + types + ")");
        statement.execute("insert into " + name + " select " + columns + " from " + a + " union all select " + columns
                + " from " + b);
    }
}
