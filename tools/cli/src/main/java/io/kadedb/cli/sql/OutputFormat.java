package io.kadedb.cli.sql;

import java.io.PrintWriter;

/** How results are printed. */
public enum OutputFormat {
    /** Columns of equal width, as psql prints them; NULL is shown as such. */
    table,
    /** RFC 4180 with a header; NULL is nothing, an empty text is two quotes. */
    csv,
    /** Tab-separated with a header; NULL is {@code \N}. */
    tsv,
    /** One array of objects for each result. */
    json;

    ResultPrinter printer(PrintWriter out) {
        return switch (this) {
            case table -> new TablePrinter(out);
            case csv -> new CsvPrinter(out);
            case tsv -> new TsvPrinter(out);
            case json -> new JsonPrinter(out);
        };
    }
}
