/** What ANTLR generates from {@code KadeSql.g4}. */
@NullMarked
package io.kadedb.parser.grammar;

import org.jspecify.annotations.NullMarked;
