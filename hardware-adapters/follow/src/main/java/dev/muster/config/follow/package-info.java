/**
 * The wire on which devices follow what they should have of a registry: polls, long polls and streams, answered from
 * memory, and what became of it.
 */
@NullMarked
package dev.muster.config.follow;

import org.jspecify.annotations.NullMarked;
