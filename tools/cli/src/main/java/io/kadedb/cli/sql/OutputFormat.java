package io.kadedb.cli.sql;

import java.io.PrintWriter;

/** How results are printed. */
public enum OutputFormat {
    /** Columns of equal width, as psql prints them; NULL is shown as such. */
    table,
    /** A table in a box that fits the terminal. */
    box,
    /** RFC 4180 with a header; NULL is nothing, an empty text is two quotes. */
    csv,
    /** Tab-separated with a header; NULL is {@code \N}. */
    tsv,
    /** One array of objects for each result. */
    json,
    /** One object a line. */
    jsonl,
    /** A table of GitHub's Markdown; NULL is shown as such. */
    markdown,
    /** One value a line; NULL is shown as such. */
    vertical;

    ResultPrinter printer(PrintWriter out, Screen screen) {
        return switch (this) {
            case table -> new TablePrinter(out);
            case box -> new BoxPrinter(out, screen);
            case csv -> new CsvPrinter(out);
            case tsv -> new TsvPrinter(out);
            case json -> new JsonPrinter(out, false);
            case jsonl -> new JsonPrinter(out, true);
            case markdown -> new MarkdownPrinter(out);
            case vertical -> new VerticalPrinter(out);
        };
    }
}
