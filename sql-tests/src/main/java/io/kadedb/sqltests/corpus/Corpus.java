package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.slt.Dialect;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.Scripts;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

/** SQLite's corpus as the artifact net.hydromatic:sql-logic-test holds it; its files are read inside its jar. */
public final class Corpus {
    /** How many files it has. */
    public static final int FILES = 622;

    private static final String KNOWN = "test/select1.test";
    private static final String ROOT = "test/";

    private Corpus() {}

    /** All files, in order of their names. */
    public static List<Script> scripts() throws IOException {
        return Scripts.inArchive(jar()).stream()
                .filter(script ->
                        script.name().startsWith(ROOT) && script.name().endsWith(".test"))
                .map(script -> script.as(Dialect.SQLITE))
                .toList();
    }

    /** The jar on the class path. */
    private static Path jar() throws IOException {
        URL found = Corpus.class.getClassLoader().getResource(KNOWN);
        if (found == null || !(found.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("SQLite's corpus is not on the class path");
        }
        try {
            URI jar = connection.getJarFileURL().toURI();
            return Path.of(jar);
        } catch (URISyntaxException e) {
            throw new IOException("the jar of SQLite's corpus cannot be named", e);
        }
    }

    /** The folder of a file, such as {@code index/between/10}; {@code select} for those that are in none. */
    public static String folder(String script) {
        String below = script.startsWith(ROOT) ? script.substring(ROOT.length()) : script;
        int end = below.lastIndexOf('/');
        return end < 0 ? "select" : below.substring(0, end);
    }
}
