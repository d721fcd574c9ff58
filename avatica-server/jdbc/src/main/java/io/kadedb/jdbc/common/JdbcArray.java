package io.kadedb.jdbc.common;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** A value of an array type. */
public final class JdbcArray implements Array {
    private final int baseType;
    private final String baseTypeName;
    private final Object elements;
    private final String text;

    /**
     * An array.
     *
     * @param baseType of {@link java.sql.Types}
     * @param elements a Java array, of arrays for several dimensions
     * @param text as SQL writes it
     */
    public JdbcArray(int baseType, String baseTypeName, Object elements, String text) {
        this.baseType = baseType;
        this.baseTypeName = baseTypeName;
        this.elements = elements;
        this.text = text;
    }

    @Override
    public String getBaseTypeName() {
        return baseTypeName;
    }

    @Override
    public int getBaseType() {
        return baseType;
    }

    @Override
    public Object getArray() {
        return elements;
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) {
        return elements;
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        int length = java.lang.reflect.Array.getLength(elements);
        if (index < 1 || count < 0 || index - 1 + count > length) {
            throw SqlErrors.of(
                    SqlErrors.ARRAY_SUBSCRIPT, "the array has no elements " + index + " to " + (index + count - 1));
        }
        Object part = java.lang.reflect.Array.newInstance(elements.getClass().getComponentType(), count);
        System.arraycopy(elements, (int) index - 1, part, 0, count);
        return part;
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw SqlErrors.unsupported("an array as a ResultSet");
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    /** Holds nothing that would have to be freed. */
    @Override
    public void free() {}

    @Override
    public String toString() {
        return text;
    }
}
