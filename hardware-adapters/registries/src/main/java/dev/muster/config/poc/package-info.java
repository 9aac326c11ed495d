/** The wire of the registries proof of concept: agents register, poll for the one target, and tell what they have. */
@NullMarked
package dev.muster.config.poc;

import org.jspecify.annotations.NullMarked;
