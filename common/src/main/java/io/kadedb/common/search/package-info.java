/** The values of full text search: what texts consist of, and what is looked for. */
@NullMarked
package io.kadedb.common.search;

import org.jspecify.annotations.NullMarked;
