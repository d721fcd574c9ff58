package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.executor.kernel.value.JsonAccess;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The values of variables of a path. */
@FunctionalInterface
public interface PathVariables {
    PathVariables NONE = name -> Optional.empty();

    Optional<PathItem> find(String name);

    /**
     * The members of an object.
     *
     * @throws KadeException 22023 if it is none
     */
    static PathVariables of(Jsonb vars) {
        if (!vars.isObject()) {
            throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "\"vars\" argument is not an object")
                    .detail("Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.");
        }
        return name -> Optional.ofNullable(JsonAccess.field(vars, name.getBytes(StandardCharsets.UTF_8)))
                .map(PathItem::of);
    }

    /** The variable's value, or 42704. */
    default PathItem get(String name) {
        return find(name)
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT, "could not find jsonpath variable \"" + name + "\""));
    }
}
