package io.kadedb.parser;

import io.kadedb.common.error.KadeException;

/** What to say of names of types that nothing has, neither the language nor the catalog. */
public final class UnknownTypes {
    private UnknownTypes() {}

    /** 42704, with a similar name of the language if there is one. */
    public static KadeException error(String name) {
        return TypeBuilder.unknown(name);
    }
}
