/**
 * Boards that are lent out: what there is, who has it until when, who waits, what is switched on, how it is reached.
 *
 * <p>A board is one aggregate, {@code board/<name>}; that at most one reservation holds it is decided there. Wishes that
 * cannot be met at once are aggregates of their own, {@code lab-request/<id>}. Effects (scripts, power, serial lines)
 * follow events and answer with commands; they are never replayed.
 */
@NullMarked
package dev.muster.lab;

import org.jspecify.annotations.NullMarked;
