/** The COS wire against the whole server: each vector of the contract by its number, and its agent's day. */
@NullMarked
package dev.muster.cos;

import org.jspecify.annotations.NullMarked;
