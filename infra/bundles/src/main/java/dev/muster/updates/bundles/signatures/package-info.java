/** Signatures in bundles: what they are made of, and whether somebody trusted made them. */
@NullMarked
package dev.muster.updates.bundles.signatures;

import org.jspecify.annotations.NullMarked;
