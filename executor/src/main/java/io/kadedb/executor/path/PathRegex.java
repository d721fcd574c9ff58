package io.kadedb.executor.path;

import io.kadedb.executor.kernel.value.Patterns;
import io.kadedb.parser.path.PathNode.LikeRegex;
import java.util.regex.Pattern;

/** The patterns of {@code like_regex}, whose flags are XQuery's. */
final class PathRegex {
    private PathRegex() {}

    /** @throws io.kadedb.common.error.KadeException 2201B */
    static Pattern compile(LikeRegex regex) {
        String flags = regex.flags();
        int java = 0;
        if (flags.indexOf('i') >= 0) {
            java |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        }
        if (flags.indexOf('q') >= 0) {
            return Pattern.compile(regex.pattern(), java | Pattern.LITERAL);
        }
        if (flags.indexOf('s') >= 0) {
            java |= Pattern.DOTALL;
        }
        if (flags.indexOf('m') >= 0) {
            java |= Pattern.MULTILINE;
        }
        return Patterns.compileWith(regex.pattern(), java);
    }
}
