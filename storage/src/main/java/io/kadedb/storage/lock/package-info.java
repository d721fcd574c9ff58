/**
 * Row locks: who holds and who waits for which rows, in the order of arrival, and who has to give way when they wait for
 * each other. Nothing here blocks or knows of threads, so that a simulation can drive it; it is kept in memory only, and
 * the validation at commit protects what it holds should it be lost.
 */
@NullMarked
package io.kadedb.storage.lock;

import org.jspecify.annotations.NullMarked;
