/** Secrets sealed with keys that can be destroyed. */
@NullMarked
package dev.muster.config.seals;

import org.jspecify.annotations.NullMarked;
