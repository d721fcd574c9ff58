package io.kadedb.sqltests.graph;

import java.util.List;
import java.util.Map;

/**
 * The LSQB queries as joins and as graph patterns; both give one count. Queries 7 to 9, with
 * optional and negative parts, wait for such patterns.
 *
 * @param number as in the benchmark
 */
record LsqbQuery(int number, String joins, String pattern) {
    static final Map<Integer, LsqbQuery> ALL = Map.ofEntries(
            query(1, """
                select count(*) from City_isPartOf_Country a
                join Person_isLocatedIn_City b on b.dst = a.src
                join Forum_hasMember_Person c on c.dst = b.src
                join Forum_containerOf_Post d on d.src = c.src
                join Comment_replyOf_Post e on e.dst = d.dst
                join Comment_hasTag_Tag f on f.src = e.src
                join Tag_hasType_TagClass g on g.src = f.dst\
                """, """
                (co is Country)<-[is City_isPartOf_Country]-(ci is City)<-[is Person_isLocatedIn_City]-(p is Person)
                <-[is Forum_hasMember_Person]-(f is Forum)-[is Forum_containerOf_Post]->(po is Post)
                <-[is Comment_replyOf_Post]-(c is Comment)-[is Comment_hasTag_Tag]->(t is Tag)
                -[is Tag_hasType_TagClass]->(tc is TagClass)\
                """),
            query(2, """
                select count(*) from Person_knows_Person k
                join Comment_hasCreator_Person c on c.dst = k.src
                join Post_hasCreator_Person p on p.dst = k.dst
                join Comment_replyOf_Post r on r.src = c.src and r.dst = p.src\
                """, """
                (a is Person)-[is Person_knows_Person]->(b is Person),
                (a)<-[is Comment_hasCreator_Person]-(c is Comment)-[is Comment_replyOf_Post]->(p is Post)
                -[is Post_hasCreator_Person]->(b)\
                """),
            query(3, """
                select count(*) from Person_knows_Person x
                join Person_knows_Person y on y.src = x.dst
                join Person_knows_Person z on z.src = y.dst and z.dst = x.src
                join Person_isLocatedIn_City la on la.src = x.src
                join Person_isLocatedIn_City lb on lb.src = y.src
                join Person_isLocatedIn_City lc on lc.src = z.src
                join City_isPartOf_Country ca on ca.src = la.dst
                join City_isPartOf_Country cb on cb.src = lb.dst and cb.dst = ca.dst
                join City_isPartOf_Country cc on cc.src = lc.dst and cc.dst = ca.dst\
                """, """
                (a is Person)-[is Person_knows_Person]->(b is Person)-[is Person_knows_Person]->(c is Person)
                -[is Person_knows_Person]->(a),
                (a)-[is Person_isLocatedIn_City]->(ia is City)-[is City_isPartOf_Country]->(co is Country),
                (b)-[is Person_isLocatedIn_City]->(ib is City)-[is City_isPartOf_Country]->(co),
                (c)-[is Person_isLocatedIn_City]->(ic is City)-[is City_isPartOf_Country]->(co)\
                """),
            query(4, """
                select count(*) from message_hasTag_tag t
                join message_hasCreator_person c on c.src = t.src
                join person_likes_message l on l.dst = t.src
                join comment_replyOf_message r on r.dst = t.src\
                """, """
                (t is Tag)<-[is message_hasTag_tag]-(m is message)-[is message_hasCreator_person]->(c is Person),
                (m)<-[is person_likes_message]-(l is Person),
                (m)<-[is comment_replyOf_message]-(r is Comment)\
                """),
            query(5, """
                select count(*) from message_hasTag_tag t
                join comment_replyOf_message r on r.dst = t.src
                join Comment_hasTag_Tag u on u.src = r.src
                where t.dst <> u.dst\
                """, """
                (t is Tag)<-[is message_hasTag_tag]-(m is message)<-[is comment_replyOf_message]-(c is Comment)
                -[is Comment_hasTag_Tag]->(u is Tag) where t.id <> u.id\
                """),
            query(6, """
                select count(*) from Person_knows_Person x
                join Person_knows_Person y on y.src = x.dst
                join Person_hasInterest_Tag t on t.src = y.dst
                where x.src <> y.dst\
                """, """
                (a is Person)-[is Person_knows_Person]->(b is Person)-[is Person_knows_Person]->(c is Person)
                -[is Person_hasInterest_Tag]->(t is Tag) where a.id <> c.id\
                """));

    /** Those that the partial data at scale 0.1 can answer. */
    static final List<Integer> IN_PARTIAL_DATA = List.of(3, 6);

    /** The pattern as a query. */
    String graphTable() {
        return "select count(*) from graph_table (lsqb match " + pattern + " columns (1 as one))";
    }

    private static Map.Entry<Integer, LsqbQuery> query(int number, String joins, String pattern) {
        return Map.entry(number, new LsqbQuery(number, joins, pattern));
    }
}
