package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyLayout;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Finds rows by an inverted index: of terms that a row must all have, the rarest first, while that pays. Owned by one
 * thread.
 */
final class TermSearch {
    /** Entries of a further term are read if there are at most so many for each row found. */
    private static final int ENTRIES_PER_ROW = 32;

    private final IndexTable index;
    private final TableView entries;
    private final List<Integer> wanted;
    private final IdentityHashMap<TermQuery, Posting> postings = new IdentityHashMap<>();
    private final List<KeyRange> ranges = new ArrayList<>();

    /** The entries of a term. */
    private record Posting(KeyRange range, EntryFinder.Located located) {}

    /**
     * Rows that were found.
     *
     * @param columns the row id, then the primary key if there is one
     */
    record Rows(List<ColumnBuffer> columns) {
        int count() {
            return columns.getFirst().rows();
        }

        long id(int row) {
            return columns.getFirst().low(row);
        }

        /** What a row is found by. */
        List<ColumnBuffer> key() {
            return columns.size() == 1 ? columns : columns.subList(1, columns.size());
        }
    }

    /** @param entries of the index, as the statement sees it */
    TermSearch(IndexTable index, TableView entries) {
        this.index = index;
        this.entries = entries;
        List<Integer> places = new ArrayList<>();
        places.add(TableDefinition.ROW_ID);
        places.addAll(index.base().primaryKey());
        this.wanted = index.places(places);
    }

    /** The ranges of entries that the rows found depend on. */
    List<KeyRange> ranges() {
        return ranges;
    }

    /** How many rows there may be; most for all of them. */
    long estimate(TermQuery query) {
        return switch (query) {
            case TermQuery.Term term ->
                posting(term, term.bytes(), false).located.count();
            case TermQuery.Prefix prefix ->
                posting(prefix, prefix.bytes(), true).located.count();
            case TermQuery.And and ->
                and.parts().stream().mapToLong(this::estimate).min().orElse(Long.MAX_VALUE);
            case TermQuery.Or or -> {
                long sum = 0;
                for (TermQuery part : or.parts()) {
                    long more = estimate(part);
                    sum = more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
                }
                yield sum;
            }
        };
    }

    /** The rows, each once; not for {@link TermQuery#isAll all}. */
    Rows find(TermQuery query) {
        return switch (query) {
            case TermQuery.Term term -> read(posting(term, term.bytes(), false));
            case TermQuery.Prefix prefix -> distinct(read(posting(prefix, prefix.bytes(), true)));
            case TermQuery.And and -> common(and.parts());
            case TermQuery.Or or -> union(or.parts());
        };
    }

    private Posting posting(TermQuery query, byte[] term, boolean prefix) {
        return postings.computeIfAbsent(query, ignored -> {
            ColumnBuffer sought = new ColumnBuffer(SqlType.BYTEA, 1);
            sought.addVarbytes(term, 0, term.length);
            EntryFinder finder = new EntryFinder(index, entries, List.of(), List.of());
            KeyRange range = IndexLookup.range(index, entries, List.of(sought), 0);
            if (!prefix) {
                return new Posting(range, finder.locate(range, List.of(sought), 0));
            }
            byte[] next = KeyLayout.end(term);
            sought.addVarbytes(next, 0, next.length);
            KeyRange to = IndexLookup.range(index, entries, List.of(sought), 1);
            KeyRange all = new KeyRange(range.begin(), to.begin());
            return new Posting(all, finder.locateBetween(all, sought));
        });
    }

    /** A row may have several terms that begin alike. */
    private Rows distinct(Rows rows) {
        return union(rows, new LongOpenHashSet(), empty());
    }

    private static Rows union(Rows more, LongOpenHashSet seen, Rows target) {
        for (int row = 0; row < more.count(); row++) {
            if (seen.add(more.id(row))) {
                add(more, row, target);
            }
        }
        return target;
    }

    private Rows read(Posting posting) {
        ranges.add(posting.range);
        Rows rows = empty();
        new EntryFinder(index, entries, wanted, rows.columns).read(posting.located);
        return rows;
    }

    private Rows empty() {
        List<ColumnBuffer> columns = new ArrayList<>();
        DeltaSplit.types(index.table(), wanted).forEach(type -> columns.add(new ColumnBuffer(type)));
        return new Rows(columns);
    }

    /** The rows that all find. What is passed over makes more rows of it, which the condition takes away. */
    private Rows common(List<TermQuery> parts) {
        Rows rows = null;
        for (TermQuery part :
                parts.stream().sorted(Comparator.comparingLong(this::estimate)).toList()) {
            if (rows == null) {
                rows = find(part);
            } else if (!part.isAll() && estimate(part) / ENTRIES_PER_ROW <= rows.count()) {
                rows = chosen(rows, ids(find(part)));
            }
        }
        return rows == null ? empty() : rows;
    }

    private static LongOpenHashSet ids(Rows rows) {
        LongOpenHashSet ids = new LongOpenHashSet(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            ids.add(rows.id(row));
        }
        return ids;
    }

    private Rows chosen(Rows rows, LongOpenHashSet ids) {
        Rows chosen = empty();
        for (int row = 0; row < rows.count(); row++) {
            if (ids.contains(rows.id(row))) {
                add(rows, row, chosen);
            }
        }
        return chosen;
    }

    private static void add(Rows from, int row, Rows target) {
        for (int i = 0; i < target.columns.size(); i++) {
            target.columns.get(i).add(from.columns.get(i), row);
        }
    }

    private Rows union(List<TermQuery> parts) {
        Rows rows = empty();
        LongOpenHashSet seen = new LongOpenHashSet();
        for (TermQuery part : parts) {
            union(find(part), seen, rows);
        }
        return rows;
    }
}
