package io.kadedb.sqltests.slt;

/** A file of logic tests that cannot be read; the message begins with {@code file:line}. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    ScriptException(String script, int line, String what) {
        super(script + ":" + line + ": " + what);
    }

    ScriptException(String script, int line, String what, Throwable cause) {
        super(script + ":" + line + ": " + what, cause);
    }
}
